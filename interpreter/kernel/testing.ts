// Coroutines for the tests of the kernel, written as generators that yield what a kernel operation returned and are given its
// answer. Languages bring coroutines of their own (engine/machine.ts).
import { type Coroutine, type Signal, SUSPENDED } from "./task.ts"

export type Body = () => Generator<unknown, unknown, unknown>

/** A coroutine from a generator. A generator that yields "slice" has used up its time, and is asked to go on later. */
export function coroutine(make: Body): Coroutine {
  const generator = make()
  const it = {
    result: undefined as unknown,
    resume(value: unknown, threw: boolean): Signal {
      let next = threw ? generator.throw(value) : generator.next(value)
      while (!next.done) {
        if (next.value === SUSPENDED) return "suspended"
        if (next.value === "slice") return "preempted"
        next = generator.next(next.value)
      }
      it.result = next.value
      return "done"
    },
  }
  return it
}
