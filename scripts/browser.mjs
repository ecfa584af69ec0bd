// Finds a Chromium for the browser journeys, or installs one where that is possible. Looked for in this order:
// CHROMIUM_PATH, Playwright's own, Chrome or Chromium on the PATH (or where the system keeps it). Only what Node ships,
// plus Playwright where it is installed. Used by test.mjs and playwright.config.ts; `node scripts/browser.mjs` prints the path.
import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "microsoft-edge"]
const PLACES = {
  darwin: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) =>
    join(process.env[name] ?? "", "Google/Chrome/Application/chrome.exe"),
  ),
}

/** @returns {string | null} the path of a browser that is there. Throws if CHROMIUM_PATH names none. */
export function findBrowser() {
  const asked = process.env.CHROMIUM_PATH
  if (asked) {
    if (runnable(asked)) return asked
    throw new Error(`CHROMIUM_PATH is '${asked}', and there is no program of that name.`)
  }
  const candidates = [playwrightsOwn()]
  for (const folder of (process.env.PATH ?? "").split(delimiter)) for (const name of NAMES) candidates.push(join(folder, name))
  candidates.push(...(PLACES[process.platform] ?? []))
  return candidates.find((path) => path && runnable(path)) ?? null
}

/** @returns {string} the path of a browser, installed if there was none. Throws one line that says what to do. */
export function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  if (isDebian() && process.getuid?.() === 0) {
    console.log("No browser found: installing Debian's Chromium.")
    run("apt-get", ["update"])
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"])
  } else {
    console.log("No browser found: asking Playwright to download its own.")
    const cli = fileURLToPath(new URL("../node_modules/@playwright/test/cli.js", import.meta.url))
    run(process.execPath, [cli, "install", ...(process.getuid?.() === 0 ? ["--with-deps"] : []), "chromium"])
  }
  const installed = findBrowser()
  if (installed) return installed
  throw new Error("No browser for the journeys: install Chromium or Chrome, or set CHROMIUM_PATH to one.")
}

function runnable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)("@playwright/test").chromium.executablePath()
  } catch {
    return null // Playwright is not installed yet, or knows no browser for this system.
  }
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"))
}

/** Runs an installer; its texts are shown only if it fails. */
function run(command, words) {
  const result = spawnSync(command, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  })
  if (result.status !== 0)
    console.error(
      `${command} ${words.join(" ")} failed:\n${`${result.stdout ?? ""}${result.stderr ?? ""}`.trim().split("\n").slice(-8).join("\n")}`,
    )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(ensureBrowser())
  } catch (problem) {
    console.error(problem.message)
    process.exit(1)
  }
}
