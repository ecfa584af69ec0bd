// The short forms of the intermediate form, those of engine/ir.ts and the few that only Ard's lowering uses.
import type { Expr as Ir, Shape } from "../../../engine/ir.ts"

export * from "../../../engine/ir.ts"

export const field = (object: Ir, name: string): Ir => ({ k: "field", object, name })
export const setField = (object: Ir, name: string, to: Ir): Ir => ({ k: "setField", object, name, to })
export const make = (shape: Shape, args: readonly Ir[]): Ir => ({ k: "new", shape, args })
