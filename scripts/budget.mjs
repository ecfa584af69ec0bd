// How much JavaScript the built page fetches until its first run has ended: what index.html loads at once with all its
// static imports, and the lazy parts that a first run cannot do without. Used by check.mjs; a browser journey counts what
// really travels.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { gzipSync } from "node:zlib"
import { parseSync } from "vite"
import { root } from "./install.mjs"

export const BUDGET_KB = 250

/** Lazy chunks of the first run, by the beginning of their name: the worker, one language in it, and its help in the editor. */
const FIRST_RUN = [/worker-source/, /^languages-vibe-[\w-]{8}\.js$/, /^editing-/]

/** @returns {{ totalKb: number, files: { file: string, kb: number }[] }} compressed sizes, the largest first */
export function firstLoad(dist = join(root, "dist")) {
  const html = readFileSync(join(dist, "index.html"), "utf8")
  const waiting = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((match) => match[1])
  const assets = existsSync(join(dist, "assets")) ? readdirSync(join(dist, "assets")) : []
  for (const pattern of FIRST_RUN) {
    const first = assets.filter((file) => pattern.test(file) && file.endsWith(".js"))
    // Three languages have chunks of one name; one of them is loaded.
    if (first[0]) waiting.push(`assets/${first[0]}`)
  }
  const sizes = new Map()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sizes.has(file) || !existsSync(join(dist, file))) continue
    const text = readFileSync(join(dist, file), "utf8")
    sizes.set(file, gzipSync(text, { level: 9 }).length / 1024)
    const { module } = parseSync(file, text)
    const requests = [
      ...module.staticImports.map((one) => one.moduleRequest),
      ...module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest ?? [])),
    ]
    for (const { value } of requests) waiting.push(normalize(join(dirname(file), value)).replaceAll("\\", "/"))
  }
  const files = [...sizes].map(([file, kb]) => ({ file, kb })).sort((a, b) => b.kb - a.kb)
  return { totalKb: files.reduce((sum, { kb }) => sum + kb, 0), files }
}
