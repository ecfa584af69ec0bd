// `counterpoint conformance DIR`: runs every case in DIR and below, a line for each failure with the difference, and ends
// with `N passed, N failed`. Cases listed in DIR's `not-yet.txt` (or its parent's) must fail: one that passes is a failure
// of the list, which only shrinks.
import { existsSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { type CaseFile, findCases, notYet, runCase } from "../conformance/runner.ts"
import { parse, Usage } from "./usage.ts"

export async function conformanceCommand(args: string[]): Promise<number> {
  const options = parse(
    "conformance",
    args,
    { filter: { type: "string" }, verbose: { type: "boolean" } },
    { min: 1, max: 1, of: "a folder of cases" },
  )
  const folder = options.files[0] as string
  let cases: CaseFile[]
  try {
    cases = findCases(folder)
  } catch (problem) {
    throw new Usage((problem as Error).message)
  }
  const filter = options.text("filter")
  if (filter !== undefined) cases = cases.filter((file) => file.name.includes(filter))
  if (cases.length === 0) throw new Usage(`no cases in "${folder}"${filter === undefined ? "" : ` with "${filter}" in their name`}`)
  const parent = dirname(resolve(folder))
  const listed = new Set([...notYet(folder), ...(existsSync(join(parent, "not-yet.txt")) ? notYet(parent) : [])])
  let passed = 0
  let failed = 0
  let expected = 0
  for (const file of cases) {
    const { differences } = await runCase(file)
    if (listed.has(file.name)) {
      if (differences.length > 0) expected++
      else {
        failed++
        console.log(`FAIL ${file.name}: passes, but is listed in not-yet.txt: take it off the list`)
      }
    } else if (differences.length === 0) {
      passed++
      if (options.flag("verbose")) console.log(`ok   ${file.name}`)
    } else {
      failed++
      console.log(`FAIL ${file.name}: ${differences.join("\n     ")}`)
    }
  }
  if (expected > 0) console.log(`${expected} not yet, as listed`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}
