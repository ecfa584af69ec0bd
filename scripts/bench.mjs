// `npm run bench`: builds the benchmarks (interpreter/bench) and runs them in Node; medians of five, ratios to hand-written
// JavaScript in the same run.
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { keepFresh } from "./fresh.mjs"
import { ensureInstalled, root } from "./install.mjs"

ensureInstalled()
const outDir = join(root, ".cache", "bench")
await keepFresh("bench", ["interpreter"], ".cache/bench/bench.mjs", async () => {
  const { build } = await import("vite")
  await build({
    root,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: "interpreter/bench/engine.ts",
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      target: "node20",
      minify: false,
      rolldownOptions: { output: { entryFileNames: "bench.mjs", chunkFileNames: "[name]-[hash].mjs" } },
    },
  })
})
const { bench } = await import(pathToFileURL(join(outDir, "bench.mjs")).href)
await bench((line) => console.log(line))
const { benchTimeline } = await import("../src/timeline/bench/run.mjs")
await benchTimeline((line) => console.log(line))
