// What a fiber begins with (section 14): fresh copies of all modules. Imported modules run their top level again; of the file
// that is run, only what initialises the variables in use; channels are the same inside.
import { globalKey } from "../../../engine/emit.ts"
import type { FiberBody, ModuleVariable } from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import { call, expr, type IrFunction, type Stmt } from "./forms.ts"
import { initialise, topLevelOf } from "./modules.ts"
import type { ProgramLowering } from "./program.ts"
import { Scope } from "./scope.ts"

export function isChannel(type: Type): boolean {
  const it = shallow(type)
  return it.kind === "struct" && it.symbol.name === "Channel" && it.symbol.module.path === "ard/async/channel"
}

/** Notes a place that starts a fiber; `prepare` is the function that gives its modules their first values, if there is any to give. */
export function fiberSite(cx: Scope, fiber: FiberBody, boundName: string): { index: number; prepare: IrFunction | null } {
  const { program } = cx
  const { entry, modules } = program.checked
  const imported = modules.filter((module) => module !== entry)
  const own = cx.module === entry ? fiber.constants.filter((symbol) => symbol.module === entry) : []
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
  return { index, prepare: prepareFunction(program, own) }
}

function functionName(fiber: FiberBody): string {
  const { value } = fiber
  if (value.kind === "name") return value.name
  if (value.kind === "path") return value.parts.map((part) => part.name).join("::")
  return value.kind === "function" ? (value.name?.name ?? "") : ""
}

/** One function for all places that need the same. */
function prepareFunction(program: ProgramLowering, own: readonly ModuleVariable[]): IrFunction | null {
  const { entry, modules } = program.checked
  const known = program.preparations
  const key = own.map((symbol) => program.variable(symbol).id).join(",")
  const before = known.get(key)
  if (before !== undefined) return before
  const tops = modules.filter((module) => module !== entry).flatMap((module) => topLevelOf(program, module) ?? [])
  if (tops.length === 0 && own.length === 0) {
    known.set(key, null)
    return null
  }
  const fn = program.builder.fn("fresh_modules", [])
  known.set(key, fn)
  // Later: the values may start fibers themselves, which ask for this function.
  program.later(() => {
    const cx = new Scope(program, entry, true, true)
    const body: Stmt[] = tops.map((top) => expr(call(top, [])))
    for (const symbol of own) {
      const statement = program.letOf(symbol)
      if (statement) initialise(cx, statement, symbol, body)
    }
    fn.body = body
  })
  return fn
}
