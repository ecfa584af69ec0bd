// Who goes next? The only door through which the order of tasks enters a run (design: the law). A chooser is asked only
// where there is a choice, that is, where at least two tasks are ready; what it answers is recorded as the schedule, and
// replaying the schedule gives the same run.
import { RandomStream } from "./random.ts"

export interface Chooser {
  /** True where the program's own order (first ready, first run) may be left: then runtimes offer extra choice points. */
  readonly explores: boolean
  /** An index from 0 to count - 1. */
  choose(count: number): number
}

/** First ready, first run: the default of every run. */
export class FifoChooser implements Chooser {
  readonly explores = false
  choose(): number {
    return 0
  }
}

/** Any ready task, drawn from the seed's stream for schedules. */
export class ShuffleChooser implements Chooser {
  readonly explores = true
  private readonly random: RandomStream
  constructor(seed: number) {
    this.random = new RandomStream("schedule", seed)
  }
  choose(count: number): number {
    return this.random.below(count)
  }
}

/** Takes the choices of a recorded schedule, then goes on as `rest` does. A choice that no longer exists is the last one. */
export class ReplayChooser implements Chooser {
  readonly explores = true
  private next = 0
  constructor(
    private readonly choices: readonly number[],
    private readonly rest: Chooser = new FifoChooser(),
  ) {}
  choose(count: number): number {
    const choice = this.choices[this.next++]
    if (choice === undefined) return this.rest.choose(count)
    return choice < count ? choice : count - 1
  }
}

/** A schedule as short text: choices joined by blanks, runs of one choice as `0*12`. Empty for a run without choices. */
export function printSchedule(choices: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < choices.length; ) {
    let end = i + 1
    while (end < choices.length && choices[end] === choices[i]) end++
    parts.push(
      end - i > 2
        ? `${choices[i]}*${end - i}`
        : Array(end - i)
            .fill(choices[i])
            .join(" "),
    )
    i = end
  }
  return parts.join(" ")
}

const MAX_SCHEDULE_LENGTH = 1_000_000

/** Reads what `printSchedule` wrote; null for a text that is no schedule. */
export function parseSchedule(text: string): number[] | null {
  const choices: number[] = []
  for (const part of text.split(/\s+/)) {
    if (part === "") continue
    const match = /^(\d{1,6})(?:\*(\d{1,7}))?$/.exec(part)
    if (!match) return null
    const times = match[2] === undefined ? 1 : Number(match[2])
    if (choices.length + times > MAX_SCHEDULE_LENGTH) return null
    for (let i = 0; i < times; i++) choices.push(Number(match[1]))
  }
  return choices
}
