// The simulated model: its presets and dials, and the document's model script with what each rule answered.
import { useMemo, useState } from "react"
import { DIAL_PRESETS, EVERYDAY_DIALS, type ModelDials, presetOf } from "../../interpreter/models/index.ts"
import type { ModelRule } from "../../interpreter/models/script.ts"
import { rulesProblem } from "../../interpreter/models/script-check.ts"
import { isNotebook } from "../store/document.ts"
import { shownRun } from "../store/runs.ts"
import { actions, useApp } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { Select } from "../ui/Select.tsx"
import { Heading, Notice, NumberField } from "./fields.tsx"
import { callsByRule, type RuleCall } from "./rule-calls.ts"

const DIALS: readonly { readonly name: keyof ModelDials; readonly label: string; readonly max: number; readonly step: number }[] = [
  { name: "latencyMs", label: "Latency, ms", max: 600_000, step: 50 },
  { name: "jitter", label: "Jitter, share", max: 1, step: 0.05 },
  { name: "firstTokenShare", label: "First token after, share", max: 1, step: 0.05 },
  { name: "tokensPerSecond", label: "Tokens a second (0: by latency)", max: 100_000, step: 5 },
  { name: "requestsPerMinute", label: "Requests a minute (0: any)", max: 100_000, step: 1 },
  { name: "tokensPerMinute", label: "Tokens a minute (0: any)", max: 10_000_000, step: 100 },
  { name: "failureShare", label: "Fail with 500, share", max: 1, step: 0.01 },
  { name: "timeoutShare", label: "Never answer, share", max: 1, step: 0.01 },
  { name: "timeoutMs", label: "Timeout, ms", max: 600_000, step: 500 },
  { name: "cutShare", label: "Cut off, share", max: 1, step: 0.01 },
  { name: "refusalShare", label: "Refuse, share", max: 1, step: 0.01 },
  { name: "wrongTypeShare", label: "Wrong type, share", max: 1, step: 0.01 },
]

export function SimulatedTab() {
  const dials = useApp((state) => state.document.dials ?? EVERYDAY_DIALS)
  const notebook = useApp((state) => isNotebook(state.document.path))
  const preset = presetOf(dials)
  return (
    <>
      <p className="m-0 text-text-2">Free, without a network, the same answers for the same seed. Prose says that it is simulated.</p>
      {notebook && (
        <p className="m-0 mt-1.5 text-chip text-muted">
          <code>dials</code> of the front matter count instead, where it has them; the rules of its <code>model</code> come before the
          script's.
        </p>
      )}
      <Heading>How it behaves</Heading>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Preset of the dials"
          value={preset?.name ?? ""}
          onChoose={(name) => {
            const chosen = DIAL_PRESETS.find((one) => one.name === name)
            if (chosen) actions.chooseDials(chosen.dials)
          }}
        >
          {!preset && <option value="">Your own dials</option>}
          {DIAL_PRESETS.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </Select>
        <span className="text-text-2">{preset?.about ?? "Dials set by hand."}</span>
      </div>
      <details className="mt-2">
        <summary className="cursor-pointer">Dials</summary>
        <div className="mt-2 grid grid-cols-2 gap-2 sm:grid-cols-3">
          {DIALS.map(({ name, label, max, step }) => (
            <NumberField
              key={name}
              label={label}
              value={dials[name]}
              min={0}
              max={max}
              step={step}
              onNumber={(value) => actions.chooseDials({ ...dials, [name]: value })}
            />
          ))}
        </div>
      </details>
      <Script />
    </>
  )
}

/** The rules as JSON, and how many calls of the shown run each answered. */
function Script() {
  const rules = useApp((state) => state.document.rules)
  return <ScriptEditor key={JSON.stringify(rules)} rules={rules} />
}

function ScriptEditor({ rules }: { readonly rules: readonly ModelRule[] }) {
  const [text, setText] = useState(() => (rules.length === 0 ? "" : JSON.stringify(rules, null, 2)))
  const [problem, setProblem] = useState("")
  const run = useApp((state) => shownRun(state.runs))
  const version = useApp((state) => shownRun(state.runs)?.version ?? 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace grows in place; its version says so
  const answered = useMemo(() => (run ? callsByRule(run.trace, run.inputs.model.rules) : null), [run?.id, version])
  const apply = () => {
    const read = rulesIn(text)
    if (typeof read === "string") {
      setProblem(read)
      return
    }
    setProblem("")
    actions.chooseRules(read)
    actions.toast(read.length === 0 ? "The built-in responder answers." : `${read.length} rules answer first.`)
  }
  return (
    <>
      <Heading>Model script</Heading>
      <p className="m-0 mb-1 text-text-2">
        Rules in JSON, tried in order; what none matches is answered by the built-in responder. For example:{" "}
        <code className="max-sm:break-words sm:whitespace-nowrap">{'[{ "match": "Outline", "reply": "1. Why", "latencyMs": 1200 }]'}</code>
      </p>
      <textarea
        aria-label="Model script"
        value={text}
        onChange={(event) => setText(event.target.value)}
        spellCheck={false}
        rows={6}
        className="block w-full resize-y rounded-control border border-control bg-bg p-2 font-mono text-chip"
      />
      <div className="mt-1.5 flex items-center gap-2">
        <Button onClick={apply}>Use this script</Button>
      </div>
      {answered && run && (run.inputs.model.rules.length > 0 || answered.unmatched.length > 0) && (
        <ul className="m-0 mt-2 flex list-none flex-col gap-1 p-0 text-text-2" aria-label="Which rule answered which calls">
          {run.inputs.model.rules.map((rule, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the script
            <li key={i}>
              Rule {i + 1} {rule.match ? `(“${rule.match.slice(0, 40)}”)` : "(every prompt)"}: {callsText(answered.byRule[i] ?? [])}
            </li>
          ))}
          <li>Built-in responder: {callsText(answered.unmatched)}</li>
        </ul>
      )}
      {problem && <Notice>{problem}</Notice>}
    </>
  )
}

function callsText(calls: readonly RuleCall[]): string {
  if (calls.length === 0) return "no call"
  const shown = calls.slice(0, 3).map(({ prompt, attempts }) => {
    const words = prompt.length > 40 ? `${prompt.slice(0, 39)}…` : prompt
    return `“${words}”${attempts > 1 ? ` (${attempts} tries)` : ""}`
  })
  return `${calls.length === 1 ? "1 call" : `${calls.length} calls`}: ${shown.join(", ")}${calls.length > 3 ? " …" : ""}`
}

function rulesIn(text: string): ModelRule[] | string {
  if (text.trim() === "") return []
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return "This is no JSON: look for a missing comma, quote or bracket."
  }
  const problem = rulesProblem(value)
  return problem === null ? (value as ModelRule[]) : `${problem[0]?.toUpperCase()}${problem.slice(1)}.`
}
