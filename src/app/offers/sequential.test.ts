// When the other way to run a Jade program is offered, and what is said once both were run.
import { describe, expect, it } from "vitest"
import { inputsOf } from "../../../interpreter/session/defaults.ts"
import { Kind } from "../../../interpreter/trace/event.ts"
import { Recorder } from "../../../interpreter/trace/recorder.ts"
import { NO_RUNS, type Runs, runChanged, runStarted } from "../../store/runs.ts"
import { sequentialOffer } from "./sequential.ts"

type RunId = Parameters<typeof runStarted>[1]

interface Way {
  readonly language?: string
  readonly version?: number
  readonly outcome?: "done" | "failed"
}

function ran(runs: Runs, id: number, sequential: boolean, virtualUs: number, way: Way = {}): Runs {
  const { language = "jade", version = 1, outcome = "done" } = way
  const started = runStarted(runs, id as RunId, inputsOf(language, "main.jde", "", { sequential }), version)
  const recorder = new Recorder()
  recorder.event(Kind.Print, 0, 0, -1, recorder.text("x"), 0)
  for (const chunk of recorder.flush()) started.current?.trace.append(chunk)
  const report = { outcome, message: "", fault: null, deadlock: null, virtualUs, steps: 1, schedule: "", value: null }
  return runChanged(started, id as RunId, () => ({ state: "ended", report }))
}

describe("one at a time", () => {
  const overlapped = ran(NO_RUNS, 1, false, 300_000)

  it("is offered after a run of a Jade program with tasks", () => {
    expect(sequentialOffer(overlapped, 1, 3)).toEqual({ label: "One at a time", sequential: true, comparison: "" })
  })

  it("is not offered where there is nothing to compare", () => {
    expect(sequentialOffer(NO_RUNS, 1, 3)).toBe(null)
    expect(sequentialOffer(overlapped, 1, 1)).toBe(null)
    expect(sequentialOffer(overlapped, 2, 3)).toBe(null)
    expect(sequentialOffer(ran(NO_RUNS, 1, false, 5, { language: "vibe" }), 1, 3)).toBe(null)
    expect(sequentialOffer(ran(NO_RUNS, 1, false, 5, { outcome: "failed" }), 1, 3)).toBe(null)
  })

  it("says the difference in time, whichever way was run last", () => {
    const comparison = "one at a time 500 ms · overlapped 300 ms, 1.7×"
    const slower = ran(overlapped, 2, true, 500_000)
    expect(sequentialOffer(slower, 1, 3)).toEqual({ label: "Overlapped", sequential: false, comparison })
    expect(sequentialOffer(ran(slower, 3, false, 300_000), 1, 3)).toEqual({ label: "One at a time", sequential: true, comparison })
  })

  it("compares only runs of the same text", () => {
    const edited = ran(overlapped, 2, true, 500_000, { version: 2 })
    expect(sequentialOffer(edited, 2, 3)?.comparison).toBe("")
  })

  it("says so where both took the same time", () => {
    expect(sequentialOffer(ran(overlapped, 2, true, 300_000), 1, 3)?.comparison).toBe("300 ms either way")
  })
})
