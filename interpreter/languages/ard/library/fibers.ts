// ard/async: fibers (section 14). Starting one needs to know the function's module state and is done by the runtime
// (`runtime.ts`, told by the lowering); waiting for one is here.
import { Fault } from "../../../engine/fault.ts"
import { SUSPENDED, type Suspended, type Task } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import type { Int } from "./integers.ts"
import { Handle } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>

/** What `async::start` and `async::eval` give. */
export class FiberHandle extends Handle {
  constructor(readonly task: Task) {
    super()
  }
  describe(): string {
    return `fiber ${this.task.name}`
  }
}

function taskOf(fiber: unknown, site: number): Task {
  if (fiber instanceof FiberHandle) return fiber.task
  throw new Fault("Panic", "this Fiber was never started: fibers come from async::start and async::eval", site)
}

/** Waits until the fiber has ended, whatever way it did. */
function* ended(rt: Rt, task: Task, site: number): Steps {
  if (task.state !== "ended") {
    rt.waitsAt(site)
    try {
      rt.kernel.wait(task.future, "await", task.id, site)
      yield SUSPENDED
    } catch (failure) {
      // The fiber's own failure stays with it (14.6); what is done to this fiber meanwhile is another thing.
      if (task.future.state !== "failed" || failure !== task.future.failure) throw failure
    }
  }
  rt.kernel.record(Kind.Collected, site, task.id, 0)
  return undefined
}

function join(rt: Rt, [fiber]: readonly [unknown], site: number): Steps {
  return ended(rt, taskOf(fiber, site), site)
}

function* joinAll(rt: Rt, [fibers]: readonly [readonly unknown[]], site: number): Steps {
  for (const fiber of fibers.slice()) yield ended(rt, taskOf(fiber, site), site)
  return undefined
}

function* get(rt: Rt, [fiber]: readonly [unknown], site: number): Steps {
  const task = taskOf(fiber, site)
  yield ended(rt, task, site)
  if (task.future.state === "ok") return task.future.value
  const failure = task.future.failure
  throw new Fault("Panic", `fiber failed: ${failure instanceof Fault ? failure.message : "it was stopped"}`, site)
}

function sleep(rt: Rt, [ms]: readonly [Int], site: number): Suspended {
  return rt.kernel.sleep(Number(ms) * 1000, site)
}

const started = (_rt: Rt, _args: readonly unknown[], site: number): never => {
  throw new Fault("Internal", "a fiber can only be started where the call is written", site)
}

export const async: LibraryModule = {
  path: "ard/async",
  doc: "Fibers: independent programs that run concurrently and share nothing.",
  declarations: "struct Fiber<$T> {}\n",
  entries: [
    {
      name: "sleep",
      signature: "fn sleep(ms: Int)",
      doc: "Suspends this fiber for that many milliseconds; zero or less only gives the others their turn.",
      example: "async::sleep(1000)",
      mode: "may",
      run: sleep,
    },
    {
      name: "start",
      signature: "fn start(do: fn() Void) Fiber<Void>",
      doc: "Starts a fiber that runs the function with fresh copies of all modules; returns at once.",
      example: 'let fiber = async::start(fn() {\n  io::print("hello from a fiber")\n})',
      startsFiber: true,
      mode: "pure",
      run: started,
    },
    {
      name: "eval",
      signature: "fn eval(do: fn() $T) Fiber<$T>",
      doc: "Starts a fiber that computes a value; `get` waits for it.",
      example: "let sum = async::eval(fn() Int { 1 + 2 })",
      since: "2026-01-14",
      startsFiber: true,
      mode: "pure",
      run: started,
    },
    {
      name: "join",
      signature: "fn join(fibers: [Fiber<$T>])",
      doc: "Waits until all fibers of the list have ended.",
      example: "async::join([first, second])",
      since: "2026-01-14",
      mode: "gen",
      run: joinAll,
    },
    {
      name: "join",
      owner: "Fiber",
      signature: "fn join()",
      doc: "Waits until the fiber has ended.",
      example: "fiber.join()",
      mode: "gen",
      run: join,
    },
    {
      name: "get",
      owner: "Fiber",
      signature: "fn get() $T",
      doc: "Waits until the fiber has ended and gives its value; panics if it failed.",
      example: "sum.get()",
      since: "2026-01-14",
      mode: "gen",
      run: get,
    },
  ],
}
