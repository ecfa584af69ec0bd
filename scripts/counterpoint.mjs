// `npm run -s counterpoint -- …`: builds the command line when its sources are newer than the last build, then runs it.
// Uses what Node ships and Vite, which is a dependency anyway (Node 20 runs no TypeScript).
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..")
const out = join(root, ".cache", "cli")

/** Milliseconds of the newest source below a folder; tests do not count. */
function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) latest = Math.max(latest, newest(path))
    else if (/\.(ts|json)$/.test(entry.name) && !entry.name.endsWith(".test.ts")) latest = Math.max(latest, statSync(path).mtimeMs)
  }
  return latest
}

export async function buildCommandLine() {
  const bundle = join(out, "main.mjs")
  const sources = ["source", "trace", "kernel", "engine", "models", "languages", "session", "cli"].map((room) =>
    newest(join(root, "interpreter", room)),
  )
  const wanted = Math.max(...sources, statSync(join(root, "package-lock.json")).mtimeMs)
  if (existsSync(bundle) && statSync(bundle).mtimeMs > wanted) return bundle
  if (!existsSync(join(root, "node_modules", "vite"))) {
    console.error("counterpoint: the dependencies are not installed; run `npm install` (or `npm start`, which does) first")
    process.exit(2)
  }
  const { build } = await import("vite")
  // Built aside and moved into place, so that two builds at once cannot mix.
  const aside = join(root, ".cache", `cli-${process.pid}`)
  await build({
    root,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: "interpreter/cli/main.ts",
      outDir: aside,
      target: "node20",
      minify: false,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" } },
    },
  })
  mkdirSync(dirname(out), { recursive: true })
  const old = `${aside}-old`
  try {
    if (existsSync(out)) renameSync(out, old)
    renameSync(aside, out)
  } catch {
    // Somebody else finished the same build first.
    rmSync(aside, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
  return bundle
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const bundle = await buildCommandLine()
  const { main } = await import(pathToFileURL(bundle).href)
  process.exitCode = await main(process.argv.slice(2), bundle)
}
