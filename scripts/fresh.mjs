// Tells whether something built is still what its sources give, by a hash over their names and contents (times of files
// mean nothing after a checkout). Used by page.mjs and node-build.mjs.
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { root } from "./install.mjs"

/** Cases and tests never enter what is built. */
const APART = /^interpreter\/conformance\/(vibe|jade|ard)$|\.test\.tsx?$|(^|\/)\.[^/]+$/

/** A hash of files and folders of the project, given by their paths in it; what is not there counts as not there. */
export function fingerprint(paths) {
  const hash = createHash("sha256")
  const add = (path) => {
    const full = join(root, path)
    if (APART.test(path) || !existsSync(full)) return
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(`${path}/${name}`)
    else hash.update(path).update("\0").update(readFileSync(full)).update("\0")
  }
  for (const path of paths) add(path)
  return hash.digest("hex")
}

/** Calls `build` unless `output` is there and was built from the same sources. @returns {Promise<boolean>} whether it built */
export async function keepFresh(name, sources, output, build) {
  const stamp = join(root, ".cache", `${name}.stamp`)
  const now = fingerprint(["package-lock.json", ...sources])
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return false
  await build()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
  return true
}
