// Makes Node run a part of the interpreter (Node 20 runs no TypeScript): one bundle with everything in it, built when its
// sources changed. Used by counterpoint.mjs and bench.mjs; the page has page.mjs.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { keepFresh } from "./fresh.mjs"
import { root } from "./install.mjs"

/** The path of the bundle `.cache/NAME/main.mjs` of an entry, given by its path in the project. Rejected where it does not build. */
export async function builtForNode(name, entry) {
  const out = join(root, ".cache", name)
  await keepFresh(name, ["interpreter"], `.cache/${name}/main.mjs`, async () => {
    const { build } = await import("vite")
    // Built aside and moved into place, so that two builds at once cannot mix.
    const aside = `${out}-${process.pid}`
    const old = `${aside}-old`
    await build({
      root,
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: true },
      build: {
        ssr: entry,
        outDir: aside,
        emptyOutDir: true,
        copyPublicDir: false,
        target: "node20",
        minify: false,
        rolldownOptions: { output: { entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" } },
      },
    })
    mkdirSync(dirname(out), { recursive: true })
    try {
      if (existsSync(out)) renameSync(out, old)
      renameSync(aside, out)
    } catch {
      // Somebody else finished the same build first.
      rmSync(aside, { recursive: true, force: true })
    }
    rmSync(old, { recursive: true, force: true })
  })
  return join(out, "main.mjs")
}
