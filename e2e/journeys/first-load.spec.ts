// What a first visit costs: JavaScript that really travels until the first run has ended, and nothing from strangers.
import { gzipSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import { BUDGET_KB } from "../../scripts/budget.mjs"
import { Reader } from "../reader.ts"

test("the first load stays within its budget", async ({ page }) => {
  // The moment at which the first run is over, by the clock that the browser also stamps its requests with.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.documentElement.dataset.page !== "idle") return
      observer.disconnect()
      Object.assign(globalThis, { firstRunOverMs: performance.now() })
    }).observe(document, { subtree: true, attributeFilter: ["data-page"] })
  })
  const bodies = new Map<string, Promise<Buffer>>()
  page.on("response", (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) bodies.set(response.url(), response.body())
  })
  const reader = new Reader(page)
  await reader.open()
  await expect(reader.output).toContainText("done")
  await expect(page.locator('html[data-page="idle"]')).toBeVisible()
  const addresses = await page.evaluate(() => {
    const overMs: number = Reflect.get(globalThis, "firstRunOverMs")
    const scripts = performance.getEntriesByType("resource").filter((entry) => /\.js$/.test(new URL(entry.name).pathname))
    return scripts.filter((entry) => entry.startTime <= overMs).map((entry) => entry.name)
  })
  let total = 0
  const lines: string[] = []
  for (const address of new Set(addresses)) {
    const kb = gzipSync((await bodies.get(address)) ?? Buffer.alloc(0), { level: 9 }).length / 1024
    total += kb
    lines.push(`${kb.toFixed(1)} KB ${new URL(address).pathname}`)
  }
  test.info().annotations.push({ type: "first load", description: `${total.toFixed(1)} KB gz in ${lines.length} files` })
  expect(lines.length).toBeGreaterThan(1)
  expect(total, lines.join("\n")).toBeLessThanOrEqual(BUDGET_KB)
  // What is counted is what travels: the worker and the editor are among the files of this visit, the editor only after the run.
  expect(lines.some((line) => line.includes("worker"))).toBe(true)
  expect(lines.some((line) => line.includes("code-editor"))).toBe(false)
  await expect.poll(() => [...bodies.keys()].some((address) => address.includes("code-editor"))).toBe(true)
  reader.expectQuiet()
})
