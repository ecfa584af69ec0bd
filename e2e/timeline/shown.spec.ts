// What the timeline tells of a moment to who comes by another way: by a link with markers, by the palette, by resting the
// pointer on a bar.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"
import { at, cardAt, opened, playhead, rowOf, tool } from "./timeline-reader.ts"

test("markers travel in a link, and each is a button that puts the playhead there", async ({ page, context }) => {
  await opened(page)
  await rowOf(page, "main").focus()
  const markers = page.getByRole("list", { name: "Markers" }).getByRole("button")
  const wereMs: number[] = []
  for (const count of [1, 2]) {
    const beforeMs = await at(page)
    await page.keyboard.press("Alt+Shift+ArrowLeft")
    await expect.poll(() => at(page)).toBeLessThan(beforeMs)
    await page.keyboard.press("m")
    await expect(markers).toHaveCount(count)
    wereMs.push(await at(page))
  }
  const [laterMs, earlierMs] = wereMs
  const names = await markers.allTextContents()
  await page.keyboard.press("l")
  await expect(page.getByText(/[Ll]ink to this moment \(.*, 2 markers\)/).first()).toBeVisible()
  const link = page.url()

  const other = await context.newPage()
  await new Reader(other).open(new URL(link).pathname + new URL(link).hash)
  const theirs = other.getByRole("list", { name: "Markers" }).getByRole("button")
  await expect(theirs).toHaveText(names)
  await other.keyboard.press("Control+End")
  await theirs.last().focus()
  await expect(theirs.last()).toBeInViewport()
  await other.keyboard.press("Enter")
  await expect.poll(() => at(other)).toBe(laterMs)
  await theirs.first().press("Enter")
  await expect.poll(() => at(other)).toBe(earlierMs)
  await expect(theirs.first()).toBeFocused()
})

test("a marker's note is written with the keyboard, changed with the pointer, kept by a new run and carried by a link", async ({
  page,
  context,
}) => {
  const reader = await opened(page)
  const markers = page.getByRole("list", { name: "Markers" }).getByRole("button")
  const card = page.getByRole("dialog", { name: /^Marker at/ })
  const note = card.getByRole("textbox", { name: /^Note at/ })
  await rowOf(page, "main").focus()
  await page.keyboard.press("Control+Home")
  await expect.poll(() => at(page)).toBe(0)
  await page.keyboard.press("Alt+ArrowRight")
  await expect.poll(() => at(page)).toBeGreaterThan(0)
  const marked = await at(page)
  await page.keyboard.press("n")
  await expect(note).toBeFocused()
  await note.fill("the first word")
  await page.keyboard.press("Enter")
  await expect(card).toBeHidden()
  await expect(markers).toHaveText([/^Marker at .*: the first word$/])
  await expect(rowOf(page, "main")).toBeFocused()

  await page.keyboard.press("n")
  await note.fill("given up")
  await page.keyboard.press("Escape")
  await expect(card).toBeHidden()
  await expect(markers).toHaveText([/: the first word$/])

  // The flag is pressed where the playhead, which stands there now, has its own.
  const slider = await playhead(page).boundingBox()
  if (!slider) throw new Error("no playhead on screen")
  await page.mouse.click(slider.x + slider.width / 2 + 3, slider.y + slider.height / 2)
  await expect(note).toHaveValue("the first word")
  await note.fill("changed")
  await card.getByRole("button", { name: "Keep" }).click()
  await expect(markers).toHaveText([/: changed$/])

  await reader.runToEnd()
  await expect(markers).toHaveText([/: changed$/])
  await rowOf(page, "main").focus()
  await page.keyboard.press("l")
  await expect(page.getByText(/[Ll]ink to this moment \(.*1 marker\)/).first()).toBeVisible()
  const link = new URL(page.url())

  const other = await context.newPage()
  await new Reader(other).open(link.pathname + link.hash)
  const theirs = other.getByRole("list", { name: "Markers" }).getByRole("button")
  await expect(theirs).toHaveText([/: changed$/])
  await theirs.press("Enter")
  await expect.poll(() => at(other)).toBe(marked)
  await theirs.press("F2")
  await other.getByRole("button", { name: "Remove marker" }).click()
  await expect(theirs).toHaveCount(0)
  reader.expectQuiet()
})

test("the card at a call says what it cost and which line asked", async ({ page }) => {
  await opened(page)
  const card = await cardAt(page, "b")
  await expect(card.getByRole("definition").filter({ hasText: "nothing, no real model was asked" })).toBeVisible()
  await expect(card.getByRole("definition").filter({ hasText: /line 5/ })).toBeVisible()
})

test("what the keys of the timeline do is done from the palette too", async ({ page }) => {
  const reader = await opened(page)
  const fit = page.getByRole("button", { name: "fit", exact: true })
  await reader.command("Zoom in")
  await expect(fit).toBeVisible()
  await reader.command("Zoom out")
  const path = tool(page, /^Critical path/)
  await expect(path).toHaveAttribute("aria-pressed", "true")
  await reader.command("Critical path")
  await expect(path).toHaveAttribute("aria-pressed", "false")
  await reader.command("Explain this moment")
  await expect(page.getByRole("button", { name: "Close the explanation" })).toBeVisible()
  await reader.command("Mark this moment")
  await expect(page.getByRole("list", { name: "Markers" }).getByRole("button")).toHaveCount(1)
  await reader.command("Filter tasks")
  await expect(page.getByRole("searchbox", { name: "Filter tasks" })).toBeFocused()
  reader.expectQuiet()
})
