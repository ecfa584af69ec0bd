// The models that a program names in a run, from its trace: for the table that maps names to providers. What the program says
// about address and key is shown there, and never used.
import type { ModelRequest } from "../../interpreter/models/request.ts"
import { Kind } from "../../interpreter/trace/event.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"

export interface NamedModel {
  readonly name: string
  readonly provider: string
  readonly url: string
}

const MOST = 20

/** Each name once, in the order of first use. */
export function namedModels(trace: Trace): NamedModel[] {
  const found = new Map<string, NamedModel>()
  trace.visit(0, (event) => {
    if (event.kind !== Kind.CallQueued || found.size >= MOST) return
    const request = requestIn(trace.text(event.b))
    if (request && !found.has(request.name)) found.set(request.name, request)
  })
  return [...found.values()]
}

/** The trace comes from the sandbox, so a text in it may be anything. */
function requestIn(json: string): NamedModel | null {
  try {
    const { model, provider, url } = JSON.parse(json) as Partial<ModelRequest>
    if (typeof model !== "string" || model === "" || typeof provider !== "string" || typeof url !== "string") return null
    return { name: model.slice(0, 200), provider: provider.slice(0, 100), url: url.slice(0, 200) }
  } catch {
    return null
  }
}
