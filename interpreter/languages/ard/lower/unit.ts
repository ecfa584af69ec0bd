// What the lowering hands to the runtime besides the program itself: tables that the emitted text refers to by number.
import type { StructSymbol } from "../check/checked.ts"
import type { Type } from "../check/types.ts"
import type { LibraryEntry } from "../library/entry.ts"

export interface ModuleState {
  /** The variable's name, with its module where that is not the fiber's own file. */
  readonly name: string
  /** Key in the globals object. */
  readonly key: string
  readonly type: Type
}

/** A place in the program that starts a fiber. */
export interface FiberSite {
  /** The lane's name; "" for one that only has a number. */
  readonly name: string
  readonly isEval: boolean
  readonly resultType: Type
  /** `mut` variables of modules that the fiber has its own copies of. */
  readonly state: readonly ModuleState[]
  /** Keys of channels that are the same inside. */
  readonly shared: readonly string[]
}

export interface ArdUnit {
  /** The function that runs the program: top levels, then `main`. */
  readonly main: number
  /** Operation `l<n>` is the nth entry. */
  readonly entries: readonly LibraryEntry[]
  readonly types: readonly Type[]
  readonly fibers: readonly FiberSite[]
  /** A function that gives all method tables of traits: arrays of functions, in the order of `tableNames`. */
  readonly tables: number
  readonly tableNames: readonly (readonly string[])[]
  /** Functions that make a struct from its fields (json::parse). */
  readonly makers: ReadonlyMap<StructSymbol, number>
  readonly hasMain: boolean
  /** The type of the last top-level expression; null where there is none. */
  readonly valueType: Type | null
}
