// The first seconds: the code stands there before the editor does, and can be read, selected and typed into like it. When
// the editor takes its place nothing moves and nothing is lost.
import { expect, type Page, type Route, test } from "@playwright/test"
import { violations } from "../accessible.ts"
import { Reader } from "../reader.ts"

/** Holds the editor's file back until it is let through, as a slow network does. */
async function holdEditor(page: Page): Promise<{ let: (how?: "through" | "fail") => Promise<void>; asked: Promise<void> }> {
  const held: Route[] = []
  let tell = () => {}
  const asked = new Promise<void>((resolve) => {
    tell = resolve
  })
  let open: "through" | "fail" | null = null
  const answer = (route: Route) => (open === "fail" ? route.abort() : route.continue())
  await page.route(/code-editor[^/]*\.js$/, async (route) => {
    tell()
    if (open) await answer(route)
    else held.push(route)
  })
  return {
    asked,
    let: async (how = "through") => {
      open = how
      for (const route of held.splice(0)) await answer(route)
    },
  }
}

const isEditor = (page: Page) => page.locator(".cm-content")

/** Where words of the code and the number of a line are on screen. */
async function places(page: Page, words: readonly string[]): Promise<readonly (readonly number[])[]> {
  return page.getByRole("region", { name: "Editor" }).evaluate((region, wanted) => {
    const found: number[][] = []
    for (const word of wanted) {
      const texts = document.createTreeWalker(region, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const at = node.textContent?.indexOf(word) ?? -1
        if (at < 0 || node.parentElement?.closest("textarea")) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + word.length)
        const { left, top, width } = range.getBoundingClientRect()
        found.push([left, top, width])
        break
      }
    }
    return found
  }, words)
}

for (const [size, viewport] of Object.entries({ desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } })) {
  test(`${size}: the code does not move when the editor takes the place of its stand-in`, async ({ page }) => {
    await page.setViewportSize(viewport)
    const editor = await holdEditor(page)
    const reader = new Reader(page)
    await reader.open()
    await editor.asked
    await expect(isEditor(page)).toHaveCount(0)
    const words = ["plan first", "outline", "sceptic, review", "10", "waits"]
    const before = await places(page, words)
    expect(before).toHaveLength(words.length)
    await editor.let()
    await expect(isEditor(page)).toBeVisible()
    // Below line 5 stands the chip by now, so only what is above it can be compared.
    const above = ["plan first", "outline", "sceptic, review"]
    const after = await places(page, above)
    for (const [i, place] of after.entries())
      for (const [j, px] of place.entries()) expect(Math.abs(px - (before[i]?.[j] ?? Number.NaN)), above[i]).toBeLessThan(0.6)
    reader.expectQuiet()
  })
}

test("what is typed, held and selected before the editor is there goes over into it, and can be undone", async ({ page }) => {
  const editor = await holdEditor(page)
  const reader = new Reader(page)
  await reader.open()
  await reader.code.click({ position: { x: 300, y: 14 } })
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.press("End")
  await page.keyboard.type(" and then")
  // Tab is for the editor, and what follows it must come behind it.
  await page.keyboard.press("Tab")
  await page.keyboard.type("more")
  await editor.let()
  await expect(isEditor(page)).toBeVisible()
  await expect(reader.code).toBeFocused()
  await expect(reader.code.locator(".cm-line").first()).toHaveText(/^ *\/\/ plan first, then three critics at once and then *more$/)
  await page.keyboard.type("!")
  await expect(reader.code.locator(".cm-line").first()).toHaveText(/more!$/)
  for (let i = 0; i < 6; i++) await page.keyboard.press("ControlOrMeta+z")
  await expect(reader.code.locator(".cm-line").first()).toHaveText("// plan first, then three critics at once")
  reader.expectQuiet()
})

test("a click on the waiting code puts the cursor where it was clicked", async ({ page }) => {
  const editor = await holdEditor(page)
  const reader = new Reader(page)
  await reader.open()
  const [[left = 0, top = 0, width = 0] = []] = await places(page, ["three critics"])
  await page.mouse.click(left + width - 1, top + 6)
  await editor.let()
  await expect(isEditor(page)).toBeVisible()
  await page.keyboard.type("X")
  await expect(reader.code.locator(".cm-line").first()).toContainText("three criticsX at once")
  reader.expectQuiet()
})

test("the waiting code is a text field with a name, and nothing about it is a violation", async ({ page }) => {
  const editor = await holdEditor(page)
  const reader = new Reader(page)
  await reader.open()
  await editor.asked
  await expect(reader.code).toHaveAccessibleName("Program")
  await expect(reader.code).toHaveValue(/^\/\/ plan first/)
  expect(await violations(page)).toEqual([])
  await editor.let()
  await expect(isEditor(page)).toHaveAccessibleName("Program")
  reader.expectQuiet()
})

test("where the editor cannot be fetched, writing and running go on", async ({ page }) => {
  const editor = await holdEditor(page)
  await editor.let("fail")
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await reader.code.fill('print("still here")')
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(reader.output).toContainText("still here")
  await expect(reader.code).toHaveValue('print("still here")')
})

test("the show goes on under a pointer that rests on the code, and the marks of its lines are there", async ({ page }) => {
  const editor = await holdEditor(page)
  const reader = new Reader(page)
  await reader.open("/", { motion: "no-preference" })
  await expect(page.getByTitle(/^Line 4 started 1 task/)).toBeAttached({ timeout: 20_000 })
  await editor.let()
  await expect(page.getByRole("button", { name: "Remove “async” here and see" })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByTitle(/^Line 4 started 1 task/)).toBeAttached()
  reader.expectQuiet()
})
