// What a fiber begins with (section 14): fresh copies of all modules. Imported modules run their top level again; of the file
// that is run, only what initialises the variables in use; channels are the same inside.
import { globalKey } from "../../../engine/emit.ts"
import type { FiberBody, ModuleSymbol, ModuleVariable } from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import { call, expr, type IrFunction, type Stmt } from "./forms.ts"
import { initialise, topLevelOf } from "./modules.ts"
import { Scope } from "./scope.ts"

export function isChannel(type: Type): boolean {
  const it = shallow(type)
  return it.kind === "struct" && it.symbol.name === "Channel" && it.symbol.module.path === "ard/async/channel"
}

/** Notes a place that starts a fiber; `prepare` is the function that gives its modules their first values, if there is any to give. */
export function fiberSite(cx: Scope, fiber: FiberBody, boundName: string): { index: number; prepare: IrFunction | null } {
  const { program } = cx
  const { entry, modules } = program.checked
  // A fiber that a module's own top level starts must not run that top level again, which would start it for ever.
  const isOwnFile = cx.module === entry || cx.isTopLevel
  const imported =
    cx.module === entry
      ? modules.filter((module) => module !== entry)
      : isOwnFile
        ? importsOf(cx.module)
        : modules.filter((module) => module !== entry)
  const own = isOwnFile ? fiber.constants.filter((symbol) => symbol.module === cx.module) : []
  const variables = [...imported.flatMap((module) => module.variables), ...own]
  const shared = modules.flatMap((module) => module.variables).filter((symbol) => !symbol.mutable && isChannel(symbol.type))
  const result = fiber.value.type
  const resultType = shallow(result)
  const index =
    program.fibers.push({
      name: boundName === "" ? functionName(fiber) : boundName,
      isEval: fiber.isEval,
      resultType: resultType.kind === "function" ? resultType.result : result,
      state: program.stateOf(variables.filter((symbol) => symbol.mutable)),
      shared: shared.map((symbol) => globalKey(program.variable(symbol))),
    }) - 1
  return { index, prepare: prepareFunction(cx, imported, own) }
}

function functionName(fiber: FiberBody): string {
  const { value } = fiber
  if (value.kind === "name") return value.name
  if (value.kind === "path") return value.parts.map((part) => part.name).join("::")
  return value.kind === "function" ? (value.name?.name ?? "") : ""
}

/** The files of the program that a module imports, and those that these import, dependencies first. */
function importsOf(module: ModuleSymbol): ModuleSymbol[] {
  const found = new Set<ModuleSymbol>()
  const visit = (at: ModuleSymbol): void => {
    for (const other of at.imports.values()) {
      if (!other.file || found.has(other)) continue
      visit(other)
      found.add(other)
    }
  }
  visit(module)
  return [...found]
}

/** One function for all places that need the same. */
function prepareFunction(cx: Scope, imported: readonly ModuleSymbol[], own: readonly ModuleVariable[]): IrFunction | null {
  const { program, module } = cx
  const known = program.preparations
  const key = `${imported.map((other) => other.path).join(" ")}; ${own.map((symbol) => program.variable(symbol).id).join(" ")}`
  const before = known.get(key)
  if (before !== undefined) return before
  const tops = imported.flatMap((other) => topLevelOf(program, other) ?? [])
  if (tops.length === 0 && own.length === 0) {
    known.set(key, null)
    return null
  }
  const fn = program.builder.fn("fresh_modules", [])
  known.set(key, fn)
  // Later: the values may start fibers themselves, which ask for this function.
  program.later(() => {
    const inner = new Scope(program, module, true, true)
    const body: Stmt[] = tops.map((top) => expr(call(top, [])))
    for (const symbol of own) {
      const statement = program.letOf(symbol)
      if (statement) initialise(inner, statement, symbol, body)
    }
    fn.body = body
  })
  return fn
}
