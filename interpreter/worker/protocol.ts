// The messages between the page and the sandboxed worker, both ways. Every message carries the run it belongs to; late
// ones are dropped in one place (src/client). The page treats everything the worker says as hostile and checks it with
// `validate.ts`; the worker trusts the page.
import type { RecordedAttempt } from "../models/cassette.ts"
import type { LiveEvent, ModelRequest } from "../models/request.ts"
import type { CellSource, Composition } from "../session/document/notebook.ts"
import type { Evaluation } from "../session/evaluation.ts"
import type { RunInputs } from "../session/inputs.ts"
import type { RunReport } from "../session/report.ts"
import type { Inspection, StepIndex } from "../session/step-index.ts"
import type { Diagnostic } from "../source/diagnostic.ts"
import type { Range } from "../source/text.ts"
import type { TraceChunk } from "../trace/event.ts"

export type RunId = number & { readonly brand: "RunId" }

export type ToWorker =
  | { readonly type: "start"; readonly run: RunId; readonly inputs: RunInputs }
  /** Virtual time may pass up to here; while a live call is open only up to `liveUs`, which goes as real time does. */
  | { readonly type: "advance"; readonly run: RunId; readonly untilUs: number; readonly liveUs?: number }
  | { readonly type: "input"; readonly run: RunId; readonly line: string | null }
  /** `reason`: why, where it was not the reader who stopped it. */
  | { readonly type: "stop"; readonly run: RunId; readonly reason?: string }
  /** News of a live model call. `stampUs`: integer microseconds since the run began. */
  | { readonly type: "call"; readonly run: RunId; readonly call: number; readonly stampUs: number; readonly event: LiveEvent }
  | { readonly type: "ping"; readonly id: number }
  /** Cells of a notebook to be put together into one program (session/document/notebook.ts). */
  | {
      readonly type: "compose"
      readonly id: number
      readonly language: string
      readonly path: string
      readonly cells: readonly CellSource[]
      readonly files: Readonly<Record<string, string>>
    }
  /** All steps of a run with these inputs (session/inspection.ts). `id` comes back with the answer; a newer question replaces an older one. */
  | { readonly type: "index"; readonly id: number; readonly inputs: RunInputs }
  /** The state at a step of a run with these inputs. */
  | { readonly type: "inspect"; readonly id: number; readonly inputs: RunInputs; readonly step: number }
  /** What comes out of inputs run to their end, beside the run that goes on. A newer question or `giveUp` gives it up. */
  | { readonly type: "evaluate"; readonly id: number; readonly inputs: RunInputs }
  | { readonly type: "giveUp"; readonly id: number }
  /** What is wrong with a text, without running it: diagnostics while typing. `id` comes back with the answer. */
  | {
      readonly type: "diagnose"
      readonly id: number
      readonly language: string
      readonly path: string
      readonly text: string
      readonly files: Readonly<Record<string, string>>
      /** Where cells of a notebook begin in the text; empty for a program. */
      readonly cellStarts: readonly number[]
    }

export type FromWorker =
  | { readonly type: "ready" }
  /** Before anything runs. `accepted` false: the run ends here, rejected. */
  | {
      readonly type: "checked"
      readonly run: RunId
      readonly accepted: boolean
      readonly diagnostics: readonly Diagnostic[]
      readonly sites: readonly Range[]
    }
  | { readonly type: "events"; readonly run: RunId; readonly chunks: readonly TraceChunk[]; readonly nowUs: number }
  /** The run waits: for time to be granted, for a line of input, for the outside. */
  | { readonly type: "waiting"; readonly run: RunId; readonly for: "time" | "input" | "calls"; readonly nowUs: number }
  /** `atUs`: the virtual time at which the attempt left. */
  | { readonly type: "ask"; readonly run: RunId; readonly call: number; readonly request: ModelRequest; readonly atUs: number }
  | { readonly type: "cancelCall"; readonly run: RunId; readonly call: number }
  /** An attempt that a real model answered, now or in a recording, is over: for the cassette of the run. */
  | { readonly type: "recorded"; readonly run: RunId; readonly attempt: RecordedAttempt }
  | { readonly type: "ended"; readonly run: RunId; readonly report: RunReport }
  | { readonly type: "pong"; readonly id: number }
  | { readonly type: "diagnosed"; readonly id: number; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: "composed"; readonly id: number; readonly composition: Composition | null }
  /** null: the program does not compile, or a newer question came first. */
  | { readonly type: "indexed"; readonly id: number; readonly index: StepIndex | null }
  | { readonly type: "inspected"; readonly id: number; readonly inspection: Inspection | null }
  /** null: it was given up. */
  | { readonly type: "evaluated"; readonly id: number; readonly evaluation: Evaluation | null }
  /** Our own bug, with a report to copy; the sandbox is replaced. */
  | { readonly type: "crashed"; readonly run: RunId | null; readonly message: string }

export type { LiveEvent } from "../models/request.ts"
export type { RunReport } from "../session/report.ts"
