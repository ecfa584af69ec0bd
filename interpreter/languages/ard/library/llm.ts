// ard/llm: asking a language model (section 15). Not part of Ard; shown as an extension. A call suspends its fiber only;
// calls beyond the run's limit wait for a free place, first come, first served. No retries of our own (design: models).
import { SUSPENDED } from "../../../kernel/task.ts"
import { type Attempt, type ModelFailure, type ModelRequest, requestOf } from "../../../models/request.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { type Int, indexOf } from "./integers.ts"
import { err, NONE, type Outcome, ok, type StructValue } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>

function failureText(failure: ModelFailure): string {
  const what = failure.status === 0 ? "the model could not be reached" : `the model refused the call (status ${failure.status})`
  return failure.message === "" ? what : `${what}: ${failure.message}`
}

function outcomeOf(attempt: Attempt): Outcome {
  if (!attempt.ok) return err(failureText(attempt.failure))
  const { reply } = attempt
  return reply.finish === "refused"
    ? err(reply.text === "" ? "the model declined to answer" : `the model declined to answer: ${reply.text}`)
    : ok(reply.text)
}

function* call(rt: Rt, request: ModelRequest, site: number): Steps {
  if (rt.kernel.choicePoint() !== undefined) yield SUSPENDED
  const id = rt.host.calls.open(request, site)
  if (rt.callGate.acquire(site) !== undefined) yield SUSPENDED
  let attempt: unknown
  try {
    attempt = rt.kernel.wait(rt.host.calls.send(id), "call", id, site)
    if (attempt === SUSPENDED) attempt = yield SUSPENDED
  } finally {
    rt.callGate.release()
  }
  const outcome = outcomeOf(attempt as Attempt)
  if (outcome.$ok) rt.host.calls.close(id, outcome.$value as string)
  else rt.host.calls.giveUp(id, outcome.$value as string)
  return outcome
}

function* ask(rt: Rt, [prompt]: readonly [string], site: number): Steps {
  return yield call(rt, requestOf("ard", prompt), site)
}

function* askWith(rt: Rt, [prompt, options]: readonly [string, StructValue], site: number): Steps {
  const text = (field: unknown) => (field === NONE ? "" : (field as string))
  const limit = options.$max_tokens === NONE ? 0 : Math.max(0, indexOf(options.$max_tokens as Int))
  const request = requestOf("ard", prompt, { system: text(options.$system), model: text(options.$model), maxTokens: limit })
  return yield call(rt, request, site)
}

export const llm: LibraryModule = {
  path: "ard/llm",
  doc: "Asks a language model. An extension of this playground, not part of Ard.",
  isExtension: true,
  declarations: "struct Options {\n  system: Str?,\n  model: Str?,\n  max_tokens: Int?,\n}\n",
  entries: [
    {
      name: "ask",
      signature: "fn ask(prompt: Str) Str!Str",
      doc: "Sends a prompt and waits for the whole reply; an error says why there is none.",
      example: 'llm::ask("Name a colour").or("grey")',
      mode: "gen",
      run: ask,
    },
    {
      name: "ask_with",
      signature: "fn ask_with(prompt: Str, options: Options) Str!Str",
      doc: "The same with a system text, a model's name or a limit of tokens.",
      example: 'llm::ask_with("Name a colour", llm::Options{max_tokens: maybe::some(5)})',
      mode: "gen",
      run: askWith,
    },
  ],
}
