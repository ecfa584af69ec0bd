// What the lowering hands to the runtime beside the intermediate form: ts blocks, TypeScript files, what the program needs.
import type { CompiledUnit } from "../../language.ts"

export interface BlockSpec {
  /** Names of the parameters, in order. */
  readonly params: readonly string[]
  /** For each parameter: the variable is a constant, and its value is handed over frozen. */
  readonly frozen: readonly boolean[]
  /** Variables the body names without listing them. */
  readonly scope: readonly string[]
  /** For each of them the same as `frozen` says of a parameter. */
  readonly scopeFrozen: readonly boolean[]
  readonly body: string
  readonly file: string
  /** 1-based line of the body's first character. */
  readonly line: number
  /** 1-based column of it. */
  readonly column: number
  readonly site: number
}

export interface ExternalFile {
  readonly path: string
  readonly text: string
  /** The files its own imports mean, by what it writes. */
  readonly imports: Readonly<Record<string, string>>
  /** Where a Vibe file imports it; -1 where only other TypeScript files do. */
  readonly site: number
}

export interface VibeExtra {
  readonly blocks: readonly BlockSpec[]
  /** Keys of the globals that a function can touch, by the function's id. */
  readonly globalsUsed: ReadonlyMap<number, readonly string[]>
  /** TypeScript files that are imported, dependencies first. */
  readonly externals: readonly ExternalFile[]
}

export function extraOf(unit: CompiledUnit): VibeExtra {
  return unit.extra as VibeExtra
}
