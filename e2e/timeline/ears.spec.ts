// The timeline for who reads with ears: the columns of its grid, what is told and how often, a focus that is never lost, and
// the whole of it as text.
import { expect, type Page, test } from "@playwright/test"
import type { Reader } from "../reader.ts"
import { opened, playhead, rowOf } from "./timeline-reader.ts"

/** Writes down what is told politely from now on, and when, in milliseconds. */
async function listen(page: Page): Promise<() => Promise<{ text: string; atMs: number }[]>> {
  await page.getByRole("status").evaluate((status) => {
    const heard: { text: string; atMs: number }[] = []
    Object.assign(window, { heard })
    new MutationObserver(() => heard.push({ text: (status.textContent ?? "").replace("\u200b", ""), atMs: performance.now() })).observe(
      status,
      {
        childList: true,
        subtree: true,
        characterData: true,
      },
    )
  })
  return () => page.evaluate(() => (window as unknown as { heard: { text: string; atMs: number }[] }).heard)
}

test("the grid has a column for every figure, and cells under each", async ({ page }) => {
  await opened(page)
  const grid = page.getByRole("treegrid", { name: "Tasks" })
  await expect(grid.getByRole("columnheader")).toHaveText([
    "Task",
    "State",
    "Start",
    "Duration",
    "Waiting",
    "First token",
    "Tokens",
    "Cost",
    "Events",
  ])
  await rowOf(page, "b").focus()
  await page.keyboard.press("ArrowRight")
  const cells = rowOf(page, "b").getByRole("gridcell")
  await expect(cells).toHaveCount(9)
  expect(await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-colindex")))).toEqual([..."123456789"])
})

test("a text that does not run is told at once; of a run its begin and its end, two seconds apart", async ({ page }) => {
  const reader = await opened(page)
  await expect(page.getByRole("status")).toHaveText(/three calls overlapped/)
  const heard = await listen(page)
  // Slow enough that its begin is told before its end.
  await reader.speed("0.25×")
  await reader.write("let = 3\n")
  await reader.run.click()
  await expect(page.getByRole("status")).toHaveText(/^Did not run: the text has problems/)
  await reader.write('async let one = do "Say one"\nasync let two = do "Say two"\nprint("{one} {two}")\n')
  await reader.run.click()
  await expect(page.getByRole("status")).toHaveText(/two calls overlapped/, { timeout: 30_000 })
  const all = (await heard()).filter(({ text }) => /run|overlapped/i.test(text))
  expect(all.map(({ text }) => text)).toEqual([
    "Did not run: the text has problems.",
    "Running.",
    expect.stringMatching(/^\d\.\d\d s; two calls overlapped/),
  ])
  expect((all[2]?.atMs ?? 0) - (all[1]?.atMs ?? 0)).toBeGreaterThan(1900)
})

test("a run that begins anew leaves the focus where it was, in an event too", async ({ page }) => {
  await opened(page)
  const row = page.getByRole("row", { name: /^b, / })
  await rowOf(page, "b").focus()
  await page.keyboard.press("ArrowRight")
  await expect(page.getByRole("button", { name: /^started by main, at/ })).toBeFocused()
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(row).toHaveAccessibleName(/not started yet/)
  await expect(row).toBeFocused()
  await expect(rowOf(page, "b")).toHaveAccessibleName(/done/, { timeout: 20_000 })
  await expect(rowOf(page, "b")).toBeFocused()
  // Of a program without that task another row has it.
  await page.keyboard.press("/")
  await page.getByRole("searchbox", { name: "Filter tasks" }).fill("c")
  await expect(rowOf(page, "b")).toBeHidden()
  await page.keyboard.press("Shift+Tab")
  await page.getByRole("searchbox", { name: "Filter tasks" }).press("Escape")
  await expect(rowOf(page, "b")).toBeFocused()
})

test("a run that only computes has a playhead that says so", async ({ page }) => {
  const reader = await opened(page)
  await reader.try("Vibe", "print(1 + 2)\n")
  await expect(playhead(page)).toHaveAttribute("aria-valuetext", /^event \d+ of \d+, no virtual time has passed/)
})

test("the timeline is there as text, with the focus given back", async ({ page }) => {
  const reader: Reader = await opened(page)
  await rowOf(page, "a").focus()
  await reader.command("Timeline as text")
  const dialog = page.getByRole("dialog", { name: "Timeline as text" })
  await expect(dialog.getByRole("list", { name: "Tasks" }).getByRole("listitem")).toHaveText([
    /^main; ok; 0 s to 3\.68 s/,
    /a; ok; 1\.36 s to/,
    /b; ok; .*back-off/,
    /c; ok;/,
  ])
  await expect(dialog.getByText(/tokens arrive/)).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(rowOf(page, "a")).toBeFocused()
  await page.getByRole("tab", { name: "Tasks" }).click()
  await page.getByRole("button", { name: "Timeline as text" }).click()
  await expect(dialog).toBeVisible()
  reader.expectQuiet()
})

test.describe("where the system chooses the colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } })

  test("what is on is told by more than a tint", async ({ page }) => {
    await opened(page)
    const style = (name: RegExp) =>
      page
        .getByRole("toolbar", { name: "Timeline" })
        .getByRole("button", { name })
        .evaluate((button) => getComputedStyle(button).backgroundColor)
    expect(await style(/^Critical path/)).not.toBe(await style(/^All arrows/))
    await rowOf(page, "b").click()
    await page.getByRole("searchbox", { name: "Filter tasks" }).focus()
    await expect(rowOf(page, "b")).toHaveCSS("outline-style", "dashed")
    await expect(rowOf(page, "c")).not.toHaveCSS("outline-style", "dashed")
  })
})
