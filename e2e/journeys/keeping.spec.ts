// Nothing is lost and everything can be passed on: a link shows another reader the same picture, versions come back, two
// tabs of one document find each other, everything goes into one file and out of it, storage that is full is said.
import { readFile } from "node:fs/promises"
import { expect, type Page, test } from "@playwright/test"
import { FADED, violations } from "../accessible.ts"
import { Reader, textOf } from "../reader.ts"

const PROGRAM = 'let one = 1\nlet two = 2\nlet three = 3\nprint("{one} {two} {three}")'

const expectAccessible = async (page: Page) => expect(await violations(page, { without: FADED })).toEqual([])

const playhead = (page: Page) => page.getByRole("region", { name: "Timeline" }).getByRole("slider")
const said = (page: Page) => page.getByRole("region", { name: "Two tabs" })

/** The program as the editor shows it. */
const shownText = async (reader: Reader) => (await reader.code.innerText()).replaceAll("\u200b", "")

test("a link to a moment shows another reader the same playhead, selection, stretch of time and output", async ({
  page,
  browser,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  const reader = new Reader(page)
  await reader.open()
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  const lane = reader.tasks.getByRole("row").nth(2)
  await lane.click()
  await expect(lane).toHaveAttribute("aria-selected", "true")
  await page.getByRole("button", { name: "Zoom in (W)" }).click()
  await playhead(page).focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft")
  await expect(page.getByRole("button", { name: "fit", exact: true })).toBeVisible()
  await page.keyboard.press("ControlOrMeta+s")
  const dialog = page.getByRole("dialog", { name: "Share" })
  await expect(dialog.getByRole("radio", { name: /^This moment .* selected, zoomed/ })).toBeChecked()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain("#v1.")
  await expect(page).toHaveURL(link)
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(link)
  await expect(dialog.getByText(/^[\d\s]+ characters$/)).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  const atUs = await playhead(page).getAttribute("aria-valuenow")
  expect(Number(atUs)).toBeLessThan(Number(await playhead(page).getAttribute("aria-valuemax")))
  const output = await reader.output.innerText()

  const stranger = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const other = new Reader(await stranger.newPage())
  await other.open(link)
  await expect(playhead(other.page)).toHaveAttribute("aria-valuenow", atUs ?? "")
  await expect(other.tasks.getByRole("row").nth(2)).toHaveAttribute("aria-selected", "true")
  await expect(other.page.getByRole("button", { name: "fit", exact: true })).toBeVisible()
  await expect.poll(() => other.output.innerText()).toBe(output)
  reader.expectQuiet()
  other.expectQuiet()
  await stranger.close()
})

test("a link to a moment of a notebook runs its cells and stands there", async ({ page, browser }) => {
  const reader = new Reader(page)
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.goto("/#example.fan-out-jade")
  await reader.ready()
  await page.getByRole("combobox", { name: "Speed" }).selectOption({ label: "instant" })
  await page.getByRole("button", { name: "Run all" }).click()
  await playhead(page).focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("ControlOrMeta+s")
  await expect(page.getByRole("radio", { name: /^This moment/ })).toBeChecked()
  await expect(page).toHaveURL(/#v1\./)
  await page.keyboard.press("Escape")
  // Read last: the playhead follows the keys a frame later.
  await expect(playhead(page)).toBeVisible()
  const atUs = await playhead(page).getAttribute("aria-valuenow")
  const stranger = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const other = new Reader(await stranger.newPage())
  await other.page.goto(page.url())
  await expect(playhead(other.page)).toHaveAttribute("aria-valuenow", atUs ?? "")
  reader.expectQuiet()
  other.expectQuiet()
  await stranger.close()
})

test("the share dialog gives the program as Markdown, as a frame, as a picture and as files", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Vibe", PROGRAM)
  await page.getByRole("button", { name: "Share" }).click()
  const dialog = page.getByRole("dialog", { name: "Share" })
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect(dialog.getByRole("checkbox", { name: /With my recorded answers/ })).toBeDisabled()
  const program = page.url()
  await dialog.getByRole("radio", { name: /^This moment/ }).check()
  await expect(page).not.toHaveURL(program)
  await dialog.getByRole("radio", { name: "The program" }).check()
  await expect(page).toHaveURL(program)
  await dialog.getByRole("button", { name: "Copy as Markdown" }).click()
  await expect.poll(copied).toContain(`\`\`\`vibe\n${PROGRAM}\n\`\`\``)
  await dialog.getByRole("button", { name: "Copy embed code" }).click()
  await expect.poll(copied).toMatch(/^<iframe src="http[^"]*\?embed#v1\.[\w-]+" title=/)
  const frame = await copied()

  const picture = page.waitForEvent("download")
  await dialog.getByRole("button", { name: "Picture (PNG)" }).click()
  const png = await readFile((await (await picture).path()) ?? "")
  expect(png.subarray(1, 4).toString()).toBe("PNG")
  expect(png.readUInt32BE(16)).toBeGreaterThan(1000)
  const svg = await textOf(await reader.downloads(() => dialog.getByRole("button", { name: "Picture (SVG)" }).click()))
  const read = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml")
    const words = [...parsed.querySelectorAll("text")].map((element) => element.textContent)
    return { root: parsed.documentElement.nodeName, scripts: parsed.querySelectorAll("script, parsererror").length, words }
  }, svg)
  expect(read).toMatchObject({ root: "svg", scripts: 0 })
  expect(read.words).toContain("main")
  expect(read.words.join(" ")).toContain("virtual time")
  const trace = page.waitForEvent("download")
  await dialog.getByRole("button", { name: "Trace for Perfetto" }).click()
  expect(JSON.parse(await readFile((await (await trace).path()) ?? "", "utf8"))).toBeTruthy()
  const file = page.waitForEvent("download")
  await dialog.getByRole("button", { name: /^Download .*\.vibe/ }).click()
  expect(await readFile((await (await file).path()) ?? "", "utf8")).toBe(PROGRAM)
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()

  // In another page: the program, Run, a way out, and nothing of this reader's documents.
  await page.goto(/src="([^"]+)"/.exec(frame)?.[1] ?? "")
  await page.reload()
  await expect(reader.code).toContainText("let three = 3")
  await expect(page.getByRole("button", { name: "Share" })).toBeHidden()
  await expect(page.getByRole("button", { name: "Counterpoint" })).toBeVisible()
  await reader.runToEnd()
  await expect(reader.output).toContainText("1 2 3")
  await expectAccessible(page)
  reader.expectQuiet()
})

test("a version is compared and comes back, and what it replaced is a version too", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Vibe", PROGRAM)
  const before = await shownText(reader)
  await reader.write('print("all gone")')
  await reader.command("Versions of this document")
  const dialog = page.getByRole("dialog", { name: "Kept on this device" })
  const versions = dialog.getByRole("region", { name: /^Versions of/ }).getByRole("listitem")
  await versions.first().getByRole("button").click()
  await expect(dialog.getByText('new: print("all gone")')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Restore this version" }).click()
  await expect(dialog).toBeHidden()
  await expect(reader.code).not.toContainText("all gone")
  expect(await shownText(reader)).not.toBe(before)
  await reader.command("Versions of this document")
  await expect(versions).toHaveCount(2)
  await versions.first().getByRole("button").click()
  await dialog.getByRole("button", { name: "Restore this version" }).click()
  await expect(reader.code).toContainText("all gone")
  reader.expectQuiet()
})

test("two tabs of one document: one follows, both merge, one goes its own way", async ({ page, context }) => {
  const first = new Reader(page)
  await first.open()
  await first.write(PROGRAM)
  await expect(first.code).toContainText("three = 3")
  const second = new Reader(await context.newPage())
  await second.open()
  await expect(second.code).toContainText("three = 3")

  await first.write(PROGRAM.replace("one = 1", "one = 10"))
  await expect(said(second.page)).toContainText("was changed in another tab")
  await expect(said(first.page)).toBeHidden()
  await expectAccessible(second.page)
  await said(second.page).getByRole("button", { name: "Take the other tab's text" }).click()
  await expect(second.code).toContainText("one = 10")
  await expect(said(second.page)).toBeHidden()

  // Both at once: neither's line is lost.
  await second.write(PROGRAM.replace("one = 1", "one = 10").replace("three = 3", "three = 30"))
  await expect(said(first.page)).toBeVisible()
  await first.write(PROGRAM.replace("one = 1", "one = 11"))
  await expect(said(first.page)).toContainText("in different ways")
  await expect(said(second.page)).toContainText("in different ways")
  await said(first.page).getByRole("button", { name: "Merge both" }).click()
  for (const reader of [first, second]) {
    await expect(reader.code).toContainText("one = 11")
    await expect(reader.code).toContainText("three = 30")
    await expect(said(reader.page)).toBeHidden()
  }

  // What decides a run besides the text counts as the text does.
  await first.command("Another seed")
  await expect(said(second.page)).toContainText("was changed in another tab")
  await said(second.page).getByRole("button", { name: "Take the other tab's text" }).click()
  await expect(said(second.page)).toBeHidden()
  const seedOf = (reader: Reader) => reader.page.locator("header").getByText(/seed \d+/)
  await expect(seedOf(second)).toHaveText(await seedOf(first).innerText())

  await first.write('print("mine")')
  await said(second.page).getByRole("button", { name: "Keep this one apart" }).click()
  await expect(said(second.page)).toBeHidden()
  await expect(second.code).toContainText("three = 30")
  await expect(first.code).toContainText("mine")
  first.expectQuiet()
  second.expectQuiet()
})

test("everything goes into one file and comes back on another device", async ({ page, browser }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Jade", 'print("from the first device")')
  await reader.command("Versions of this document")
  const download = page.waitForEvent("download")
  await page.getByRole("button", { name: "Export everything" }).click()
  const path = (await (await download).path()) ?? ""

  const device = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: "dark" })
  const other = new Reader(await device.newPage())
  await other.open()
  await other.page.getByRole("button", { name: /^Examples/ }).click()
  await other.page.getByRole("menuitem", { name: /^Versions, export, import/ }).click()
  const dialog = other.page.getByRole("dialog", { name: "Kept on this device" })
  await dialog.getByLabel("Export to import").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") })
  await expect(dialog.getByRole("status")).toHaveText("This file is not an export of Counterpoint.")
  await dialog.getByLabel("Export to import").setInputFiles(path)
  await expect(dialog.getByRole("status")).toContainText("Imported: 1 document")
  await expectAccessible(other.page)
  await dialog.getByRole("button", { name: "Close" }).click()
  await other.command("Versions of this document")
  await dialog.getByRole("button", { name: "Open", exact: true }).click()
  await expect(other.code).toContainText("from the first device")
  reader.expectQuiet()
  other.expectQuiet()
  await device.close()
})

test("storage that is full is said, and the text can be downloaded", async ({ page }) => {
  const reader = new Reader(page)
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError")
    }
  })
  await reader.open()
  await reader.write('print("not kept")')
  const alert = page.getByRole("alert", { name: "Not kept" })
  await expect(alert).toContainText("storage of this browser is full")
  await expectAccessible(page)
  const file = page.waitForEvent("download")
  await alert.getByRole("button", { name: "Download this document" }).click()
  expect(await readFile((await (await file).path()) ?? "", "utf8")).toContain("not kept")
  await alert.getByRole("button", { name: "Go on without" }).click()
  await expect(alert).toBeHidden()
  reader.expectQuiet()
})

for (const scheme of ["light", "dark"] as const)
  test(`the share dialog is accessible on a desk and a phone (${scheme})`, async ({ page }) => {
    const reader = new Reader(page)
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" })
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport)
      await reader.open()
      await page.keyboard.press("ControlOrMeta+s")
      await expect(page.getByRole("dialog", { name: "Share" })).toBeVisible()
      await page.screenshot({ path: `.cache/looks/share-${viewport.width}-${scheme}.png` })
      await expectAccessible(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
  })

for (const clipboard of ["missing", "refused"] as const)
  test(`where the clipboard is ${clipboard}, every button that copies offers the text selected in a field`, async ({ page }) => {
    await page.addInitScript((how) => {
      const refusing = { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) }
      Object.defineProperty(navigator, "clipboard", { value: how === "missing" ? undefined : refusing })
    }, clipboard)
    const reader = new Reader(page)
    await reader.open()
    await reader.try("Vibe", PROGRAM)
    await page.getByRole("button", { name: "Share" }).click()
    const dialog = page.getByRole("dialog", { name: "Share" })
    await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(/#v1\./)
    const selected = () => page.evaluate(() => document.getSelection()?.toString())
    for (const [button, what, text] of [
      ["Copy link", "the link", "#v1."],
      ["Copy as Markdown", "the Markdown", PROGRAM],
      ["Copy embed code", "the code for a frame", "<iframe "],
    ] as const) {
      await dialog.getByRole("button", { name: button }).click()
      const byHand = page.getByRole("dialog", { name: `Copy ${what} by hand` })
      await expect(byHand.getByText(clipboard === "missing" ? /plain http/ : /did not allow/)).toBeVisible()
      const field = byHand.getByRole("textbox")
      await expect(field).toBeFocused()
      expect(await field.inputValue()).toContain(text)
      expect(await selected()).toBe(await field.inputValue())
      if (what === "the link") await expectAccessible(page)
      await byHand.getByRole("button", { name: "Done" }).click()
      await expect(byHand).toBeHidden()
      await expect(dialog).toBeVisible()
    }
    reader.expectQuiet()
  })
