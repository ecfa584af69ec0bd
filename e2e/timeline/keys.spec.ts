// Every key of the timeline, pressed where a reader presses it, by what it does: no key is dead, and none needs a mouse.
import { expect, type Page, test } from "@playwright/test"
import { at, opened, playhead, rowOf, tool } from "./timeline-reader.ts"

const said = (page: Page) => page.getByRole("status")
const fitButton = (page: Page) => page.getByRole("button", { name: "fit", exact: true })

/** The page with the keyboard on the timeline's first row. */
async function focused(page: Page): Promise<void> {
  await opened(page)
  await rowOf(page, "main").focus()
}

test("keys for time: play, events, ten events, the ends, speed", async ({ page }) => {
  await focused(page)
  const press = (key: string) => page.keyboard.press(key)
  const endMs = await at(page)
  await press("Control+Home")
  await expect.poll(() => at(page)).toBe(0)
  await press("Alt+Shift+ArrowRight")
  await expect.poll(() => at(page)).toBeGreaterThan(0)
  const tenthMs = await at(page)
  await press("Alt+ArrowRight")
  await expect.poll(() => at(page)).toBeGreaterThan(tenthMs)
  await press("Alt+ArrowLeft")
  await expect.poll(() => at(page)).toBe(tenthMs)
  await press("Alt+Shift+ArrowLeft")
  await expect.poll(() => at(page)).toBeLessThan(tenthMs)
  await press("Control+End")
  await expect.poll(() => at(page)).toBe(endMs)
  const speed = page.getByRole("combobox", { name: "Speed" })
  const before = await speed.inputValue()
  await press("<")
  await expect(speed).not.toHaveValue(before)
  // At the lower speed the show is sure to last until it is paused.
  await press("Space")
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible()
  await press("Space")
  await expect(page.getByRole("button", { name: "Pause" })).toBeHidden()
  await press(">")
  await expect(speed).toHaveValue(before)
})

test("keys for rows: up, down, the ends, into events and back, details, the code", async ({ page }) => {
  await focused(page)
  const press = (key: string) => page.keyboard.press(key)
  await press("ArrowDown")
  await expect(rowOf(page, "a")).toBeFocused()
  await press("End")
  await expect(rowOf(page, "c")).toBeFocused()
  await press("Home")
  await expect(rowOf(page, "main")).toBeFocused()
  await press("PageDown")
  await expect(rowOf(page, "main")).not.toBeFocused()
  await press("PageUp")
  await expect(rowOf(page, "main")).toBeFocused()
  await press("ArrowDown")
  await press("ArrowUp")
  await expect(rowOf(page, "main")).toBeFocused()
  await press("ArrowDown")
  await press("ArrowRight")
  const event = page.getByRole("button", { name: /^started by main, at/ })
  await expect(event).toBeFocused()
  await press("ArrowLeft")
  await expect(rowOf(page, "a")).toBeFocused()
  await press("Enter")
  await expect(page.getByRole("tab", { name: "Details" })).toHaveAttribute("aria-selected", "true")
  await press("g")
  await expect(page.getByRole("region", { name: "Editor" }).getByRole("textbox")).toBeFocused()
  // The cursor is on the task's own line: what is typed there is typed there.
  await page.keyboard.press("Home")
  await page.keyboard.insertText("// ")
  await expect(page.getByRole("region", { name: "Editor" })).toContainText('// async let a = do "As a teacher')
})

test("keys for the picture: zoom, pan, fit, overlays", async ({ page }) => {
  await focused(page)
  const press = (key: string) => page.keyboard.press(key)
  await press("w")
  await expect(fitButton(page)).toBeVisible()
  await press("a")
  await press("d")
  await press("s")
  await press("0")
  await expect(fitButton(page)).toBeHidden()
  await rowOf(page, "c").focus()
  await press("f")
  await expect(fitButton(page)).toBeVisible()
  await press("0")
  for (const [key, name] of [
    ["c", /^Critical path/],
    ["r", /^All arrows/],
    ["z", /^Shorten stretches/],
    ["x", /^The run before/],
    ["t", /^Ruler in events/],
  ] as const) {
    const button = tool(page, name)
    const before = await button.getAttribute("aria-pressed")
    await press(key)
    await expect(button).toHaveAttribute("aria-pressed", before === "true" ? "false" : "true")
    await press(key)
    await expect(button).toHaveAttribute("aria-pressed", before ?? "false")
  }
})

test("keys for causes and words: arrows followed both ways, explain, marker, search, help", async ({ page }) => {
  await focused(page)
  const press = (key: string) => page.keyboard.press(key)
  await press("[")
  await expect(rowOf(page, "b")).toBeFocused()
  await press("]")
  await expect(rowOf(page, "main")).toBeFocused()
  await press("m")
  await expect(said(page)).toHaveText(/^Marker at/)
  await press("e")
  await expect(page.getByRole("button", { name: "Close the explanation" })).toBeVisible()
  await press("Escape")
  await expect(page.getByRole("button", { name: "Close the explanation" })).toBeHidden()
  await press("/")
  await expect(page.getByRole("searchbox", { name: "Filter tasks" })).toBeFocused()
  await press("Escape")
  await expect(rowOf(page, "main")).toBeFocused()
  await press("?")
  await expect(page.getByRole("dialog")).toBeVisible()
})

test("keys of the slider: steps of a hundredth and of a tenth, and the ends", async ({ page }) => {
  await focused(page)
  await playhead(page).focus()
  const endMs = await at(page)
  await page.keyboard.press("Home")
  await expect.poll(() => at(page)).toBe(0)
  await page.keyboard.press("ArrowRight")
  await expect.poll(() => at(page)).toBe(Math.round(endMs / 100))
  await page.keyboard.press("PageUp")
  await expect.poll(() => at(page)).toBeGreaterThan(endMs / 10)
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("PageDown")
  await expect.poll(() => at(page)).toBe(0)
  await page.keyboard.press("End")
  await expect.poll(() => at(page)).toBe(endMs)
})
