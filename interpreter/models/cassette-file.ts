// A cassette as a file: JSON with a version, so that it reads well in git. Reading trusts nothing, for a file may come from
// anywhere: every field is checked and copied, what is unknown is left behind, and what cannot be read is refused with a
// sentence for people. Older versions are taken through the chain of upgrades, one step at a time.
import type { AttemptEnd, Cassette, RecordedAttempt, RecordedCall, RecordedOptions } from "./cassette.ts"
import {
  type AnswerShape,
  FAILURE_KINDS,
  type FailureKind,
  type ModelRequest,
  requestOf,
  type ToolRound,
  type ToolSchema,
  type Turn,
} from "./request.ts"
import { isRetries } from "./retries.ts"

export const CASSETTE_VERSION = 2
const MAX_CALLS = 100_000
const MAX_TEXT = 200_000_000
/** Nested values of arguments and shapes; deeper ones are not ours. */
const MAX_DEPTH = 60
const MAX_US = Number.MAX_SAFE_INTEGER

/** Step i turns a file of version i + 1 into one of version i + 2. */
export const UPGRADES: readonly ((file: Fields) => Fields)[] = [
  // Since version 2 a failure may say what went wrong besides its status; older ones say nothing more.
  (file) => ({ ...file, version: 2 }),
]

type Fields = Readonly<Record<string, unknown>>
export type CassetteRead = { readonly ok: true; readonly cassette: Cassette } | { readonly ok: false; readonly sentence: string }

class Refused {
  constructor(readonly sentence: string) {}
}

/** The text of a cassette's file: a line a call, the same text for the same cassette. */
export function writeCassette(cassette: Cassette): string {
  const { program, options, recordedOn, inputLines, typedLines, calls } = cassette
  const head = { counterpoint: "cassette", version: CASSETTE_VERSION, program, options, recordedOn, inputLines, typedLines }
  const lines = calls.map((call) => `    ${JSON.stringify(call)}`)
  return `${JSON.stringify(head).slice(0, -1)},\n  "calls": [\n${lines.join(",\n")}\n  ]\n}\n`
}

/** The cassette in a text, or a sentence that says why there is none. Never throws. */
export function readCassette(text: string): CassetteRead {
  try {
    return { ok: true, cassette: cassetteOf(upgraded(fileOf(text), UPGRADES, CASSETTE_VERSION)) }
  } catch (problem) {
    if (problem instanceof Refused) return { ok: false, sentence: problem.sentence }
    throw problem
  }
}

/** Takes a file through the chain of steps up to a version. */
export function upgraded(file: Fields, chain: readonly ((file: Fields) => Fields)[], to: number): Fields {
  let now = file
  for (let version = file.version as number; version < to; version++) {
    const step = chain[version - 1]
    if (!step) throw new Refused(`This recording is of version ${version}, which this program cannot read any more.`)
    now = step(now)
  }
  return now
}

/** What the sandbox says about an attempt, checked and copied; null if it is none. */
export function readRecordedAttempt(value: unknown): RecordedAttempt | null {
  if (!isObject(value) || !isCount(value.call) || !isCount(value.order) || typeof value.fresh !== "boolean") return null
  try {
    return { call: value.call, order: value.order, fresh: value.fresh, recording: callOf(value.recording, "an attempt") }
  } catch (problem) {
    if (problem instanceof Refused) return null
    throw problem
  }
}

/** A request out of the sandbox, checked and copied; null if it is none. */
export function readModelRequest(value: unknown): ModelRequest | null {
  try {
    return requestIn(value, "a call")
  } catch (problem) {
    if (problem instanceof Refused) return null
    throw problem
  }
}

function fileOf(text: string): Fields {
  if (text.length > MAX_TEXT) throw new Refused(`This recording is too large to open: ${text.length} characters.`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const looksLikeOne = text.startsWith('{"counterpoint":"cassette"')
    throw new Refused(looksLikeOne ? "This recording is damaged: its text ends too early or was changed." : NO_RECORDING)
  }
  if (!isObject(value) || value.counterpoint !== "cassette") throw new Refused(NO_RECORDING)
  const { version } = value
  if (!Number.isInteger(version) || (version as number) < 1) damaged("its version is no number")
  if ((version as number) > CASSETTE_VERSION)
    throw new Refused(
      `This recording was made with a newer version (${version}; this program reads up to ${CASSETTE_VERSION}). Reload or update to open it.`,
    )
  return value
}

const NO_RECORDING = "This file is not a recording of Counterpoint."

function damaged(what: string): never {
  throw new Refused(`This recording is damaged: ${what}.`)
}

function cassetteOf(file: Fields): Cassette {
  const { program, calls } = file
  if (!isObject(program)) damaged("it does not say which program it belongs to")
  if (!Array.isArray(calls)) damaged("it holds no list of calls")
  if (calls.length > MAX_CALLS) damaged(`it holds ${calls.length} calls, more than the ${MAX_CALLS} that can be read`)
  return {
    program: {
      language: text(program.language, "the program's language"),
      path: text(program.path, "the program's name"),
      mark: text(program.mark, "the program's mark"),
    },
    options: optionsOf(file.options),
    recordedOn: text(file.recordedOn, "its date"),
    inputLines: list(file.inputLines, "its lines of input").map((line) => text(line, "a line of input")),
    typedLines: list(file.typedLines, "its typed lines").map((line) => text(line, "a typed line")),
    calls: calls.map((call, i) => callOf(call, `call ${i + 1}`)),
  }
}

function optionsOf(value: unknown): RecordedOptions {
  const { seed, schedule, maxParallel, maxRetries, modelName, startMs, keyNames } = fields(value, "what decided the run")
  if (!isCount(seed)) damaged("its seed is no whole number")
  if (!isCount(maxParallel) || maxParallel > 10_000) damaged("its limit is no limit")
  if (maxRetries !== undefined && !isRetries(maxRetries)) damaged("its number of retries is none")
  if (!Number.isSafeInteger(startMs)) damaged("its start is no time")
  if (schedule !== "fifo" && schedule !== "shuffle" && !(Array.isArray(schedule) && schedule.every(isCount)))
    damaged("its schedule is none")
  return {
    seed,
    schedule: schedule as RecordedOptions["schedule"],
    maxParallel,
    ...(maxRetries === undefined ? {} : { maxRetries }),
    ...(modelName === undefined ? {} : { modelName: text(modelName, "the model's name") }),
    startMs: startMs as number,
    ...(keyNames === undefined ? {} : { keyNames: list(keyNames, "its names of keys").map((name) => text(name, "a name of a key")) }),
  }
}

function callOf(value: unknown, where: string): RecordedCall {
  const call = fields(value, where)
  const by = call.by === null ? null : fields(call.by, `the answerer of ${where}`)
  let before = 0
  const chunks = list(call.chunks, `the pieces of ${where}`).map((item) => {
    const chunk = fields(item, `a piece of ${where}`)
    const afterUs = micros(chunk.afterUs, `the time of a piece of ${where}`)
    if (afterUs < before) damaged(`the pieces of ${where} are not in order`)
    before = afterUs
    return { afterUs, text: text(chunk.text, `a piece of ${where}`) }
  })
  const end = endOf(call.end, where)
  if (end.afterUs < before) damaged(`${where} ends before its last piece`)
  return {
    request: requestIn(call.request, where),
    by: by && { provider: text(by.provider, `the provider of ${where}`), model: text(by.model, `the model of ${where}`) },
    chunks,
    tools: list(call.tools, `the tool calls of ${where}`).map((item) => toolCall(item, where)),
    end,
  }
}

function endOf(value: unknown, where: string): AttemptEnd {
  const end = fields(value, `the end of ${where}`)
  const afterUs = micros(end.afterUs, `the end of ${where}`)
  switch (end.kind) {
    case "reply": {
      const usage = fields(end.usage, `the usage of ${where}`)
      const { finish } = end
      if (finish !== "stop" && finish !== "length" && finish !== "tools" && finish !== "refused") damaged(`${where} ends in an unknown way`)
      const estimated = usage.estimated
      if (typeof estimated !== "boolean") damaged(`the usage of ${where} is incomplete`)
      return {
        kind: "reply",
        afterUs,
        usage: { tokensIn: tokens(usage.tokensIn, where), tokensOut: tokens(usage.tokensOut, where), estimated },
        finish,
      }
    }
    case "failed": {
      const { status, retryAfterMs } = end
      if (!Number.isInteger(status) || (status as number) < 0 || (status as number) > 999) damaged(`the status of ${where} is no status`)
      if (typeof retryAfterMs !== "number" || !(retryAfterMs >= -1 && retryAfterMs <= 86_400_000))
        damaged(`the wait of ${where} is no time`)
      if (end.what !== undefined && !FAILURE_KINDS.some((kind) => kind === end.what)) damaged(`${where} failed in an unknown way`)
      return {
        kind: "failed",
        afterUs,
        status: status as number,
        message: text(end.message, `the message of ${where}`),
        retryAfterMs,
        ...(end.what === undefined ? {} : { what: end.what as FailureKind }),
      }
    }
    case "left":
      return { kind: "left", afterUs }
    default:
      return damaged(`${where} ends in an unknown way`)
  }
}

/** A request with its keys in the order that canonical JSON wants. */
function requestIn(value: unknown, where: string): ModelRequest {
  const request = fields(value, `the request of ${where}`)
  const word = (name: string) => text(request[name], `${name} in the request of ${where}`)
  const turns = list(request.turns, `the conversation of ${where}`).map((item): Turn => {
    const turn = fields(item, `a turn of ${where}`)
    if (turn.role !== "user" && turn.role !== "assistant") damaged(`a turn of ${where} is nobody's`)
    return { role: turn.role, text: text(turn.text, `a turn of ${where}`) }
  })
  return requestOf(word("language"), "", {
    turns,
    model: word("model"),
    provider: word("provider"),
    url: word("url"),
    system: word("system"),
    context: word("context"),
    shape: shapeOf(request.shape, where, 0),
    tools: list(request.tools, `the tools of ${where}`).map((item): ToolSchema => {
      const tool = fields(item, `a tool of ${where}`)
      return {
        name: text(tool.name, `a tool of ${where}`),
        description: text(tool.description, `a tool of ${where}`),
        parameters: plain(tool.parameters, where),
      }
    }),
    toolRounds: list(request.toolRounds, `the rounds of ${where}`).map((item): ToolRound => {
      const round = fields(item, `a round of ${where}`)
      return {
        calls: list(round.calls, `a round of ${where}`).map((one) => toolCall(one, where)),
        results: list(round.results, `a round of ${where}`).map((one) => {
          const result = fields(one, `a result of ${where}`)
          if (typeof result.failed !== "boolean") damaged(`a result of ${where} is incomplete`)
          return { name: text(result.name, `a result of ${where}`), text: text(result.text, `a result of ${where}`), failed: result.failed }
        }),
      }
    }),
    maxTokens: tokens(request.maxTokens, where),
    grammar: word("grammar"),
    effort: word("effort"),
  })
}

function shapeOf(value: unknown, where: string, depth: number): AnswerShape {
  if (depth > MAX_DEPTH) damaged(`the type asked for in ${where} is nested too deeply`)
  const shape = fields(value, `the type asked for in ${where}`)
  switch (shape.kind) {
    case "text":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "char":
      return { kind: shape.kind }
    case "list":
      return { kind: "list", of: shapeOf(shape.of, where, depth + 1) }
    case "record":
      return {
        kind: "record",
        fields: list(shape.fields, `the type asked for in ${where}`).map((item) => {
          const field = fields(item, `the type asked for in ${where}`)
          return { name: text(field.name, `the type asked for in ${where}`), shape: shapeOf(field.shape, where, depth + 1) }
        }),
      }
    default:
      return damaged(`the type asked for in ${where} is unknown`)
  }
}

function toolCall(value: unknown, where: string): { name: string; args: unknown } {
  const call = fields(value, `a tool call of ${where}`)
  return { name: text(call.name, `a tool call of ${where}`), args: plain(call.args, where) }
}

/** Any JSON value that is not nested too deeply. */
function plain(value: unknown, where: string, depth = 0): unknown {
  if (depth > MAX_DEPTH) damaged(`a value of ${where} is nested too deeply`)
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") return Number.isFinite(value) ? value : damaged(`a number of ${where} is none`)
  if (Array.isArray(value)) return value.map((item) => plain(item, where, depth + 1))
  if (!isObject(value)) return damaged(`a value of ${where} is missing`)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, where, depth + 1)]))
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function fields(value: unknown, what: string): Fields {
  return isObject(value) ? value : damaged(`${what} is missing`)
}

function list(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : damaged(`${what} are no list`)
}

function text(value: unknown, what: string): string {
  return typeof value === "string" ? value : damaged(`${what} is no text`)
}

function tokens(value: unknown, where: string): number {
  return isCount(value) && value <= 1e9 ? value : damaged(`a number of tokens of ${where} is none`)
}

function micros(value: unknown, what: string): number {
  return isCount(value) && value < MAX_US ? value : damaged(`${what} is no time in microseconds`)
}
