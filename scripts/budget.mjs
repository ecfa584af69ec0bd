// How much JavaScript the built page fetches until its first run has ended: what index.html loads at once with all its
// static imports, and the lazy parts that a first run cannot do without. Used by check.mjs; a browser journey counts what
// really travels.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { root } from "./install.mjs"

/** See DECISIONS.md. */
export const BUDGET_KB = 250

/** Where a first visit begins, and the lazy parts that its first run cannot do without (names in Vite's manifest). */
const FIRST_RUN = ["index.html", "virtual:worker-source"]
/** The part of the worker that the first run needs; the worker's own list says what that part needs in turn. */
const FIRST_PART = "languages-vibe"

/** @returns {{ totalKb: number, files: { file: string, kb: number }[] }} compressed sizes, the largest first */
export function firstLoad(dist = join(root, "dist")) {
  const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"))
  const sizes = new Map()
  const add = (name) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the built page has no '${name}': mend the list in scripts/budget.mjs`)
    if (sizes.has(chunk.file)) return
    sizes.set(chunk.file, gzipSync(readFileSync(join(dist, chunk.file)), { level: 9 }).length / 1024)
    for (const needed of chunk.imports ?? []) add(needed)
  }
  for (const name of FIRST_RUN) add(name)
  const worker = readFileSync(join(dist, manifest["virtual:worker-source"].file), "utf8")
  const parts = new RegExp(`"${FIRST_PART}":\\[([^\\]{]*)\\]`).exec(worker)?.[1] ?? ""
  for (const [, part] of parts.matchAll(/[`"]([\w-]+)[`"]/g)) add(`virtual:worker-chunk/${part}`)
  if (!sizes.has(manifest[`virtual:worker-chunk/${FIRST_PART}`]?.file)) throw new Error(`the worker lists no part '${FIRST_PART}'`)
  const files = [...sizes].map(([file, kb]) => ({ file, kb })).sort((a, b) => b.kb - a.kb)
  return { totalKb: files.reduce((sum, { kb }) => sum + kb, 0), files }
}
