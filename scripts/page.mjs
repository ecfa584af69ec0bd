// Builds the page into dist/ when its sources changed. Used by start.mjs and test.mjs.
import { existsSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { keepFresh } from "./fresh.mjs"
import { root } from "./install.mjs"

const SOURCES = ["index.html", "vite.config.ts", "tsconfig.json", "public", "src", "interpreter", "scripts/notices.mjs"]

/** @returns {Promise<boolean>} whether it had to be built. Rejected with the bundler's message where the sources do not build. */
export function ensurePage() {
  return keepFresh("page", SOURCES, "dist/index.html", async () => {
    const { build } = await import("vite")
    const dist = join(root, "dist")
    // Built aside and moved into place: a page that is being served is never half there.
    const aside = join(root, ".cache", `page-${process.pid}`)
    const old = `${aside}-old`
    await build({ root, logLevel: "error", build: { outDir: aside, emptyOutDir: true } })
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(aside, dist)
    rmSync(old, { recursive: true, force: true })
  })
}
