// Which rule of the model script answered which calls of a run, from its trace. The simulated model tries rules in order, so
// the first that matches the prompt is the one (models/simulated.ts).
import { type ModelRequest, promptText } from "../../interpreter/models/request.ts"
import type { ModelRule } from "../../interpreter/models/script.ts"
import { ANSWER_SOURCES, Kind } from "../../interpreter/trace/event.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"

export interface RuleCalls {
  /** Calls by rule, in the order of their first attempt. */
  readonly byRule: readonly (readonly RuleCall[])[]
  /** Calls that the built-in responder answered. */
  readonly unmatched: readonly RuleCall[]
}

export interface RuleCall {
  readonly prompt: string
  /** How often this rule was asked for it: once, and once more for each that failed. */
  attempts: number
}

export function callsByRule(trace: Trace, rules: readonly ModelRule[]): RuleCalls {
  const byRule: RuleCall[][] = rules.map(() => [])
  const unmatched: RuleCall[] = []
  const prompts = new Map<number, string>()
  const known = new Map<string, RuleCall>()
  trace.visit(0, (event) => {
    if (event.kind === Kind.CallQueued || event.kind === Kind.CallRequest) prompts.set(event.a, promptIn(trace.text(event.b)))
    else if (event.kind === Kind.CallSource) {
      const source = ANSWER_SOURCES[event.b]
      if (source !== "simulated" && source !== "scripted") return
      const prompt = prompts.get(event.a) ?? ""
      const rule = rules.findIndex(({ match }) => prompt.includes(match ?? ""))
      const key = `${rule} ${event.a}`
      const before = known.get(key)
      if (before) before.attempts++
      else {
        const call = { prompt, attempts: 1 }
        known.set(key, call)
        ;(byRule[rule] ?? unmatched).push(call)
      }
    }
  })
  return { byRule, unmatched }
}

/** The prompt in a request's JSON; the trace comes from the sandbox, so it may be anything. */
function promptIn(json: string): string {
  try {
    const request = JSON.parse(json) as ModelRequest
    return promptText(request)
  } catch {
    return ""
  }
}
