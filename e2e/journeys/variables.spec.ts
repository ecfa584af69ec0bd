// Variables of a document: a program that reads one, the dialog that asks for it by name, and the run that gets it.
import { expect, test } from "@playwright/test"
import { violations } from "../accessible.ts"
import { Reader } from "../reader.ts"

test("what env reads is typed in a dialog, and runs get it", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Vibe")
  await reader.speed("instant")
  await reader.try("Vibe", 'print("in " + env("TOWN", "nowhere"))\n')
  await expect(reader.output).toContainText("in nowhere")

  await reader.command("Variables of this document")
  const dialog = page.getByRole("dialog", { name: "Variables" })
  await expect(dialog.getByLabel("Name")).toHaveValue("TOWN")
  await dialog.getByLabel("Value of TOWN").fill("Bern")
  await dialog.getByRole("button", { name: "Add a variable" }).click()
  await expect(dialog.getByLabel("Name")).toHaveCount(2)
  await dialog.getByLabel("Name").nth(1).fill("TOWN")
  await expect(dialog.getByRole("alert")).toContainText("TOWN is there twice")
  await dialog.getByRole("button", { name: "Remove TOWN" }).nth(1).click()
  await expect(dialog.getByRole("alert")).toBeHidden()
  expect(await violations(page, { only: "[role=dialog]" })).toEqual([])
  await dialog.getByRole("button", { name: "Close" }).click()
  await expect(dialog).toBeHidden()

  await reader.runToEnd()
  await expect(reader.output).toContainText("in Bern")
  reader.expectQuiet()
})
