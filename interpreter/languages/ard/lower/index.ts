// From a checked Ard program to the engine's intermediate form. `library/runtime.ts` is the other half: what the emitted program runs on.

import type { CompiledUnit, CompileOptions } from "../../language.ts"
import type { CheckedProgram } from "../check/checked.ts"
import { resolveType } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import { textOf, typeAfter } from "./coercions.ts"
import { call, expr, giveBack, js, lit, op, read, type Stmt, when } from "./forms.ts"
import { writeBody } from "./functions.ts"
import { entryCells, entryTopLevel, topLevelOf } from "./modules.ts"
import { ProgramLowering } from "./program.ts"
import { Scope } from "./scope.ts"
import type { ArdUnit } from "./unit.ts"

/** Lowers a program that passed the check. Functions that nothing refers to are left out. */
export function lowerProgram(checked: CheckedProgram, options: CompileOptions, cellStarts: readonly number[] = []): CompiledUnit {
  const isNotebook = cellStarts.length > 0
  const program = new ProgramLowering(checked, writeBody, isNotebook)
  const { builder } = program
  const main = builder.fn("main", [])
  const entry = builder.fn("top_level", [])
  const cx = new Scope(program, checked.entry, false, true)
  const top: Stmt[] = []
  const last = checked.entry.node.statements.at(-1)
  const isValue = last?.kind === "expr" && last.value.kind !== "function" && last.value.kind !== "extern"
  const wantValue = options.wantValue && isValue
  const isWanted = isNotebook ? entryCells(program, cellStarts, wantValue, top) : wantValue
  if (!isNotebook) entryTopLevel(cx, options.wantValue, top)
  entry.body = top

  const body: Stmt[] = []
  for (const module of checked.modules) {
    const fn = module === checked.entry ? null : topLevelOf(program, module)
    if (fn) body.push(expr(call(fn, [])))
  }
  const value = builder.local()
  body.push({ k: "let", variable: value, value: call(entry, []) })
  if (checked.main?.node && !isNotebook)
    body.push(expr(call(program.functionOf(checked.main), [], program.site(checked.entry, checked.main.node))))
  const valueType = isWanted && isValue ? resolveType(typeAfter(last.value)) : null
  const printed = valueType && printsItself(valueType) ? textOf(program, read(value), valueType, -1) : lit(null)
  // The last cell of a notebook may have failed: then there is none.
  if (valueType && isNotebook) body.push(when(js("===", read(value), lit(undefined)), [giveBack(null)]))
  body.push(giveBack(valueType ? op("programValue", [read(value), printed]) : null))
  main.body = body
  program.finish()
  const extra: ArdUnit = {
    main: main.id,
    entries: program.entries,
    types: program.types.map(resolveType),
    fibers: program.fibers,
    tables: program.tables.id,
    tableNames: program.tableNames,
    makers: program.makers,
    hasMain: checked.main !== null || isNotebook,
    valueType,
  }
  return { ir: builder.program(main, EFFECT_FREE), sites: program.sites, extra }
}

/** Operations that only look at values and make new ones (engine: plain.ts). */
const EFFECT_FREE: ReadonlySet<string> = new Set(
  [
    "add sub mul div rem concat intText floatText anyText copy cell toCell fromCell fieldCell ok err some unwrap equalMaybes",
    "member behind listSize listAt item newMap mapSize mapHas mapGet mapKeys mapValues codePoints utf8Size",
    "unset panic noMatch externUnavailable",
  ].flatMap((names) => names.split(" ")),
)

/** Whether the program's own code says how a value of the type prints. */
function printsItself(type: Type): boolean {
  if (type.kind === "trait") return type.symbol.methods.has("to_str")
  return (type.kind === "struct" || type.kind === "enum") && type.symbol.methods.get("to_str")?.type.params.length === 0
}
