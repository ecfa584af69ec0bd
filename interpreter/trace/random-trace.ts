// Random but plausible traces for property tests and benchmarks: a little discrete-event simulation that records what the
// kernel would. Tasks sleep, call models, spawn, join their children and hand each other values; the seed decides all of it.
import { TraceBuilder } from "./builder.ts"

export interface RandomTraceOptions {
  readonly seed: number
  readonly tasks: number
  /** Things a task does before it ends, at most. */
  readonly deeds: number
  /** Longest sleep or call in microseconds. */
  readonly longestUs: number
  /** Chunks that a model's answer comes in, at most; 0: no model calls. */
  readonly chunks: number
}

interface SimTask {
  readonly id: number
  readonly children: number[]
  left: number
  ended: boolean
  waiters: SimTask[]
  /** The call whose answer it waits for. */
  call: number
}

/** A small generator of pseudo-random integers below a bound (xorshift32). */
export function randomBelow(seed: number): (bound: number) => number {
  let state = (seed * 2_654_435_761 + 1) | 0 || 1
  return (bound) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

/** The trace's builder, its run ended: `.trace()` gives the trace. */
export function randomTrace(options: RandomTraceOptions): TraceBuilder {
  const below = randomBelow(options.seed)
  const b = new TraceBuilder()
  const tasks: SimTask[] = []
  const ready: SimTask[] = []
  const timers: { atUs: number; order: number; fire: () => void }[] = []
  let order = 0
  const after = (us: number, fire: () => void) => {
    // Kept sorted from latest to earliest, so that the next one is taken from the end.
    const timer = { atUs: b.nowUs + us, order: order++, fire }
    let low = 0
    let high = timers.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = timers[middle] as { atUs: number; order: number }
      if (other.atUs > timer.atUs || (other.atUs === timer.atUs && other.order > timer.order)) low = middle + 1
      else high = middle
    }
    timers.splice(low, 0, timer)
  }
  const spawn = (parent: number): SimTask => {
    const task = {
      id: b.spawn(parent, `t${tasks.length}`),
      children: [],
      left: 1 + below(options.deeds),
      ended: false,
      waiters: [],
      call: -1,
    }
    tasks.push(task)
    ready.push(task)
    return task
  }
  const wake = (task: SimTask, by: number) => {
    b.ready(task.id, by)
    ready.push(task)
  }
  const callModel = (task: SimTask) => {
    const call = b.queued(task.id, `prompt ${task.id}`)
    const us = 1 + below(options.longestUs)
    const count = 1 + below(options.chunks)
    b.sent(task.id, call).suspend(task.id, "call", call)
    task.call = call
    const firstUs = Math.floor(us * 0.4)
    const chunk = (i: number) => {
      if (i === 1) b.firstToken(task.id, call)
      b.chunk(task.id, call, i * 4)
      if (i < count) after(Math.floor((us - firstUs) / count), () => chunk(i + 1))
    }
    after(firstUs, () => chunk(1))
    after(us, () => {
      b.replied(task.id, call, "x".repeat(4), 10, count)
      wake(task, -1)
    })
  }
  /** Lets a task do things until it waits or ends. */
  const turn = (task: SimTask, first: boolean) => {
    if (first) b.start(task.id)
    else b.resume(task.id)
    if (task.call >= 0) b.closed(task.id, task.call, "x")
    task.call = -1
    while (task.left-- > 0) {
      const deed = below(10)
      if (deed < 4 && tasks.length < options.tasks) task.children.push(spawn(task.id).id)
      else if (deed < 6) {
        if (options.chunks > 0 && below(2) === 0) callModel(task)
        else {
          b.suspend(task.id, "sleep")
          after(1 + below(options.longestUs), () => wake(task, -1))
        }
        return
      } else {
        const child = tasks[task.children.pop() ?? -1]
        if (!child) continue
        if (child.ended) b.collected(task.id, child.id)
        else {
          b.suspend(task.id, "await", child.id)
          child.waiters.push(task)
          return
        }
      }
    }
    b.end(task.id, "ok", "v")
    task.ended = true
    for (const waiter of task.waiters) wake(waiter, task.id)
  }
  const started = new Set<SimTask>()
  const main = spawn(-1)
  main.left = Math.max(main.left, options.deeds)
  while (!main.ended) {
    const task = ready.shift()
    if (task) {
      turn(task, !started.has(task))
      started.add(task)
      continue
    }
    const timer = timers.pop()
    if (!timer) break
    b.at(timer.atUs)
    timer.fire()
  }
  for (const task of tasks) if (!task.ended) b.end(task.id, "abandoned")
  return b.endRun()
}
