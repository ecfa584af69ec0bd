// The console in every language: entries see each other and survive a change of tab; an entry that never lets go is given
// up, and what was declared before it is still there; another language begins anew.
import { expect, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const log = (page: Page) => page.getByRole("log", { name: "Console" })

async function enter(page: Page, text: string): Promise<void> {
  const input = page.getByRole("textbox", { name: "Console input" })
  await input.fill(text)
  await input.press("Enter")
  await expect(input).toHaveValue("")
}

async function settled(page: Page): Promise<void> {
  await expect(log(page).getByText("running …")).toBeHidden()
}

test("a console for each language, which keeps what was declared", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  for (const language of ["Vibe", "Ard"] as const) {
    await reader.choose(language)
    await page.getByRole("tab", { name: "Console" }).click()
    await expect(log(page).locator("code")).toHaveCount(0)
    await enter(page, "let x = 20")
    await settled(page)
    await page.getByRole("tab", { name: "Output" }).click()
    await page.getByRole("tab", { name: "Console" }).click()
    await enter(page, "x + 22")
    await expect(log(page)).toContainText("= 42")
  }
  reader.expectQuiet()
})

test("an entry that never lets go is given up, and the console goes on", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Vibe")
  await page.getByRole("tab", { name: "Console" }).click()
  await enter(page, "let x = 20")
  await settled(page)
  await enter(page, 'let never = ts() {\n  while (true) {}\n  return "x"\n}\nprint(never)')
  await page.getByRole("button", { name: "Give up" }).click()
  await expect(log(page)).toContainText("given up before it ended")
  await enter(page, "x + 22")
  await expect(log(page)).toContainText("= 42")
})
