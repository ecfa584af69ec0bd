// `counterpoint explore FILE`: runs the program under many schedules and lists the distinct outcomes, how often each came
// and a schedule that shows it again (`counterpoint run FILE --schedule "…"`).

import { explore } from "../session/explore.ts"
import { positionOf } from "../source/diagnostic.ts"
import { nodePorts } from "./node-ports.ts"
import { inputsOfFile, scriptBeside } from "./program-file.ts"
import { parse } from "./usage.ts"

const DEFAULT_RUNS = 10_000

export async function exploreCommand(args: string[]): Promise<number> {
  const options = parse(
    "explore",
    args,
    { limit: { type: "string" }, json: { type: "boolean" }, "allow-ts": { type: "boolean" } },
    { min: 1, max: 1 },
  )
  const path = options.files[0] as string
  const allowTs = options.flag("allow-ts")
  const inputs = inputsOfFile(path, { allowTs })
  const rules = scriptBeside(path)
  const result = await explore(rules ? { ...inputs, model: { ...inputs.model, rules } } : inputs, nodePorts(allowTs), {
    maxRuns: options.number("limit", 2, 10_000_000) ?? DEFAULT_RUNS,
  })
  if ("rejected" in result) {
    const { program, diagnostics } = result.rejected
    for (const d of diagnostics) {
      const { line, column } = positionOf(program, d)
      console.error(`${d.file}:${line}:${column}: ${d.severity} ${d.kind}: ${d.message}`)
    }
    return 1
  }
  if (options.flag("json")) {
    console.log(JSON.stringify(result, null, 2))
    return 0
  }
  const which = result.exhaustive
    ? "all there are"
    : result.sampledSeeds > 0
      ? `a sample: the first ${result.runs - result.sampledSeeds} in depth-first order, then shuffles with the seeds 1 to ${result.sampledSeeds}`
      : "not all there are"
  console.log(`${counted(result.runs, "schedule")} tried (${which}), ${counted(result.outcomes.length, "different outcome")}`)
  for (const [i, outcome] of result.outcomes.entries()) {
    const name = outcome.outcome === "done" ? "" : ` ${outcome.outcome}: ${outcome.message}`
    console.log(`\n${i + 1}. ${counted(outcome.count, "time")}${name}`)
    for (const line of outcome.stdout) console.log(`   | ${line}`)
    console.log(`   schedule: ${outcome.schedule === "" ? "(no choices)" : JSON.stringify(outcome.schedule)}`)
  }
  return 0
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`
}
