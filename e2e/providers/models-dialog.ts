// The models dialog as the journeys of real models use it: a provider is set up as a reader does it, a run begun and confirmed,
// files saved. And everything that the page keeps on the device, as text.
import { readFileSync } from "node:fs"
import { expect, type Locator, type Page } from "@playwright/test"
import type { Reader } from "../reader.ts"

export interface Setup {
  readonly provider: string
  readonly path: string
  readonly model: string
}

export const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Models" })

export async function openModels(page: Page, tab: string): Promise<void> {
  await page.getByRole("button", { name: "Models", exact: true }).click()
  await dialog(page).getByRole("tab", { name: tab }).click()
}

/** Chooses a provider, types address, key and model, and switches the budget off. */
export async function setUpProvider(page: Page, origin: string, key: string, { provider, path, model }: Setup): Promise<void> {
  await openModels(page, "Real models")
  const models = dialog(page)
  await models.getByRole("combobox", { name: "Provider", exact: true }).selectOption({ label: provider })
  await models.getByLabel(/^Key/).fill(key)
  await models.getByLabel("Address").fill(`${origin}${path}`)
  await models.getByRole("combobox", { name: "Model", exact: true }).fill(model)
  await models.getByRole("combobox", { name: "Model", exact: true }).blur()
  const budget = models.getByLabel("Stop a run before it has cost more than")
  if (await budget.isChecked()) await budget.uncheck()
}

/** Runs with the provider, says yes to the question, and waits for the end. */
export async function runLive(page: Page, reader: Reader, title: string): Promise<void> {
  await dialog(page)
    .getByRole("button", { name: `Run with ${title}` })
    .click()
  const question = page.getByRole("dialog", { name: `Ask ${title}?` })
  await expect(question).toBeVisible()
  await question.getByRole("button", { name: `Ask ${title}` }).click()
  await expect(reader.stop).toBeHidden({ timeout: 30_000 })
}

/** What the button of the dialog saves. */
export async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: button }).click()])
  return readFileSync(await file.path())
}

/** Local and session storage, cookies, databases and the address, as one text. */
export async function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts = [JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])]
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? "")
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of db.objectStoreNames) {
        const reading = db.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => {
          reading.onsuccess = resolve
        })
        texts.push(JSON.stringify(reading.result))
      }
      db.close()
    }
    return texts.join()
  })
}
