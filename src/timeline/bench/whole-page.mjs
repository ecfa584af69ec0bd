// Measures the whole built page, not the timeline alone: a Jade program of 10,000 async tasks with model calls and waits, about
// a million events, written into the editor and run at once through the real worker. Prints the longest task of the page's
// thread from the press of Run to a moment after the end: as the browser reports it, by the clock, and the time that the thread
// itself was at work in it, which other programs of the machine do not lengthen. Then frame times while the reader pans, zooms,
// scrolls and rewinds, and memory after collection. Medians of five.
// Called by `npm run bench`; alone: `node src/timeline/bench/whole-page.mjs`.
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { findBrowser } from "../../../scripts/browser.mjs"
import { ensurePage } from "../../../scripts/page.mjs"
import { framesLine, installMeasures, memoryMbOf } from "./in-page.mjs"
import { BROWSER_ARGS, median, serveFolder } from "./served.mjs"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const RUNS = 5
const TASKS = 10_000
/** Waits of one task: with its call, about a hundred events. */
const WAITS = 19
const RUN_TAKES_AT_MOST_MS = 120_000
/** What the page does once the run is over, such as keeping it, is measured too. */
const AFTERWARDS_MS = 3000

const PROGRAM = `use std::time

async fn work(i) {
    prompt p = f"Say the number {i}."
    let reply = await ?p
    let waits = 0
    while waits < ${WAITS} {
        time.sleep(0.01)
        waits = waits + 1
    }
    return reply
}

set_max_tasks(512)
let pending = []
let i = 0
while i < ${TASKS} {
    pending.push(work(i))
    i = i + 1
}
for future in pending {
    await future
}
print("all of them")
`

/** Milliseconds that the busiest thread of a page was at work in its longest task, out of a trace of the browser's. */
function longestWork(trace) {
  const { traceEvents } = JSON.parse(trace.toString())
  const pages = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
  const isPage = new Set(pages.map(({ pid, tid }) => `${pid}:${tid}`))
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith("RunTask") && isPage.has(`${pid}:${tid}`))
  return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0)
}

/** In the page, once the run is over: what a reader does with it. */
async function use() {
  const { frames, lanes, longTasks, pause, wheel } = window.measures
  const long = longTasks()
  const zoom = await frames(90, (i) => wheel(0, i < 45 ? -10 : 10, true))
  wheel(0, -300, true)
  const pan = await frames(90, (i) => wheel(i < 45 ? 24 : -24, 0, false))
  for (const button of document.querySelectorAll('[role=treegrid] [role=row][aria-expanded="false"] button')) button.click()
  await pause(300)
  const scroller = lanes().parentElement.parentElement
  const scroll = await frames(90, () => (scroller.scrollTop += 50))
  const playhead = document.querySelector('[role=slider][aria-label="Playhead"]')
  playhead.focus()
  const rewind = await frames(60, (i) =>
    playhead.dispatchEvent(new KeyboardEvent("keydown", { key: i < 50 ? "ArrowLeft" : "PageUp", bubbles: true, cancelable: true })),
  )
  await pause(300)
  return { zoom, pan, scroll, rewind, using: Math.max(0, ...long) }
}

/** Runs the program on a fresh page; the tasks over 50 ms of its thread, in milliseconds, and what the page says it ran. */
export async function runOnPage(browser, address, { begun = async () => {}, ended = async () => {} } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", serviceWorkers: "block" })
  const page = await context.newPage()
  await page.addInitScript(installMeasures)
  try {
    await page.goto(address)
    await page.locator("html[data-page]").waitFor()
    const bar = page.locator("header")
    await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Jade" })
    await page.getByRole("combobox", { name: "Speed" }).selectOption({ label: "instant" })
    const code = page.getByRole("region", { name: "Editor" }).getByRole("textbox")
    await code.click()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.insertText(PROGRAM)
    await page.waitForTimeout(1500)
    await page.evaluate(() => {
      window.longTasks = []
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration })
      }).observe({ entryTypes: ["longtask"] })
    })
    await begun(page)
    await bar.getByRole("button", { name: /^Run/ }).click()
    await bar.getByRole("button", { name: /^Stop/ }).waitFor()
    const startedMs = Date.now()
    // Asked rarely: to look at the page costs the page time.
    while (await bar.getByRole("button", { name: /^Stop/ }).isVisible()) {
      if (Date.now() - startedMs > RUN_TAKES_AT_MOST_MS) throw new Error("the run did not end")
      await page.waitForTimeout(500)
    }
    const tookMs = Date.now() - startedMs
    await page.waitForTimeout(AFTERWARDS_MS)
    await ended(page)
    const memoryMb = await memoryMbOf(page)
    const tasks = await page.evaluate(() => window.longTasks)
    const rows = Number(await page.getByRole("treegrid", { name: "Tasks" }).getAttribute("aria-rowcount"))
    const said = (await page.getByRole("toolbar", { name: "Time", exact: true }).textContent()) ?? ""
    const used = await page.evaluate(use)
    return { tasks, tookMs, rows, said, memoryMb, used }
  } finally {
    await context.close()
  }
}

export async function benchWholePage(log) {
  const executablePath = findBrowser()
  if (!executablePath) {
    log("whole page: no browser found, not measured")
    return
  }
  await ensurePage()
  const server = await serveFolder(join(root, "dist"))
  const { chromium } = await import("@playwright/test")
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGS })
  const results = []
  try {
    const address = `http://127.0.0.1:${server.address().port}/`
    for (let run = 0; run < RUNS; run++) {
      let workMs = 0
      const result = await runOnPage(browser, address, {
        begun: () => browser.startTracing(undefined, { categories: ["-*", "toplevel"] }),
        ended: async () => {
          workMs = longestWork(await browser.stopTracing())
        },
      })
      results.push({ ...result, workMs })
    }
  } finally {
    await browser.close()
    server.close()
  }
  const ms = (value) => `${value.toFixed(0)} ms`
  log(`whole page, a Jade run of ${TASKS} tasks with calls and waits through the worker, medians of ${RUNS}:`)
  log(`  the run takes ${ms(median(results.map(({ tookMs }) => tookMs)))}`)
  const longest = median(results.map(({ tasks }) => Math.max(0, ...tasks.map(({ duration }) => duration))))
  const count = median(results.map(({ tasks }) => tasks.length))
  // The browser reports tasks over 50 ms and no others.
  log(`  tasks of the page's thread over 50 ms by the clock: ${count}${count > 0 ? `, the longest ${ms(longest)}` : ""}`)
  log(`  the thread at work in one task at most ${ms(median(results.map(({ workMs }) => workMs)))}`)
  for (const deed of ["pan", "zoom", "scroll", "rewind"])
    log(
      framesLine(
        deed,
        results.map(({ used }) => used[deed]),
        median,
      ),
    )
  log(`  longest task while used ${ms(median(results.map(({ used }) => used.using)))} (0: none over 50 ms)`)
  log(`  memory after collection ${median(results.map(({ memoryMb }) => memoryMb)).toFixed(0)} MB`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchWholePage((line) => console.log(line))
