// The machine runs emitted programs: it keeps, for each task, the stack of generators that is the language's call stack,
// and drives the innermost one ("trampoline"). A generator yields
//   W (SUSPENDED)  the task waits; the kernel was told for what, and the value it wakes with is the result of the yield
//   F (FUEL)       its fuel is used up: count the steps, let others run if the language preempts, go on
//   P (PAUSE)      a statement hook stopped here
//   a generator    a call: it goes on top, and what it returns is the result of the yield
// Resuming costs the same at any depth, depth is limited by our own number, and the host's stack never overflows.
import type { Kernel } from "../kernel/kernel.ts"
import { limitAt } from "../kernel/limits.ts"
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
  /** Steps that the slice began with. */
  private granted = SLICE_STEPS
  /** Site of the call made last, or of the loop whose turn used up the fuel after that. */
  at = -1
  /** Statements that may begin before a hook asks `stops`; emitted code counts it down (hooks only; see `watch` and `log`). */
  ahead = 0
  /** Statements that a call of a bounded function may begin; emitted code sets it (hooks only). */
  mostStatements = 0
  /** The statement to stop at, from 1; 0 for none. */
  private stopAt = 0
  /** Statements are noted in `steps`. */
  private logs = false
  /** The variables in scope at the stop, by name. */
  scope: [string, unknown][] | null = null
  /** The globals object of the function that stopped. */
  globals: Readonly<Record<string, unknown>> | null = null
  /** Site of the statement it stopped at, or noted last. */
  last = -1
  /** The task that a statement hook stopped. */
  stoppedTask = -1
  /** The statements begun, by step (after `log`). */
  readonly steps: StepLog = new StepLog()
  /** Frames below the one that runs, of the task that runs. */
  depth = 0
  /** Calls that are still to be made as generators, and how many the next abandoned one brings. */
  private toSkip = 0
  private penalty = 1
  private fuelBefore = 0
  private grantedBefore = 0
  private aheadBefore = 0
  private bytesBefore = 0
  /** Steps of the plain call that the kernel was not told of. */
  private untold = 0
  /** Steps after which it is abandoned; infinity while the host wants nothing. */
  private mostSteps = Number.POSITIVE_INFINITY
  /** How deep plain functions may nest in the call that runs. */
  deepest = 0
  /** Depth up to which a bounded function may be called plainly. */
  room = 0
  depthFailure: DepthFailure = () => new RangeError("the call stack is too deep")

  constructor(readonly kernel: Kernel) {}

  /**
   * A coroutine that runs a generator made by emitted code or by a runtime's `function*`. `below`: how many calls lie under
   * the first that counts as the task's depth, of the runtime's own functions, top levels of files and the task's function.
   */
  coroutine(frame: Frame, below = 0): Coroutine {
    return new FrameStack(this, frame, below)
  }

  /** A new slice; a shorter one where the limit of steps is near, so that it strikes at the very step that is too many. */
  grant(): void {
    this.fuel = this.granted = Math.min(SLICE_STEPS, this.kernel.stepsLeft - this.untold)
  }

  /** Steps of the slice that were run. */
  get used(): number {
    return this.granted - this.fuel
  }

  /** Stops before the statement of that step (from 1). To be called before the first statement, in place of `log`. */
  watch(step: number): void {
    this.stopAt = step
    this.ahead = step - 1
  }

  /** Notes every statement that begins in `steps`. To be called before the first statement, in place of `watch`. */
  log(): void {
    this.logs = true
  }

  /** Statements begun so far (hooks only). */
  get step(): number {
    return this.logs ? this.steps.length : this.stopAt - 1 - this.ahead
  }

  /** Asked by a hook: notes the statement that begins in the log of steps, or says whether it is the one to stop at. */
  stops(site: number): boolean {
    if (!this.logs) {
      if (this.ahead !== -1 || this.stopAt === 0) return false
      this.last = site
      return true
    }
    const { kernel } = this
    this.ahead = 0
    this.last = site
    this.steps.add(site, kernel.current ? kernel.current.id : -1, kernel.nowUs, this.depth, kernel.recorder.count)
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
    return this.fuel > PLAIN_CALLS && this.depth < this.room && (this.mostStatements === 0 || this.ahead > this.mostStatements)
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

  /** `call` with one argument: most calls of a runtime have one to three, and lists of them would cost more than the calls. */
  call1(fn: EmittedFunction, globals: object, a: unknown, site: number): unknown {
    const plain = fn.$plain
    if (plain === undefined || !this.hasRoom) return fn(globals, a)
    this.at = site
    return plain(globals, 0, a)
  }

  call2(fn: EmittedFunction, globals: object, a: unknown, b: unknown, site: number): unknown {
    const plain = fn.$plain
    if (plain === undefined || !this.hasRoom) return fn(globals, a, b)
    this.at = site
    return plain(globals, 0, a, b)
  }

  call3(fn: EmittedFunction, globals: object, a: unknown, b: unknown, c: unknown, site: number): unknown {
    const plain = fn.$plain
    if (plain === undefined || !this.hasRoom) return fn(globals, a, b, c)
    this.at = site
    return plain(globals, 0, a, b, c)
  }

  // ---- plain calls of free functions (plain.ts) -------------------------------------------------------------------------

  /** Asked before a free function is called plainly: true where it must be a generator. Notes what `abandoned` sets back. */
  skips(): boolean {
    // The log has the depth of each statement, which plain calls do not keep; past the stop there is nothing to be quick for.
    if (this.logs || this.ahead < 0) return true
    if (this.toSkip > 0) {
      this.toSkip--
      return true
    }
    this.aheadBefore = this.ahead
    this.fuelBefore = this.fuel
    this.grantedBefore = this.granted
    this.bytesBefore = this.kernel.valueBytes
    this.untold = 0
    this.mostSteps = Number.POSITIVE_INFINITY
    this.deepest = Math.min(this.room - this.depth - 1, HOST_DEPTH)
    return false
  }

  /** Called by a free function that has used up its fuel: where the driver would only count and go on, so does this. */
  refuel(): void {
    this.untold += this.used
    this.grant()
    if (!this.kernel.mayGoOn(this.untold) || this.untold > this.mostSteps) throw ABANDONED
    if (this.mostSteps === Number.POSITIVE_INFINITY && this.kernel.isExpired)
      this.mostSteps = Math.max(this.untold * OVERTIME, LEAST_OVERTIME_STEPS)
  }

  /** Called with what it gives back. A bounded function in it, which asks nothing, may have run past the statement to stop at. */
  finished(value: unknown): unknown {
    if (this.ahead < 0) throw ABANDONED
    if (this.untold > 0) this.kernel.countSteps(this.untold, this.at)
    this.untold = 0
    if (this.penalty > 1) this.penalty >>= 2
    return value
  }

  /** Whatever was thrown: the call had no effect, so it begins anew as a generator, which will throw it again in its own place. */
  abandoned(): typeof ABANDONED {
    this.fuel = this.fuelBefore
    this.granted = this.grantedBefore
    this.ahead = this.aheadBefore
    this.untold = 0
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
  /** `machine.at` of this task; below zero before its first call. */
  private at = -1

  constructor(
    private readonly machine: Machine,
    frame: Frame,
    private readonly below: number,
  ) {
    this.top = frame
  }

  resume(value: unknown, threw: boolean): Signal {
    const machine = this.machine
    const kernel = machine.kernel
    const callers = this.callers
    const maxDepth = kernel.limits.depth + this.below
    let frame = this.top
    machine.depth = this.depth
    machine.room = maxDepth - PLAIN_CALLS
    machine.at = this.at >= 0 ? this.at : kernel.current ? kernel.current.site : -1
    machine.grant()
    for (;;) {
      let result: IteratorResult<unknown, unknown>
      try {
        result = threw ? frame.throw(value) : frame.next(value)
      } catch (thrown) {
        const problem = limitAt(machine.at, thrown)
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
        const verdict = kernel.fuelUsed(machine.used, machine.at)
        machine.grant()
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
    this.at = this.machine.at
  }

  private count(): void {
    const { machine } = this
    const { used } = machine
    machine.grant()
    if (used > 0) machine.kernel.countSteps(used, machine.at)
  }
}
