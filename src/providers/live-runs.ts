// Live runs on the page: gives a run its answerer, answers the worker's calls through a provider, and turns what came into a
// recording. `client/session.ts` connects it to the one client; nobody else asks providers.

import type { RecordedAttempt } from "../../interpreter/models/cassette.ts"
import { type Cassette, costWith, merged, NO_COST } from "../../interpreter/models/index.ts"
import type { LiveHost, LiveHostOptions } from "../../interpreter/models/providers/index.ts"
import { PROVIDER_PRESETS } from "../../interpreter/models/providers/presets.ts"
import type { LiveEvent, ModelRequest } from "../../interpreter/models/request.ts"
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import { LiveClock } from "../../interpreter/session/live-clock.ts"
import { cassetteOf, recordedProgramOf, replayInputs, typedLinesIn } from "../../interpreter/session/recording.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"
import { isConfirmed } from "./askable.ts"
import { hasKey, keyOf } from "./keys.ts"
import { type CallOrigin, modelActions, models, offersRealModels } from "./models.ts"

/** The way back to the worker. `run` is whatever the client calls a run. */
export interface LiveLine<Run> {
  tell(run: Run, call: number, stampUs: number, event: LiveEvent): void
  passTime(run: Run, liveUs: number): void
  stop(reason: string): void
  /** The recording of the open document's last run. */
  keep(cassette: Cassette): void
}

/** What asks providers comes with the dialog that chooses them: a page that asks nobody does not load it. */
let makeHost: ((options: LiveHostOptions) => LiveHost) | null = null

export function provideHost(make: (options: LiveHostOptions) => LiveHost): void {
  makeHost = make
}

interface Going<Run> {
  readonly run: Run
  readonly host: LiveHost
  readonly origins: Map<number, CallOrigin>
}

/** The inputs of a run of the open document: the reader's choice of who answers joins what the document says. */
export function withChosenModels(given: RunInputs): RunInputs {
  // Names only: a program that asks for one gets a mark, which its models hand back.
  const inputs = { ...given, keyNames: keyNames() }
  const { mode, opened, squeeze, received, settings } = models.getState()
  if (mode === "replay" && opened) return replayInputs(inputs, opened.cassette, squeeze)
  if (mode === "live" && offersRealModels) {
    const known = settings.reuse && received.length > 0
    return {
      ...inputs,
      model: { ...inputs.model, live: true },
      cassette: known ? { program: recordedProgramOf(inputs), calls: received, squeeze: 1 } : null,
    }
  }
  return inputs
}

function keyNames(): string[] {
  return PROVIDER_PRESETS.filter(({ id, keyVariable }) => keyVariable !== "" && hasKey(id)).map(({ keyVariable }) => keyVariable)
}

/** True if a run of this document may begin now; otherwise the reader is asked first, by a dialog that names who is paid. */
export function mayBegin(documentId: string): boolean {
  const { mode, confirmed, settings } = models.getState()
  if (mode === "live" && !isConfirmed(confirmed, documentId, settings)) {
    modelActions.ask(documentId)
    return false
  }
  // What is known of an earlier run's calls is not this one's.
  modelActions.told({ cost: NO_COST, origins: new Map() })
  return true
}

export function liveModels<Run>(line: LiveLine<Run>) {
  let going: Going<Run> | null = null

  const begin = (run: Run): Going<Run> | null => {
    if (going?.run === run) return going
    if (!makeHost) return null
    going?.host.finish()
    const { settings } = models.getState()
    const clock = new LiveClock(() => performance.now())
    const host: LiveHost = makeHost({
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
    asked(run: Run, call: number, request: ModelRequest, atUs: number): void {
      const mine = begin(run)
      mine?.host.asked(call, request, atUs)
    },
    cancelled(run: Run, call: number): void {
      if (going?.run === run) going.host.cancelled(call)
    },
    recorded(run: Run, attempt: RecordedAttempt): void {
      const mine = begin(run)
      if (!mine) return
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
      const host = inputs.model.live || going?.run === run ? begin(run)?.host : undefined
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
