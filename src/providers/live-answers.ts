// A live run at work: gives a run its host, answers the worker's calls through a provider, and turns what came into a
// recording. Comes with the dialog that chooses providers (`live-runs.ts` hands it the client); nobody else asks providers.

import type { RecordedAttempt } from "../../interpreter/models/cassette.ts"
import { readModelRequest, readRecordedAttempt } from "../../interpreter/models/cassette-file.ts"
import { costWith, merged, NO_COST } from "../../interpreter/models/index.ts"
import { LiveHost } from "../../interpreter/models/providers/index.ts"
import type { ModelRequest } from "../../interpreter/models/request.ts"
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import { LiveClock } from "../../interpreter/session/live-clock.ts"
import { cassetteOf, replayInputs, typedLinesIn } from "../../interpreter/session/recording.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"
import { keyOf } from "./keys.ts"
import type { LiveAnswers, LiveLine } from "./live-runs.ts"
import { type CallOrigin, modelActions, models } from "./models.ts"

interface Going<Run> {
  readonly run: Run
  readonly host: LiveHost
  readonly origins: Map<number, CallOrigin>
}

/** Who answers the calls of runs, one run at a time; what they cost and where each answer came from goes into the models' state. */
export function liveAnswers<Run>(line: LiveLine<Run>): LiveAnswers<Run> {
  let going: Going<Run> | null = null

  const begin = (run: Run): Going<Run> => {
    if (going?.run === run) return going
    going?.host.finish()
    const { settings } = models.getState()
    const clock = new LiveClock(() => performance.now())
    const host: LiveHost = new LiveHost({
      settings,
      keyOf,
      budgetUsd: settings.budgetUsd,
      prices: settings.prices,
      clock,
      nowMs: () => performance.now(),
      tell: (call, stampUs, event) => line.tell(run, call, stampUs, event),
      passTime: (liveUs) => line.passTime(run, liveUs),
      stop: (reason) => line.stop(reason),
      changed: () => modelActions.told({ cost: host.runningCost }),
    })
    going = { run, host, origins: new Map() }
    modelActions.told({ cost: NO_COST, origins: new Map() })
    return going
  }

  return {
    readRequest: readModelRequest,
    readAttempt: readRecordedAttempt,
    asked(run: Run, call: number, request: ModelRequest, atUs: number): void {
      begin(run).host.asked(call, request, atUs)
    },
    cancelled(run: Run, call: number): void {
      if (going?.run === run) going.host.cancelled(call)
    },
    recorded(run: Run, attempt: RecordedAttempt): void {
      const mine = begin(run)
      mine.host.recorded(attempt)
      const { fresh, call, recording } = attempt
      const before = mine.origins.get(call)
      const by = recording.by ?? mine.host.calls.get(call)?.by ?? before?.by ?? null
      const { end } = recording
      const sum = before?.cost ?? NO_COST
      const cost = end.kind === "reply" ? costWith(sum, by, end.usage, models.getState().settings.prices) : sum
      mine.origins.set(call, { fresh: fresh || (before?.fresh ?? false), by, cost })
      modelActions.told({ origins: new Map(mine.origins) })
    },
    /** The run is over; gives the inputs of its replay, which is what it amounts to from now on. */
    ended(run: Run, inputs: RunInputs, trace: Trace): RunInputs {
      const host = inputs.model.live || going?.run === run ? begin(run).host : undefined
      if (!host) return inputs
      host.finish()
      const calls = host.recorder.recordings()
      if (!inputs.model.live) {
        going = null
        const { opened } = models.getState()
        if (opened) modelActions.told({ used: { ...opened.cassette, calls } })
        return inputs
      }
      const cassette = cassetteOf(inputs, calls, typedLinesIn(trace, inputs), new Date().toISOString().slice(0, 10))
      modelActions.told({ last: cassette, received: merged(models.getState().received, calls), cost: host.cost })
      going = null
      line.keep(cassette)
      return replayInputs(inputs, cassette)
    },
  }
}
