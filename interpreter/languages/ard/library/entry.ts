// The form in which the standard library is declared: data that the checker, completion, hover and the runtime read alike.
// `library/index.ts` exports `libraryModules: readonly LibraryModule[]`; there is one file for each module. Signatures and
// declarations are Ard text, parsed once per process by `check/library.ts`.
import type { OpMode } from "../../../engine/ir.ts"

/**
 * One function or method.
 *
 * `signature` is Ard: `fn start(do: fn() Void) Fiber<Void>`, `fn mut push(v: $T)`. No result type means Void. Types of the own module and of
 * the prelude may be named bare; those of other modules with their alias (`Str::ToString`; list the modules in `LibraryModule.uses`).
 * Generic names of a method's owner are fixed: List `$T`, Map `$K $V`, Maybe `$T`, Result `$Val $Err`; of a struct as it declares them.
 * A parameter of type `T?` at the end may be left out by the caller (it is none then).
 */
export interface LibraryEntry {
  readonly name: string
  /** For methods: the type's name: Int Float Bool Str List Map Maybe Result, or a struct, enum of the module. Left out: a function of the module. */
  readonly owner?: string
  /** With `owner`: `Owner::name(…)`, a static function, no receiver. */
  readonly isStatic?: boolean
  readonly signature: string
  /** One sentence for hover, completion and the reference page. */
  readonly doc: string
  /** A line or a few of Ard. */
  readonly example: string
  /** When upstream added it, if it is not of the seed's edition. */
  readonly since?: string
  /** The first argument becomes a fiber: isolation (14.3) is checked. */
  readonly startsFiber?: boolean
  /** How the implementation answers, as the engine's operations do. */
  readonly mode: OpMode
  /** The implementation; what `rt`, values and `site` are is between lowering and runtime. For a method `args[0]` is the receiver. */
  readonly run: LibraryFunction
}

export type LibraryFunction = (rt: never, args: never, site: number) => unknown

export interface LibraryModule {
  /** `ard/async`. The methods of Int, Float, Bool, Str, List, Map are with ard/int, ard/float, ard/bool, ard/string, ard/list, ard/map; Maybe and Result with ard/maybe, ard/result. */
  readonly path: string
  readonly doc: string
  /** Other modules whose types its signatures and declarations name, by the last part of their path (as `use` would) or the prelude's alias. */
  readonly uses?: readonly string[]
  /** Ard text of its types: `struct Fiber<$T> {}`, `enum Method {…}`, `trait ToString {…}`, `type Decoder = …`. No functions, no impl blocks. */
  readonly declarations?: string
  /** `{ Error: ["Str::ToString"] }`: traits that declared types or the built-in ones (by name) implement; the methods are entries with that owner. */
  readonly traits?: Readonly<Record<string, readonly string[]>>
  /** Not Ard's own: ard/llm. Shown as an extension. */
  readonly isExtension?: boolean
  readonly entries: readonly LibraryEntry[]
}
