// A trace as OpenTelemetry's OTLP/JSON: a span a task, under it a span a model call with the attributes of the generative-AI
// conventions and its failed attempts as events. What was asked and answered is in it only on request. Ids are drawn from the
// trace alone, so the same run gives the same file. The run's start date stands for its time zero.

import { type CallSpan, failureWord } from "../call-spans.ts"
import type { Finish } from "../event.ts"
import type { TraceFold } from "../fold.ts"
import { hash32 } from "../hash.ts"
import { jsonObject, textField } from "../kinds.ts"
import type { Lane } from "../lane.ts"

type Value =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly boolValue: boolean }
  | { readonly arrayValue: { readonly values: readonly Value[] } }
interface Attribute {
  readonly key: string
  readonly value: Value
}

/** The words of the conventions for how a reply ended. */
const FINISH_REASONS: Readonly<Record<Finish, string>> = { stop: "stop", length: "length", tools: "tool_calls", refused: "content_filter" }

const STATUS = { ok: 1, error: 2 } as const
const INTERNAL = 1
const CLIENT = 3

export interface OtlpOptions {
  /** Milliseconds since 1970 of the run's time zero. */
  readonly startMs: number
  /** With prompts and answers. */
  readonly contents?: boolean
  /** Who really answered a call, where somebody did. */
  readonly answeredBy?: (call: number) => { readonly provider: string; readonly model: string } | null
}

/** The file's text. */
export function otlpTrace(fold: TraceFold, title: string, options: OtlpOptions): string {
  const traceId = `${hex8(hash32(`trace ${title}`))}${hex8(hash32(`events ${fold.folded}`))}${hex8(hash32(`end ${fold.totals.virtualUs}`))}${hex8(hash32(fold.totals.language))}`
  const spans = fold.lanes.flatMap((lane) => [
    taskSpan(fold, lane, traceId, options),
    ...lane.calls.map((call) => callSpan(fold, call, traceId, options)),
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

function taskSpan(fold: TraceFold, lane: Lane, traceId: string, { startMs, contents = false }: OtlpOptions) {
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
        attributes: contents && mark.text >= 0 ? [text("text", fold.trace.text(mark.text))] : [],
      })),
    status: lane.end === "failed" ? { code: STATUS.error, message } : { code: STATUS.ok },
  }
}

function callSpan(fold: TraceFold, call: CallSpan, traceId: string, { startMs, contents = false, answeredBy }: OtlpOptions) {
  const endUs = call.endUs >= 0 ? call.endUs : fold.spans.nowUs
  const request = jsonObject(fold.trace.text(call.requestText))
  const by = answeredBy?.(call.id) ?? null
  const model = by?.model || textField(request, "model") || "default"
  const last = call.attempt
  const answered = call.replyText >= 0
  const failures = call.attempts.flatMap((attempt) =>
    attempt.failure
      ? [
          {
            timeUnixNano: nano(startMs, attempt.endUs),
            name: attempt === last ? "attempt failed" : "retry",
            attributes: [
              int("counterpoint.attempt", attempt.number),
              int("http.response.status_code", attempt.failure.status),
              text("error.type", failureWord(attempt.failure)),
              text("error.message", attempt.failure.message),
            ],
          },
        ]
      : [],
  )
  const phases = call.phases.map((phase, i) => ({ timeUnixNano: nano(startMs, call.phaseUs[i] as number), name: phase, attributes: [] }))
  return {
    traceId,
    spanId: idOf(`call ${call.id}`),
    parentSpanId: taskSpanId(call.task),
    name: `chat ${model}`,
    kind: CLIENT,
    startTimeUnixNano: nano(startMs, call.queuedUs),
    endTimeUnixNano: nano(startMs, endUs),
    attributes: [
      text("gen_ai.operation.name", "chat"),
      text("gen_ai.provider.name", by?.provider || textField(request, "provider") || (call.source === "live" ? "unknown" : "simulated")),
      text("gen_ai.request.model", model),
      int("gen_ai.usage.input_tokens", call.tokensIn),
      int("gen_ai.usage.output_tokens", call.tokensOut),
      ...(answered ? [texts("gen_ai.response.finish_reasons", [FINISH_REASONS[last?.finish ?? "stop"]])] : []),
      ...(call.state === "failed" && last?.failure ? [text("error.type", failureWord(last.failure))] : []),
      ...(contents
        ? [
            text("gen_ai.input.messages", JSON.stringify(messagesOf(request))),
            ...(answered ? [text("gen_ai.output.messages", JSON.stringify([message("assistant", fold.trace.text(call.replyText))]))] : []),
          ]
        : []),
      { key: "counterpoint.usage.estimated", value: { boolValue: call.estimated } },
      text("counterpoint.call.source", call.source ?? ""),
      int("counterpoint.call.attempts", call.attempts.length),
      ...(call.firstTokenAfterUs >= 0 ? [int("counterpoint.call.first_token_us", call.firstTokenAfterUs)] : []),
    ],
    events: [...phases, ...failures].sort((a, b) =>
      a.timeUnixNano === b.timeUnixNano ? 0 : BigInt(a.timeUnixNano) < BigInt(b.timeUnixNano) ? -1 : 1,
    ),
    status: call.state === "failed" ? { code: STATUS.error, message: contents ? fold.trace.text(call.endText) : "" } : { code: STATUS.ok },
  }
}

const message = (role: string, content: string) => ({ role, parts: [{ type: "text", content }] })

function messagesOf(request: Readonly<Record<string, unknown>>): unknown[] {
  const { system, context, turns } = request
  const said = (Array.isArray(turns) ? turns : []).map((turn: unknown) => {
    const { role, text: words } = (typeof turn === "object" && turn !== null ? turn : {}) as { role?: unknown; text?: unknown }
    return message(String(role), String(words))
  })
  const before = [system ? message("system", String(system)) : null, context ? message("user", String(context)) : null]
  return [...before.filter((one) => one !== null), ...said]
}

const taskSpanId = (task: number): string => idOf(`task ${task}`)
const idOf = (name: string): string => `${hex8(hash32(`a ${name}`))}${hex8(hash32(`b ${name}`))}`
const hex8 = (value: number): string => value.toString(16).padStart(8, "0")
const text = (key: string, value: string): Attribute => ({ key, value: { stringValue: value } })
const texts = (key: string, values: readonly string[]): Attribute => ({
  key,
  value: { arrayValue: { values: values.map((stringValue) => ({ stringValue })) } },
})
const int = (key: string, value: number): Attribute => ({ key, value: { intValue: `${value}` } })

/** Nanoseconds since 1970 as text: more digits than a number holds. */
function nano(startMs: number, us: number): string {
  return `${BigInt(startMs) * 1_000_000n + BigInt(us) * 1000n}`
}
