// `npm run bench`: builds the benchmarks (interpreter/bench) and runs them in Node; medians of five, ratios to hand-written
// JavaScript in the same run. Then the timeline's, in a browser.
import { pathToFileURL } from "node:url"
import { ensureInstalled } from "./install.mjs"
import { builtForNode } from "./node-build.mjs"

ensureInstalled()
const { bench } = await import(pathToFileURL(await builtForNode("bench", "interpreter/bench/engine.ts")).href)
await bench((line) => console.log(line))
const { benchTimeline } = await import("../src/timeline/bench/run.mjs")
await benchTimeline((line) => console.log(line))
const { benchWholePage } = await import("../src/timeline/bench/whole-page.mjs")
await benchWholePage((line) => console.log(line))
