// Which run is on screen: the current one, or the last good one while the next has nothing to show yet.
import { describe, expect, it } from "vitest"
import { inputsOf } from "../../interpreter/session/defaults.ts"
import { Kind } from "../../interpreter/trace/event.ts"
import { Recorder } from "../../interpreter/trace/recorder.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { isStale, NO_RUNS, runChanged, runStarted, shownRun } from "./runs.ts"

const id = (n: number) => n as RunId
const inputs = inputsOf("vibe", "main.vibe", "")

function traceOfOneEvent(): Trace {
  const recorder = new Recorder()
  recorder.event(Kind.RunBegin, 0, 0, -1, recorder.text("vibe"), 0)
  const trace = new Trace()
  for (const chunk of recorder.flush()) trace.append(chunk)
  return trace
}

describe("runs", () => {
  const good = runChanged(runStarted(NO_RUNS, id(1), inputs, 1), id(1), () => ({ trace: traceOfOneEvent(), state: "ended" }))

  it("drops news of a run that is not the current one", () => {
    expect(runChanged(good, id(2), () => ({ nowUs: 9 }))).toBe(good)
  })

  it("keeps the last good run on screen while the next has not begun", () => {
    const next = runStarted(good, id(2), inputs, 2)
    expect(shownRun(next)?.id).toBe(1)
    expect(isStale(next, 2)).toBe(true)
  })

  it("keeps the last good run when the next is rejected, and again after a second rejection", () => {
    const rejected = runChanged(runStarted(good, id(2), inputs, 2), id(2), () => ({ state: "ended" }))
    const again = runChanged(runStarted(rejected, id(3), inputs, 3), id(3), () => ({ state: "ended" }))
    expect(shownRun(again)?.id).toBe(1)
  })

  it("shows the new run as soon as something of it happened", () => {
    const next = runChanged(runStarted(good, id(2), inputs, 2), id(2), () => ({ trace: traceOfOneEvent() }))
    expect(shownRun(next)?.id).toBe(2)
    expect(isStale(next, 2)).toBe(false)
    expect(isStale(next, 3)).toBe(true)
  })

  it("has nothing to show before the first run", () => {
    expect(shownRun(NO_RUNS)).toBe(null)
    expect(isStale(NO_RUNS, 1)).toBe(false)
  })
})
