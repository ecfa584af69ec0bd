// What is said when a cassette holds no answer to a request: which recorded request is nearest and how it differs, so that
// the reader sees what the edit changed. One sentence, without quoting more than a few words around the difference.
import { canonicalRequest } from "./calls.ts"
import type { CassetteInput, RecordedProgram } from "./cassette.ts"
import { type ModelRequest, promptText } from "./request.ts"

const SHOWN = 48
const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The sentence for a request that is not in the cassette. `given`: how many answers this run has had from it. */
export function missMessage(request: ModelRequest, cassette: CassetteInput, program: RecordedProgram, given: number): string {
  const nothing = "the recording holds no answer to this request"
  if (cassette.calls.length === 0) return `${nothing}: it is empty`
  const key = canonicalRequest(request)
  const equal = cassette.calls.filter((call) => canonicalRequest(call.request) === key).length
  if (equal > 0)
    return `the recording holds ${equal === 1 ? "one answer" : `${equal} answers`} to this request, and this run asks once more (call ${equal + 1})`
  const other =
    given === 0 && cassette.program.mark !== program.mark && cassette.program.mark !== ""
      ? ` It was made with another program (${cassette.program.path || "without a name"}).`
      : ""
  let nearest = cassette.calls[0]?.request as ModelRequest
  let best = -1
  for (const { request: recorded } of cassette.calls) {
    const score = likeness(request, recorded)
    if (score > best) {
      best = score
      nearest = recorded
    }
  }
  return `${nothing}. The nearest one differs in ${difference(request, nearest)}.${other}`
}

/** How alike two requests are: mostly their prompts, a little everything else. */
function likeness(a: ModelRequest, b: ModelRequest): number {
  let score = 20 * shared(promptText(a), promptText(b))
  for (const part of PARTS) if (part.text(a) === part.text(b)) score += 1
  return score
}

/** Share of the longer text that both have in common at the beginning and at the end. */
function shared(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  if (longest === 0) return 1
  const { start, endA } = edges(a, b)
  return (start + (a.length - endA)) / longest
}

/** Where two texts begin to differ, and from where in the first they are the same again up to the end. */
function edges(a: string, b: string): { start: number; endA: number } {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  return { start, endA }
}

const PARTS: readonly { readonly name: string; readonly text: (request: ModelRequest) => string }[] = [
  { name: "the prompt", text: promptText },
  { name: "the type asked for", text: (request) => JSON.stringify(request.shape) },
  { name: "the model", text: (request) => request.model },
  { name: "the instructions", text: (request) => request.system },
  { name: "the context", text: (request) => request.context },
  { name: "the conversation", text: (request) => JSON.stringify(request.turns) },
  { name: "the tools", text: (request) => JSON.stringify(request.tools) },
  { name: "the tools' results", text: (request) => JSON.stringify(request.toolRounds) },
  { name: "the provider", text: (request) => `${request.provider} ${request.url}`.trim() },
  { name: "the settings", text: (request) => JSON.stringify([request.maxTokens, request.grammar, request.effort]) },
  { name: "the language", text: (request) => request.language },
]

function difference(asked: ModelRequest, recorded: ModelRequest): string {
  const differing = PARTS.filter((part) => part.text(asked) !== part.text(recorded))
  const first = differing[0]
  if (!first) return "the order of its parts"
  const a = first.text(asked)
  const b = first.text(recorded)
  const { start } = edges(a, b)
  // The prompt is a part of the conversation: one edit, one difference.
  const parts = first.name === "the prompt" ? differing.filter((part) => part.name !== "the conversation") : differing
  const also = parts.length > 1 ? ` (and in ${parts.length - 1} more)` : ""
  return `${first.name}${also}: recorded ${around(b, start)}, asked ${around(a, start)}`
}

/** The part of a text that begins to differ, with a few characters before it. */
function around(text: string, from: number): string {
  if (text === "") return "nothing"
  const start = Math.max(0, from - 16)
  const end = Math.min(text.length, start + SHOWN)
  const shown = text.slice(start, end).replace(HALF_CHARACTER, "").replace(/\s+/g, " ")
  return `“${start > 0 ? "…" : ""}${shown}${end < text.length ? "…" : ""}”`
}
