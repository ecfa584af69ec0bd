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

const WAITING = {
  Vibe: {
    program: 'let n = 3\nasync let a = do "hello"\nlet m = n + 1\nprint(a)\nprint(m)\n',
    ends: /Step 5 of 5/,
    variable: "m",
    value: "4",
  },
  Jade: {
    program: "use std::time\n\nlet n = 3\ntime.sleep(1.0)\nlet m = n + 1\ntime.sleep(1.0)\nprint(m)\n",
    ends: /Step 6 of 6/,
    variable: "m",
    value: "4",
  },
  Ard: {
    program:
      'use ard/async\nuse ard/duration\nuse ard/io\n\nfn main() {\n  let n = 3\n  async::sleep(duration::from_millis(900))\n  let m = n + 1\n  async::sleep(duration::from_millis(900))\n  io::print("{m}")\n}\n',
    ends: /Step 5 of 5/,
    variable: "m",
    value: "4",
  },
} as const

for (const [language, { program, ends, variable, value }] of Object.entries(WAITING)) {
  test(`${language}: the statement and its variables go where the playhead goes`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.try(language as keyof typeof WAITING, program)
    const steps = page.getByRole("region", { name: "Steps" })
    const heading = steps.getByRole("heading")
    const playhead = page.getByRole("slider", { name: "Playhead" })
    const variables = steps.getByRole("table").and(steps.locator('[aria-busy="false"]'))
    const row = variables.getByRole("row").filter({ has: page.getByRole("rowheader", { name: variable, exact: true }) })
    await page.keyboard.press("F10")
    await expect(heading).toHaveText(/^Step 1 of/)
    await expect(row).toBeHidden()
    // Of the instant in which all began nothing has happened before the first statement.
    await expect(page.getByRole("toolbar", { name: "Time", exact: true })).toContainText("in flight 0")

    await playhead.press("End")
    await expect(heading).toHaveText(ends)
    await expect(row).toContainText(value)
    await playhead.press("Home")
    await playhead.press("PageUp")
    await expect(heading).not.toHaveText(ends)
    await expect(steps).toContainText(/since 0 s/)
    await playhead.press("End")
    await expect(heading).toHaveText(ends)
    await steps.getByRole("button", { name: "Back" }).click()
    await expect(heading).not.toHaveText(ends)
    await steps.getByRole("button", { name: "Over" }).click()
    await expect(heading).toHaveText(ends)
    await expect(row).toContainText(value)
    reader.expectQuiet()
  })
}
