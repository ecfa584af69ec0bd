// Notebooks: Markdown with cells is opened, run, edited and saved; what nobody edited comes back byte for byte; a tab that
// is closed while somebody types loses nothing; links bring the same document back.
import AxeBuilder from "@axe-core/playwright"
import { expect, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const PAGE = `# How waiting works

Some **prose** with a <script>alert(1)</script> that stays text.

\`\`\`vibe
async let sea = do "one"
async let sky = do "two"
let kept = 3
\`\`\`

A fragment that cannot run by itself:

\`\`\`vibe
print(somewhereElse)
\`\`\`

\`\`\`vibe
print("kept {kept}")
\`\`\`

\`\`\`jade
print(6 * 7)
\`\`\`

\`\`\`python
print("not ours")
\`\`\`
`

async function openMarkdown(reader: Reader, name: string, text: string): Promise<void> {
  await reader.openFile({ name, mimeType: "text/markdown", buffer: Buffer.from(text) })
  await expect(reader.page.getByRole("toolbar", { name: "Notebook" })).toBeVisible()
}

const cell = (page: Page, nth: number) => page.getByRole("region", { name: new RegExp(`^Cell ${nth},`) })
const outputOf = (page: Page, nth: number) => page.getByRole("region", { name: `Output of cell ${nth}`, exact: true })

test("a page of documentation becomes a notebook that runs", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, "waiting.md", PAGE)
  await expect(page.getByRole("heading", { name: "How waiting works" })).toBeVisible()
  await expect(page.getByText("<script>alert(1)</script>")).toBeVisible()
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 3)).toContainText("kept 3")
  await expect(page.getByRole("status", { name: "Problems of cell 2" })).toContainText("'somewhereElse' is not defined")
  await expect(outputOf(page, 4)).toContainText("42")
  expect(await reader.savedText()).toBe(PAGE)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([])
  reader.expectQuiet()
})

test("an edit marks what it makes doubtful, running again clears it, undo goes across cells", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, "waiting.md", PAGE)
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 3)).toContainText("kept 3")
  await cell(page, 1).getByRole("textbox").click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("4")
  await expect(outputOf(page, 3)).toContainText("from before your edit")
  await cell(page, 3).getByRole("button", { name: "Run to here" }).click()
  await expect(outputOf(page, 3)).toContainText("kept 34")
  await expect(outputOf(page, 3)).not.toContainText("from before your edit")
  expect(await reader.savedText()).toBe(PAGE.replace("let kept = 3", "let kept = 34"))
  await page.getByRole("toolbar", { name: "Notebook" }).getByRole("button", { name: "Undo" }).click()
  await expect(cell(page, 1).getByRole("textbox")).toContainText("let kept = 3")
  expect(await reader.savedText()).toBe(PAGE)
  reader.expectQuiet()
})

test("what was typed in a cell survives a tab that is closed at once", async ({ page, context }) => {
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, "waiting.md", PAGE)
  await cell(page, 4).scrollIntoViewIfNeeded()
  await cell(page, 4).getByRole("textbox").click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type(" // typed last")
  await page.close({ runBeforeUnload: true })
  const again = new Reader(await context.newPage())
  await again.page.goto("/")
  await expect(cell(again.page, 4).getByText("// typed last")).toBeVisible()
  again.expectQuiet()
})

test("the gallery has short links, and a shared link brings a notebook back", async ({ page, context }) => {
  const reader = new Reader(page)
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.goto("/#example.fan-out-jade")
  await expect(page.getByRole("heading", { name: "Fan out, fan in" })).toBeVisible()
  await reader.ready()
  await page.keyboard.press("ControlOrMeta+s")
  await expect(page).toHaveURL(/#v1\./)
  const other = new Reader(await context.newPage())
  await other.page.goto(page.url())
  await expect(other.page.getByRole("heading", { name: "Fan out, fan in" })).toBeVisible()
  reader.expectQuiet()
  other.expectQuiet()
})
