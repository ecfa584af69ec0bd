// Installs the project's dependencies when they are missing or not those of package-lock.json, and only then. Uses what
// Node ships alone, since it runs before anything is installed. Used by start.mjs, test.mjs and the other commands.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url))
const OLDEST_NODE = [20, 19]

/** Makes node_modules what the lock file says. Ends the process with one clear line where that is impossible. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    stop(`Counterpoint needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`)
  }
  if (isInstalled()) return
  console.log("Installing dependencies (npm ci) …")
  let result = npm("ci")
  // A lock file written where some platforms' packages could not be had lacks them, and `npm ci` refuses it.
  if (result.status !== 0 && /\bEUSAGE\b/.test(String(result.stderr))) result = npm("install", "--no-save")
  if (result.status === 0) return
  const said = `${result.stdout ?? ""}${result.stderr ?? ""}`
    .split("\n")
    .filter((line) => /\S/.test(line) && !/^npm (warn|error)\s*$/.test(line))
  console.error(said.slice(0, 12).join("\n"))
  stop(`The dependencies could not be installed${result.error ? ` (${result.error.message})` : ""}.`)
}

function npm(...words) {
  const known = process.env.npm_execpath?.endsWith(".js")
  const [command, ...first] = known ? [process.execPath, process.env.npm_execpath] : ["npm"]
  return spawnSync(command, [...first, ...words, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32" && command === "npm",
    // Development dependencies are needed to build, whatever the environment says.
    env: { ...process.env, NODE_ENV: "development" },
  })
}

/** What npm wrote about the installed tree is compared with the lock file, package by package. */
function isInstalled() {
  const installedList = join(root, "node_modules", ".package-lock.json")
  if (!existsSync(installedList)) return false
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages
    const present = JSON.parse(readFileSync(installedList, "utf8")).packages
    for (const [path, entry] of Object.entries(wanted)) {
      if (path === "" || entry.optional || entry.devOptional || entry.peer || entry.link) continue
      if (present[path]?.version !== entry.version || !existsSync(join(root, path, "package.json"))) return false
    }
    return true
  } catch {
    return false
  }
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
