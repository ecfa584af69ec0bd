// The price table in the models dialog: every model's price can be changed, a slip of the finger is told at the field, a model
// that the list does not know gets a row, and all of it is there after a reload.
import { expect, test } from "@playwright/test"
import { violations } from "../accessible.ts"
import { Reader } from "../reader.ts"
import { dialog, openModels } from "./models-dialog.ts"

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])
  test(`prices can be changed, added and given back at ${viewport.width} pixels`, async ({ page }) => {
    await page.setViewportSize(viewport)
    const reader = new Reader(page)
    await reader.open()
    await openModels(page, "Real models")
    const models = dialog(page)
    await models.getByText(/^The price table of \d{4}-\d\d-\d\d/).click()
    const incoming = models.getByLabel("in price of claude-haiku-4* of Anthropic")
    await incoming.fill("1,5")
    await incoming.blur()
    await expect(models.getByRole("alert")).toHaveText("“1,5” has a comma: write 1.5.")
    await expect(incoming).toHaveAttribute("aria-invalid", "true")
    await incoming.fill("1.5")
    await incoming.blur()
    await expect(models.getByRole("alert")).toHaveCount(0)
    await expect(models.getByText(/, one price of yours$/)).toBeVisible()

    const added = models.getByRole("form", { name: "Another model's price" })
    await added.getByRole("combobox", { name: "Provider of the new price" }).selectOption({ label: "OpenRouter" })
    await added.getByLabel("Model of the new price").fill("some/model*")
    await added.getByLabel("in price of the new model").fill("cheap")
    await added.getByRole("button", { name: "Add" }).click()
    await expect(added.getByRole("alert")).toHaveText("“cheap” is no number: write it like 0.25.")
    await added.getByLabel("in price of the new model").fill("0.2")
    await added.getByLabel("out price of the new model").fill("0.9")
    await added.getByRole("button", { name: "Add" }).click()
    await expect(models.getByLabel("out price of some/model* of OpenRouter")).toHaveValue("0.9")
    expect(await violations(page, { only: "[role=dialog]" })).toEqual([])
    expect(await models.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)

    await page.reload()
    await expect(reader.run).toBeEnabled()
    await openModels(page, "Real models")
    await models.getByText(/^The price table of .*2 prices of yours$/).click()
    await expect(models.getByLabel("in price of claude-haiku-4* of Anthropic")).toHaveValue("1.5")
    await models.getByRole("button", { name: "Back to the list price of claude-haiku-4* of Anthropic" }).click()
    await expect(models.getByLabel("in price of claude-haiku-4* of Anthropic")).toHaveValue("1")
    await models.getByRole("button", { name: "Remove the price of some/model* of OpenRouter" }).click()
    await expect(models.getByLabel("in price of some/model* of OpenRouter")).toHaveCount(0)
    reader.expectQuiet()
  })
