// Ard, with the editor's help alone: a program written by completion, which brings the import; a mistake mended by its quick fix;
// a rename that would change what the program means is refused, and one in a notebook reaches all cells.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

test("Ard: completion imports, a fix mends, a rename that changes the meaning is refused", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Ard", "")
  await reader.helped()

  await page.keyboard.type("fn main() {")
  await page.keyboard.press("Enter")
  await page.keyboard.type('let crew = ["Ada"]')
  await page.keyboard.press("Enter")
  await reader.complete("crew.pu", "push")
  await page.keyboard.type('"Grace"')
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await reader.complete("io", "io")
  await reader.complete("pri", "print")
  await page.keyboard.type("crew.size()")
  await expect(reader.code).toContainText("use ard/io")
  await expect(reader.code).toContainText('crew.push("Grace")')
  await expect(reader.code).toContainText("io::print(crew.size())")

  const problem = reader.problems.getByRole("listitem").filter({ hasText: "Cannot mutate immutable 'crew'" })
  await expect(problem).toBeVisible()
  await problem.getByRole("button", { name: "Declare 'crew' with mut", exact: true }).click()
  await expect(reader.code).toContainText('mut crew = ["Ada"]')
  await expect(reader.problems).toBeHidden()
  await reader.runToEnd()
  await expect(reader.output).toContainText("2")

  await reader.write("fn main() {\n  let one = 1\n  let two = 2\n  one + two\n}\n")
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.press("ArrowDown")
  for (let i = 0; i < "  let o".length; i++) await page.keyboard.press("ArrowRight")
  await page.keyboard.press("F2")
  const name = page.getByRole("textbox", { name: "New name of one" })
  await expect(name).toBeVisible()
  await name.fill("two")
  await name.press("Enter")
  await expect(page.getByText("'two' means something else already where it would stand.").first()).toBeVisible()
  await expect(reader.code).toContainText("let one = 1")
  reader.expectQuiet()
})

const CELLS =
  '# Crew\n\n```ard\nuse ard/io\n\nstruct Sailor {\n  name: Str,\n}\n\nlet ada = Sailor{name: "Ada"}\n```\n\n```ard\nio::print("aye")\n```\n'

test("Ard: the editor of a cell knows what the cells before it declare", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await reader.openFile({ name: "crew.md", mimeType: "text/markdown", buffer: Buffer.from(CELLS) })
  await expect(page.getByRole("toolbar", { name: "Notebook" })).toBeVisible()
  const second = page.getByRole("region", { name: /^Cell 2,/ })
  await second.getByRole("textbox").click()
  await reader.helped(second)
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.press("Enter")
  await reader.complete("io::pri", "print")
  await reader.complete("ad", "ada")
  await reader.complete(".na", "name")
  await expect(second).toContainText("io::print(ada.name)")
  await second.getByRole("button", { name: "Run to here" }).click()
  await expect(page.getByRole("region", { name: "Output of cell 2", exact: true })).toContainText("Ada")
  reader.expectQuiet()
})

const RELAY =
  "# Relay\n\n```ard\nuse ard/io\n\nfn lap(n: Int) Int { n * 400 }\n```\n\n" +
  '```ard\nlet first = lap(1)\n```\n\n```ard\nlet broken =\n```\n\n```ard\nio::print("{first + lap(2)}")\n```\n'

test("Ard: a new name is written into the cells before and behind, and undone in one step", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await reader.openFile({ name: "relay.md", mimeType: "text/markdown", buffer: Buffer.from(RELAY) })
  const cell = (n: number) => page.getByRole("region", { name: new RegExp(`^Cell ${n},`) })
  const second = cell(2)
  await second.getByRole("textbox").click()
  await reader.helped(second)
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("F2")
  const name = page.getByRole("textbox", { name: "New name of lap" })
  await expect(name).toBeVisible()
  await name.fill("metres")
  await name.press("Enter")
  await expect(cell(1)).toContainText("fn metres(n: Int)")
  await expect(second).toContainText("let first = metres(1)")
  await expect(cell(4)).toContainText("first + metres(2)")
  await cell(4).getByRole("button", { name: "Run to here" }).click()
  await expect(page.getByRole("region", { name: "Output of cell 4", exact: true })).toContainText("1200")
  await page.getByRole("toolbar", { name: "Notebook" }).getByRole("button", { name: "Undo" }).click()
  await expect(cell(1)).toContainText("fn lap(n: Int)")
  await expect(cell(4)).toContainText("first + lap(2)")
  reader.expectQuiet()
})
