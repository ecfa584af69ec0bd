// Builds the page into dist/ when its sources changed. Used by start.mjs and test.mjs.
import { rmSync } from "node:fs"
import { join } from "node:path"
import { keepFresh } from "./fresh.mjs"
import { root } from "./install.mjs"

const SOURCES = ["index.html", "vite.config.ts", "tsconfig.json", "public", "src", "interpreter"]

/** @returns {Promise<boolean>} whether it had to be built. Rejected with the bundler's message where the sources do not build. */
export function ensurePage() {
  return keepFresh("page", SOURCES, "dist/index.html", async () => {
    const { build } = await import("vite")
    rmSync(join(root, "dist"), { recursive: true, force: true })
    await build({ root, logLevel: "error" })
  })
}
