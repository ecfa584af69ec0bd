// The time after main is over in which the other tasks still do what they can do without time passing (Ard 14.5). Made by
// `Kernel.settleOthers`; the kernel goes on with main when nobody is ready any more. A task that used up its slice, or had
// too many turns, is left out of the ready queue for good, so that this time ends.
import type { Task } from "./task.ts"

/** Turns after a wait that a task gets: enough for tasks that talk to one another, an end for those that do so for ever. */
const MOST_TURNS = 1000

export class Settling {
  private readonly turns = new Map<Task, number>()

  /** `main` waits meanwhile, and is woken at the end. */
  constructor(readonly main: Task) {}

  /** Counts a turn that the task is about to get; true if it had all of its turns and gets no more. */
  hadItsTurns(task: Task): boolean {
    // Only a turn after a wait counts: how often the host paused a task must not show.
    if (!task.waiting) return false
    const before = this.turns.get(task) ?? 0
    this.turns.set(task, before + 1)
    return before >= MOST_TURNS
  }
}
