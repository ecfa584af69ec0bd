// The page keeps itself: opened once, it opens and runs without a network.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

test("a page that was open once opens and runs without a network", async ({ page, context }) => {
  const reader = new Reader(page)
  await reader.open()
  // It is kept once the page is idle.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await context.setOffline(true)
  await page.goto("/?again#none")
  await expect(reader.code).toBeVisible()
  await reader.try("Ard", 'use ard/io\n\nfn main() {\n  io::print("no network needed")\n}\n')
  await expect(reader.output).toContainText("no network needed")
  await context.setOffline(false)
})
