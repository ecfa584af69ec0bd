// Pages of documentation open as notebooks: their whole programs run, their fragments say what is missing, code without a
// fence is offered as a cell, and what nobody edited is saved byte for byte.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const OURS = join(import.meta.dirname, "..", "pages")
/** The documents the languages began with, where they lie beside the project. */
const FOUNDING = join(import.meta.dirname, "..", "..", "..", "shared", "seeds")

async function openPage(reader: Reader, path: string): Promise<void> {
  await reader.openFile(path)
  await expect(reader.page.getByRole("toolbar", { name: "Notebook" })).toBeVisible()
}

const outputOf = (page: Page, cell: number) => page.getByRole("region", { name: `Output of cell ${cell}`, exact: true })
const problemsOf = (page: Page, cell: number) => page.getByRole("status", { name: `Problems of cell ${cell}`, exact: true })

test("whole cells run, fragments say what is missing", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  const path = join(OURS, "waiting.md")
  await openPage(reader, path)
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 1)).toContainText("asked")
  await expect(problemsOf(page, 2)).toContainText("is not defined")
  await expect(problemsOf(page, 3)).toBeVisible()
  await expect(outputOf(page, 4)).toContainText(", ")
  expect(await reader.savedText()).toBe(readFileSync(path, "utf8"))
  reader.expectQuiet()
})

test("code without a fence becomes a cell at a press", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Jade")
  await reader.speed("instant")
  const path = join(OURS, "futures.md")
  await openPage(reader, path)
  expect(await reader.savedText()).toBe(readFileSync(path, "utf8"))
  await page.getByRole("button", { name: /Make a cell of async fn ask/ }).click()
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 1)).toContainText(/took/)
  await expect(page.getByRole("button", { name: /Make a cell of let result/ })).toBeHidden()
  reader.expectQuiet()
})

test("each cell of Ard runs a main of its own", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  const path = join(OURS, "fibers.md")
  await openPage(reader, path)
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 1)).toContainText("before\nafter")
  await expect(outputOf(page, 2)).toContainText("in a fiber")
  expect(await reader.savedText()).toBe(readFileSync(path, "utf8"))
  reader.expectQuiet()
})

for (const name of existsSync(FOUNDING) ? readdirSync(FOUNDING).filter((file) => file.endsWith(".md")) : []) {
  test(`the founding document ${name} opens, runs what can run, and is saved unchanged`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.speed("instant")
    if (name.startsWith("jade")) await reader.choose("Jade")
    await openPage(reader, join(FOUNDING, name))
    await page.getByRole("button", { name: "Run all" }).click()
    if (name.startsWith("jade")) await expect(page.getByRole("button", { name: /Make a cell of async fn fetch/ })).toBeVisible()
    else await expect(page.getByRole("region", { name: /^Output of cell/ }).first()).toBeVisible()
    expect(await reader.savedText()).toBe(readFileSync(join(FOUNDING, name), "utf8"))
    reader.expectQuiet()
  })
}
