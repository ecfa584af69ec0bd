// Notebooks: Markdown with cells is opened, run, edited and saved; what nobody edited comes back byte for byte; a tab that
// is closed while somebody types loses nothing; links bring the same document back.
import { expect, type Page, test } from "@playwright/test"
import { violations } from "../accessible.ts"
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
  expect(await violations(page)).toEqual([])
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

test("a problem is told while a cell is typed, with what earlier cells declare known; a warning stops no cell", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(
    reader,
    "typing.md",
    '```jade\nlet kept = 3\n```\n\n```jade\nprint(kept)\n```\n\n```jade\nprint("went on")\nlet same = await kept\n```\n\n```vibe\nprint(elsewhere)\n```\n',
  )
  const problems = (nth: number) => page.getByRole("status", { name: `Problems of cell ${nth}` })
  const code = cell(page, 2).getByRole("textbox")
  await code.click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.press("Enter")
  await page.keyboard.type("print(kept + missing)")
  await expect(problems(2)).toContainText("line 2:")
  await expect(problems(2)).toContainText("missing")
  await expect(problems(2)).not.toContainText("kept'")
  await expect(cell(page, 2).locator(".cm-lintRange-error")).toHaveText("missing")
  // Nothing ran, and cells that nobody touched say nothing.
  await expect(outputOf(page, 1)).toBeHidden()
  await expect(problems(4)).toBeHidden()
  await page.keyboard.press("ControlOrMeta+z")
  await expect(problems(2)).toBeHidden()
  // An earlier cell that stops declaring the name concerns the later one.
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 3)).toContainText("went on")
  await expect(problems(3)).toContainText("warning, line 2:")
  await cell(page, 1).getByRole("textbox").click()
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.type("let other = 3")
  await expect(problems(2)).toContainText("kept")
  reader.expectQuiet()
})

test("the head says that a notebook is one, with the languages of its cells, and calls it what it calls itself", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, "names.md", "---\ntitle: Before\n---\n\n```vibe\nlet a = 1\n```\n\n```ard\nlet b = 2\n```\n")
  const head = page.getByRole("banner")
  await expect(head.getByRole("combobox", { name: "Language" })).toHaveValue("notebook")
  await expect(head).toContainText("Vibe, Ard")
  await expect(head.getByRole("button", { name: /open: Before/ })).toBeVisible()
  await page.getByRole("button", { name: /Edit/ }).first().click()
  await page.getByRole("textbox", { name: "Text as Markdown" }).fill("---\ntitle: After\n---\n")
  await page.keyboard.press("Escape")
  await expect(head.getByRole("button", { name: /open: After/ })).toBeVisible()
  await page.getByRole("button", { name: "Delete cell 2" }).click()
  await expect(head).not.toContainText("Vibe, Ard")
  reader.expectQuiet()
})

test("lines of cells are marked as those of a program are: what they started, what is picked", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, "marks.md", '```vibe\nlet kept = 3\n```\n\n```vibe\nasync let sea = do "one"\nprint(sea)\n```\n')
  await page.getByRole("button", { name: "Run all" }).click()
  const mark = cell(page, 2).getByRole("button", { name: /^Line 1 started 1 task/, includeHidden: true })
  await expect(mark).toBeVisible()
  await expect(cell(page, 1).getByRole("button", { name: /^Line \d+ started/, includeHidden: true })).toHaveCount(0)
  await mark.click()
  await expect(cell(page, 2).locator(".cm-line-picked")).toHaveText('async let sea = do "one"')
  await cell(page, 2).getByRole("textbox").click()
  await page.keyboard.type(" ")
  await expect(mark).toBeHidden()
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

const SIDE_BY_SIDE = `---
title: Side by side
seed: 3
model:
  - { match: sea, reply: wide, latencyMs: 900 }
  - { match: sky, reply: high, latencyMs: 1400 }
---
# Side by side

\`\`\`vibe
async let sea = do "the sea"
\`\`\`

\`\`\`jade
prompt sky = "the sky"
print(?sky)
\`\`\`

\`\`\`vibe
print("vibe {sea}")
\`\`\`
`

test("languages run side by side on one timeline, each with its own first task; an edit concerns its own language alone", async ({
  page,
}) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, "side.md", SIDE_BY_SIDE)
  // What ran before belonged to another document.
  await expect(reader.lane("main")).toBeHidden()
  await expect(page.getByRole("button", { name: "Examples, open: Side by side" })).toBeVisible()
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 2)).toContainText("high")
  await expect(outputOf(page, 3)).toContainText("vibe wide")
  await expect(page.getByRole("row", { name: /^Vibe, level 1/ })).toBeVisible()
  await expect(page.getByRole("row", { name: /^Jade, level 1/ })).toBeVisible()
  await cell(page, 2).getByRole("textbox").click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type(" // the same")
  await expect(outputOf(page, 2)).toContainText("from before your edit")
  await expect(outputOf(page, 3)).not.toContainText("from before your edit")
  // Back as it was, nothing is stale; and what one language ran stays beside what the other runs next.
  await page.keyboard.press("ControlOrMeta+z")
  await expect(outputOf(page, 2)).not.toContainText("from before your edit")
  await page.keyboard.press("Shift+Enter")
  await expect(outputOf(page, 2)).toContainText("high")
  await expect(page.getByRole("row", { name: /^Vibe, level 1/ })).toBeVisible()
  await outputOf(page, 3)
    .getByRole("button", { name: /0 s to 900 ms/ })
    .click()
  await expect(page.getByRole("button", { name: "fit", exact: true })).toBeVisible()
  reader.expectQuiet()
})

test("cells are added, split, merged, moved and deleted with the keyboard alone, and all of it is undone", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, "waiting.md", PAGE)
  const cells = page.getByRole("region", { name: /^Cell \d+,/ })
  await expect(cells).toHaveCount(4)
  const press = async (name: string) => {
    await page.getByRole("button", { name, exact: true }).focus()
    await page.keyboard.press("Enter")
  }
  await cell(page, 1).getByRole("textbox").focus()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.press("End")
  await press("Split cell 1 at the cursor")
  await expect(cells).toHaveCount(5)
  await expect(cell(page, 2).getByRole("textbox")).toContainText("async let sky")
  await press("Merge cell 1 with the next")
  await expect(cells).toHaveCount(4)
  await press("Move cell 4 up")
  await press("Delete cell 2")
  await expect(cells).toHaveCount(3)
  await cell(page, 1)
    .getByRole("button", { name: /Ard cell/ })
    .focus()
  await page.keyboard.press("Enter")
  await expect(cell(page, 2).getByRole("textbox")).toBeFocused()
  await page.keyboard.type("fn main() {}")
  expect(await reader.savedText()).toContain("```ard\nfn main() {}\n```\n")
  for (const presses = { left: 20 }; presses.left > 0 && (await reader.savedText()) !== PAGE; presses.left--) {
    await cell(page, 1).getByRole("textbox").focus()
    await page.keyboard.press("ControlOrMeta+z")
  }
  expect(await reader.savedText()).toBe(PAGE)
  reader.expectQuiet()
})

test("prose is edited in place, and a fence that is typed into it becomes a cell when it is done", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, "plain.md", "# Plain\n\nWords.\n\n```vibe\nprint(1)\n```\n")
  await page.getByRole("button", { name: "Edit this text" }).first().focus()
  await page.keyboard.press("Enter")
  const area = page.getByRole("textbox", { name: "Text as Markdown" })
  await expect(area).toBeFocused()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("~~~jade\nprint(2)\n")
  await expect(page.getByRole("region", { name: /^Cell \d+,/ })).toHaveCount(1)
  await page.keyboard.press("Escape")
  await expect(cell(page, 1).getByRole("textbox")).toContainText("print(2)")
  expect(await reader.savedText()).toBe("# Plain\n\nWords.\n\n~~~jade\nprint(2)\n~~~\n```vibe\nprint(1)\n```\n")
  reader.expectQuiet()
})

test("unusual Markdown is saved byte for byte: marks, line ends, tabs, fences of every kind, no last line end", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  const odd =
    "\uFEFF---\r\ntitle: Odd\r\n---\r\nText\twith tabs  \r\n\r\n~~~ vibe\r\nprint(1)\r\n~~~\r\n   ````jade\r\n   ```\r\n   print(2)\r\n   ````\r\n- item\n\n      ```vibe\n      x\n      ```\n```ard\nfn main() {}"
  await openMarkdown(reader, "odd.md", odd)
  expect(await reader.savedText()).toBe(odd)
  await cell(page, 1).getByRole("textbox").click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type("3")
  expect(await reader.savedText()).toBe(odd.replace("print(1)", "print(1)3"))
  reader.expectQuiet()
})

test("4.8 MB without a blank line open as plain text, are edited in place and saved byte for byte", async ({ page }) => {
  const text = `# Long\r\n${"One of very many lines.\r\n".repeat(190_000)}`
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, "long.md", text)
  await expect(page.getByRole("note")).toContainText("shown as it is written")
  await page.getByRole("button", { name: "Edit this text" }).click()
  const field = page.getByRole("textbox", { name: "Text as Markdown" })
  await expect(field).toBeFocused()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.type("Very ")
  await page.keyboard.press("Escape")
  await expect(page.getByText("Very # Long")).toBeVisible()
  // Compared as one truth: a difference of megabytes is nothing to print.
  expect((await reader.savedText()) === `Very ${text}`).toBe(true)
  reader.expectQuiet()
})

test("a front matter that is wrong says the line and the reason, and the rest of the document works", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await openMarkdown(reader, "wrong.md", '---\ntitle: Wrong\nseed: -1\nmaxParallel: many\n---\n\n```vibe\nprint("still")\n```\n')
  const problems = page.getByRole("alert", { name: "Problems of the front matter" })
  await expect(problems).toContainText("line 3: seed: a seed is a whole number from 0")
  await expect(problems).toContainText("line 4: maxParallel:")
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 1)).toContainText("still")
  await openMarkdown(reader, "worse.md", '---\ntitle: One: two\n---\n\n```vibe\nprint("still")\n```\n')
  await expect(problems).toContainText("line 2: found a second colon in one line; expected `key: value`")
  reader.expectQuiet()
})

test("a file gets another name and a cell another language on the screen, and the document says so", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  const fence = "```"
  await openMarkdown(
    reader,
    "parts.md",
    `# Parts\n\n${fence}vibe util.vibe\nlet kept = 3\n${fence}\n\n${fence}vibe\nprint("one")\n${fence}\n\n${fence}vibe\nprint("two")\n${fence}\n`,
  )
  await page.getByRole("button", { name: "Rename file util.vibe" }).click()
  const name = page.getByRole("textbox", { name: "New name of file util.vibe" })
  await expect(name).toBeFocused()
  await name.fill("my tools.vibe")
  await expect(page.getByRole("alert")).toContainText("Found “my tools.vibe”; expected letters")
  await name.press("Enter")
  await expect(name).toBeVisible()
  await name.press("Escape")
  await expect(page.getByRole("button", { name: "Rename file util.vibe" })).toBeFocused()
  await page.keyboard.press("Enter")
  await name.fill("lib/tools.vibe")
  await name.press("Enter")
  await expect(page.getByRole("region", { name: "File lib/tools.vibe" })).toBeVisible()

  await page.getByRole("combobox", { name: "Cell 2 is written in" }).selectOption("jade")
  await expect(page.getByRole("region", { name: "Cell 2, jade" })).toBeVisible()
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 2)).toContainText("two")
  const saved = await reader.savedText()
  expect(saved).toContain("```vibe lib/tools.vibe\nlet kept = 3")
  expect(saved).toContain('```jade\nprint("two")')
  expect(await violations(page)).toEqual([])

  await page.getByRole("button", { name: "Undo", exact: true }).click()
  await expect(page.getByRole("region", { name: "Cell 2, vibe" })).toBeVisible()
  reader.expectQuiet()
})

test("a text file opens under its own name and is saved as Markdown; a new notebook is called as its heading", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await openMarkdown(reader, "notes.txt", "No heading here.\n")
  const open = page.getByRole("button", { name: /^Examples, open:/ })
  await expect(open).toHaveAccessibleName("Examples, open: notes.txt")
  const download = await reader.downloads(() => reader.command("Save as a file"))
  expect(download.suggestedFilename()).toBe("notes.md")
  await reader.command("New notebook")
  await expect(open).toHaveAccessibleName("Examples, open: New notebook")
  reader.expectQuiet()
})

test("a program that becomes a notebook takes its model script and bounds along, also into a file that is opened again", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Jade", 'prompt p = "How many?"\ntry {\n    print(?p |> int)\n} catch e {\n    print(e.message)\n}\n')
  const dialog = page.getByRole("dialog", { name: "Models" })
  await page.getByRole("button", { name: "Models" }).click()
  await dialog.getByRole("textbox", { name: "Model script" }).fill('[{ "match": "", "reply": "a handful" }]')
  await dialog.getByRole("button", { name: "Use this script" }).click()
  await dialog.getByRole("spinbutton", { name: "Retries of a reply that does not fit" }).fill("1")
  await dialog.getByRole("button", { name: "Run with the simulated model" }).click()
  await expect(reader.output).toContainText("after 2 attempt(s)")

  await reader.command("Copy as Markdown")
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain("maxRetries: 1")
  const markdown = await copied()
  await reader.command("Make this program a notebook")
  const options = page.getByRole("button", { name: "Options of this document" })
  await expect(options).toContainText("1 model rule · at most 1 retry")
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 1)).toContainText("after 2 attempt(s)")
  expect(await reader.savedText()).toBe(markdown)

  await reader.command("New notebook")
  await expect(options).toBeHidden()
  await openMarkdown(reader, "again.md", markdown)
  await expect(options).toContainText("1 model rule · at most 1 retry")
  await page.getByRole("button", { name: "Run all" }).click()
  await expect(outputOf(page, 1)).toContainText("after 2 attempt(s)")
  reader.expectQuiet()
})
