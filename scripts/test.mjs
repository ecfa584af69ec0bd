// `npm test`: installs what is missing (a browser too), builds the page, and runs every kind of test there is: checks of the
// sources, unit tests, conformance cases, browser journeys. Shows progress as it goes, goes on after a stage that failed,
// and ends with one line that counts everything: `N passed, N failed`.
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { ensureInstalled, root } from "./install.mjs"

const STAGES = [
  { name: "page", run: buildPage },
  { name: "checks", run: () => counted("scripts/check.mjs", []) },
  { name: "unit tests", run: unitTests },
  { name: "conformance", run: conformance },
  { name: "browser journeys", run: journeys },
]

if (process.argv.length > 2) {
  console.error("npm test takes no arguments; for a part use 'npm run check', 'npx vitest run PATH', 'npx playwright test PATH'")
  process.exit(2)
}

ensureInstalled()
const reports = join(root, ".cache", "reports")
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
let child = null
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    child?.kill(signal)
    process.exit(130)
  })
}

const total = { passed: 0, failed: 0 }
for (const { name, run } of STAGES) {
  console.log(`\n${name}`)
  const begun = Date.now()
  let result
  try {
    result = await run()
  } catch (problem) {
    console.log(`  FAIL  ${problem.message}`)
    result = { passed: 0, failed: 1 }
  }
  if (result.passed + result.failed === 0) {
    console.log("  FAIL  nothing ran")
    result.failed = 1
  }
  total.passed += result.passed
  total.failed += result.failed
  console.log(`  ${result.passed} passed, ${result.failed} failed in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
}
process.exitCode = total.failed ? 1 : 0
console.log(`\n${total.passed} passed, ${total.failed} failed`)

async function buildPage() {
  const { ensurePage } = await import("./page.mjs")
  console.log(`  ok    ${(await ensurePage()) ? "built" : "is up to date"}`)
  return { passed: 1, failed: 0 }
}

/** A script of ours whose last line counts. A script that ends badly without saying why counts as one failure. */
async function counted(script, words) {
  const { code, said } = await show([script, ...words], { hideLastLine: true })
  const counts = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(said)
  const result = counts ? { passed: Number(counts[1]), failed: Number(counts[2]) } : { passed: 0, failed: 0 }
  if (code !== 0 && result.failed === 0) result.failed = 1
  return result
}

/** Our own cases, and those that hold the seeds' code, which stand beside the project or nowhere (interpreter/conformance/README.md). */
async function conformance() {
  const folders = ["interpreter/conformance"]
  const seedCases = join("..", "shared", "seed-cases")
  if (existsSync(join(root, seedCases))) folders.push(seedCases)
  else console.log(`  no ${seedCases} here: the seed cases are not run`)
  const total = { passed: 0, failed: 0 }
  for (const folder of folders) {
    const result = await counted("scripts/counterpoint.mjs", ["conformance", folder])
    if (folder === seedCases) console.log(`  ${result.passed + result.failed} of them are seed cases`)
    total.passed += result.passed
    total.failed += result.failed
  }
  return total
}

async function unitTests() {
  const report = join(reports, "unit.json")
  const { code } = await show([
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ])
  const told = readReport(report)
  // A file that could not be loaded has failed without a test to show for it.
  const broken = told.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((one) => one.status === "failed"),
  ).length
  const result = { passed: told.numPassedTests, failed: told.numFailedTests + broken }
  if (code !== 0 && result.failed === 0) result.failed = 1
  return result
}

async function journeys() {
  const { ensureBrowser } = await import("./browser.mjs")
  const report = join(reports, "journeys.json")
  const { code } = await show(["node_modules/@playwright/test/cli.js", "test"], {
    env: { CHROMIUM_PATH: ensureBrowser(), COUNTERPOINT_TEST_PORT: String(await freePort()), COUNTERPOINT_TEST_REPORT: report },
  })
  const { stats } = readReport(report)
  if (stats.flaky > 0) console.log(`  ${stats.flaky} failed at first and passed when tried again`)
  const result = { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped }
  if (code !== 0 && result.failed === 0) result.failed = 1
  return result
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    throw new Error("ended without a report")
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Runs a script under this Node and passes on what it says, as it says it. */
function show(words, { env = {}, hideLastLine = false } = {}) {
  return new Promise((resolve, reject) => {
    const quiet = process.stdout.isTTY ? {} : { NO_COLOR: "1" }
    child = spawn(process.execPath, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...quiet, ...env } })
    let said = ""
    let held = ""
    const hear = (text) => {
      said += text
      held += text
      // With `hideLastLine` the line that counts is kept back: the stage prints its own.
      const end = held.lastIndexOf("\n", hideLastLine ? held.length - 2 : held.length) + 1
      process.stdout.write(held.slice(0, end))
      held = held.slice(end)
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear)
    child.on("error", reject)
    child.on("close", (code) => {
      if (!hideLastLine || !/^\d+ passed, \d+ failed\s*$/.test(held)) process.stdout.write(held)
      resolve({ code, said })
    })
  })
}
