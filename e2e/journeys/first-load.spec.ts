// What a first visit costs: JavaScript that really travels until the first run has ended, and nothing from strangers.
import { gzipSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import { BUDGET_KB } from "../../scripts/budget.mjs"
import { Reader } from "../reader.ts"

test("the first load stays within its budget", async ({ page }) => {
  const sizes = new Map<string, number>()
  const bodies: Promise<void>[] = []
  page.on("response", (response) => {
    if (!/\.js$/.test(new URL(response.url()).pathname)) return
    bodies.push(
      response.body().then(
        (body) => {
          sizes.set(new URL(response.url()).pathname, gzipSync(body, { level: 9 }).length / 1024)
        },
        () => {},
      ),
    )
  })
  const reader = new Reader(page)
  await reader.open()
  await expect(reader.output).toContainText("done")
  await expect(reader.stop).toBeHidden({ timeout: 20_000 })
  await Promise.all(bodies)
  const total = [...sizes.values()].reduce((sum, kb) => sum + kb, 0)
  test.info().annotations.push({ type: "first load", description: `${total.toFixed(1)} KB gz in ${sizes.size} files` })
  expect(sizes.size).toBeGreaterThan(1)
  expect(total, [...sizes].map(([file, kb]) => `${kb.toFixed(1)} KB ${file}`).join("\n")).toBeLessThanOrEqual(BUDGET_KB)
  reader.expectQuiet()
})
