// Every way in which a real model can fail, in one run: each call says its own sentence in the output and in its lane, the calls
// that went well keep what they got, and the replay of the recording says the same. And the key is in nothing that the page
// shows, keeps, saves or links.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"
import { dialog, downloaded, everythingStored, openModels, runLive, setUpProvider } from "./models-dialog.ts"
import { providerForEach } from "./provider-for-each.ts"

const KEY = "sk-fail-0123456789abcdefghij"
const SETUP = { provider: "OpenAI", path: "/v1", model: "ok" }

/** What the provider does, by the model's name, and what the reader is told of it. */
const FAILURES = [
  ["401", "OpenAI did not accept the key"],
  ["402", "the account has no credit left"],
  ["403", "the key may not be used for this"],
  ["404", "OpenAI does not know the model"],
  ["408", "OpenAI gave up waiting for the request"],
  ["429", "the rate limit of OpenAI is reached"],
  ["429-after", "it asks to wait 1.0 s"],
  ["500", "OpenAI had an error of its own (500)"],
  ["529", "OpenAI is overloaded (529)"],
  ["cut", "was cut off: the stream ended before it was complete"],
  ["cut-character", "was cut off in the middle of a character"],
  ["empty", "OpenAI sent an empty answer"],
  ["huge", "was longer than 4 MB and was cut off"],
  ["garbage", "something that is not its protocol (no valid JSON)"],
  ["silent", "OpenAI did not answer within 2 s"],
  ["stall", "OpenAI fell silent: nothing came for 2 s"],
] as const

const PROGRAM = [
  ...FAILURES.map(([name], i) => `model m${i} = { name: "${name}", provider: "openai", maxRetriesOnError: 0 }`),
  'model good = { name: "ok", provider: "openai" }',
  ...FAILURES.map((_, i) => `async let a${i} = do "call ${i}" m${i}`),
  'async let fine = do "a good one" good',
  ...FAILURES.map((_, i) => `print(a${i}.err)`),
  "print(fine)",
].join("\n")

const given = providerForEach()

/** The output is a long list of which only the part in view is on the page: reads it from top to bottom. */
async function wholeOutput(reader: Reader): Promise<string> {
  const seen: string[] = []
  const read = async () => seen.push(await reader.output.innerText())
  await reader.output.evaluate((element) => {
    const box = [element, ...element.querySelectorAll("*")].find((one) => one.scrollHeight > one.clientHeight + 4)
    box?.scrollTo(0, 0)
  })
  await read()
  for (let i = 0; i < 20; i++) {
    const more = await reader.output.evaluate((element) => {
      const box = [element, ...element.querySelectorAll("*")].find((one) => one.scrollHeight > one.clientHeight + 4)
      if (!box) return false
      const before = box.scrollTop
      box.scrollBy(0, box.clientHeight * 0.8)
      return box.scrollTop > before
    })
    await reader.page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))))
    await read()
    if (!more) break
  }
  return seen.join("\n")
}

/** The output comes a few entries at a time, so it may have to be read again. */
async function expectEveryFailure(reader: Reader): Promise<void> {
  let output = ""
  const missing = async () => {
    output = await wholeOutput(reader)
    return FAILURES.filter(([, sentence]) => !output.includes(sentence)).map(([name]) => name)
  }
  await expect.poll(missing).toEqual([])
  expect(output).toContain("You said: a good one.")
  expect(output).not.toContain(KEY)
}

test("every failure of a provider has a sentence of its own, and its replay the same", async ({ page }) => {
  test.setTimeout(120_000)
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", PROGRAM)
  await setUpProvider(page, given.fake.origin, KEY, SETUP)
  await dialog(page).getByText("Limits", { exact: true }).click()
  await dialog(page).getByLabel("Timeout, s").fill("2")
  await dialog(page).getByLabel("Timeout, s").blur()
  await dialog(page).getByLabel("In flight at once").fill("20")
  await dialog(page).getByLabel("In flight at once").blur()
  await runLive(page, reader, SETUP.provider)
  await expectEveryFailure(reader)

  // Each lane tells its own failure to those who do not see the timeline.
  await page.getByRole("tab", { name: "Details" }).click()
  for (const [i, [name, sentence]] of FAILURES.entries())
    if (["401", "cut", "empty", "silent"].includes(name)) {
      await reader.lane(`a${i}`).first().click()
      await expect(page.getByRole("tabpanel", { name: "Details" })).toContainText(sentence)
    }
  await page.getByRole("tab", { name: "Output" }).click()

  await openModels(page, "Recordings")
  const cassette = await downloaded(page, "Save the recording")
  const trace = await downloaded(page, "Save the trace of the run on screen")
  await given.fake.stop()
  writeFileSync(join(given.folder, "bad-day.cassette"), cassette)
  await dialog(page).getByLabel("Recording to open").setInputFiles(join(given.folder, "bad-day.cassette"))
  await dialog(page).getByRole("button", { name: "Replay this recording" }).click()
  await expect(page.getByText(/replay of bad-day\.cassette/)).toBeVisible()
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  await expectEveryFailure(reader)
  await openModels(page, "Recordings")
  expect((await downloaded(page, "Save the trace of the run on screen")).equals(trace)).toBe(true)
})

test("a machine that is offline is told so, and an edited program what the recording does not hold", async ({ page, context }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", 'model m = { name: "ok", provider: "openai", maxRetriesOnError: 0 }\nlet a = do "Hello there" m\nprint(a)\n')
  await setUpProvider(page, given.fake.origin, KEY, SETUP)
  await runLive(page, reader, SETUP.provider)
  await expect(reader.output).toContainText("You said: Hello there.")
  await openModels(page, "Recordings")
  const cassette = await downloaded(page, "Save the recording")
  await page.keyboard.press("Escape")

  await context.setOffline(true)
  await reader.write('model m = { name: "ok", provider: "openai", maxRetriesOnError: 0 }\nlet a = do "Hello moon" m\nprint(a.err)\n')
  await reader.run.click()
  await expect(reader.output).toContainText("this machine is offline", { timeout: 20_000 })
  await context.setOffline(false)

  writeFileSync(join(given.folder, "hello.cassette"), cassette)
  await openModels(page, "Recordings")
  await dialog(page).getByLabel("Recording to open").setInputFiles(join(given.folder, "hello.cassette"))
  await expect(dialog(page).getByText(/made with another version of this program/)).toBeVisible()
  await dialog(page).getByRole("button", { name: "Replay this recording" }).click()
  await expect(reader.output).toContainText("the recording holds no answer to this request", { timeout: 20_000 })
  await expect(reader.output).toContainText("The nearest one differs in the prompt: recorded “Hello there”, asked “Hello moon”")
})

test("a key is in no link, file, picture, export, recording, trace, text, log line or storage entry", async ({ page }) => {
  test.setTimeout(120_000)
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Vibe")
  await reader.speed("instant")
  // The provider says the key back, in an answer and in an error.
  await reader.write(
    'let a = do "Say it"\nprint(a)\nmodel m = { name: "500", provider: "openai", maxRetriesOnError: 0 }\nlet b = do "Again" m\nprint(b.err)\n',
  )
  await setUpProvider(page, given.fake.origin, KEY, { ...SETUP, model: "echo-key" })
  await runLive(page, reader, SETUP.provider)
  await expect(reader.output).toContainText("Your key is [key], keep it.")
  expect(given.fake.received.some(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true)

  const found: [string, string][] = []
  const save = async (name: string, press: () => Promise<void>) => {
    const [file] = await Promise.all([page.waitForEvent("download"), press()])
    found.push([name, readFileSync(await file.path(), "latin1")])
  }
  const inDialog = (of: string, button: string | RegExp) =>
    page.getByRole("dialog", { name: of }).getByRole("button", { name: button }).click()
  await openModels(page, "Recordings")
  await save("the recording", () => inDialog("Models", "Save the recording"))
  await save("the trace", () => inDialog("Models", "Save the trace of the run on screen"))
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Share" }).click()
  const share = page.getByRole("dialog", { name: "Share" })
  found.push(["the link", await share.getByLabel("Link", { exact: true }).inputValue()])
  await share.getByLabel(/With my recorded answers/).check()
  await expect.poll(() => share.getByLabel("Link", { exact: true }).inputValue()).not.toBe(found.at(-1)?.[1])
  found.push(["the link with answers", await unpacked(page, await share.getByLabel("Link", { exact: true }).inputValue())])
  await share.getByLabel(/OpenTelemetry with prompts/).check()
  await save("the spans", () => inDialog("Share", "Spans for OpenTelemetry"))
  await save("the trace for Perfetto", () => inDialog("Share", "Trace for Perfetto"))
  await save("the picture", () => inDialog("Share", "Picture (PNG)"))
  await save("the document", () => inDialog("Share", /^Download /))
  await page.keyboard.press("Escape")
  found.push(["what is stored", await everythingStored(page)])
  found.push(["the page", await page.content()])
  found.push(["what was logged", reader.complaints.join("\n")])
  for (const [name, text] of found) {
    expect(text.length, name).toBeGreaterThan(name === "what was logged" ? -1 : 20)
    expect(text, name).not.toContain(KEY)
    expect(text, name).not.toContain(Buffer.from(KEY).toString("base64").replace(/=+$/, ""))
  }
  expect(found.find(([name]) => name === "the spans")?.[1]).toContain("Your key is [key]")
})

/** The text that a link holds. */
async function unpacked(page: Page, link: string): Promise<string> {
  return page.evaluate(
    async (packed) => {
      const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
      return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text()
    },
    link.replace(/^.*#v1\./, ""),
  )
}
