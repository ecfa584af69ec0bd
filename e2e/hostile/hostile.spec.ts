// Somebody else's program can harm nothing. Every program of this folder is run in one tab of the built page, as a reader runs
// it; "outside.invalid" in them becomes a server on this machine that counts what arrives (nothing may). A key is stored in
// the models settings meanwhile. `seen.ts` says what the reader sees of each; in between the page must run ordinary programs.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import { type LanguageTitle, Reader } from "../reader.ts"
import { type CountingServer, countRequests } from "../sandbox/counting-server.ts"
import { EVERYWHERE, SEEN, type Seen } from "./seen.ts"

const KEY = "sk-hostile-0123456789abcdefghij"
const folder = import.meta.dirname
const LANGUAGE: Readonly<Record<string, LanguageTitle>> = { vibe: "Vibe", jde: "Jade", ard: "Ard" }
const files = readdirSync(folder)
  .filter((name) => /\.(vibe|jde|ard)$/.test(name))
  .sort()

// One program that fails does not keep the others from being tried.
const soft = expect.configure({ soft: true })

let outside: CountingServer
test.beforeAll(async () => {
  outside = await countRequests()
})
test.afterAll(() => outside.close())

/** The program with the counting server's address in place of the address that nobody has. */
function programOf(file: string): string {
  return readFileSync(join(folder, file), "utf8").replaceAll("outside.invalid", new URL(outside.origin).host)
}

/** Stores a key for a provider at the counting server, as a reader would; nobody chooses to run with it. */
async function storeKey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Models", exact: true }).click()
  const models = page.getByRole("dialog", { name: "Models" })
  await models.getByRole("tab", { name: "Real models" }).click()
  await models.getByRole("combobox", { name: "Provider", exact: true }).selectOption({ label: "Another OpenAI-compatible server" })
  await models.getByLabel(/^Key/).fill(KEY)
  await models.getByLabel("Address").fill(`${outside.origin}/v1`)
  await models.getByRole("combobox", { name: "Model", exact: true }).fill("any")
  await models.getByRole("combobox", { name: "Model", exact: true }).blur()
  await page.keyboard.press("Escape")
  await expect(models).toBeHidden()
}

async function traceOnScreen(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Models", exact: true }).click()
  const models = page.getByRole("dialog", { name: "Models" })
  await models.getByRole("tab", { name: "Recordings" }).click()
  const saving = page.waitForEvent("download")
  await models.getByRole("button", { name: "Save the trace of the run on screen" }).click()
  const text = readFileSync(await (await saving).path(), "latin1")
  await page.keyboard.press("Escape")
  await expect(models).toBeHidden()
  return text
}

test("the table speaks of programs that are there", () => {
  for (const file of Object.keys(SEEN)) expect(files).toContain(file)
})

test("hostile programs get nowhere, are told so, and the page lives on", async ({ page }) => {
  test.setTimeout(240_000)
  const reader = new Reader(page)
  const sent: string[] = []
  page.on("request", (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`))
  await reader.open()
  const title = await page.title()
  await storeKey(page)
  await reader.speed("instant")
  let language: LanguageTitle | null = null

  const run = async (of: LanguageTitle, program: string, seen: Seen) => {
    if (language !== of) await reader.choose(of)
    language = of
    await reader.write(program)
    await reader.run.click()
    if (seen.stop) {
      await expect(reader.stop).toBeVisible()
      await expect(page.locator("html")).toHaveAttribute("data-page", "running")
      await reader.stop.click()
    }
    await expect(reader.stop).toBeHidden({ timeout: 20_000 })
    await expect(reader.run).toBeVisible()
  }

  for (const file of files) {
    await test.step(file, async () => {
      const seen = SEEN[file] ?? EVERYWHERE
      await run(LANGUAGE[file.split(".").at(-1) ?? ""] as LanguageTitle, programOf(file), seen)
      const said = () => reader.output.innerText()
      for (const words of seen.words) await soft.poll(said, { message: `${file} says ${words}`, timeout: 15_000 }).toContain(words)
      const whole = await said()
      soft(whole, file).not.toContain("GOT THROUGH")
      for (const words of seen.never ?? []) soft(whole, file).not.toContain(words)
      soft(whole, file).not.toContain(KEY)
      soft(outside.arrived, file).toEqual([])
      if (file.startsWith("keys-")) expect(await traceOnScreen(page), file).not.toContain(KEY)
    })
  }

  await run("Jade", 'let list = [1, 2]\nlist.push(3)\nprint(f"alive {len(list)}")\n', EVERYWHERE)
  await expect(reader.output).toContainText("alive 3")
  expect(await page.title()).toBe(title)
  expect(await page.evaluate(() => Object.keys(globalThis).filter((name) => /taken|left|forged/.test(name)))).toEqual([])
  expect(outside.arrived).toEqual([])
  for (const request of sent) expect(request).not.toContain(KEY)
  // What the browser's policy refused may be announced as a request that failed; nobody else is asked for anything.
  const strangers = reader.requests.filter((url) => !url.startsWith(new URL(page.url()).origin) && !/^(blob|data|about|node):/.test(url))
  for (const url of strangers) expect(new URL(url).host).toBe(new URL(outside.origin).host)
  for (const complaint of reader.complaints) expect(complaint).not.toContain(KEY)
})
