// The timeline as readers use it: with ears, with the keyboard alone, with a pointer, on a phone. Rows, slider and buttons
// are found by role and by what they say; the picture itself is tested as data (src/timeline).
import { expect, type Page, test } from "@playwright/test"
import { violations } from "../accessible.ts"
import { Reader } from "../reader.ts"
import { at, cardAt, opened, playhead, rowOf } from "./timeline-reader.ts"

const rowNames = (page: Page) =>
  page
    .getByRole("treegrid", { name: "Tasks" })
    .locator("[role=row][aria-level]")
    .evaluateAll((rows) => rows.map((row) => (row.getAttribute("aria-label") ?? "").split(",")[0]))

/** Where the playhead stands, from 0 at the begin to 1 at the end. */
async function playheadShare(page: Page): Promise<number> {
  const slider = playhead(page)
  return Number(await slider.getAttribute("aria-valuenow")) / Number(await slider.getAttribute("aria-valuemax"))
}

const axeFinds = (page: Page) => violations(page, { only: ".timeline" })

test.describe("read with ears", () => {
  test("tasks are rows under the task that started them, each a sentence", async ({ page }) => {
    const reader = await opened(page)
    expect(await rowNames(page)).toEqual(["main", "a", "b", "c"])
    await expect(rowOf(page, "main")).toHaveAttribute("aria-level", "1")
    await expect(rowOf(page, "b")).toHaveAttribute("aria-level", "2")
    await expect(rowOf(page, "b")).toHaveAccessibleName(/model call, one try failed, done, started at .+, took .+, \d+ tokens/)
    await expect(rowOf(page, "b")).toHaveAccessibleName(/on the critical path/)
    await expect(page.getByRole("treegrid", { name: "Tasks" })).toHaveAttribute("aria-rowcount", "5")
    reader.expectQuiet()
  })

  test("the playhead is a slider that says what goes on", async ({ page }) => {
    await opened(page)
    const slider = playhead(page)
    await slider.focus()
    await page.keyboard.press("Home")
    await expect(slider).toHaveAttribute("aria-valuenow", "0")
    await expect(slider).toHaveAttribute("aria-valuetext", /^0 s of \d\.\d\d s, one call in flight/)
    for (let i = 0; i < 6; i++) await page.keyboard.press("PageUp")
    await expect(slider).toHaveAttribute("aria-valuetext", /in flight/)
    await page.keyboard.press("End")
    const most = await slider.getAttribute("aria-valuemax")
    await expect(slider).toHaveAttribute("aria-valuenow", most ?? "")
  })

  test("every state of the timeline is clean", async ({ page }) => {
    await opened(page)
    expect(await axeFinds(page)).toEqual([])
    await rowOf(page, "b").focus()
    await page.keyboard.press("w")
    await page.keyboard.press("e")
    await page.keyboard.press("c")
    await expect(page.getByRole("button", { name: /^Critical path/ })).toHaveAttribute("aria-pressed", "false")
    await expect(page.getByRole("button", { name: "Close the explanation" })).toBeVisible()
    expect(await axeFinds(page)).toEqual([])
    await page.emulateMedia({ colorScheme: "dark" })
    expect(await axeFinds(page)).toEqual([])
  })
})

test.describe("with the keyboard alone", () => {
  test("from typing to the details of one span", async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.choose("Vibe")
    await reader.write('async let left = do "Say left"\nasync let right = do "Say right"\nprint("{left} {right}")\n')
    await page.keyboard.press("ControlOrMeta+Enter")
    await expect(rowOf(page, "right")).toHaveAccessibleName(/done/, { timeout: 20_000 })
    await page.keyboard.press("Alt+3")
    await expect(rowOf(page, "main")).toBeFocused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(rowOf(page, "right")).toBeFocused()
    // Into the events of the row: the second is the call.
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    const event = page.getByRole("button", { name: /^asks the model, at/ })
    await expect(event).toBeFocused()
    await page.keyboard.press("Enter")
    await expect(page.getByRole("tab", { name: "Details" })).toHaveAttribute("aria-selected", "true")
    await expect(page.getByRole("tabpanel")).toContainText("right")
    await page.keyboard.press("Escape")
    await expect(rowOf(page, "right")).toBeFocused()
  })

  test("rows fold and unfold, and the focus goes up to the parent", async ({ page }) => {
    await opened(page)
    await rowOf(page, "b").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(rowOf(page, "main")).toBeFocused()
    await page.keyboard.press("ArrowLeft")
    await expect(rowOf(page, "main")).toHaveAttribute("aria-expanded", "false")
    await expect.poll(() => rowNames(page)).toEqual(["main"])
    await page.keyboard.press("ArrowRight")
    await expect.poll(() => rowNames(page)).toEqual(["main", "a", "b", "c"])
  })

  test("steps through events, explains the moment, follows an arrow to its cause", async ({ page }) => {
    await opened(page)
    await rowOf(page, "main").focus()
    await page.keyboard.press("Alt+ArrowLeft")
    await page.keyboard.press("Alt+ArrowLeft")
    await expect.poll(() => playheadShare(page)).toBeLessThan(1)
    await page.keyboard.press("e")
    await expect(page.getByRole("status")).toHaveText(/^At \d\.\d\d s, .* in flight\..*main is waiting for b\./)
    await page.keyboard.press("Escape")
    await expect(page.getByRole("button", { name: "Close the explanation" })).toBeHidden()
    // Past the end of b, what let main go on was b.
    await page.keyboard.press("Control+End")
    await page.keyboard.press("[")
    await expect(rowOf(page, "b")).toBeFocused()
  })

  test("marks a moment, and copies a link to it", async ({ page }) => {
    await opened(page)
    await rowOf(page, "main").focus()
    await page.keyboard.press("Alt+ArrowLeft")
    const announced = page.getByRole("status")
    await page.keyboard.press("m")
    await expect(announced).toHaveText(/^Marker at \d/)
    await page.keyboard.press("m")
    await expect(announced).toHaveText(/^No marker at \d/)
    await page.keyboard.press("m")
    await expect(announced).toHaveText(/^Marker at \d/)
    await page.keyboard.press("l")
    await expect(page.getByText(/[Ll]ink to this moment \(.*, 1 marker\)/).first()).toBeVisible()
    expect(new URL(page.url()).hash.length).toBeGreaterThan(10)
    await expect(page.getByRole("dialog")).toBeHidden()
  })

  test("single letters do nothing when they are switched off", async ({ page }) => {
    await opened(page)
    await page.evaluate(() => localStorage.setItem("counterpoint.settings", JSON.stringify({ singleKeys: false })))
    await page.reload()
    await expect(rowOf(page, "main")).toHaveAccessibleName(/done/, { timeout: 20_000 })
    await rowOf(page, "main").focus()
    await page.keyboard.press("c")
    await page.keyboard.press("ArrowDown")
    await expect(rowOf(page, "a")).toBeFocused()
    await expect(page.getByRole("button", { name: /^Critical path/ })).toHaveAttribute("aria-pressed", "true")
  })

  test("zooms, and fits again", async ({ page }) => {
    await opened(page)
    await rowOf(page, "main").focus()
    await expect(page.getByRole("button", { name: "fit", exact: true })).toBeHidden()
    await page.keyboard.press("w")
    await expect(page.getByRole("button", { name: "fit", exact: true })).toBeVisible()
    await page.keyboard.press("0")
    await expect(page.getByRole("button", { name: "fit", exact: true })).toBeHidden()
  })
})

test.describe("with a pointer", () => {
  test("clicking a bar selects its call and opens its details; the ruler scrubs", async ({ page }) => {
    await opened(page)
    const lanes = await page.locator(".timeline-lanes").boundingBox()
    const row = await rowOf(page, "a").boundingBox()
    if (!lanes || !row) throw new Error("no timeline on screen")
    await page.mouse.click(lanes.x + lanes.width * 0.55, row.y + row.height / 2)
    await expect(rowOf(page, "a")).toHaveAttribute("aria-selected", "true")
    await expect(page.getByRole("tab", { name: "Details" })).toHaveAttribute("aria-selected", "true")
    await page.mouse.click(lanes.x + lanes.width * 0.5, lanes.y - 12)
    await expect.poll(() => playheadShare(page)).toBeLessThan(0.6)
    expect(await playheadShare(page)).toBeGreaterThan(0.4)
    await expect(rowOf(page, "main")).toHaveAccessibleName(/waiting for a/)
  })

  test("the prompt of a call is edited from its details, and the next run goes on from that call", async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.try("Vibe", 'let first = do "Say first"\nlet second = do "Say second"\nprint("{second}")\n')
    const endMs = await at(page)
    await page.getByRole("tabpanel", { name: "Output" }).getByRole("button", { name: /^main/ }).last().click()
    await page.getByRole("tabpanel", { name: "Details" }).getByRole("button", { name: "Edit this prompt and run again from here" }).click()
    // The reader types over what is picked.
    await expect(reader.code).toBeFocused()
    await page.keyboard.insertText('do "Say third"')
    await expect(reader.code).toContainText('let second = do "Say third"')
    await reader.speed("0.1×")
    await reader.code.click()
    await page.keyboard.press("ControlOrMeta+Enter")
    await expect(reader.stop).toBeVisible()
    // At a tenth of the speed the first answer alone would take ten seconds.
    await expect.poll(() => at(page)).toBeGreaterThan(endMs / 4)
    await reader.speed("instant")
    await expect(reader.stop).toBeHidden({ timeout: 20_000 })
    await page.getByRole("tab", { name: "Output" }).click()
    await expect(page.getByRole("tabpanel", { name: "Output" })).toContainText("Say third")
    // Where something before the prompt is changed too, the run is shown from its beginning.
    await page.getByRole("tabpanel", { name: "Output" }).getByRole("button", { name: /^main/ }).last().click()
    await page.getByRole("tabpanel", { name: "Details" }).getByRole("button", { name: "Edit this prompt and run again from here" }).click()
    await reader.write('let first = do "Say zero"\nlet second = do "Say third"\nprint("{second}")\n')
    await reader.speed("0.1×")
    await reader.code.click()
    await page.keyboard.press("ControlOrMeta+Enter")
    await expect(reader.stop).toBeVisible()
    await expect.poll(() => at(page)).toBeLessThan(endMs / 4)
  })

  test("a filter keeps what matches and what is above it", async ({ page }) => {
    await opened(page)
    await page.getByRole("searchbox", { name: "Filter tasks" }).fill("c")
    await expect.poll(() => rowNames(page)).toEqual(["main", "c"])
    await page.keyboard.press("Escape")
    await expect.poll(() => rowNames(page)).toEqual(["main", "a", "b", "c"])
  })

  test("a card says what is under the pointer", async ({ page }) => {
    await opened(page)
    const card = await cardAt(page, "b")
    await expect(card).toContainText(/429/)
    // The whole of it is in the window, to its last line, though the row is near the foot of the page.
    const { height } = page.viewportSize() ?? { height: 0 }
    await expect.poll(async () => ((await card.boundingBox())?.y ?? -1) >= 0).toBe(true)
    const box = await card.boundingBox()
    expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThanOrEqual(height)
  })
})

test("the legend says what each form means, and gives the focus back", async ({ page }) => {
  await opened(page)
  await page.getByRole("button", { name: "What the forms mean" }).press("Enter")
  const legend = page.getByRole("dialog", { name: "Legend of the timeline" })
  await expect(legend.getByRole("listitem")).toHaveCount(18)
  await expect(legend).toContainText("A model call waits for its first token.")
  expect(await axeFinds(page)).toEqual([])
  await page.keyboard.press("Escape")
  await expect(legend).toBeHidden()
  await expect(page.getByRole("button", { name: "What the forms mean" })).toBeFocused()
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test("a tap on a lane selects it, a drag on the ruler scrubs", async ({ page }) => {
    await opened(page)
    const lanes = await page.locator(".timeline-lanes").boundingBox()
    const row = await rowOf(page, "a").boundingBox()
    if (!lanes || !row) throw new Error("no timeline on screen")
    expect(row.height).toBeGreaterThanOrEqual(32)
    await page.touchscreen.tap(lanes.x + lanes.width * 0.55, row.y + row.height / 2)
    await expect(rowOf(page, "a")).toHaveAttribute("aria-selected", "true")
    await page.touchscreen.tap(lanes.x + lanes.width * 0.3, lanes.y - 14)
    await expect.poll(() => playheadShare(page)).toBeLessThan(0.5)
  })

  test("from the details of a call to its line: the text comes to the front", async ({ page }) => {
    const reader = await opened(page)
    const lanes = await page.locator(".timeline-lanes").boundingBox()
    const row = await rowOf(page, "a").boundingBox()
    if (!lanes || !row) throw new Error("no timeline on screen")
    await page.touchscreen.tap(lanes.x + lanes.width * 0.55, row.y + row.height / 2)
    await page.getByRole("tabpanel", { name: "Details" }).getByRole("button", { name: "line 4" }).first().tap()
    await expect(page.getByRole("tab", { name: "Code" })).toHaveAttribute("aria-selected", "true")
    await expect(reader.code).toBeFocused()
  })

  test("filter, overview, zoom and events are reached with the thumb", async ({ page }) => {
    const reader = await opened(page)
    const filter = page.getByRole("searchbox", { name: "Filter tasks" })
    await expect(filter).toBeHidden()
    const opener = page.getByRole("button", { name: "Tools of the timeline" })
    await opener.tap()
    await expect(opener).toHaveAttribute("aria-expanded", "true")
    await expect(filter).toBeVisible()
    const tools = page.getByRole("toolbar", { name: "Timeline" })
    for (const button of await tools.getByRole("button").all()) {
      const box = await button.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
    }
    expect(await axeFinds(page)).toEqual([])

    const end = await playheadShare(page)
    await tools.getByRole("button", { name: "Previous event" }).tap()
    await expect.poll(() => playheadShare(page)).toBeLessThan(end)
    const before = await playheadShare(page)
    await tools.getByRole("button", { name: "Next event" }).tap()
    await expect.poll(() => playheadShare(page)).toBeGreaterThan(before)
    const fit = page.getByRole("button", { name: "fit", exact: true })
    await tools.getByRole("button", { name: /^Zoom in/ }).tap()
    await expect(fit).toBeVisible()
    await tools.getByRole("button", { name: /^Fit the run/ }).tap()
    await expect(fit).toBeHidden()
    await filter.fill("b")
    await expect.poll(() => rowNames(page)).toEqual(["main", "b"])
    await filter.fill("")
    await expect.poll(() => rowNames(page)).toEqual(["main", "a", "b", "c"])
    await opener.tap()
    await expect(filter).toBeHidden()
    reader.expectQuiet()
  })
})
