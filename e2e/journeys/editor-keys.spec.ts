// Keys and what they reach: regions, skip links, help, vim in the editor; the focus is never lost.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

test("F6 goes around the regions and back, and the focus is always somewhere", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await expect(reader.stop).toBeHidden()
  const place = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset.region ?? document.activeElement?.tagName)
  for (const region of ["editor", "output", "transport", "timeline", "editor"]) {
    await page.keyboard.press("F6")
    await expect.poll(place).toBe(region)
  }
  await page.keyboard.press("Shift+F6")
  await expect.poll(place).toBe("timeline")
  reader.expectQuiet()
})

test("skip links lead into the code, the output and the timeline", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  for (const [name, region] of [
    ["Skip to the editor", "Editor"],
    ["Skip to the output", "Output"],
    ["Skip to the timeline", "Timeline"],
  ] as const) {
    await page.getByRole("link", { name }).focus()
    await page.keyboard.press("Enter")
    await expect(page.getByRole("region", { name: region, exact: true }).locator(":focus")).toHaveCount(1)
  }
  reader.expectQuiet()
})

test("? shows every key, outside the editor, and gives the focus back", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  const examples = page.getByRole("button", { name: /^Examples/ })
  await examples.focus()
  await page.keyboard.press("?")
  const help = page.getByRole("dialog", { name: "Keys" })
  await expect(help).toBeVisible()
  for (const words of ["Next region", "Ctrl+Enter", "Escape, then Tab", "In the timeline"]) await expect(help).toContainText(words)
  await page.keyboard.press("Escape")
  await expect(help).toBeHidden()
  await expect(examples).toBeFocused()
  reader.expectQuiet()
})

test("vim keys are the reader's choice; :w runs the program", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await reader.write('print("first")\nprint("second")\n')
  await reader.command("Vim keys")
  await reader.code.click()
  await expect(page.getByText("--NORMAL--")).toBeVisible()
  await page.keyboard.type("ggdd")
  await expect(reader.code).not.toContainText("first")
  await page.keyboard.type(":w\n")
  await expect(reader.output).toContainText("second")
  await expect(reader.output).not.toContainText("first")
  // The choice is kept.
  await page.reload()
  await reader.code.click()
  await expect(page.getByText("--NORMAL--")).toBeVisible()
  reader.expectQuiet()
})

test("a run that a limit ended goes on with a higher one", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Jade", 'use std::time\nprint("before")\ntime.sleep(100000)\nprint("slept")\n')
  await expect(reader.output).toContainText("before")
  await expect(reader.output).not.toContainText("slept")
  // It says where it struck.
  await reader.output.getByRole("button", { name: "Go to line 3" }).click()
  await expect(reader.code).toBeFocused()
  await reader.output.getByRole("button", { name: "Continue up to 48 h 00 m of virtual time" }).click()
  await expect(reader.output).toContainText("slept")
  await expect(reader.output.getByRole("button", { name: /^Continue/ })).toBeHidden()
  reader.expectQuiet()
})
