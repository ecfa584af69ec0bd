// Lowers a checked program: one function for each function of each file, one for the declarations of every imported file
// (run once, in import order), and `main`, the entry's top level (SPEC 4.6).
import {
  call,
  declare,
  expr,
  giveBack,
  IrBuilder,
  type IrFunction,
  type IrProgram,
  type Stmt as IrStmt,
  js,
  lit,
  op,
  read,
  set,
  typed,
  when,
} from "../../../engine/ir.ts"
import { Sites } from "../../../engine/sites.ts"
import type { Program } from "../../../source/text.ts"
import { resolveModule } from "../check/modules.ts"
import type { CheckedModule, CheckedProgram } from "../check/symbols.ts"
import { outlineOf } from "../check/ts-exports.ts"
import { typeOf } from "../check/types.ts"
import { branchesOf, type FunctionStmt, type Stmt } from "../syntax/ast.ts"
import { type FunctionContext, Shared, text } from "./context.ts"
import { HOST_TYPES } from "./expressions.ts"
import { globalsUsed } from "./globals-used.ts"
import { StatementLowering } from "./statements.ts"
import type { VibeExtra } from "./unit.ts"

/** Operations that only look at values and make new ones (engine: plain.ts). */
const EFFECT_FREE: ReadonlySet<string> = new Set(
  [
    "sub mul div rem negate not same differs less greater atMost atLeast both either sum test",
    "convert param retype typeTag element count span spanStart sequence range index slice member list object",
    "joinTexts slotText functionValue callable builtin alreadyDeclared",
  ].flatMap((names) => names.split(" ")),
)

export function lowerProgram(program: Program, checked: CheckedProgram): { ir: IrProgram; sites: Sites; extra: VibeExtra } {
  const sites = new Sites()
  const builder = new IrBuilder()
  const files = [...checked.modules, checked.entry]
  const shared = new Shared(
    builder,
    sites,
    checked.asks,
    files.some((module) => startsOperations(module.ast.body)),
  )
  const inits: IrFunction[] = []
  for (const module of files) {
    for (const s of module.ast.body) {
      const declaration = s.k === "export" ? s.declaration : s
      if (declaration.k === "function") lowerFunction(shared, module, declaration)
    }
  }
  for (const module of checked.modules) inits.push(lowerModule(shared, module))
  const main = builder.fn("main", [])
  main.body.push(...inits.map((init) => expr(call(init, []))))
  const context: FunctionContext = { module: checked.entry, kind: "entry", name: "main", returns: null, frame: null, loops: [] }
  const { body } = checked.entry.ast
  // Statement by statement: a program of 1 MB has more of them than a call takes arguments.
  if (program.cellStarts.length === 0) for (const s of new StatementLowering(shared, context).body(body, false)) main.body.push(s)
  program.cellStarts.forEach((from, i) => {
    const to = program.cellStarts[i + 1] ?? Number.POSITIVE_INFINITY
    const statements = body.filter((s) => s.from >= from && s.from < to)
    for (const s of lowerCell(shared, String(i), new StatementLowering(shared, context).body(statements, false))) main.body.push(s)
  })
  main.body.push(giveBack(read(shared.result)))
  const ir = builder.program(main, EFFECT_FREE)
  return { ir, sites, extra: { blocks: shared.blocks, globalsUsed: globalsUsed(ir), externals: externalsOf(program, checked, sites) } }
}

/** A cell of a notebook: a section of the trace; a fault in it, or a throw at its top level, ends it and not the run. */
function lowerCell({ builder, result }: Shared, name: string, statements: readonly IrStmt[]): IrStmt[] {
  const cell = builder.fn(`cell ${name}`, [])
  for (const s of statements) cell.body.push(s)
  cell.body.push(giveBack(lit(null)))
  const problem = builder.local()
  const left = builder.local()
  // What a throw at the cell's top level gave is its value.
  const body = [declare(left, call(cell, [])), when(js("!==", read(left), lit(null)), [expr(set(result, read(left)))])]
  return [
    expr(op("section", [text(name), lit(0)])),
    // The value of the run is that of its last cell, and one of declarations has none.
    expr(set(result, lit(null))),
    { k: "try", body, variable: problem, handler: [expr(op("cellFailed", [read(problem)]))], finally: null },
    expr(op("section", [text(name), lit(1)])),
  ]
}

function lowerFunction(shared: Shared, module: CheckedModule, s: FunctionStmt): void {
  const symbol = module.meaning.get(s.name)
  if (!symbol) return
  const params = s.params.map((param) => module.meaning.get(param.name))
  const variables = params.map((param) => (param ? shared.variable(param) : shared.builder.local()))
  const fn = shared.fn(symbol, () => variables, shared.site(module, s))
  const body: IrStmt[] = []
  s.params.forEach((param, i) => {
    const variable = variables[i]
    if (variable) {
      const type = typeOf(param.type) ?? "json"
      const host = HOST_TYPES[type]
      const args = [text(type), text(param.name.text)]
      const site = shared.site(module, param)
      const checked = host
        ? typed(host, read(variable), "param", args, site, { finite: true })
        : op("param", [read(variable), ...args], site)
      body.push(expr(set(variable, checked)))
    }
  })
  const frame = shared.asks ? shared.builder.local() : null
  if (frame) {
    const named = s.params.flatMap((param, i) => {
      const variable = variables[i]
      return variable && param.type.base !== "prompt" && param.type.base !== "model"
        ? [text(param.name.text), text(typeOf(param.type) ?? ""), read(variable)]
        : []
    })
    body.push(declare(frame, op("enterFrame", [text(s.name.text), { k: "array", items: named }])))
  }
  const context: FunctionContext = { module, kind: "function", name: s.name.text, returns: typeOf(s.returns), frame, loops: [] }
  for (const inner of new StatementLowering(shared, context).body(s.body.body, true)) body.push(inner)
  if (frame) body.push(expr(op("leaveFrame", [read(frame)])))
  body.push(giveBack(lit(null)))
  for (const inner of body) fn.body.push(inner)
}

/** Declarations of an imported file; its other top-level statements are not run. */
function lowerModule(shared: Shared, module: CheckedModule): IrFunction {
  const init = shared.builder.fn("import", [])
  const context: FunctionContext = { module, kind: "module", name: module.file.path, returns: null, frame: null, loops: [] }
  const declarations = module.ast.body.filter((s) => ["let", "const", "model", "tool", "export", "async"].includes(s.k) && !isBareAsync(s))
  for (const s of new StatementLowering(shared, context).body(declarations, false)) init.body.push(s)
  init.body.push(giveBack(lit(null)))
  return init
}

const isBareAsync = (s: Stmt) => s.k === "async" && s.what.k !== "let" && s.what.k !== "const"

function startsOperations(body: readonly Stmt[]): boolean {
  return body.some((s) => {
    switch (s.k) {
      case "async":
        return true
      case "export":
        return startsOperations([s.declaration])
      case "function":
      case "for":
      case "while":
        return startsOperations(s.body.body)
      case "block":
        return startsOperations(s.body)
      case "if":
        return branchesOf(s).some(
          (it) => startsOperations(it.body.body) || (it.otherwise?.k === "block" && startsOperations(it.otherwise.body)),
        )
      default:
        return false
    }
  })
}

function externalsOf(program: Program, checked: CheckedProgram, sites: Sites): VibeExtra["externals"] {
  const importedAt = new Map<string, number>()
  for (const module of [...checked.modules, checked.entry]) {
    for (const s of module.ast.body) {
      const file = s.k === "import" ? resolveModule(program, module.file.path, s.path) : undefined
      if (file && s.k === "import") importedAt.set(file.path, sites.add(module.file.path, s.from, s.to))
    }
  }
  return checked.externals.map((path) => {
    const source = program.files.get(path)?.text ?? ""
    const imports: Record<string, string> = {}
    for (const inner of outlineOf(source).imports) {
      const file = resolveModule(program, path, inner.path)
      if (file) imports[inner.path] = file.path
    }
    return { path, text: source, imports, site: importedAt.get(path) ?? -1 }
  })
}
