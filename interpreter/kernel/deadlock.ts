// Explains a deadlock: from main along "waits for" to the task that closes the cycle, or to something that nobody is
// left to bring about. Read by the kernel when nothing can go on any more.
import type { SuspendReason } from "../trace/event.ts"
import type { Task } from "./task.ts"

/** Who waits for whom when nobody can go on. */
export interface Deadlock {
  readonly chain: readonly { readonly task: number; readonly reason: SuspendReason; readonly on: number }[]
  /** Where the chain closes on itself: index into it, or -1 if it ends at something nobody can bring about. */
  readonly cycleFrom: number
}

const PHRASES: Record<SuspendReason, string> = {
  await: "waits for",
  gate: "waits for a place held by",
  send: "waits for somebody to receive what it sends",
  receive: "waits for somebody to send",
  host: "waits for a promise that nothing will settle",
  sleep: "sleeps",
  call: "waits for the model",
  input: "waits for input",
  turn: "waits for its turn",
  backoff: "waits before it tries again",
}

export function describeDeadlock(main: Task | null, tasks: readonly Task[]): { message: string; deadlock: Deadlock } {
  const chain: Task[] = []
  let at: Task | null = main
  let cycleFrom = -1
  while (at?.waiting) {
    const seen = chain.indexOf(at)
    if (seen >= 0) {
      cycleFrom = seen
      break
    }
    chain.push(at)
    const { future, holders } = at.waiting
    const able: readonly Task[] = holders ? holders() : future?.producer ? [future.producer] : []
    at = able.find((holder) => holder.state !== "ended") ?? null
  }
  const sentences = chain.map((task, i) => {
    const waiting = task.waiting
    const next = chain[i + 1] ?? (cycleFrom >= 0 ? chain[cycleFrom] : undefined)
    const phrase = PHRASES[waiting?.reason ?? "await"]
    return waiting?.reason === "await" || waiting?.reason === "gate"
      ? `${task.name} ${phrase} ${next ? next.name : "something that will never come"}`
      : `${task.name} ${phrase}`
  })
  const others = tasks.filter((task) => task.state === "suspended" && !chain.includes(task)).length
  const rest = others > 0 ? `; ${others} more ${others === 1 ? "task waits" : "tasks wait"}` : ""
  return {
    message: `nobody can continue: ${sentences.join(", ")}${rest}`,
    deadlock: {
      chain: chain.map((task) => ({ task: task.id, reason: task.waiting?.reason ?? "await", on: task.waiting?.on ?? -1 })),
      cycleFrom,
    },
  }
}
