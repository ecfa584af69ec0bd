// Tasks (SPEC 16.5, 16.7): join, wait, the limit of active tasks, and the methods of futures.

import { typeError } from "../runtime/faults.ts"
import { Arr, FutureValue, kindOf, Stream } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

const TWO = "async fn half(n) { return n / 2 }\n"

export const tasks = entriesOf({ k: "global" }, [
  {
    signature: "join(...futures: any) -> array",
    doc: "Waits for all futures and gives their results in the order of the arguments; with `settle = true` failures become dicts instead of being raised.",
    example: { code: `${TWO}print(join(half(8), half(6)))`, prints: ["[4, 3]"] },
    named: ["settle"],
    run(jade, futures, site, named) {
      const settle = named.get("settle") ?? false
      if (typeof settle !== "boolean") throw typeError(`join() expects bool for settle, got ${kindOf(settle)}`, site)
      return jade.tasks.join(futures, settle, site)
    },
  },
  {
    signature: "wait(futures: array | stream) -> int",
    doc: "Waits until at least one future of an array has ended and gives the lowest index of one; consumes nothing.",
    example: { code: `${TWO}let fs = [half(8), half(6)]\nprint(wait(fs))`, prints: ["0"] },
    run: (jade, [futures], site) => jade.tasks.wait(futures instanceof Arr || futures instanceof Stream ? futures.items : [], site),
  },
  {
    signature: "max_tasks() -> int",
    doc: "How many tasks may be active at the same time.",
    example: { code: "print(max_tasks())", prints: ["32"] },
    run: (jade) => jade.tasks.limit,
  },
  {
    signature: "set_max_tasks(count: int) -> int",
    doc: "Sets how many tasks may be active at the same time, from 1 to 512, and gives the number in force.",
    example: { code: "print(set_max_tasks(4))\nprint(set_max_tasks(9999))", prints: ["4", "512"] },
    run(jade, [count]) {
      jade.tasks.limit = Number(count)
      return jade.tasks.limit
    },
  },
  {
    signature: "cancelled() -> bool",
    doc: "Inside a task: whether `cancel()` was called on its future; elsewhere false.",
    example: { code: "print(cancelled())", prints: ["false"] },
    run: (jade, _args, site) => jade.tasks.cancelled(site),
  },
])

export const futureMethods = entriesOf({ k: "method", of: "future" }, [
  {
    signature: "ready() -> bool",
    doc: "Whether the task has ended; never waits for it.",
    example: {
      code: `${TWO}let f = half(4)\nlet first = f.ready()\nprint(first)\nprint(await f)\nprint(f.ready())`,
      prints: ["false", "2", "true"],
    },
    run: (jade, [future], site) => (future instanceof FutureValue ? jade.tasks.ready(future, site) : false),
  },
  {
    signature: "cancel() -> nil",
    doc: "Gives the task up: its work goes on, but awaiting it raises AsyncPanic.",
    example: {
      code: `${TWO}let f = half(4)\nf.cancel()\ntry {\n    print(await f)\n} catch e {\n    print(e.message.contains("cancelled task"))\n}`,
      prints: ["true"],
    },
    run(jade, [future]) {
      if (future instanceof FutureValue) jade.tasks.cancel(future)
      return null
    },
  },
])
