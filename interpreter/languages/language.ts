// The seam between the house and a language. A language is one object of this type; `index.ts` lists them. Everything
// else a language consists of lies in its own folder and is reached through here: the session compiles and runs with it,
// the page checks, colours and completes with its `editing`.

import type { Fault } from "../engine/fault.ts"
import type { IrProgram } from "../engine/ir.ts"
import type { Sites } from "../engine/sites.ts"
import type { LimitName } from "../kernel/limits.ts"
import type { Coroutine } from "../kernel/task.ts"
import type { Diagnostic } from "../source/diagnostic.ts"
import type { Program } from "../source/text.ts"
import type { Host } from "./host.ts"

export type LanguageId = "vibe" | "jade" | "ard"

/** A program that passed parse and check, lowered. */
export interface CompiledUnit {
  readonly ir: IrProgram
  readonly sites: Sites
  /** Whatever the language's own runtime needs to know (function table, modules, ts blocks …). */
  readonly extra: unknown
}

export interface CompileResult {
  /** Diagnostics in the order in which the language reports them: the first is *the* error of a program that does not run. */
  readonly diagnostics: readonly Diagnostic[]
  /** null if the program cannot run. */
  readonly unit: CompiledUnit | null
}

export interface CompileOptions {
  /** Keep the value of the last statement as the run's value (`eval`, REPL, cells). */
  readonly wantValue: boolean
}

/** What the emitted program is linked with. */
export interface Runtime {
  /** The object `R` of the emitted text: the operations that the lowering names. Null-prototype. */
  readonly operations: Record<string, unknown>
  /** Loading that must be over before the first task starts (Vibe: modules of ts blocks); awaited by the session, takes no virtual time. */
  prepare?(): Promise<void>
  /** The first task's body; called once, after linking. `link` gives access to the program's functions and globals. */
  main(link: LinkedProgram): Coroutine
  /** What the caller sees of a value or a failure in the trace and in outcomes. */
  preview(value: unknown): string
  /** The fault behind whatever ended a task: language faults as they are, raised values wrapped, host errors as internal. */
  faultOf(failure: unknown): Fault
  /** What a deadlock is called in this language; `message` names the cycle. */
  deadlock?(message: string): Fault
  /** What a limit that ended the run is called in this language; left out: `Limit`. */
  limitKind?(limit: LimitName): string
  /** The program's value for `eval`: plain JSON (Maybe and Result unwrapped, integers past 2^53 as strings) and as printed; null if there is none. */
  valueOf(value: unknown): { readonly json: unknown; readonly printed: string } | null
}

/** The emitted program after loading: its functions by id and a maker of fresh globals. */
export interface LinkedProgram {
  /** A top-level function's generator function; its first argument is the globals object. */
  fn(id: number): (globals: object, ...args: unknown[]) => Generator<unknown, unknown, unknown>
  /** A new globals object with every global undefined. Keys are `globalKey(variable)` of engine/emit.ts. */
  newGlobals(): Record<string, unknown>
}

export interface Language {
  readonly id: LanguageId
  readonly title: string
  /** Without the dot. */
  readonly extension: string
  /** Ard: tasks are interrupted after a slice of steps. */
  readonly preemptive: boolean
  /** Ard: a warning is enough to refuse a program; elsewhere only errors are. */
  readonly warningsReject: boolean
  /** Parse and check only. Never throws, whatever the text. */
  check(program: Program): readonly Diagnostic[]
  /** Parse, check and lower. Never throws. */
  compile(program: Program, options: CompileOptions): CompileResult
  createRuntime(host: Host, unit: CompiledUnit): Runtime
}
