// The built-in responder: answers prompts that no rule of the script matches, so that a program typed into the page runs
// without a key. It knows the kinds of prompts that people try first, answers in the type that was asked for, and says in
// prose that it is simulated. Deterministic: the same request and stream give the same answer.
import type { RandomStream } from "../../kernel/random.ts"
import type { ModelRequest } from "../request.ts"
import { prose } from "./prose.ts"
import { questionOf } from "./question.ts"
import { valueFor } from "./values.ts"

/** An answer to the request, as the text a model would send for the asked type. */
export function respond(request: ModelRequest, random: RandomStream): string {
  const question = questionOf(request)
  const { shape } = request
  if (shape.kind === "text") return prose(question, random)
  const value = valueFor(shape, question, random)
  return typeof value === "string" && shape.kind === "char" ? value : JSON.stringify(value)
}
