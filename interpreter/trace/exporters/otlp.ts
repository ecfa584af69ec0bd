// A trace as OpenTelemetry's OTLP/JSON: a span a task, under it a span a model call with the attributes of the generative-AI
// conventions, and one a failed attempt. Ids are drawn from the trace alone, so the same run gives the same file. The run's
// start date stands for its time zero.

import type { CallSpan } from "../call-spans.ts"
import type { TraceFold } from "../fold.ts"
import { hash32 } from "../hash.ts"
import { jsonObject, textField } from "../kinds.ts"
import type { Lane } from "../spans.ts"

type Value = { readonly stringValue: string } | { readonly intValue: string } | { readonly boolValue: boolean }
interface Attribute {
  readonly key: string
  readonly value: Value
}

const STATUS = { ok: 1, error: 2 } as const
const INTERNAL = 1
const CLIENT = 3

/** The file's text. `startMs`: milliseconds since 1970 of the run's time zero. */
export function otlpTrace(fold: TraceFold, title: string, startMs: number): string {
  const traceId = `${hex8(hash32(`trace ${title}`))}${hex8(hash32(`events ${fold.folded}`))}${hex8(hash32(`end ${fold.totals.virtualUs}`))}${hex8(hash32(fold.totals.language))}`
  const spans = fold.lanes.flatMap((lane) => [
    taskSpan(fold, lane, traceId, startMs),
    ...lane.calls.flatMap((call) => callSpans(fold, call, traceId, startMs)),
  ])
  const resource = {
    attributes: [
      text("service.name", "counterpoint"),
      text("counterpoint.title", title),
      text("counterpoint.language", fold.totals.language),
    ],
  }
  return `${JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "counterpoint" }, spans }] }] })}\n`
}

function taskSpan(fold: TraceFold, lane: Lane, traceId: string, startMs: number) {
  const endUs = lane.endUs >= 0 ? lane.endUs : fold.spans.nowUs
  const message = lane.endText >= 0 ? fold.trace.text(lane.endText) : ""
  return {
    traceId,
    spanId: taskSpanId(lane.task),
    ...(lane.parent >= 0 ? { parentSpanId: taskSpanId(lane.parent) } : {}),
    name: lane.label,
    kind: INTERNAL,
    startTimeUnixNano: nano(startMs, lane.spawnUs),
    endTimeUnixNano: nano(startMs, endUs),
    attributes: [
      text("counterpoint.task.end", lane.end ?? "going on"),
      int("counterpoint.task.model_us", lane.times.modelUs),
      int("counterpoint.task.io_us", lane.times.ioUs),
      int("counterpoint.task.waiting_us", lane.times.waitingUs),
      int("counterpoint.task.backoff_us", lane.times.backoffUs),
    ],
    events: lane.marks
      .filter((mark) => mark.what !== "collected")
      .map((mark) => ({
        timeUnixNano: nano(startMs, mark.atUs),
        name: mark.what,
        attributes: mark.text >= 0 ? [text("text", fold.trace.text(mark.text))] : [],
      })),
    status: lane.end === "failed" ? { code: STATUS.error, message } : { code: STATUS.ok },
  }
}

function callSpans(fold: TraceFold, call: CallSpan, traceId: string, startMs: number) {
  const spanId = idOf(`call ${call.id}`)
  const endUs = call.endUs >= 0 ? call.endUs : fold.spans.nowUs
  const request = jsonObject(fold.trace.text(call.requestText))
  const failed = call.state === "failed"
  const call_ = {
    traceId,
    spanId,
    parentSpanId: taskSpanId(call.task),
    name: "chat",
    kind: CLIENT,
    startTimeUnixNano: nano(startMs, call.queuedUs),
    endTimeUnixNano: nano(startMs, endUs),
    attributes: [
      text("gen_ai.operation.name", "chat"),
      text("gen_ai.request.model", textField(request, "model")),
      text("gen_ai.provider.name", textField(request, "provider") || "simulated"),
      int("gen_ai.usage.input_tokens", call.tokensIn),
      int("gen_ai.usage.output_tokens", call.tokensOut),
      { key: "counterpoint.usage.estimated", value: { boolValue: call.estimated } },
      text("counterpoint.call.source", call.source ?? ""),
      int("counterpoint.call.attempts", call.attempts.length),
      int("counterpoint.call.first_token_us", Math.max(0, call.firstTokenAfterUs)),
    ],
    events: call.phases.map((phase, i) => ({ timeUnixNano: nano(startMs, call.phaseUs[i] as number), name: phase, attributes: [] })),
    status: failed ? { code: STATUS.error, message: fold.trace.text(call.endText) } : { code: STATUS.ok },
  }
  const attempts = call.attempts
    .filter((attempt) => attempt.failure)
    .map((attempt) => ({
      traceId,
      spanId: idOf(`call ${call.id} attempt ${attempt.number}`),
      parentSpanId: spanId,
      name: `attempt ${attempt.number}`,
      kind: CLIENT,
      startTimeUnixNano: nano(startMs, attempt.sentUs),
      endTimeUnixNano: nano(startMs, attempt.endUs),
      attributes: [int("http.response.status_code", attempt.failure?.status ?? 0)],
      events: [],
      status: { code: STATUS.error, message: attempt.failure?.message ?? "" },
    }))
  return [call_, ...attempts]
}

const taskSpanId = (task: number): string => idOf(`task ${task}`)
const idOf = (name: string): string => `${hex8(hash32(`a ${name}`))}${hex8(hash32(`b ${name}`))}`
const hex8 = (value: number): string => value.toString(16).padStart(8, "0")
const text = (key: string, value: string): Attribute => ({ key, value: { stringValue: value } })
const int = (key: string, value: number): Attribute => ({ key, value: { intValue: `${value}` } })

/** Nanoseconds since 1970 as text: more digits than a number holds. */
function nano(startMs: number, us: number): string {
  return `${BigInt(startMs) * 1_000_000n + BigInt(us) * 1000n}`
}
