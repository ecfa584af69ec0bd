// One sentence that sums a run up, generated from its trace: how long it took, what overlapped, what decided the end, what
// went wrong. Shown under the transport bar, said to screen readers when a run ends. Pure.
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { shortened } from "../../../interpreter/trace/units.ts"
import { formatTime, plural } from "../../ui/format.ts"

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
const inWords = (count: number) => WORDS[count] ?? String(count)

/** What the run would have taken with everything one after another: the waits of all tasks that were not for each other. */
export function oneAfterAnotherUs(fold: TraceFold): number {
  let sumUs = 0
  for (const lane of fold.lanes) sumUs += lane.times.modelUs + lane.times.ioUs + lane.times.backoffUs
  return sumUs
}

/** The task whose end the first task waited for last, and that ended when that wait did; undefined where there is none. */
export function lastAwaited(fold: TraceFold): Lane | undefined {
  const root = fold.lanes[0]
  if (!root) return undefined
  for (let row = root.states.length - 1; row >= 0; row--) {
    if (root.states.states[row] !== "await") continue
    const awaited = fold.lanes[root.states.on[row] ?? -1]
    const waited = (root.states.us[row + 1] ?? root.endUs) > (root.states.us[row] ?? 0)
    if (awaited && waited) return awaited
  }
  return undefined
}

/** Time that failed attempts of a task and the back-off after them cost, and the status of the first of them. */
export function lostBy(lane: Lane): { readonly us: number; readonly status: number } {
  let us = lane.times.backoffUs
  let status = 0
  for (const call of lane.calls) {
    for (const attempt of call.attempts) {
      if (!attempt.failure) continue
      us += Math.max(0, attempt.endUs - attempt.sentUs)
      status ||= attempt.failure.status
    }
  }
  return { us, status }
}

export const NOT_RUN = "Did not run: the text has problems."

/** A name that somebody generated must not push the rest of the sentence out of sight. */
const LONGEST_NAME = 40

/** The sentence for a run that is over. `steps`: the run's own count, for runs that took no time. */
export function summaryOf(fold: TraceFold, outcome: string, message: string, endUs: number): string {
  const took = endUs > 0 ? formatTime(endUs) : "No virtual time"
  switch (outcome) {
    case "failed":
      return `Failed at ${formatTime(endUs)}: ${firstLine(message)}`
    case "deadlock":
      return `Nobody can go on at ${formatTime(endUs)}: ${firstLine(message)}`
    case "limit":
      return firstLine(message).replace(/^./, (letter) => letter.toUpperCase())
    case "stopped":
      return `Stopped at ${formatTime(endUs)}${/^stopped by the user$/.test(message) || message === "" ? "" : `: ${firstLine(message).replace(/^stopped:? ?/, "")}`}.`
    case "rejected":
      return NOT_RUN
  }
  const parts: string[] = []
  const { maxInFlight, calls } = fold.totals
  const programs = fold.lanes.filter(({ parent }) => parent < 0)
  if (programs.length > 1) return `${took}; ${listed(programs.map(({ label }) => label))} side by side, each on its own clock.`
  const tasks = fold.lanes.length
  if (endUs === 0) parts.push(tasks > 1 ? `${inWords(tasks)} tasks took turns, nothing had to wait` : "it only computed")
  else if (maxInFlight > 1) parts.push(`${inWords(maxInFlight)} calls overlapped`)
  else if (tasks > 1) {
    const most = mostAtOnce(fold)
    if (most > 1) parts.push(`${inWords(most)} tasks overlapped`)
    else parts.push("one task at a time")
  } else if (calls > 1) parts.push(`${inWords(calls)} calls, one after another`)
  else if (calls === 1) parts.push("one call")
  else parts.push("one thing at a time")

  const last = endUs > 0 && tasks > 1 ? lastAwaited(fold) : undefined
  if (last && tasks > 2) {
    const { us, status } = lostBy(last)
    const decided = `${shortened(last.label, LONGEST_NAME)} decided the end`
    parts.push(us > 0 ? `${decided} (${status > 0 ? `${status}, ` : ""}${formatTime(us)} lost)` : decided)
  }
  const unread = fold.lanes.filter((lane) => lane.end === "abandoned").length
  if (unread > 0) parts.push(`${plural(unread, "task")} left behind at the end`)
  return `${took}; ${parts.join("; ")}.`
}

/** "one after another 6.72 s · 1.8× faster", or "" where nothing overlapped enough to tell. */
export function gainOf(fold: TraceFold, endUs: number): string {
  const serialUs = oneAfterAnotherUs(fold)
  // Languages beside each other have clocks of their own: nothing was saved by that.
  const programs = fold.lanes.filter(({ parent }) => parent < 0).length
  if (programs > 1 || endUs === 0 || serialUs < endUs * 1.05) return ""
  return `one after another ${formatTime(serialUs)} · ${(serialUs / endUs).toFixed(1)}× faster`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`
}

/** Most tasks that were busy with waits of their own at the same time. */
function mostAtOnce(fold: TraceFold): number {
  const turns: { us: number; by: 1 | -1 }[] = []
  for (const lane of fold.lanes) {
    for (let row = 0; row < lane.states.length; row++) {
      const state = lane.states.states[row]
      if (state !== "call" && state !== "sleep" && state !== "backoff" && state !== "host") continue
      const fromUs = lane.states.us[row] ?? 0
      const toUs = lane.states.us[row + 1] ?? (lane.endUs >= 0 ? lane.endUs : fromUs)
      if (toUs > fromUs) turns.push({ us: fromUs, by: 1 }, { us: toUs, by: -1 })
    }
  }
  turns.sort((a, b) => a.us - b.us || a.by - b.by)
  let now = 0
  let most = 0
  for (const turn of turns) most = Math.max(most, (now += turn.by))
  return most
}

const firstLine = (text: string) => text.split("\n", 1)[0] ?? ""
