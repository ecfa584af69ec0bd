// Checks what the sandbox says before anyone believes it: a program may have taken the worker over, so every message is
// somebody else's text. Answers a message of the protocol, or null for anything that is none or is larger than one can be; how
// many may come is the matter of `meter.ts`. Used by `client.ts` alone.
import type { RecordedAttempt } from "../../interpreter/models/cassette.ts"
import type { ModelRequest } from "../../interpreter/models/request.ts"
import type { Composition, PlacedCell } from "../../interpreter/session/document/notebook.ts"
import type { Evaluation } from "../../interpreter/session/evaluation.ts"
import { limitsOf } from "../../interpreter/session/inputs.ts"
import { type InspectedVariable, type Inspection, MAX_INDEXED_STEPS, type StepIndex } from "../../interpreter/session/step-index.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import type { Range } from "../../interpreter/source/text.ts"
import { OUTCOMES, SUSPEND_REASONS, type TraceChunk, WORDS_PER_EVENT } from "../../interpreter/trace/event.ts"
import type { FromWorker, RunId, RunReport } from "../../interpreter/worker/protocol.ts"

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value)
/** Longer than anything an honest worker says in one piece. */
const MAX_TEXT = 128_000_000
const MAX_ITEMS = 1_000_000
const MAX_CHUNKS = 10_000
const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_TEXT
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isTimeUs = (value: unknown): value is number => typeof value === "number" && value >= 0 && Number.isFinite(value)
const isRange = (value: unknown): value is Range => isObject(value) && isText(value.file) && isCount(value.from) && isCount(value.to)
const isListOf = <T>(value: unknown, test: (item: unknown) => item is T): value is readonly T[] =>
  Array.isArray(value) && value.length <= MAX_ITEMS && value.every(test)

function isEdit(value: unknown): value is { from: number; to: number; insert: string } {
  return isObject(value) && isCount(value.from) && isCount(value.to) && isText(value.insert)
}

function isDiagnostic(value: unknown): value is Diagnostic {
  if (!isObject(value)) return false
  const { phase, severity, kind, message, related, fixes } = value
  return (
    isRange(value) &&
    (phase === "parse" || phase === "check") &&
    (severity === "error" || severity === "warning") &&
    isText(kind) &&
    isText(message) &&
    (related === undefined || (isObject(related) && isText(related.message) && isRange(related))) &&
    (fixes === undefined ||
      (Array.isArray(fixes) &&
        fixes.length <= MAX_ITEMS &&
        fixes.every((fix) => isObject(fix) && isText(fix.title) && isListOf(fix.edits, isEdit))))
  )
}

function isChunk(value: unknown): value is TraceChunk {
  if (!isObject(value) || !isCount(value.count)) return false
  const { count, times, words, strings } = value
  if (!(times instanceof Float64Array) || !(words instanceof Int32Array)) return false
  // Exactly as long as they are full: a chunk is kept, and what nobody reads of it would be kept with it.
  if (times.length !== count || words.length !== count * WORDS_PER_EVENT || !isListOf(strings, isText)) return false
  for (let i = 0, last = 0; i < count; i++) {
    const atUs = times[i] ?? Number.NaN
    // Written so that NaN fails too.
    if (!(atUs >= last && atUs < Number.POSITIVE_INFINITY)) return false
    last = atUs
  }
  return true
}

function isFault(value: unknown): value is RunReport["fault"] {
  if (value === null) return true
  return isObject(value) && isText(value.kind) && isText(value.message) && isCount(value.line) && isCount(value.column) && isRange(value)
}

function isDeadlock(value: unknown): boolean {
  if (value === null) return true
  if (!isObject(value) || !Number.isSafeInteger(value.cycleFrom) || !Array.isArray(value.chain) || value.chain.length > MAX_ITEMS)
    return false
  return value.chain.every(
    (link) =>
      isObject(link) &&
      Number.isSafeInteger(link.task) &&
      Number.isSafeInteger(link.on) &&
      SUSPEND_REASONS.some((reason) => reason === link.reason),
  )
}

function isReport(value: unknown): value is RunReport {
  if (!isObject(value)) return false
  return (
    OUTCOMES.some((outcome) => outcome === value.outcome) &&
    isText(value.message) &&
    isFault(value.fault) &&
    isDeadlock(value.deadlock) &&
    (value.limit === undefined || (isText(value.limit) && Object.hasOwn(limitsOf({ limits: {} }), value.limit))) &&
    isTimeUs(value.virtualUs) &&
    isCount(value.steps) &&
    isText(value.schedule) &&
    (value.value === null || (isObject(value.value) && isText(value.value.printed)))
  )
}

function isStepIndex(value: unknown): value is StepIndex {
  if (!isObject(value) || !isCount(value.count) || value.count > MAX_INDEXED_STEPS || typeof value.cut !== "boolean") return false
  const { count, sites, tasks, times, depths, events } = value
  return (
    [sites, tasks, depths, events].every((column) => column instanceof Int32Array && column.length === count) &&
    times instanceof Float64Array &&
    times.length === count
  )
}

function isComposition(value: unknown): value is Composition {
  if (!isObject(value) || !isText(value.text)) return false
  const isOffset = (offset: unknown): offset is number => Number.isSafeInteger(offset) && (offset as number) >= -1
  const isPlaced = (cell: unknown): cell is PlacedCell =>
    isObject(cell) && isText(cell.id) && isOffset(cell.from) && isOffset(cell.to) && isListOf(cell.diagnostics, isDiagnostic)
  return isListOf(value.cellStarts, isOffset) && isListOf(value.cells, isPlaced)
}

function isInspection(value: unknown): value is Inspection {
  if (
    !isObject(value) ||
    !isCount(value.step) ||
    !Number.isSafeInteger(value.site) ||
    !Number.isSafeInteger(value.task) ||
    !isTimeUs(value.atUs)
  )
    return false
  return isListOf(
    value.variables,
    (variable): variable is InspectedVariable => isObject(variable) && isText(variable.name) && isText(variable.text),
  )
}

const isPlacedFault = (value: unknown): boolean =>
  isObject(value) && isText(value.kind) && isText(value.message) && isCount(value.line) && isCount(value.column)

function isEvaluation(value: unknown): value is Evaluation {
  return (
    isObject(value) &&
    isText(value.output) &&
    isText(value.errors) &&
    isReport(value.report) &&
    isListOf(value.diagnostics, isDiagnostic) &&
    (value.cellFault === undefined || value.cellFault === null || isPlacedFault(value.cellFault))
  )
}

/** What reads live calls: who answers them knows what they are. Both copy field by field, and give null for anything else. */
export interface CallReaders {
  readRequest(value: unknown): ModelRequest | null
  readAttempt(value: unknown): RecordedAttempt | null
}

/** The message if it is one of the protocol; null if it is not. */
export function fromWorker(value: unknown, calls?: CallReaders): FromWorker | null {
  if (!isObject(value)) return null
  const ofRun = isCount(value.run)
  // What goes on to providers and into recordings is copied field by field: nothing else of the message goes with it.
  if (value.type === "ask") {
    const { call, atUs } = value
    const request = calls?.readRequest(value.request) ?? null
    return ofRun && isCount(call) && isTimeUs(atUs) && request ? { type: "ask", run: value.run as RunId, call, request, atUs } : null
  }
  if (value.type === "recorded") {
    const attempt = calls?.readAttempt(value.attempt) ?? null
    return ofRun && attempt ? { type: "recorded", run: value.run as RunId, attempt } : null
  }
  const valid = (() => {
    switch (value.type) {
      case "ready":
        return true
      case "checked":
        return ofRun && typeof value.accepted === "boolean" && isListOf(value.diagnostics, isDiagnostic) && isListOf(value.sites, isRange)
      case "events":
        return ofRun && isTimeUs(value.nowUs) && isListOf(value.chunks, isChunk) && value.chunks.length <= MAX_CHUNKS
      case "waiting":
        return ofRun && isTimeUs(value.nowUs) && (value.for === "time" || value.for === "input" || value.for === "calls")
      case "cancelCall":
        return ofRun && isCount(value.call)
      case "ended":
        return ofRun && isReport(value.report)
      case "diagnosed":
        return isCount(value.id) && isListOf(value.diagnostics, isDiagnostic)
      case "composed":
        return isCount(value.id) && (value.composition === null || isComposition(value.composition))
      case "indexed":
        return isCount(value.id) && (value.index === null || isStepIndex(value.index))
      case "inspected":
        return isCount(value.id) && (value.inspection === null || isInspection(value.inspection))
      case "evaluated":
        return isCount(value.id) && (value.evaluation === null || isEvaluation(value.evaluation))
      case "pong":
        return isCount(value.id)
      case "crashed":
        return (value.run === null || ofRun) && isText(value.message)
      default:
        return false
    }
  })()
  return valid ? (value as unknown as FromWorker) : null
}

export const runId = (id: number): RunId => id as RunId
