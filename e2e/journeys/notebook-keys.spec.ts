// A cell is an editor like the program's: breakpoints stop in it, steps go through the cells of all languages, the palette and
// the keys reach the cell the reader is in, and its tasks are on the timeline before it runs.
import { expect, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const MIXED = `# Two languages

\`\`\`jade
let s = 0
for x in [5, 6] {
    s = s + x
}
print(s)
\`\`\`

\`\`\`vibe
let total = 40
total = total + 2
print(total)
\`\`\`
`

async function openMarkdown(reader: Reader, text: string): Promise<void> {
  await reader.openFile({ name: "cells.md", mimeType: "text/markdown", buffer: Buffer.from(text) })
  await expect(reader.page.getByRole("toolbar", { name: "Notebook" })).toBeVisible()
}

const cell = (page: Page, nth: number) => page.getByRole("region", { name: new RegExp(`^Cell ${nth},`) })
const outputOf = (page: Page, nth: number) => page.getByRole("region", { name: `Output of cell ${nth}`, exact: true })

async function enter(page: Page, nth: number): Promise<void> {
  await cell(page, nth).getByRole("textbox").click()
  await expect(cell(page, nth).getByRole("textbox")).toBeFocused()
  await page.keyboard.press("ControlOrMeta+Home")
}

test("steps go through the cells of all languages, with the variables of the language they are in", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, MIXED)
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 2)).toContainText("42")
  const steps = page.getByRole("region", { name: "Steps" })
  await page.keyboard.press("F10")
  await expect(steps).toContainText(/Step 1 of \d+/)
  await expect(steps).toContainText("cell 1, line 1, in Jade")
  await expect(cell(page, 1).locator(".cm-line-step")).toHaveText("let s = 0")
  await enter(page, 2)
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ControlOrMeta+F9")
  await page.keyboard.press("F9")
  await expect(steps).toContainText("cell 2, line 2, in Vibe")
  await expect(steps.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "total", exact: true }) })).toContainText("40")
  await expect(cell(page, 2).locator(".cm-line-step")).toHaveText("total = total + 2")
  await page.keyboard.press("Shift+F10")
  await expect(steps).toContainText("cell 2, line 1")
  reader.expectQuiet()
})

test("a breakpoint in a cell stops the way on, survives folding, and waits while the cell is being edited", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, MIXED)
  await enter(page, 1)
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ControlOrMeta+F9")
  await expect(cell(page, 1).locator(".cm-breakpoint:visible")).toHaveCount(1)
  await cell(page, 1).getByRole("button", { name: "Fold", exact: true }).click()
  await cell(page, 1).getByRole("button", { name: "Unfold", exact: true }).click()
  await expect(cell(page, 1).locator(".cm-breakpoint:visible")).toHaveCount(1)
  await cell(page, 1).getByRole("button", { name: "Run to here" }).click()
  await expect(outputOf(page, 1)).toContainText("11")
  const steps = page.getByRole("region", { name: "Steps" })
  await page.keyboard.press("F9")
  await expect(steps).toContainText("Step 1 of")
  const value = steps.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "s", exact: true }) })
  await page.keyboard.press("F9")
  await expect(steps).toContainText("cell 1, line 3")
  await expect(value).toContainText("0")
  await page.keyboard.press("F9")
  await expect(value).toContainText("5")
  // Behind an edit the line is another one: the way on goes to the end.
  await enter(page, 1)
  await page.keyboard.type("// first\n")
  await page.keyboard.press("Shift+F9")
  await expect(steps).toContainText("Step 1 of")
  await cell(page, 1).getByRole("button", { name: "Run to here" }).click()
  await expect(steps).toBeHidden()
  await expect(outputOf(page, 1)).not.toContainText("from before your edit")
  await page.keyboard.press("F9")
  await expect(steps).toContainText("Step 1 of")
  await page.keyboard.press("F9")
  await expect(steps).toContainText("cell 1, line 4")
  reader.expectQuiet()
})

test("the palette's commands reach the cell the reader is in, and say so where there is none", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, MIXED)
  await reader.command("Comment or uncomment")
  await expect(page.getByText("Put the cursor into a cell first.").first()).toBeVisible()
  await enter(page, 2)
  await reader.helped(cell(page, 2))
  await reader.command("Comment or uncomment")
  await expect(cell(page, 2).getByRole("textbox")).toContainText("// let total = 40")
  await reader.command("Undo in the notebook")
  await expect(cell(page, 2).getByRole("textbox")).not.toContainText("//")
  await enter(page, 2)
  await page.keyboard.press("End")
  await page.keyboard.type("   ")
  await reader.command("Format")
  await expect(cell(page, 2).locator(".cm-line").first()).toHaveJSProperty("textContent", "let total = 40")
  await enter(page, 1)
  await page.keyboard.press("ArrowDown")
  await reader.command("Fold the code here")
  await expect(cell(page, 1).locator(".cm-foldPlaceholder")).toBeVisible()
  await reader.command("Unfold all of the code")
  await expect(cell(page, 1).locator(".cm-foldPlaceholder")).toBeHidden()
  await reader.command("Go to a line")
  await expect(cell(page, 1).getByRole("textbox", { name: "Go to line" })).toBeFocused()
  await page.keyboard.type("5\n")
  await page.keyboard.press("End")
  await page.keyboard.type(" // here")
  await expect(cell(page, 1).locator(".cm-line").nth(4)).toHaveText("print(s) // here")
  await reader.command("Find in the code")
  await expect(cell(page, 1).getByRole("textbox", { name: "Find" })).toBeFocused()
  await page.keyboard.press("Escape")
  await reader.command("New Ard cell")
  await expect(cell(page, 2).getByRole("textbox")).toBeFocused()
  await reader.command("Delete the cell")
  await expect(page.getByRole("region", { name: /^Cell \d+,/ })).toHaveCount(2)
  reader.expectQuiet()
})

test("brackets are closed from the first key on in a cell, and in prose never", async ({ page }) => {
  const reader = new Reader(page)
  // What helps while writing comes late.
  await page.route(/assist/, () => {})
  await reader.open()
  await openMarkdown(reader, `\`\`\`vibe\n\n\`\`\`\n\n${"Long words. ".repeat(4000)}\n`)
  await cell(page, 1).getByRole("textbox").click()
  await page.keyboard.type("print(")
  await expect(cell(page, 1).getByRole("textbox")).toHaveText("print()")
  await page.keyboard.press("Backspace")
  await expect(cell(page, 1).getByRole("textbox")).toHaveText("print")
  await page.getByRole("button", { name: "Edit this text" }).click()
  const prose = page.getByRole("textbox", { name: "Text as Markdown" })
  await expect(prose).toBeFocused()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.type("(a ")
  await expect(prose).toContainText("(a Long")
})

test("before a run the timeline shows what the cells will start, under each language, and the run takes these places", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(
    reader,
    '```vibe\nasync let sea = do "the sea"\n```\n\n```jade\nasync fn ask() {\n    return 1\n}\nlet first = ask()\nprint(await first)\n```\n\n```vibe\nprint(sea)\n```\n',
  )
  const rows = () =>
    reader.tasks
      .getByRole("row")
      .evaluateAll((all) =>
        all
          .filter((row) => row.hasAttribute("aria-level"))
          .map((row) => `${row.getAttribute("aria-level")} ${row.querySelector("bdi")?.textContent ?? ""}`),
      )
  const expected = ["1 Vibe", "2 sea", "1 Jade", "2 ask"]
  await expect.poll(rows).toEqual(expected)
  await expect(reader.lane("ask")).toHaveAccessibleName(/not run yet, cell 2, line 4 starts it/)
  await enter(page, 3)
  await page.keyboard.type('async let sky = do "the sky"\n')
  await expect.poll(rows).toEqual(["1 Vibe", "2 sea", "2 sky", "1 Jade", "2 ask"])
  await page.keyboard.press("ControlOrMeta+z")
  await expect.poll(rows).toEqual(expected)
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 2)).toContainText("1")
  await expect(reader.lane("ask")).not.toHaveAccessibleName(/not run yet/)
  await expect.poll(rows).toEqual(expected)
  reader.expectQuiet()
})
