// What a call was asked, as a reader would say it: for bars, hover card and details of the timeline.
import type { CallSpan } from "../../interpreter/trace/call-spans.ts"
import { jsonObject } from "../../interpreter/trace/kinds.ts"
import { shortened } from "../../interpreter/trace/units.ts"
import type { Scene } from "./scene.ts"

const prompts = new WeakMap<CallSpan, string>()

/** The last thing the user side says in a call's request, on one line. */
export function promptOf(scene: Pick<Scene, "fold">, call: CallSpan): string {
  const known = prompts.get(call)
  if (known !== undefined) return known
  const { turns } = jsonObject(scene.fold.trace.text(call.requestText))
  let prompt = ""
  if (Array.isArray(turns)) {
    for (const turn of turns) {
      if (
        typeof turn === "object" &&
        turn !== null &&
        "text" in turn &&
        typeof turn.text === "string" &&
        (!("role" in turn) || turn.role === "user")
      ) {
        prompt = turn.text
      }
    }
  }
  const text = shortened(prompt.trim(), 200)
  prompts.set(call, text)
  return text
}
