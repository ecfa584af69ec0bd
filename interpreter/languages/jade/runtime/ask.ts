// Dereferences: prompts sent to a model (SPEC 15). Untyped gives the whole reply; typed trims and coerces it, and asks again
// with a correction, up to `maxRetries` times, in a conversation of its own that leaves nothing behind. Only the task that
// asks waits. Also what a caught exception is as a value, since a task's failures are told to `join(…, settle = true)`.
import { Fault } from "../../../engine/fault.ts"
import { SUSPENDED } from "../../../kernel/task.ts"
import { type AnswerShape, type Attempt, type ModelRequest, requestOf, type Turn } from "../../../models/request.ts"
import { DEFAULT_RETRIES } from "../../../models/retries.ts"
import { tokensOf } from "../../../models/tokens.ts"
import { coerce, expectation, type Target, targetName } from "./coerce.ts"
import type { Jade } from "./jade.ts"
import { previewForm } from "./print.ts"
import { Arr, type Grammar, kindOf, Prompt, Struct, StructType } from "./values.ts"

const SCALAR_RETRY_TOKENS = 64
const OTHER_RETRY_TOKENS = 512
/** Characters of a value in the trace. */
const MAX_SHOWN = 1_000

type Steps = Generator<unknown, unknown, unknown>

/** The type of caught language errors; programs cannot make one. */
export const RUNTIME_ERROR: StructType = new StructType(
  "RuntimeError",
  [{ name: "message", prompt: false, initial: null }],
  new Map([["message", 0]]),
  new Map(),
  new Set(),
  null,
  null,
)

export class Asking {
  /** `__retry_log__`: one text for each failed attempt. */
  readonly retryLog = new Arr([])
  /** Output limit of later calls; 0 for none. */
  maxTokens = 0

  constructor(private readonly jade: Jade) {}

  get model(): string {
    return this.jade.host.options.modelName
  }

  get maxRetries(): number {
    return this.jade.host.options.maxRetries ?? DEFAULT_RETRIES
  }

  tokensIn(text: string): number {
    return tokensOf(text)
  }

  /** `?p`, `?p |> T` (with `target`) and `?p |> grammar`. */
  *dereference(prompt: unknown, target: Target | null, grammar: Grammar | null, site: number): Steps {
    if (!(prompt instanceof Prompt))
      throw new Fault("NotAPrompt", `${kindOf(prompt)} is not a prompt: '?' sends a prompt to the model`, site)
    const { jade } = this
    const { calls, kernel } = jade.host
    const request = this.requestFor(prompt, target, grammar)
    const turns: Turn[] = [...request.turns]
    const call = calls.open(request, site)
    for (let attempt = 1; ; attempt++) {
      const again = attempt === 1 ? request : { ...request, turns: [...turns], maxTokens: retryTokens(target) }
      let answer: unknown = kernel.wait(calls.send(call, again), "call", call, site)
      if (answer === SUSPENDED) answer = yield SUSPENDED
      const result = answer as Attempt
      if (!result.ok) {
        const { status, message, noModel } = result.failure
        const why = noModel
          ? `no inference backend: ${message}`
          : `inference error: ${status === 0 ? message : `HTTP status ${status}: ${message}`}`
        calls.giveUp(call, why)
        throw new Fault(noModel ? "NoInferenceBackend" : "InferenceError", why, site)
      }
      const { reply } = result
      jade.tasks.countTokens(reply.usage.tokensIn + reply.usage.tokensOut, site)
      if (!target) {
        calls.close(call, reply.text)
        return reply.text
      }
      const coerced = coerce(reply.text, target)
      if (coerced.ok) {
        const value = coerced.value instanceof Struct ? yield this.complete(coerced.value) : coerced.value
        calls.close(call, shownValue(value))
        return value
      }
      const reason = `this reply is no ${targetName(target)}: ${coerced.why}: ${shortened(reply.text)}`
      this.retryLog.items.push(`attempt ${attempt}: ${reason}`)
      if (attempt > this.maxRetries) {
        const why = `prompt overflow: no reply fitted ${targetName(target)} after ${attempt} attempt(s) of ${JSON.stringify(shortened(prompt.text))}`
        calls.giveUp(call, why)
        throw new Fault("PromptOverflow", why, site)
      }
      calls.retry(call, reason)
      turns.push({ role: "assistant", text: reply.text }, { role: "user", text: correction(reply.text, target) })
    }
  }

  /** Evaluates the defaults that a reply left out, then the struct's decorators. */
  private *complete(instance: Struct): Steps {
    const { globals } = this.jade
    for (const [i, field] of instance.type.fields.entries()) {
      if (instance.values[i] !== undefined || !field.initial) continue
      const value = yield field.initial(globals)
      instance.values[i] = field.prompt && typeof value === "string" ? new Prompt(value) : value
    }
    return instance.type.decorate ? yield instance.type.decorate(globals, instance) : instance
  }

  private requestFor(prompt: Prompt, target: Target | null, grammar: Grammar | null): ModelRequest {
    return requestOf("jade", prompt.text, {
      shape: target ? shapeOf(target) : { kind: "text" },
      maxTokens: this.maxTokens,
      grammar: grammar ? grammar.pattern : "",
    })
  }

  /** What a `catch` binds: the raised value as it is, a language error as a RuntimeError. */
  exceptionValue(fault: Fault): unknown {
    if (Array.isArray(fault.payload)) return (fault.payload as unknown[])[0]
    return new Struct(RUNTIME_ERROR, [this.placedMessage(fault)])
  }

  /** `[line:col] text`, with the file's name before it where it is an imported one. */
  placedMessage(fault: Fault): string {
    const { line, column } = this.jade.host.sitePosition(fault.site)
    const file = this.jade.importedFile(fault.site)
    return `${file === null ? "" : `${file}: `}${line > 0 ? `[${line}:${column}] ` : ""}${fault.message}`
  }
}

function retryTokens(target: Target | null): number {
  return target?.k === "type" && target.name !== "array" && target.name !== "dict" ? SCALAR_RETRY_TOKENS : OTHER_RETRY_TOKENS
}

function correction(reply: string, target: Target): string {
  const { form, example } = expectation(target)
  return `"${reply}" does not fit. Answer with ${form}, like this: ${example}`
}

function shownValue(value: unknown): string {
  if (!(value instanceof Struct)) return previewForm(value, MAX_SHOWN)
  return `${value.type.name} { ${value.type.fields.map((field, i) => `${field.name}: ${previewForm(value.values[i], MAX_SHOWN)}`).join(", ")} }`
}

function shortened(text: string): string {
  const points = [...text]
  return points.length > 200 ? `${points.slice(0, 200).join("")} …` : text
}

function shapeOf(target: Target): AnswerShape {
  if (target.k === "struct") {
    const fields = target.type.fields.map((field) => ({
      name: field.name,
      shape: field.prompt ? TEXT : (target.type.hints.get(field.name) ?? TEXT),
    }))
    return { kind: "record", fields }
  }
  return SHAPES[target.name] ?? TEXT
}

const TEXT: AnswerShape = { kind: "text" }
const SHAPES: Readonly<Record<string, AnswerShape>> = {
  int: { kind: "integer" },
  float: { kind: "number" },
  bool: { kind: "boolean" },
  char: { kind: "char" },
  array: { kind: "list", of: TEXT },
  dict: { kind: "json" },
}
