// The machine runs emitted programs: it keeps, for each task, the stack of generators that is the language's call stack,
// and drives the innermost one ("trampoline"). A generator yields
//   W (SUSPENDED)  the task waits; the kernel was told for what, and the value it wakes with is the result of the yield
//   F (FUEL)       its fuel is used up: count the steps, let others run if the language preempts, go on
//   P (PAUSE)      a statement hook stopped here
//   a generator    a call: it goes on top, and what it returns is the result of the yield
// Resuming costs the same at any depth, depth is limited by our own number, and the host's stack never overflows.
import type { Kernel } from "../kernel/kernel.ts"
import { type Coroutine, type Signal, SUSPENDED } from "../kernel/task.ts"
import { PLAIN_CALLS } from "./plain.ts"

export type Frame = Generator<unknown, unknown, unknown>

/** A function of an emitted program as a value. `$plain` is its form without a generator, where it has one (plain.ts). */
export interface EmittedFunction {
  (globals: object, ...args: unknown[]): Frame
  $plain?: (globals: object, depth: number, ...args: unknown[]) => unknown
}

export const FUEL: unique symbol = Symbol("fuel")
export const PAUSE: unique symbol = Symbol("pause")
/** What a call of a free function gives when it must run as a generator after all; thrown inside it to get there. */
export const ABANDONED: unique symbol = Symbol("abandoned")

/** The class of all generator objects: `x instanceof GeneratorObject`. */
export const GeneratorObject = (() => {
  function GeneratorObject() {}
  GeneratorObject.prototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()))
  return GeneratorObject as unknown as new () => Frame
})()

/** Counted steps a task may run before the machine looks up: Ard's slice. */
export const SLICE_STEPS = 10_000

/** Nested calls of free functions on the host's stack; deeper ones are generators. There is room for thousands, but what is
 * abandoned is unwound, which costs as much for each of them as a generator. */
const HOST_DEPTH = 200
/** A free function that is still busy when the host wants its turn may take so many times the steps it took until then, and
 * some in any case, before it is abandoned: what it did so far is lost with it. */
const OVERTIME = 8
const LEAST_OVERTIME_STEPS = 100_000
/** Most calls in a row that do not even try to be plain after some were abandoned. */
const MOST_SKIPPED = 4096

/** Called when a task's stack is deeper than the limit; gives what is thrown at the call. */
export type DepthFailure = (site: number) => unknown

export class Machine {
  /** Steps left of the current slice; emitted code counts it down. */
  fuel = SLICE_STEPS
  /** Site of the call made last. */
  at = -1
  /** Statements begun so far (hooks only). */
  step = 0
  /** The statement to stop at; -1 for never (hooks only; set by `watch`). */
  private stopAt = -1
  /** From this step on a hook asks `stops` (hooks only). */
  hookAt = Number.NEGATIVE_INFINITY
  /** The variables in scope at the stop, by name. */
  scope: [string, unknown][] | null = null
  /** The globals object of the function that stopped. */
  globals: Readonly<Record<string, unknown>> | null = null
  /** Site of the statement begun last (hooks only). */
  last = -1
  /** The task that a statement hook stopped. */
  stoppedTask = -1
  /** The statements begun, by step (hooks only, unless `watch` was called). */
  readonly steps: StepLog = new StepLog()
  /** Frames below the one that runs, of the task that runs. */
  depth = 0
  /** Calls that are still to be made as generators, and how many the next abandoned one brings. */
  private toSkip = 0
  private penalty = 1
  private fuelBefore = 0
  private bytesBefore = 0
  /** Steps of the plain call that the kernel was not told of. */
  private untold = 0
  /** Steps after which it is abandoned; infinity while the host wants nothing. */
  private mostSteps = Number.POSITIVE_INFINITY
  /** How deep plain functions may nest in the call that runs. */
  deepest = 0
  /** Depth up to which a bounded function may be called plainly. */
  room = 0
  /** Most frames below and between a program's own calls (the task's body, top levels of files): they do not count as its depth. */
  ownFrames = 16
  depthFailure: DepthFailure = () => new RangeError("the call stack is too deep")

  constructor(readonly kernel: Kernel) {}

  /** A coroutine that runs a generator made by emitted code or by a runtime's `function*`. */
  coroutine(frame: Frame): Coroutine {
    return new FrameStack(this, frame)
  }

  /** Stops before the statement of that step (from 1), and keeps no log. */
  watch(step: number): void {
    this.stopAt = step
    this.hookAt = step
  }

  /** Asked by a hook: notes the statement that begins in the log of steps, or says that it is the one to stop at. */
  stops(): boolean {
    if (this.stopAt >= 0) return this.step === this.stopAt
    const { kernel } = this
    this.steps.add(this.last, kernel.current ? kernel.current.id : -1, kernel.nowUs, this.depth, kernel.recorder.count)
    return false
  }

  // ---- plain calls of bounded functions (plain.ts) ----------------------------------------------------------------------

  /** Emitted where a closure is made that has a plain form. */
  twin(generator: EmittedFunction, plain: NonNullable<EmittedFunction["$plain"]>): EmittedFunction {
    generator.$plain = plain
    return generator
  }

  /** True where a runtime may call `$plain` of a function; else it must run the generator. */
  get hasRoom(): boolean {
    return this.fuel > PLAIN_CALLS && this.depth < this.room
  }

  /** Calls a function of the program for a runtime: its value at once, or a generator to run. */
  call(fn: EmittedFunction, globals: object, args: readonly unknown[], site: number): unknown {
    const plain = fn.$plain
    if (plain === undefined || !this.hasRoom) return fn(globals, ...args)
    this.at = site
    // Spreading costs more than most of these functions.
    switch (args.length) {
      case 0:
        return plain(globals, 0)
      case 1:
        return plain(globals, 0, args[0])
      case 2:
        return plain(globals, 0, args[0], args[1])
      case 3:
        return plain(globals, 0, args[0], args[1], args[2])
      default:
        return plain(globals, 0, ...args)
    }
  }

  // ---- plain calls of free functions (plain.ts) -------------------------------------------------------------------------

  /** Asked before a free function is called plainly: true where it must be a generator. Notes what `abandoned` sets back. */
  skips(): boolean {
    if (this.toSkip > 0) {
      this.toSkip--
      return true
    }
    this.fuelBefore = this.fuel
    this.bytesBefore = this.kernel.valueBytes
    this.untold = 0
    this.mostSteps = Number.POSITIVE_INFINITY
    this.deepest = Math.min(this.room - this.depth - 1, HOST_DEPTH)
    return false
  }

  /** Called by a free function that has used up its fuel: where the driver would only count and go on, so does this. */
  refuel(): void {
    this.untold += SLICE_STEPS - this.fuel
    this.fuel = SLICE_STEPS
    if (!this.kernel.mayGoOn(this.untold) || this.untold > this.mostSteps) throw ABANDONED
    if (this.mostSteps === Number.POSITIVE_INFINITY && this.kernel.isExpired)
      this.mostSteps = Math.max(this.untold * OVERTIME, LEAST_OVERTIME_STEPS)
  }

  finished(value: unknown): unknown {
    if (this.untold > 0) this.kernel.countSteps(this.untold)
    if (this.penalty > 1) this.penalty >>= 2
    return value
  }

  /** Whatever was thrown: the call had no effect, so it begins anew as a generator, which will throw it again in its own place. */
  abandoned(): typeof ABANDONED {
    this.fuel = this.fuelBefore
    this.kernel.valueBytes = this.bytesBefore
    this.toSkip = this.penalty
    if (this.penalty < MOST_SKIPPED) this.penalty *= 4
    return ABANDONED
  }
}

/** What statement hooks leave behind, a row a step, in growing typed arrays. */
export class StepLog {
  length = 0
  sites = new Int32Array(1024)
  tasks = new Int32Array(1024)
  times = new Float64Array(1024)
  /** Nested calls around the statement. */
  depths = new Int32Array(1024)
  /** Trace events recorded before the statement. */
  events = new Int32Array(1024)

  add(site: number, task: number, atUs: number, depth: number, events: number): void {
    const at = this.length++
    if (at === this.sites.length) this.grow()
    this.sites[at] = site
    this.tasks[at] = task
    this.times[at] = atUs
    this.depths[at] = depth
    this.events[at] = events
  }

  private grow(): void {
    this.sites = doubled(this.sites)
    this.tasks = doubled(this.tasks)
    this.times = doubled(this.times)
    this.depths = doubled(this.depths)
    this.events = doubled(this.events)
  }
}

function doubled<A extends Int32Array | Float64Array>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 2)
  larger.set(array)
  return larger
}

class FrameStack implements Coroutine {
  result: unknown = undefined
  private top: Frame
  /** The callers of `top`, innermost last; longer than `depth`, since most tasks need a few and an array that grows takes many. */
  private readonly callers: (Frame | undefined)[] = [undefined, undefined, undefined, undefined]
  private depth = 0

  constructor(
    private readonly machine: Machine,
    frame: Frame,
  ) {
    this.top = frame
  }

  resume(value: unknown, threw: boolean): Signal {
    const machine = this.machine
    const kernel = machine.kernel
    const callers = this.callers
    const maxDepth = kernel.limits.depth + machine.ownFrames
    let frame = this.top
    machine.depth = this.depth
    machine.room = maxDepth - PLAIN_CALLS
    machine.fuel = SLICE_STEPS
    for (;;) {
      let result: IteratorResult<unknown, unknown>
      try {
        result = threw ? frame.throw(value) : frame.next(value)
      } catch (problem) {
        if (machine.depth === 0) {
          this.count()
          throw problem
        }
        frame = callers[--machine.depth] as Frame
        callers[machine.depth] = undefined
        value = problem
        threw = true
        continue
      }
      threw = false
      value = result.value
      if (result.done) {
        if (machine.depth === 0) {
          this.result = value
          this.count()
          return "done"
        }
        frame = callers[--machine.depth] as Frame
        callers[machine.depth] = undefined
      } else if (value === SUSPENDED) {
        this.leave(frame)
        this.count()
        return "suspended"
      } else if (value === FUEL) {
        const used = SLICE_STEPS - machine.fuel
        machine.fuel = SLICE_STEPS
        const verdict = kernel.fuelUsed(used)
        value = undefined
        if (verdict !== "go") {
          this.leave(frame)
          return verdict === "preempt" ? "preempted" : "paused"
        }
      } else if (value === PAUSE) {
        machine.stoppedTask = kernel.current ? kernel.current.id : -1
        this.leave(frame)
        this.count()
        return "paused"
      } else if (machine.depth >= maxDepth) {
        value = machine.depthFailure(machine.at)
        threw = true
      } else {
        callers[machine.depth++] = frame
        frame = value as Frame
        value = undefined
      }
    }
  }

  private leave(frame: Frame): void {
    this.top = frame
    this.depth = this.machine.depth
  }

  private count(): void {
    const used = SLICE_STEPS - this.machine.fuel
    this.machine.fuel = SLICE_STEPS
    if (used > 0) this.machine.kernel.countSteps(used)
  }
}
