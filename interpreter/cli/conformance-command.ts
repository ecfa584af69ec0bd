// `counterpoint conformance DIR`: runs every case in DIR and below, a line for each failure with the difference, and ends
// with `N passed, N failed`. Cases listed in DIR's `not-yet.txt` (or its parent's) must fail: one that passes is a failure
// of the list, which only shrinks.
import { dirname, resolve } from "node:path"
import { type Found, notYet, runCase, surveyCases } from "../conformance/runner.ts"
import { parse, Usage } from "./usage.ts"

export async function conformanceCommand(args: string[]): Promise<number> {
  const options = parse(
    "conformance",
    args,
    { filter: { type: "string" }, verbose: { type: "boolean" } },
    { min: 1, max: 1, of: "a folder of cases" },
  )
  const folder = options.files[0] as string
  let survey: Found
  try {
    survey = surveyCases(folder)
  } catch (problem) {
    throw new Usage((problem as Error).message)
  }
  const filter = options.text("filter")
  const wanted = ({ name }: { readonly name: string }) => filter === undefined || name.includes(filter)
  const cases = survey.cases.filter(wanted)
  const broken = survey.broken.filter(wanted)
  if (cases.length + broken.length === 0)
    throw new Usage(`no cases in "${folder}"${filter === undefined ? "" : ` with "${filter}" in their name`}`)
  const own = notYet(folder)
  const listed = new Set([...own, ...notYet(dirname(resolve(folder)))])
  let passed = 0
  let failed = 0
  let expected = 0
  const fail = (name: string, differences: readonly string[]) => {
    failed++
    console.log(`FAIL ${name}: ${differences.join("\n     ")}`)
  }
  for (const { name, differences } of broken) fail(name, differences)
  for (const file of cases) {
    const { differences } = await runCase(file)
    if (listed.has(file.name)) {
      if (differences.length > 0) expected++
      else fail(file.name, ["passes, but is listed in not-yet.txt: take it off the list"])
    } else if (differences.length === 0) {
      passed++
      if (options.flag("verbose")) console.log(`ok   ${file.name}`)
    } else fail(file.name, differences)
  }
  // A name that is no case would stay on the list for ever.
  const names = new Set(survey.cases.map(({ name }) => name))
  for (const name of own) if (!names.has(name) && wanted({ name })) fail(name, ["is listed in not-yet.txt, but there is no such case"])
  if (expected > 0) console.log(`${expected} not yet, as listed`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}
