// `npm run check`: everything about the sources that needs no run of a program. One line a check, what is wrong under it;
// all checks run even if one fails. The last line counts: `N passed, N failed`.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { ensureInstalled, root } from "./install.mjs"

ensureInstalled()
const { checkArrows } = await import("./arrows.mjs")
const { checkLaw } = await import("./law.mjs")
const { firstLoad, BUDGET_KB } = await import("./budget.mjs")

const CHECKS = [
  { name: "types", run: () => tool("node_modules/typescript/bin/tsc", ["--noEmit", "--pretty", "false"]) },
  {
    name: "lint and layout",
    run: () => tool("node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "--colors=off", "--max-diagnostics=30", "."]),
  },
  { name: "arrows between rooms", run: () => checkArrows() },
  { name: "the law in the interpreter", run: () => checkLaw() },
  { name: "generated grammars", run: () => tool("scripts/grammars.mjs", ["--check"]) },
  { name: "first load of the page", run: checkBudget },
]

let failed = 0
for (const { name, run } of CHECKS) {
  const begun = Date.now()
  let problems
  try {
    problems = await run()
  } catch (problem) {
    problems = [problem.message]
  }
  const note = typeof problems === "string" ? `  ${problems}` : ""
  const bad = Array.isArray(problems) ? problems : []
  console.log(`  ${bad.length ? "FAIL" : "ok  "}  ${name.padEnd(28)} ${((Date.now() - begun) / 1000).toFixed(1)} s${note}`)
  for (const problem of bad) console.log(`        ${problem}`)
  if (bad.length) failed++
}
console.log(`${CHECKS.length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0

/** Runs one of the project's tools; what it says are the problems, if it fails. */
function tool(path, words) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, path), ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text))
    child.on("close", (code) => resolve(code === 0 ? [] : said.trim().split("\n").slice(0, 200)))
  })
}

function checkBudget() {
  if (!existsSync(join(root, "dist", "index.html"))) return "(not built: npm run build)"
  const { totalKb, files } = firstLoad()
  const sum = `${totalKb.toFixed(0)} of ${BUDGET_KB} KB gz`
  if (totalKb <= BUDGET_KB) return sum
  return [`JavaScript until the first run has ended: ${sum}`, ...files.map(({ file, kb }) => `${kb.toFixed(1).padStart(7)} KB  ${file}`)]
}
