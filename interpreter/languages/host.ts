// What a language's runtime gets from the run it belongs to: the kernel, the machine, the door to models, output, input,
// files, random numbers. The session builds one for each run; a runtime keeps it and touches nothing else. Everything
// that could surprise comes through here (design: the law).

import type { Machine } from "../engine/machine.ts"
import type { Kernel } from "../kernel/kernel.ts"
import type { RandomStream } from "../kernel/random.ts"
import type { Suspended } from "../kernel/task.ts"
import type { Calls } from "../models/calls.ts"
import type { Range } from "../source/text.ts"

export interface RunOptions {
  readonly seed: number
  /** The run's limit in flight (Vibe: slots, Jade: active tasks, Ard: calls); 0 for the language's default. */
  readonly maxParallel: number
  /** How often a reply that does not fit is asked for again (Jade); null for the language's default. */
  readonly maxRetries: number | null
  /** The name of the model that answers. */
  readonly modelName: string
  /** Milliseconds since 1970 at which virtual time starts. */
  readonly startMs: number
  /** Variables the reader typed for this document. */
  readonly variables: Readonly<Record<string, string>>
  /** Names of stored keys. */
  readonly keyNames: readonly string[]
  /** TypeScript blocks may run (always in the browser's sandbox, only when allowed on the command line). */
  readonly allowTs: boolean
  /** The run wants the value of the last statement (`eval`, REPL). */
  readonly wantValue: boolean
  /** Jade: run async functions one at a time, as the REPL does. */
  readonly sequential: boolean
}

export interface VirtualFiles {
  read(path: string): string | undefined
  write(path: string, text: string): void
  delete(path: string): boolean
  exists(path: string): boolean
  /** Paths of all files, in code point order. */
  paths(): string[]
}

export interface Host {
  readonly kernel: Kernel
  readonly machine: Machine
  readonly calls: Calls
  readonly options: RunOptions
  readonly files: VirtualFiles
  /** The program's own random numbers. */
  readonly random: RandomStream
  /** The range behind a site, for texts that name a place. */
  siteRange(site: number): Range | undefined
  /** 1-based line and column of a site; zeros if there is none. */
  sitePosition(site: number): { line: number; column: number }
  /** The next line of input, or the end of input (null); suspends the task while a person types. */
  readLine(site: number): string | null | Suspended
  /**
   * Evaluates a JavaScript module's text in the sandbox and gives its exports; the promise is the host's. Only for
   * `languages/vibe/tsblocks`. Rejected with the host's SyntaxError where the text does not parse.
   */
  loadModule(text: string): Promise<Record<string, unknown>>
}
