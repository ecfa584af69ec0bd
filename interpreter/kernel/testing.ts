// A kernel for its tests, and coroutines written as generators that yield what a kernel operation returned and are given its
// answer. Languages bring coroutines of their own (engine/machine.ts).
import { Recorder } from "../trace/recorder.ts"
import { type Chooser, FifoChooser } from "./chooser.ts"
import { Kernel } from "./kernel.ts"
import { DEFAULT_LIMITS, type Limits } from "./limits.ts"
import { type Coroutine, type Signal, SUSPENDED } from "./task.ts"

export interface TestOptions {
  readonly chooser?: Chooser
  readonly limits?: Partial<Limits>
  readonly preemptive?: boolean
}

/** A kernel in whose trace values and failures are told by the host's own words. First in, first out, unless told otherwise. */
export function testKernel(recorder: Recorder, { chooser, limits, preemptive }: TestOptions = {}): Kernel {
  return new Kernel({
    recorder,
    chooser: chooser ?? new FifoChooser(),
    limits: { ...DEFAULT_LIMITS, ...limits },
    preemptive: preemptive ?? false,
    preview: String,
    failureMessage: (failure) => (failure instanceof Error ? failure.message : String(failure)),
  })
}

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

/** A kernel with its recorder, and what its programs print: the time in milliseconds, and the text. */
export function setUp(options: TestOptions = {}) {
  const recorder = new Recorder()
  const kernel = testKernel(recorder, options)
  const printed: string[] = []
  const print = (text: string) => printed.push(`${kernel.nowUs / 1000} ${text}`)
  const start = (main: Body) => kernel.start("main", coroutine(main))
  const spawn = (name: string, make: Body) => kernel.spawn(name, coroutine(make), -1)
  return { kernel, recorder, printed, print, start, spawn }
}
