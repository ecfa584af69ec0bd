// How it looks, and that everybody can use it: each state of the page in light and dark, on a desk and on a phone, without
// a violation that axe can find. The pictures go to .cache/looks; with COUNTERPOINT_PICTURES=1 those of the documents are
// taken anew as well.
import { expect, type Page, test } from "@playwright/test"
import { FADED, violations } from "../accessible.ts"
import { Reader } from "../reader.ts"

const expectAccessible = async (page: Page, without: readonly string[] = []) => expect(await violations(page, { without })).toEqual([])

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

for (const scheme of ["light", "dark"] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test.describe(`${size}, ${scheme}`, () => {
      test.use({ viewport, colorScheme: scheme, hasTouch: size === "phone", isMobile: size === "phone" })

      test("the example's finished run", async ({ page }) => {
        const reader = new Reader(page)
        await reader.open()
        await expect(reader.stop).toBeHidden({ timeout: 20_000 })
        await page.screenshot({ path: `.cache/looks/example-${size}-${scheme}.png` })
        if (process.env.COUNTERPOINT_PICTURES && size === "desk" && scheme === "light")
          await page.screenshot({ path: "docs/counterpoint.png" })
        await expectAccessible(page)
        // Nothing is wider than the screen.
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        reader.expectQuiet()
      })

      test("a program with a mistake", async ({ page }) => {
        const reader = new Reader(page)
        await reader.open()
        await reader.write('print("fine"\n')
        await expect(reader.problems).toBeVisible()
        await page.screenshot({ path: `.cache/looks/mistake-${size}-${scheme}.png` })
        await expectAccessible(page, FADED)
      })
    })
  }
}

test("the palette and the examples menu are accessible too", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.palette()
  await expectAccessible(page)
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: /^Examples/ }).click()
  await expectAccessible(page)
  // All of it is seen at once on a desk.
  await expect(page.getByRole("menuitem", { name: /^Versions, export, import/ })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press("Escape")
  for (const tab of ["Tasks", "Details", "Output"]) {
    await page.getByRole("tab", { name: tab }).click()
    await expectAccessible(page)
  }
  reader.expectQuiet()
})
