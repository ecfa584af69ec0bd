// Time backwards: a run is stepped through statement by statement, its variables are read, a breakpoint stops it, and one
// step back is where one was.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const PROGRAM = `let total = 0
function square(n: number): number {
  let result = n * n
  return result
}
for i in 1..3 {
  total = total + square(i)
}
print(total)
`

test("stepping forwards and backwards shows the variables of that moment", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Vibe", PROGRAM)
  const steps = page.getByRole("region", { name: "Steps" })
  await page.keyboard.press("F10")
  await expect(steps).toContainText(/Step 1 of \d+/)
  for (let i = 0; i < 3; i++) {
    const before = await steps.getByRole("heading").innerText()
    await page.keyboard.press("F10")
    await expect(steps.getByRole("heading")).not.toHaveText(before)
  }
  await expect(steps).toContainText("line 7")
  await page.keyboard.press("Control+F10")
  await expect(steps).toContainText("line 3")
  const value = (name: string) => steps.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) })
  await expect(value("n")).toContainText("1")
  await page.keyboard.press("F10")
  await expect(value("result")).toContainText("1")
  await page.keyboard.press("Shift+F10")
  await expect(steps).toContainText("line 3")
  await expect(value("result")).toBeHidden()
  await steps.getByRole("button", { name: "Out" }).click()
  await expect(value("total")).toContainText(/[01]/)
  await steps.getByRole("button", { name: "Done" }).click()
  await expect(steps).toBeHidden()
  reader.expectQuiet()
})

test("a breakpoint stops the way on, and the way back", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Jade", "let s = 0\nfor x in [5, 6, 7] {\n    s = s + x\n}\nprint(s)\n")
  await reader.code.click()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ControlOrMeta+F9")
  await page.keyboard.press("F9")
  const steps = page.getByRole("region", { name: "Steps" })
  await expect(steps).toContainText(/Step \d+ of/)
  await page.keyboard.press("F9")
  await expect(steps).toContainText("line 3")
  const first = await steps.getByRole("heading").innerText()
  await page.keyboard.press("F9")
  await expect(steps.getByRole("heading")).not.toHaveText(first)
  await expect(steps).toContainText("line 3")
  await page.keyboard.press("Shift+F9")
  await expect(steps.getByRole("heading")).toHaveText(first)
  reader.expectQuiet()
})

test("Step begins with the first statement of the text as it stands: before any run, and after an edit", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.openFile({
    name: "own.vibe",
    mimeType: "text/plain",
    buffer: Buffer.from('let a = 1\nasync let b = do "hello"\nprint("{a} {b}")\n'),
  })
  await expect(reader.code).toContainText("let a = 1")
  const step = page.getByRole("button", { name: "Step", exact: true })
  const steps = page.getByRole("region", { name: "Steps" })
  await step.click()
  await expect(steps).toContainText("Step 1 of 3")
  await expect(steps).toContainText("line 1")
  await step.click()
  await expect(steps).toContainText("Step 2 of 3")
  await reader.write("print(1)\nprint(2)\n")
  await step.click()
  await expect(steps).toContainText("Step 1 of 2")
  reader.expectQuiet()
})
