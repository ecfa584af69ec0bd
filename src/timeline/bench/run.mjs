// Measures the timeline in a real browser with 10,000 tasks and a million events: the longest task of the page's thread while
// they arrive, frame times while panning, zooming, scrolling and scrubbing, memory after collection. Medians of five.
// Called by `npm run bench`; alone: `node src/timeline/bench/run.mjs`.
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { findBrowser } from "../../../scripts/browser.mjs"
import { framesLine, installMeasures, memoryMbOf } from "./in-page.mjs"
import { BROWSER_ARGS, median, serveFolder } from "./served.mjs"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const outDir = join(root, ".cache", "timeline-bench")
const RUNS = 5

async function buildPage() {
  const { build } = await import("vite")
  const { default: react } = await import("@vitejs/plugin-react")
  const { default: tailwindcss } = await import("@tailwindcss/vite")
  await build({
    root,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    plugins: [react(), tailwindcss()],
    build: { outDir, emptyOutDir: true, target: "es2023", rolldownOptions: { input: join(root, "src/timeline/bench/index.html") } },
  })
}

/** In the page: shows a trace of so many events as a worker would send it and measures. */
async function measure(name) {
  const bench = window.timelineBench
  const trace = bench.traceFor(name)
  const { frames, lanes, longTasks, pause, wheel } = window.measures
  await pause(300)
  const long = longTasks()
  await bench.show(trace, 16)
  await pause(500)
  const arriving = Math.max(0, ...long.splice(0))
  const zoom = await frames(90, (i) => wheel(0, i < 45 ? -10 : 10, true))
  wheel(0, -300, true)
  const pan = await frames(90, (i) => wheel(i < 45 ? 24 : -24, 0, false))
  const scroller = lanes().parentElement.parentElement
  for (const button of document.querySelectorAll('[role=row][aria-expanded="false"] button')) button.click()
  await pause(200)
  const scroll = await frames(90, () => (scroller.scrollTop += 50))
  const endUs = bench.app.getState().playback.endUs
  const scrub = await frames(60, (i) => bench.actions.scrub((endUs * i) / 60))
  await pause(200)
  return { events: trace.length, arriving, using: Math.max(0, ...long), zoom, pan, scroll, scrub }
}

export async function benchTimeline(log, name = "random-10000-1000000") {
  const executablePath = findBrowser()
  if (!executablePath) {
    log("timeline: no browser found, not measured")
    return
  }
  await buildPage()
  const server = await serveFolder(outDir)
  const { chromium } = await import("@playwright/test")
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGS })
  const results = []
  try {
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 450 } })
      await page.addInitScript(installMeasures)
      await page.goto(`http://127.0.0.1:${server.address().port}/src/timeline/bench/index.html#none`)
      await page.waitForFunction(() => "timelineBench" in window)
      const result = await page.evaluate(measure, name)
      const memoryMb = await memoryMbOf(page)
      results.push({ ...result, memoryMb })
      await page.close()
    }
  } finally {
    await browser.close()
    server.close()
  }
  const of = (pick) => median(results.map(pick))
  const ms = (value) => `${value.toFixed(1)} ms`
  log(`timeline, ${results[0].events} events of 10000 tasks, medians of ${RUNS}:`)
  log(`  longest task while they arrive ${ms(of((r) => r.arriving))}, while used ${ms(of((r) => r.using))}`)
  for (const deed of ["pan", "zoom", "scroll", "scrub"])
    log(
      framesLine(
        deed,
        results.map((result) => result[deed]),
        median,
      ),
    )
  log(`  memory after collection ${of((r) => r.memoryMb).toFixed(0)} MB`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchTimeline((line) => console.log(line))
