// What a compiled Jade program carries besides the intermediate form: tables of functions, struct types and names, by which
// the runtime makes the values that the emitted text refers to by number.
import type { AnswerShape } from "../../../models/request.ts"
import type { Names } from "../runtime/jade.ts"

export interface FunctionRow {
  /** Id of the emitted function. */
  readonly id: number
  readonly name: string
  readonly async: boolean
  readonly params: readonly string[]
  readonly required: number
}

export interface StructRow {
  readonly name: string
  /** `initial`: id of the function that evaluates the default, or -1. */
  readonly fields: readonly { readonly name: string; readonly prompt: boolean; readonly initial: number }[]
  /** Ids of functions by name; those of parents are in, the nearest declaration wins. */
  readonly methods: ReadonlyMap<string, number>
  /** Numbers of itself and all it inherits from. */
  readonly lineage: readonly number[]
  /** Id of the function that runs its decorators, or -1. */
  readonly decorate: number
  readonly routeField: string | null
  readonly hints: ReadonlyMap<string, AnswerShape>
}

export interface JadeUnit {
  readonly main: number
  /** Files of the program besides its first. */
  readonly modules: number
  readonly names: Names
  readonly functions: readonly FunctionRow[]
  readonly structs: readonly StructRow[]
}
