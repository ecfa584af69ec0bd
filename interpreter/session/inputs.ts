// The inputs of a run: the closed list of everything that decides its trace (design: the law). Links, files, the page,
// the command line and tests all build one of these; nothing else goes in.
import { DEFAULT_LIMITS, type Limits } from "../kernel/limits.ts"
import type { CassetteInput } from "../models/cassette.ts"
import type { ModelDials, ModelRule } from "../models/script.ts"

export { type LimitName, type Limits, limitAmount } from "../kernel/limits.ts"

export interface RunInputs {
  readonly language: string
  readonly entry: EntryFile
  /** Programs of the same document that run beside this one, each with a clock of its own (group.ts): other languages' cells. */
  readonly beside?: readonly ProgramBeside[]
  /** Other files of the document by path. */
  readonly files: Readonly<Record<string, string>>
  readonly seed: number
  /** `fifo`: first ready, first run. `shuffle`: drawn from the seed. Else a recorded schedule (kernel/chooser.ts). */
  readonly schedule: "fifo" | "shuffle" | { readonly choices: readonly number[] }
  readonly model: ModelInputs
  /** Recorded answers. They alone answer; with `model.live` they answer first, and what they do not hold is asked afresh. */
  readonly cassette?: CassetteInput | null
  readonly limits: Partial<Limits>
  /** 0: the language's default. */
  readonly maxParallel: number
  /** How often a reply that does not fit is asked for again (Jade); missing: the language's default. */
  readonly maxRetries?: number
  /** Milliseconds since 1970; 2026-01-01T00:00:00Z by default. */
  readonly startMs: number
  /** Variables the reader typed for this document. */
  readonly variables: Readonly<Record<string, string>>
  /** Names under which keys are stored (OPENAI_API_KEY …), never keys: `env` of one gives a mark that stands for it. */
  readonly keyNames?: readonly string[]
  /** Lines that reading functions get. */
  readonly inputLines: readonly string[]
  /** True: after the lines given, a person may type more; false: the input ends there. */
  readonly inputOpen: boolean
  /**
   * What a person typed while an earlier run waited, after the lines given: it comes as it came then, when nobody can go on.
   * A run that has this and is not open ends its input behind the last of these lines.
   */
  readonly typedLines?: readonly string[] | null
  readonly allowTs: boolean
  readonly wantValue: boolean
  readonly sequential: boolean
  /** Emit statement hooks (stepping, breakpoints, variables). */
  readonly hooks: boolean
}

export interface EntryFile {
  readonly path: string
  readonly text: string
  /** Where the cells of a notebook begin in the text (source/text.ts); missing for a plain program. */
  readonly cellStarts?: readonly number[]
  /** What the reader calls these cells: their numbers in the document. Decides nothing. */
  readonly cellNames?: readonly string[]
}

/** What a program beside another has of its own; everything else is the run's. */
export type ProgramBeside = Pick<RunInputs, "language" | "entry" | "files">

export interface ModelInputs {
  /** Rules of the document's model script; tried in order. */
  readonly rules: readonly ModelRule[]
  /** What answers a prompt that no rule matches: the built-in responder, or an error (conformance cases). */
  readonly otherwise: "responder" | "error"
  readonly dials: ModelDials
  /** Live: the page or the command line answers; else the simulated model does. */
  readonly live: boolean
  /** What a program is told the model is called; missing: simulated. */
  readonly name?: string
}

export const DEFAULT_START_MS = 1_767_225_600_000

/** The limits of a run with these inputs: those given, the rest by default. */
export function limitsOf(inputs: Pick<RunInputs, "limits">): Limits {
  return { ...DEFAULT_LIMITS, ...inputs.limits }
}
