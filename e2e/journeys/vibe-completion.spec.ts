// Vibe, with the editor's help alone: a program written by completion, run, one wait followed to the call that ended it,
// and a variable renamed wherever it stands, in the prompt too.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

test("Vibe: write with completion, run, follow a wait, rename", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", "")
  await reader.helped()

  await reader.complete("asy", "async")
  await page.keyboard.type("town")
  await page.keyboard.press("Tab")
  await page.keyboard.type("Name one town")
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await reader.complete("pri", "print")
  await reader.complete("to", "town")
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await expect(reader.code).toContainText('async let town = do "Name one town"')
  await expect(reader.code).toContainText("print(town)")

  await reader.runToEnd()
  await expect(reader.output).toContainText("done")
  await reader.lane("main").first().click()
  await page.getByRole("tab", { name: "Details" }).click()
  const details = page.getByRole("tabpanel", { name: "Details" })
  await expect(details).toContainText("waiting for others")
  await details.getByRole("button", { name: /town/ }).first().click()
  await expect(details).toContainText("model call")
  await expect(details).toContainText("Name one town")

  await reader.write('async let town = do "Name one town"\nlet b = do "What is {town} known for?"\nprint("{town}: {b}")\n')
  await reader.code.getByText("town", { exact: false }).first().click()
  await page.keyboard.press("ControlOrMeta+Home")
  for (let i = 0; i < "async let to".length; i++) await page.keyboard.press("ArrowRight")
  await page.keyboard.press("F2")
  const name = page.getByRole("textbox", { name: "New name of town" })
  await expect(name).toBeVisible()
  await name.fill("city")
  await name.press("Enter")
  await expect(reader.code).toContainText('async let city = do "Name one town"')
  await expect(reader.code).toContainText("{city} known for")
  await expect(reader.code).toContainText("{city}: {b}")
  reader.expectQuiet()
})
