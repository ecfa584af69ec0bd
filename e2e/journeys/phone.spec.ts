// A phone: what a desk has keys and room for is reached by the thumb too.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test("every command is behind a button of the head", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await page.getByRole("button", { name: "All commands" }).tap()
  await page.getByRole("option", { name: /^Change the theme/ }).tap()
  await expect(page.getByRole("status")).toHaveText("Theme: light")
  reader.expectQuiet()
})

test("a notebook of the gallery opens with two taps, and its long name leaves the head whole", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await page.getByRole("button", { name: /^Examples/ }).tap()
  await page.getByRole("menuitem", { name: "Races and isolation, in Ard" }).tap()
  await expect(page.getByRole("heading", { name: "Races and isolation" })).toBeVisible()
  const examples = await page.getByRole("button", { name: /^Examples/ }).boundingBox()
  const commands = await page.getByRole("button", { name: "All commands" }).boundingBox()
  expect((examples?.x ?? 0) + (examples?.width ?? 0)).toBeLessThanOrEqual(commands?.x ?? 0)
  expect((commands?.x ?? 0) + (commands?.width ?? 0)).toBeLessThanOrEqual(390)
  reader.expectQuiet()
})
