// Real models from the page, against a provider on this machine that speaks each protocol: run, record, reload without the
// provider, replay to the identical trace; the command line writes the same bytes. And the key is nowhere but in requests.
import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import { violations } from "../accessible.ts"
import { Reader } from "../reader.ts"
import { project } from "../served.ts"
import { dialog, downloaded, everythingStored, openModels, runLive, type Setup, setUpProvider } from "./models-dialog.ts"
import { providerForEach } from "./provider-for-each.ts"

const KEY = "sk-page-0123456789abcdefghij"
const PROGRAM = `let outline = do "Outline a talk"
async let a = do "As a teacher, review: !{outline}"
async let b = do "As a sceptic, review: !{outline}"
print("{a} | {b}")
`

const given = providerForEach()

const setUp = (page: Page, setup: Setup) => setUpProvider(page, given.fake.origin, KEY, setup)

const PROVIDERS: readonly Setup[] = [
  { provider: "Another OpenAI-compatible server", path: "/v1", model: "slow" },
  { provider: "Anthropic", path: "/anthropic/v1", model: "slow" },
  { provider: "Google Gemini", path: "/google/v1beta", model: "slow" },
]

for (const setup of PROVIDERS)
  test(`${setup.provider}: run, record, reload without it, replay to the identical trace`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.prepare("Vibe", PROGRAM)
    await setUp(page, setup)
    await runLive(page, reader, setup.provider)
    await expect(reader.output).toContainText(/You said: [^|]*As a sceptic/)
    await expect(page.getByText(new RegExp(`${setup.provider} slow`))).toBeVisible()
    expect(given.fake.received.filter((request) => request.method === "POST")).toHaveLength(3)
    expect(given.fake.load.most).toBe(2)

    await openModels(page, "Recordings")
    const cassette = await downloaded(page, "Save the recording")
    const trace = await downloaded(page, "Save the trace of the run on screen")
    await given.fake.stop()

    await page.reload()
    await expect(reader.code).toBeVisible()
    await reader.speed("instant")
    await reader.write(PROGRAM)
    await expect(page.getByText(/simulated model ·/)).toBeVisible()
    await openModels(page, "Recordings")
    writeFileSync(join(given.folder, "talk.cassette"), cassette)
    await dialog(page).getByLabel("Recording to open").setInputFiles(join(given.folder, "talk.cassette"))
    await expect(dialog(page).getByText(/talk\.cassette: 3 calls to slow/)).toBeVisible()
    await dialog(page).getByRole("button", { name: "Replay this recording" }).click()
    await expect(reader.stop).toBeHidden({ timeout: 20_000 })
    await expect(reader.output).toContainText(/You said: [^|]*As a sceptic/)
    await expect(page.getByText(/replay of talk\.cassette/)).toBeVisible()
    await openModels(page, "Recordings")
    const replayed = await downloaded(page, "Save the trace of the run on screen")
    expect(replayed.equals(trace)).toBe(true)

    // The command line replays to the same bytes.
    const { path } = (JSON.parse(cassette.toString()) as { program: { path: string } }).program
    writeFileSync(join(given.folder, path), PROGRAM)
    execFileSync(process.execPath, [
      join(project, "scripts/counterpoint.mjs"),
      ...["run", join(given.folder, path), "--replay", join(given.folder, "talk.cassette"), "--trace", join(given.folder, "talk.trace")],
    ])
    expect(readFileSync(join(given.folder, "talk.trace")).equals(trace)).toBe(true)

    // The key went to the provider and is nowhere else: no link, file, storage entry, text or log line.
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "Share" }).click()
    await expect(page).toHaveURL(/#v1\./)
    for (const text of [
      await everythingStored(page),
      cassette.toString("latin1"),
      trace.toString("latin1"),
      await page.content(),
      reader.complaints.join(),
    ])
      expect(text).not.toContain(KEY)
    expect(reader.complaints).toEqual([])
  })

test("after a reload the last recording of the document is still there, and details say where answers came from", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", PROGRAM)
  await setUp(page, { ...(PROVIDERS[0] as Setup), model: "ok" })
  await runLive(page, reader, "Another OpenAI-compatible server")
  await given.fake.stop()
  // The recording is written behind the reader's back; a reload right now could be faster.
  await expect.poll(() => everythingStored(page)).toContain("As a sceptic, review: You said")
  await page.reload()
  await expect(reader.code).toContainText("As a sceptic")
  await openModels(page, "Recordings")
  await dialog(page).getByRole("button", { name: "Replay the last run" }).click()
  await dialog(page).getByRole("button", { name: "Replay this recording" }).click()
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  await expect(reader.output).toContainText("As a sceptic, review: You said")
  await page.getByRole("tab", { name: "Details" }).click()
  await reader.lane("a").first().click()
  await expect(page.getByText(/from the recording, ok/)).toBeVisible()
})

test("a link with recorded answers shows another reader the same answers and says whose they are, and nobody is asked", async ({
  page,
  browser,
}) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", PROGRAM)
  await setUp(page, { provider: "Another OpenAI-compatible server", path: "/v1", model: "slow" })
  await runLive(page, reader, "Another OpenAI-compatible server")
  await expect(reader.output).toContainText(/You said: [^|]*As a sceptic/)
  const asked = given.fake.received.length
  await page.keyboard.press("ControlOrMeta+s")
  const share = page.getByRole("dialog", { name: "Share" })
  await share.getByRole("radio", { name: /^This moment/ }).check()
  const without = page.url()
  await share.getByRole("checkbox", { name: /With my recorded answers \(3 calls\)/ }).check()
  await expect(page).not.toHaveURL(without)
  const link = page.url()
  expect(link).not.toContain(KEY)
  await page.keyboard.press("Escape")
  await expect(share).toBeHidden()
  const output = await reader.output.innerText()

  const stranger = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const other = new Reader(await stranger.newPage())
  await other.open(link)
  await expect(other.page.getByText(/answers recorded by the author of this link/)).toBeVisible()
  await expect(other.output).toContainText(/You said: [^|]*As a sceptic/)
  await expect.poll(() => other.output.innerText()).toBe(output)
  expect(given.fake.received).toHaveLength(asked)
  other.expectQuiet()
  await stranger.close()
})

test("recordings that cannot be read are refused with a sentence each", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await openModels(page, "Recordings")
  for (const [text, sentence] of [
    ["no recording", /This file is not a recording of Counterpoint/],
    ['{"counterpoint":"cassette","version":1', /This recording is damaged/],
    ['{"counterpoint":"cassette","version":99}', /made with a newer version/],
  ] as const) {
    writeFileSync(join(given.folder, "x.cassette"), text)
    await dialog(page).getByLabel("Recording to open").setInputFiles(join(given.folder, "x.cassette"))
    await expect(dialog(page).getByText(sentence)).toBeVisible()
  }
})

test("the dialog is without barriers, in every tab", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  for (const tab of ["Simulated", "Recordings", "Real models"]) {
    await openModels(page, tab)
    // From the last: one that is opened is no longer among those that the others are counted by.
    for (const closed of (await dialog(page).locator("details:not([open]) > summary").all()).reverse()) await closed.click()
    expect(await violations(page, { only: "[role=dialog]" })).toEqual([])
    await page.keyboard.press("Escape")
  }
})

test("presets of the simulated model and a script, with what each rule answered", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", 'print(do "alpha")\nprint(do "beta")\n')
  await openModels(page, "Simulated")
  await dialog(page).getByRole("combobox", { name: "Preset of the dials" }).selectOption({ label: "Slow large model" })
  await dialog(page).getByLabel("Model script").fill('[{ "match": "alpha", "reply": "one" ')
  await dialog(page).getByRole("button", { name: "Use this script" }).click()
  await expect(
    dialog(page)
      .getByText(/This is no JSON/)
      .first(),
  ).toBeVisible()
  await dialog(page).getByLabel("Model script").fill('[{ "match": "alpha", "reply": "one" }]')
  await dialog(page).getByRole("button", { name: "Use this script" }).click()
  await dialog(page).getByRole("button", { name: "Run with the simulated model" }).click()
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  await expect(reader.output).toContainText("one")
  await openModels(page, "Simulated")
  const answered = dialog(page).getByRole("list", { name: "Which rule answered which calls" })
  await expect(answered).toContainText("Rule 1 (“alpha”): 1 call: “alpha”")
  await expect(answered).toContainText("Built-in responder: 1 call")
})

test("Stop ends the request at the provider", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", 'let a = do "Hello"\nprint(a)\n')
  const setup = { ...(PROVIDERS[0] as Setup), model: "stall" }
  await setUp(page, setup)
  await dialog(page)
    .getByRole("button", { name: `Run with ${setup.provider}` })
    .click()
  await page.getByRole("button", { name: `Ask ${setup.provider}` }).click()
  await expect.poll(() => given.fake.load.now).toBe(1)
  await reader.stop.click()
  await expect(reader.run).toBeVisible()
  await expect.poll(() => given.fake.load.now).toBe(0)
})

test("the test of the connection tells a wrong key, CORS and a server that is not there apart", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  const setup = PROVIDERS[0] as Setup
  await setUp(page, setup)
  const button = dialog(page).getByRole("button", { name: "Test the connection" })
  await button.click()
  await expect(dialog(page).getByText("Another OpenAI-compatible server answers.")).toBeVisible()
  given.fake.key = "another"
  await button.click()
  await expect(dialog(page).getByText(/does not accept the key/)).toBeVisible()
  given.fake.cors = false
  await button.click()
  await expect(dialog(page).getByText(/\(CORS\)/)).toBeVisible()
  await given.fake.stop()
  await button.click()
  await expect(dialog(page).getByText(/Nothing answers at/)).toBeVisible()
})

test("another document begins simulated, and nobody is asked", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", PROGRAM)
  await setUp(page, PROVIDERS[0] as Setup)
  await runLive(page, reader, "Another OpenAI-compatible server")
  const asked = given.fake.received.length
  await reader.choose("Jade")
  await expect(page.getByText(/simulated model ·/)).toBeVisible()
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  expect(given.fake.received.length).toBe(asked)
})

test("a paid model: the question names the most it can cost, the head shows what it did cost, the budget stops the run", async ({
  page,
}) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.prepare("Vibe", PROGRAM)
  await setUp(page, { provider: "OpenAI", path: "/v1", model: "gpt-5-mini" })
  await dialog(page).getByLabel("Stop a run before it has cost more than").check()
  await dialog(page).getByRole("button", { name: "Run with OpenAI" }).click()
  const question = page.getByRole("dialog", { name: "Ask OpenAI?" })
  await expect(question).toContainText("model gpt-5-mini")
  await expect(question).toContainText("at most $0.250")
  await question.getByRole("button", { name: "Not now" }).click()
  expect(given.fake.received).toHaveLength(0)
  await reader.run.click()
  await question.getByRole("button", { name: "Ask OpenAI" }).click()
  await expect(reader.output).toContainText("As a sceptic, review: You said")
  await expect(page.getByText(/OpenAI gpt-5-mini, (\$0\.000\d|< \$0\.0001) ·/)).toBeVisible()

  const before = given.fake.received.length
  await openModels(page, "Real models")
  await dialog(page).getByLabel("US dollars a run").fill("0.001")
  await dialog(page).getByLabel("US dollars a run").blur()
  await dialog(page)
    .getByLabel(/Use answers again/)
    .uncheck()
  await dialog(page).getByRole("button", { name: "Run with OpenAI" }).click()
  await expect(page.getByText(/before the budget of \$0\.0010 could be passed/).first()).toBeVisible()
  expect(given.fake.received.length).toBe(before)
})

test("a page inside another page offers no real models", async ({ page, baseURL }) => {
  await page.setContent(`<iframe src="${baseURL}" style="width:1380px;height:820px"></iframe>`)
  const inner = page.frameLocator("iframe")
  await inner.getByRole("button", { name: "Models", exact: true }).click()
  await inner.getByRole("tab", { name: "Real models" }).click()
  await expect(inner.getByText(/shown inside another page, so it asks no real models/)).toBeVisible()
  await expect(inner.getByLabel(/^Key/)).toHaveCount(0)
  await expect(inner.getByRole("button", { name: /^Run with (?!the simulated)/ })).toHaveCount(0)
})

test("a program framed by another page runs simulated, and no key of the reader's can be used there", async ({ page, baseURL }) => {
  // The reader has a provider and a remembered key on this device.
  const reader = new Reader(page)
  await reader.open()
  await setUp(page, PROVIDERS[0] as Setup)
  await dialog(page)
    .getByLabel(/Remember on this device/)
    .check()
  await page.keyboard.press("Escape")
  await page.setContent(`<iframe src="${baseURL}/?embed" style="width:1380px;height:820px"></iframe>`)
  const inner = page.frameLocator("iframe")
  await inner.getByRole("button", { name: /^Run/ }).click()
  await expect(inner.getByText(/simulated model/).first()).toBeVisible()
  await expect(inner.getByRole("button", { name: "Models", exact: true })).toHaveCount(0)
  await inner.getByRole("textbox").first().click()
  await page.keyboard.press("ControlOrMeta+k")
  await inner.getByPlaceholder("Type a command").fill("Models: simulated")
  await inner.getByRole("option", { name: /^Models: simulated/ }).click()
  await inner.getByRole("tab", { name: "Real models" }).click()
  await expect(inner.getByText(/shown inside another page, so it asks no real models/)).toBeVisible()
  await expect(inner.getByLabel(/^Key/)).toHaveCount(0)
  expect(given.fake.received).toEqual([])
})

test("a phone has the dialog too, without barriers", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const reader = new Reader(page)
  await reader.open()
  await page.getByRole("button", { name: "Models", exact: true }).click()
  await dialog(page).getByRole("tab", { name: "Real models" }).click()
  await expect(dialog(page).getByLabel(/^Key/)).toBeVisible()
  expect(await violations(page, { only: "[role=dialog]" })).toEqual([])
  const wide = await dialog(page).evaluate((element) => element.scrollWidth > element.clientWidth)
  expect(wide).toBe(false)
})
