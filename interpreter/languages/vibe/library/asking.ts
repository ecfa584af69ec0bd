// Model operations: `do`, `vibe` and the summaries of `compress` (SPEC 7.2, 8). One operation holds a slot from its first
// request to its result; retries, their back-off and rounds of tools happen inside it.
import { Fault } from "../../../engine/fault.ts"
import type { Frame } from "../../../engine/machine.ts"
import { LimitReached } from "../../../kernel/limits.ts"
import { Cancelled, SUSPENDED } from "../../../kernel/task.ts"
import {
  type AnswerShape,
  type Attempt,
  type ModelRequest,
  type Reply,
  requestOf,
  type ToolRound,
  type ToolSchema,
} from "../../../models/request.ts"
import { addEntry, contextText, type Entry, entriesSince, entriesText } from "./context.ts"
import { answerFields, answerOf, type Field, shapeOf } from "./conversions.ts"
import type { Room, TaskNotes } from "./room.ts"
import { jsonText, printed, readJson } from "./texts.ts"
import { Answered, isObject, ModelValue, newObject, property, type ToolCallRecord, type ToolValue, type VibeObject } from "./values.ts"

const MAX_ROUNDS = 10
const SUMMARY_PROMPT = "Summarize what happened in this loop in a few sentences. Keep names, numbers and results that later steps may need."
const ROLE =
  "You are the runtime of a program written in Vibe. Answer the prompt; a {name} in it refers to an entry of the program context. Give only what is asked for, without explanations."

interface Order {
  readonly word: "do" | "vibe"
  readonly prompt: string
  readonly model: ModelValue
  readonly context: string
  /** The declared type of the variable that is waiting, or "". */
  readonly type: string
  readonly fields: readonly Field[] | null
  readonly notes: TaskNotes
  readonly site: number
}

export class Asking {
  /** Models in the order in which their declarations ran. */
  private readonly declared: ModelValue[] = []
  private readonly fallback = new ModelValue("", null, "", "", 3, "", [])

  constructor(private readonly room: Room) {}

  declare(model: ModelValue): void {
    this.declared.push(model)
  }

  /** `do P m c`: the answer, an error ends the program. */
  *ask(
    word: "do" | "vibe",
    prompt: string,
    model: unknown,
    context: unknown,
    type: string,
    fields: readonly string[] | null,
    site: number,
  ): Frame {
    const order = this.order(word, prompt, model, context, type, fields, site)
    return yield this.run(order)
  }

  /** `async … do P m c`: what stands for the answer. */
  *start(
    word: "do" | "vibe",
    prompt: string,
    model: unknown,
    context: unknown,
    name: string,
    type: string,
    fields: readonly string[] | null,
    site: number,
  ): Frame {
    const order = this.order(word, prompt, model, context, type, fields, site)
    return yield this.room.start(name, name || word, order.notes, site, () => this.run(order))
  }

  private order(
    word: "do" | "vibe",
    prompt: string,
    given: unknown,
    context: unknown,
    type: string,
    flat: readonly string[] | null,
    site: number,
  ): Order {
    const { notes } = this.room
    const model = this.choose(given, notes, site)
    const text = Array.isArray(context) ? entriesOfArray(context) : contextText(notes.frames, context === "local")
    addEntry(notes.frame, "call", `--> ${word}: ${JSON.stringify(prompt)}`)
    const fields = flat ? pairs(flat) : null
    return { word, prompt, model, context: text, type, fields, notes, site }
  }

  private choose(given: unknown, notes: TaskNotes, site: number): ModelValue {
    if (given !== null && given !== undefined) {
      if (!(given instanceof ModelValue)) throw new Fault("RuntimeError", "Expected a model after the prompt", site)
      notes.lastModel = given
      return given
    }
    const model = notes.lastModel ?? this.declared[0] ?? this.fallback
    notes.lastModel = model
    return model
  }

  // ---- one operation --------------------------------------------------------------------------------------------------

  private *run(order: Order): Frame {
    const { room } = this
    const { kernel, host } = room
    const { name, apiKey } = order.model
    // Part of the operation: of an async one it is an error value.
    if (apiKey === "") throw new Fault("RuntimeError", `API key is required: model '${name}' has an empty apiKey`, order.site)
    const request = requestFor(order)
    const call = host.calls.open(request, order.site)
    if (room.slots.acquire(order.site) === SUSPENDED) yield SUSPENDED
    const records: ToolCallRecord[] = []
    try {
      const reply = (yield this.converse(order, request, call, records)) as Reply
      const value = this.valueOf(order, reply)
      host.calls.close(call, preview(value))
      return records.length > 0 ? new Answered(value, records) : value
    } catch (problem) {
      if (problem instanceof Fault) host.calls.giveUp(call, problem.message)
      throw problem
    } finally {
      room.slots.release(kernel.current)
    }
  }

  private valueOf(order: Order, reply: Reply): unknown {
    if (order.fields) return answerFields(reply.text, order.fields, order.site)
    return answerOf(reply.text, order.type || "text", order.site)
  }

  /** Requests until the model answers: with `do` one round of tools, with `vibe` up to ten. */
  private *converse(order: Order, first: ModelRequest, call: number, records: ToolCallRecord[]): Frame {
    const { word, model, site } = order
    const maxRounds = word === "do" ? 1 : MAX_ROUNDS
    let request = first
    for (let round = 0; ; round++) {
      const reply = (yield this.attempts(request, model, call, site)) as Reply
      const wanted = reply.toolCalls
      // With `do` the reply after the round is the answer, whatever tools it asks for.
      if (wanted.length === 0 || (word === "do" && round === maxRounds)) return reply
      const results: { name: string; text: string; failed: boolean }[] = []
      for (const { name, args } of wanted) {
        const record = (yield this.runTool(order, name, args)) as ToolCallRecord
        records.push(record)
        const result = { text: record.err ? `Error: ${record.errDetails?.message ?? ""}` : (record.result ?? ""), failed: record.err }
        results.push({ name, ...result })
        this.room.host.calls.toolResult(call, name, result)
      }
      if (word === "vibe" && round + 1 === maxRounds) {
        if (!order.fields && (order.type === "" || order.type === "text" || order.type === "prompt")) return reply
        throw new Fault("RuntimeError", "AI failed to call __vibe_return_field after multiple attempts", site)
      }
      const rounds: ToolRound[] = [...request.toolRounds, { calls: wanted.map(({ name, args }) => ({ name, args })), results }]
      request = { ...request, toolRounds: rounds }
    }
  }

  /** One request with its retries (SPEC 8.6). */
  private *attempts(request: ModelRequest, model: ModelValue, call: number, site: number): Frame {
    const { kernel, host } = this.room
    for (let retry = 0; ; retry++) {
      const future = host.calls.send(call, request)
      const now = kernel.wait(future, "call", call, site)
      const result = (now === SUSPENDED ? yield SUSPENDED : now) as Attempt
      if (result.ok) return result.reply
      const { status, message } = result.failure
      const again = status === 0 || status === 429 || status >= 500
      if (!again || retry >= model.maxRetries) throw new Fault("AIError", `${providerTitle(model)} API error (${status}): ${message}`, site)
      const backoffMs = Math.min(30_000, 1000 << Math.min(retry, 5))
      host.calls.retry(call, `status ${status}: again in ${backoffMs} ms (retry ${retry + 1} of ${model.maxRetries})`)
      if (kernel.sleep(backoffMs * 1000, site, "backoff") === SUSPENDED) yield SUSPENDED
    }
  }

  private *runTool(order: Order, name: string, args: unknown): Frame {
    const { kernel } = this.room
    const beganUs = kernel.nowUs
    const shownArgs = argsObject(args)
    const done = (result: string | null, problem: string | null): ToolCallRecord => ({
      toolName: name,
      args: shownArgs,
      result,
      err: problem !== null,
      errDetails: problem === null ? null : { message: problem },
      duration: Math.floor((kernel.nowUs - beganUs) / 1000),
    })
    const { frame } = order.notes
    addEntry(frame, "call", `[tool] ${name}(${jsonText(shownArgs) ?? ""})`)
    const tool = order.model.tools.find((it) => it.name === name)
    let record: ToolCallRecord
    if (!tool) record = done(null, `Unknown tool: ${name}`)
    else {
      try {
        const values = tool.params.map((param) => property(shownArgs, param.name) ?? null)
        const value = yield tool.fn(order.notes.globals, ...values)
        record = done(typeof value === "string" ? value : (jsonText(value ?? null, order.site) ?? "null"), null)
      } catch (problem) {
        if (problem instanceof LimitReached || problem instanceof Cancelled || !(problem instanceof Fault)) throw problem
        record = done(null, typeof problem.payload === "string" ? problem.payload : problem.message)
      }
    }
    addEntry(frame, "call", record.err ? `[error] ${record.errDetails?.message ?? ""}` : `[result] ${record.result ?? ""}`)
    return record
  }

  // ---- compress -------------------------------------------------------------------------------------------------------

  /** Replaces the entries since `mark` by a summary that a model writes (SPEC 8.7). */
  *compress(mark: Entry | null, prompt: unknown, given: unknown, site: number): Frame {
    const { notes } = this.room
    const { frame } = notes
    const entries = entriesSince(frame, mark).filter((entry) => entry.kind !== "loop" && entry.kind !== "turn")
    if (entries.length === 0) return null
    const model = this.choose(given, notes, site)
    const instruction = typeof prompt === "string" && prompt !== "" ? prompt : SUMMARY_PROMPT
    const order: Order = {
      word: "do",
      prompt: `${instruction}\n\n${entriesText(entries)}`,
      model,
      context: "",
      type: "text",
      fields: null,
      notes,
      site,
    }
    const summary = (yield this.run(order)) as unknown
    frame.head = mark
    addEntry(frame, "summary", `[summary] ${printed(summary instanceof Answered ? summary.value : summary)}`)
    return null
  }
}

function requestFor(order: Order): ModelRequest {
  const { model, fields, type } = order
  const shape: AnswerShape = fields
    ? { kind: "record", fields: fields.map((field) => ({ name: field.name, shape: shapeOf(field.type) })) }
    : shapeOf(type || "text")
  const tools = model.tools.map(schemaOf)
  const list = tools.length > 0 ? `\n\nTools:\n${tools.map((tool) => `- ${tool.name}: ${tool.description}`).join("\n")}` : ""
  return requestOf("vibe", order.prompt, {
    model: model.name,
    provider: model.provider,
    url: model.url,
    system: `${ROLE}${list}`,
    context: order.context,
    shape,
    tools,
    effort: model.effort,
  })
}

function schemaOf(tool: ToolValue): ToolSchema {
  const properties = newObject()
  for (const { name, type, doc } of tool.params) properties[name] = doc ? { ...schemaType(type), description: doc } : schemaType(type)
  return {
    name: tool.name,
    description: tool.description,
    parameters: { type: "object", properties, required: tool.params.map((it) => it.name) },
  }
}

function schemaType(type: string): Record<string, unknown> {
  if (type.endsWith("[]")) return { type: "array", items: schemaType(type.slice(0, -2)) }
  if (type === "number" || type === "boolean") return { type }
  return { type: type === "text" || type === "prompt" ? "string" : "object" }
}

function providerTitle(model: ModelValue): string {
  const { provider, url } = model
  if (provider === "anthropic" || (!provider && url.includes("anthropic"))) return "Anthropic"
  if (provider === "google" || (!provider && /google|generativelanguage/.test(url))) return "Google"
  return "OpenAI"
}

function pairs(flat: readonly string[]): Field[] {
  const fields: Field[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) fields.push({ name: flat[i] ?? "", type: flat[i + 1] ?? "" })
  return fields
}

/** Arguments as an object of ours, a copy: what a model sent may be handed out again. */
function argsObject(args: unknown): VibeObject {
  const value = readJson(JSON.stringify(args ?? null))?.value
  return isObject(value) ? value : newObject()
}

function entriesOfArray(context: readonly unknown[]): string {
  return context.map((it) => `- ${printed(it)}`).join("\n")
}

function preview(value: unknown): string {
  const text = printed(value)
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text
}
