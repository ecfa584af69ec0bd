// Live runs on the page, as far as every run needs it: who answers a run, whether it may begin, and the line to what asks
// providers (`live-answers.ts`), which comes with the dialog that chooses them. `client/session.ts` connects it to the one client.

import type { RecordedAttempt } from "../../interpreter/models/cassette.ts"
import { type Cassette, NO_COST } from "../../interpreter/models/index.ts"
import { PROVIDER_PRESETS } from "../../interpreter/models/providers/presets.ts"
import type { LiveEvent, ModelRequest } from "../../interpreter/models/request.ts"
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import { recordedProgramOf, replayInputs } from "../../interpreter/session/recording.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"
import { isConfirmed } from "./askable.ts"
import { hasKey } from "./keys.ts"
import { modelActions, models, offersRealModels } from "./models.ts"

/** The way back to the worker. `run` is whatever the client calls a run. */
export interface LiveLine<Run> {
  tell(run: Run, call: number, stampUs: number, event: LiveEvent): void
  passTime(run: Run, liveUs: number): void
  stop(reason: string): void
  /** The recording of the open document's last run. */
  keep(cassette: Cassette): void
}

/** Who answers the calls of a run. What is asked of it has been checked. */
export interface LiveAnswers<Run> {
  /** What the sandbox says about a call, checked and copied; null if it is none. */
  readRequest(value: unknown): ModelRequest | null
  readAttempt(value: unknown): RecordedAttempt | null
  asked(run: Run, call: number, request: ModelRequest, atUs: number): void
  cancelled(run: Run, call: number): void
  recorded(run: Run, attempt: RecordedAttempt): void
  /** The run is over; gives the inputs of its replay, which is what it amounts to from now on. */
  ended(run: Run, inputs: RunInputs, trace: Trace): RunInputs
}

/** A page that asks nobody does not load what asks providers. */
let answers: (<Run>(line: LiveLine<Run>) => LiveAnswers<Run>) | null = null

export function provideAnswers(make: NonNullable<typeof answers>): void {
  answers = make
}

/** The inputs of a run of the open document: the reader's choice of who answers joins what the document says. */
export function withChosenModels(given: RunInputs): RunInputs {
  // Names only: a program that asks for one gets a mark, which its models hand back.
  const inputs = { ...given, keyNames: keyNames() }
  const { mode, opened, squeeze, received, settings } = models.getState()
  if (mode === "replay" && opened) return replayInputs(inputs, opened.cassette, squeeze)
  if (mode === "live" && offersRealModels) {
    const known = settings.reuse && received.length > 0
    const name = settings.providers.find(({ id }) => id === settings.provider)?.model
    return {
      ...inputs,
      model: { ...inputs.model, live: true, ...(name && { name }) },
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

/** What the client tells of a run's calls, for whoever answers them; without one nothing is asked, and a run stays what it is. */
export function liveModels<Run>(line: LiveLine<Run>): LiveAnswers<Run> {
  let made: LiveAnswers<Run> | null = null
  const known = () => {
    made ??= answers?.(line) ?? null
    return made
  }
  return {
    readRequest: (value) => known()?.readRequest(value) ?? null,
    readAttempt: (value) => known()?.readAttempt(value) ?? null,
    asked: (...call) => known()?.asked(...call),
    cancelled: (...call) => known()?.cancelled(...call),
    recorded: (...attempt) => known()?.recorded(...attempt),
    ended: (run, inputs, trace) => known()?.ended(run, inputs, trace) ?? inputs,
  }
}
