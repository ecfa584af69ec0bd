// Traces that ask for trouble: nothing in them, no time in them, an hour beside microseconds, names nobody would give. For the
// tests of the timeline and for looking at it.
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"

export const BAD_TRACES = ["empty", "begun", "fails-at-once", "no-time", "one-task", "hour", "names", "deep", "crowd", "deadlock"] as const

export function badTrace(name: string): Trace {
  const b = new TraceBuilder()
  if (name === "begun") return b.trace()
  const main = b.run(-1, "main")
  switch (name) {
    case "empty":
      return new TraceBuilder().endRun("rejected", "did not run").trace()
    case "fails-at-once":
      return b
        .at(1)
        .fault(main, "TypeMismatch", "x is no number")
        .end(main, "failed", "x is no number")
        .endRun("failed", "x is no number")
        .trace()
    case "no-time":
      for (let i = 0; i < 5; i++) {
        const child = b.spawn(main, `worker${i}`)
        b.suspend(main, "await", child, -1, `worker${i}`).start(child).print(child, `${i}\n`).end(child, "ok", `${i}`).wake(main, child)
      }
      break
    case "one-task":
      b.print(main, "hello\n")
      break
    case "hour":
      for (let i = 0; i < 500; i++) b.sleep(main, 1)
      b.sleep(main, 3_600_000_000)
      for (let i = 0; i < 500; i++) b.sleep(main, 1)
      break
    case "names": {
      const tasks = [
        "x".repeat(10_000),
        "שלום עולם",
        "مرحبا بالعالم",
        "🪐👩‍🚀🧵",
        "",
        "<script>alert(1)</script>",
        "line\nbreak\ttab",
        "\u202eevil",
      ].map((label) => b.run(main, label))
      for (const task of tasks) b.suspend(task, "sleep")
      b.suspend(main, "await", tasks[0] as number, -1, "y".repeat(10_000)).at(500_000)
      for (const task of tasks) b.wake(task).end(task, "ok", "🪐".repeat(500))
      b.wake(main, tasks[0])
      break
    }
    case "deep": {
      let parent = main
      const chain = Array.from({ length: 300 }, (_, i) => {
        parent = b.run(parent, `level${i}`)
        return parent
      })
      for (const task of chain.toReversed()) b.sleep(task, 1000).end(task)
      break
    }
    case "crowd": {
      const place = b.site("main.vibe", 0, 5)
      const tasks = Array.from({ length: 2000 }, (_, i) => b.run(main, `worker${i}`, place))
      for (const task of tasks) b.suspend(task, "sleep")
      for (const [i, task] of tasks.entries())
        b.at(1000 * (i + 1))
          .wake(task)
          .end(task, "ok", "1")
      break
    }
    case "deadlock":
      b.suspend(main, "receive", 4).at(0).end(main, "abandoned")
      return b.endRun("deadlock", "Nobody can continue: main waits for jobs.").trace()
  }
  return b.end(main).endRun().trace()
}
