// The Output is read like a log: it stays at its end however fast it grows, and where the reader put it otherwise.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

test("the Output ends at what ended the run, lets go when the reader goes up, and takes hold at the end again", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await reader.try("Jade", 'let n = 0\nwhile n < 20000 {\n    print(f"line {n}")\n    n = n + 1\n}\nlet list = []\nprint(list[3])\n')
  const panel = page.getByRole("tabpanel", { name: "Output" })
  const fault = reader.output.getByRole("alert")
  await expect(fault).toBeInViewport()
  const earlier = reader.output.getByText(/earlier pieces? not shown/)
  await expect(earlier).not.toBeInViewport()

  await panel.focus()
  // Earlier lines come a few at a time, above what the reader looks at: the top may move away once more.
  await expect(async () => {
    await page.keyboard.press("Home")
    await expect(earlier).toBeInViewport({ timeout: 1000 })
  }).toPass()
  const before = await earlier.innerText()
  await reader.output.getByRole("button", { name: /^Show .* more$/ }).click()
  await expect(earlier).not.toHaveText(before)
  await expect(fault).not.toBeInViewport()

  await panel.focus()
  await page.keyboard.press("End")
  await expect(fault).toBeInViewport()
  await reader.run.click()
  await expect(fault).toBeInViewport()
  reader.expectQuiet()
})
