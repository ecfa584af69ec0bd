// What nobody wishes for: runs in which nothing happens, runs that fail at once, files that are no trace. There is always a
// sentence, and never a blank canvas or a page that broke.
import { expect, type Page, test } from "@playwright/test"
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import { writeTrace } from "../../interpreter/trace/format.ts"
import { badTrace } from "../../src/timeline/bad-traces.ts"
import { Reader } from "../reader.ts"

const rows = (page: Page) => page.getByRole("treegrid", { name: "Tasks" }).locator("[role=row][aria-level]")

async function opened(page: Page): Promise<Reader> {
  const reader = new Reader(page)
  await reader.open()
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  return reader
}

const asFile = (name: string, bytes: Uint8Array) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) })
const good = () => writeTrace(badTrace("no-time"))

test("a trace's file opens as a run, and what is odd in it is shown or said", async ({ page }) => {
  const reader = await opened(page)
  await reader.openFile(asFile("run.trace", good()))
  await expect(rows(page)).toHaveCount(6)
  await expect(page.getByText(/Trace "run.trace": 6 tasks, \d+ events/).first()).toBeVisible()
  await expect(page.getByRole("toolbar", { name: "Timeline" }).getByRole("button", { name: /^Ruler in events/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  )
  await reader.openFile(asFile("hour.trace", writeTrace(badTrace("hour"))))
  await expect(page.getByRole("slider", { name: "Playhead" })).toHaveAttribute("aria-valuetext", /1 h 00 m/)
  await reader.openFile(asFile("names.trace", writeTrace(badTrace("names"))))
  await expect(rows(page)).toHaveCount(9)
  await expect(rows(page).filter({ hasText: "שלום עולם" })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await reader.openFile(asFile("at-once.trace", writeTrace(badTrace("fails-at-once"))))
  await expect(rows(page).first()).toHaveAccessibleName(/failed/)
  await reader.openFile(asFile("empty.trace", writeTrace(badTrace("empty"))))
  await expect(page.getByText(/Nothing happened in this run/)).toBeVisible()
  reader.expectQuiet()
})

test("a file that is cut, newer, damaged or no trace is told, and what was open stays", async ({ page }) => {
  const reader = await opened(page)
  const before = await rows(page).count()
  const bytes = good()
  const newer = bytes.slice()
  newer[8] = 99
  const damaged = new Uint8Array([...bytes, 1, 2, 3])
  for (const [file, sentence] of [
    [asFile("cut.trace", bytes.slice(0, bytes.length - 20)), /"cut\.trace": This trace is cut off/],
    [asFile("newer.trace", newer), /"newer\.trace": This trace was made with a newer version/],
    [asFile("damaged.trace", damaged), /"damaged\.trace": .*longer than it says/],
    [asFile("photo.trace", new TextEncoder().encode("no trace at all")), /"photo\.trace": This file is not a trace/],
    [asFile("none.trace", new Uint8Array()), /"none\.trace": /],
  ] as const) {
    await reader.openFile(file)
    await expect(page.getByText(sentence).first()).toBeVisible()
    await expect(rows(page)).toHaveCount(before)
  }
  reader.expectQuiet()
})

test("a saved trace opens again as the same run", async ({ page }) => {
  const reader = await opened(page)
  const download = await reader.downloads(() => reader.command("Save the run's trace as a file"))
  const path = await download.path()
  const names = await rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("aria-label")))
  await reader.try("Vibe", "print(1)\n")
  await expect(rows(page)).toHaveCount(1)
  await reader.openFile(path)
  await expect.poll(() => rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("aria-label")))).toEqual(names)
})

test("programs that do nothing, fail at once or only compute leave a picture and a sentence", async ({ page }) => {
  const reader = await opened(page)
  await reader.try("Vibe", "// nothing\n")
  await expect(page.getByText(/This program does one thing at a time|Nothing happened in this run/).first()).toBeVisible()
  await reader.try("Vibe", "let a = [1]\nprint(a[5])\n")
  await expect(rows(page).first()).toHaveAccessibleName(/failed|done/)
  await reader.try("Vibe", "let s = 0\nfor i in 1..200 {\n  s = s + i\n}\nprint(s)\n")
  await expect(page.getByText("virtual time", { exact: true })).toBeHidden()
  await expect(page.getByText("events", { exact: true })).toBeVisible()
  reader.expectQuiet()
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test("there is a sentence in the lowest sheet too", async ({ page }) => {
    const reader = await opened(page)
    const timeline = page.getByRole("region", { name: "Timeline" })
    const height = timeline.getByRole("button", { name: /Timeline height/ })
    await height.tap()
    await height.tap()
    await expect(height).toHaveAccessibleName(/Timeline height: peek/)
    for (const [name, sentence] of [
      ["empty", /Nothing happened in this run/],
      ["begun", /Nothing happened in this run/],
      ["fails-at-once", /Failed at 1 µs: x is no number/],
      ["no-time", /No virtual time; six tasks took turns/],
      ["hour", /1 h 00 m; one thing at a time/],
      ["names", /500 ms; eight tasks overlapped/],
      ["deadlock", /Nobody can continue/],
    ] as const) {
      await reader.openFile(asFile(`${name}.trace`, writeTrace(badTrace(name))))
      await expect(timeline.getByText(sentence).first()).toBeInViewport()
      const clock = await page.getByTitle(/^Virtual time/).boundingBox()
      expect((clock?.x ?? 0) + (clock?.width ?? 0), name).toBeLessThanOrEqual(390)
    }
    await reader.openFile(asFile("cut.trace", good().slice(0, -20)))
    await expect(page.getByText(/"cut\.trace": This trace is cut off/).first()).toBeVisible()
    await expect(timeline.getByText(/Nobody can continue/).first()).toBeInViewport()
    reader.expectQuiet()
  })
})

test("a trace that only begins says that nothing happened", async ({ page }) => {
  const reader = await opened(page)
  await reader.openFile(asFile("begun.trace", writeTrace(badTrace("begun"))))
  await expect(page.getByText(/Nothing happened in this run/)).toBeVisible()
  await reader.openFile(asFile("hour.trace", writeTrace(badTrace("hour"))))
  await expect(page.getByText("This run did one thing at a time.")).toBeVisible()
  reader.expectQuiet()
})

test("a trace without an end is shown as far as it goes", async ({ page }) => {
  const reader = await opened(page)
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  b.suspend(main, "sleep").at(2_000_000).wake(main).print(main, "so far\n")
  await reader.openFile(asFile("begun.trace", writeTrace(b.trace())))
  await expect(rows(page)).toHaveCount(1)
  await expect(reader.output).toContainText("so far")
})
