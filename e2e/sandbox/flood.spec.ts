// A worker that was taken over and says far more than an honest one could, on the real line into the real page: its own text,
// changed on the way in, sends each message of a run over and over. The page must live on, say what it did, and go on.
import { expect, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"

// A service worker would bring the worker's text past the change.
test.use({ serviceWorkers: "block" })

/** Runs in the worker before anything else of it does. Only what a program prints as `flood` sets it off. */
const TAKEN_OVER = `
const send = MessagePort.prototype.postMessage
MessagePort.prototype.postMessage = function (message, ...rest) {
  const told = message && message.type === "events" && message.chunks.some(({ strings }) => strings.some((text) => text.includes("flood")))
  const { run, nowUs } = message ?? {}
  send.call(this, message, ...rest)
  if (told) for (let i = 0; i < 300000; i++) send.call(this, { type: "waiting", run, for: "time", nowUs })
}
`

/** The page gets a worker whose first part begins with `text`, which has no quotes but double ones. Gives how often it was changed. */
async function withWorkerText(page: Page, text: string): Promise<() => number> {
  let changed = 0
  await page.route(/worker-source[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/(name:\s*["'`]load-chunk["'`],\s*text:\s*)["'`]/, (all) => {
      changed++
      return all + JSON.stringify(text).slice(1, -1)
    })
    await route.fulfill({ response, body })
  })
  return () => changed
}

test("a flood of messages costs the worker its sandbox: the page says so, keeps what was shown, and runs the next program", async ({
  page,
}) => {
  const changed = await withWorkerText(page, TAKEN_OVER)
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Vibe", 'print("an honest run")')
  await expect(reader.output).toContainText("an honest run")
  expect(changed()).toBe(1)

  await reader.write('print("flood")')
  await reader.run.click()
  const said = page.getByText("the program's sandbox was replaced, for it sent more than 2000 messages a second").first()
  await expect(said).toBeVisible({ timeout: 40_000 })
  await expect(reader.output).toContainText("flood")
  await expect(reader.run).toBeVisible()

  await reader.write('print("the next program")')
  await reader.runToEnd()
  await expect(reader.output).toContainText("the next program")
  reader.expectQuiet()
})
