// What the library's functions get from the run they are called in. `runtime.ts` implements it; functions of the
// library touch nothing else, so that every effect goes through the kernel and the host.

import type { Frame } from "../../../engine/machine.ts"
import type { Gate } from "../../../kernel/gate.ts"
import type { Kernel } from "../../../kernel/kernel.ts"
import { SUSPENDED } from "../../../kernel/task.ts"
import type { Host } from "../../host.ts"
import type { ArdFunction } from "./values.ts"

export interface LibraryContext {
  readonly host: Host
  readonly kernel: Kernel
  /** The limit of model calls in flight. */
  readonly callGate: Gate
  /** Directories made by the program, which the virtual files do not know of. */
  readonly directories: Set<string>
  /** Notes where the running fiber is about to wait, for a deadlock's line. */
  waitsAt(site: number): void
  /** Calls a function value in the running fiber. */
  call(fn: ArdFunction, ...args: unknown[]): Frame
  /** The value of such a call where it can be had at once, without a generator; else NOT_NOW, and nothing has happened. */
  callNow(fn: ArdFunction, first: unknown, second?: unknown): unknown
}

export const NOT_NOW: unique symbol = Symbol("not now")

/** An effect that other fibers can see: done at once, or after a choice point in a run that looks for other orders. */
export function visible<T>(rt: LibraryContext, effect: () => T): T | Frame {
  if (rt.kernel.explores) return afterOthers(rt, effect)
  rt.kernel.choicePoint()
  return effect()
}

function* afterOthers<T>(rt: LibraryContext, effect: () => T): Generator<unknown, T, unknown> {
  if (rt.kernel.choicePoint() !== undefined) yield SUSPENDED
  return effect()
}
