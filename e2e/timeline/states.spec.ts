// States of the timeline that other journeys pass by, each on a desk and on a phone, in light and in dark: axe finds nothing on
// the whole page, nothing is wider than the screen. The pictures go to .cache/looks, for whoever changes the looks.
import { expect, type Page, test } from "@playwright/test"
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import { writeTrace } from "../../interpreter/trace/format.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"
import { badTrace } from "../../src/timeline/bad-traces.ts"
import { galleryTrace } from "../../src/timeline/gallery.ts"
import { violations } from "../accessible.ts"
import { Reader } from "../reader.ts"

// Axe goes through every element of the page, and does so in light and in dark.
test.describe.configure({ timeout: 180_000 })

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

const rows = (page: Page) => page.getByRole("treegrid", { name: "Tasks" }).locator("[role=row][aria-level]")

/** 20 tasks that start 20 each, so more rows than anybody reads. */
function crowded(): Trace {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  for (let i = 0; i < 20; i++) {
    const group = b.run(main, `group${i}`)
    for (let j = 0; j < 20; j++) {
      const task = b.run(group, `task${i}-${j}`)
      b.sleep(task, 1000).end(task, "ok", `${j}`)
    }
    b.end(group)
  }
  return b.end(main).endRun().trace()
}

/** More lines than the output shows at once. */
function talkative(): Trace {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  for (let i = 0; i < 700; i++) b.print(main, `line ${i}\n`)
  return b.sleep(main, 1000).end(main).endRun().trace()
}

for (const [size, viewport] of Object.entries(SIZES)) {
  const phone = size === "phone"
  test.describe(size, () => {
    test.use({ viewport, hasTouch: phone, isMobile: phone })

    async function opened(page: Page, name: string, trace: Trace): Promise<Reader> {
      const reader = new Reader(page)
      await reader.open()
      await expect(reader.stop).toBeHidden({ timeout: 20_000 })
      await reader.openFile({ name: `${name}.trace`, mimeType: "application/octet-stream", buffer: Buffer.from(writeTrace(trace)) })
      await expect(page.getByText(new RegExp(`Trace "${name}\\.trace": `)).first()).toBeVisible()
      return reader
    }

    /** `part`: of a page that is otherwise as in other states. */
    async function expectClean(page: Page, state: string, part?: string): Promise<void> {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: `.cache/looks/timeline-${state}-${size}-${colorScheme}.png` })
        expect(await violations(page, part ? { only: part } : {}), `${state}, ${colorScheme}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), state).toBeLessThanOrEqual(0)
      }
    }

    test("a trace from a file, with every form, and names nobody would give", async ({ page }) => {
      const reader = await opened(page, "forms", galleryTrace())
      await expect(rows(page).first()).toHaveAccessibleName(/^main/)
      await expectClean(page, "forms")
      await reader.openFile({
        name: "names.trace",
        mimeType: "application/octet-stream",
        buffer: Buffer.from(writeTrace(badTrace("names"))),
      })
      await expect(rows(page)).toHaveCount(9)
      await expectClean(page, "names")
      reader.expectQuiet()
    })

    test("lanes that folded themselves", async ({ page }) => {
      await opened(page, "crowd", crowded())
      const grid = page.getByRole("treegrid", { name: "Tasks" })
      await expect(grid).toHaveAttribute("aria-rowcount", "22")
      const group = rows(page).filter({ has: page.getByText("group1", { exact: true }) })
      await expect(group).toHaveAttribute("aria-expanded", "false")
      await group.getByRole("button", { name: "Unfold group1" }).click()
      await expect(grid).toHaveAttribute("aria-rowcount", "42")
      await expectClean(page, "folded")
    })

    test("many tasks as a table, the details of one, the timeline as text", async ({ page }) => {
      const reader = await opened(page, "many", crowded())
      await page.getByRole("tab", { name: "Tasks" }).click()
      const table = page.getByRole("table")
      await expect(table.getByRole("row")).toHaveCount(301, { timeout: 20_000 })
      await expect(page.getByText("121 more tasks in the timeline.")).toBeAttached()
      await expectClean(page, "tasks", '[role="tabpanel"]')
      const task = table.getByRole("button", { name: "group1", exact: true })
      if (phone) {
        // The names stay where they are while the figures scroll past.
        await table.getByRole("columnheader", { name: "cost" }).scrollIntoViewIfNeeded()
        await expect(table.getByRole("columnheader", { name: "cost" })).toBeInViewport()
        await task.scrollIntoViewIfNeeded()
        await expect(task).toBeInViewport()
        await page.screenshot({ path: ".cache/looks/timeline-tasks-scrolled.png" })
      }
      await task.click()
      await expect(page.getByRole("heading", { name: /group1$/ })).toBeVisible()
      await expectClean(page, "details", '[role="tabpanel"]')
      await reader.command("Timeline as text")
      const dialog = page.getByRole("dialog", { name: "Timeline as text" })
      await expect(dialog.getByRole("listitem")).toHaveCount(201)
      await expectClean(page, "text", '[role="dialog"]')
      reader.expectQuiet()
    })

    if (phone)
      test("the lowest sheet, and an explanation that finds room", async ({ page }) => {
        const reader = await opened(page, "forms", galleryTrace())
        const height = page.getByRole("button", { name: /Timeline height/ })
        await height.tap()
        await height.tap()
        await expect(height).toHaveAccessibleName(/peek/)
        await expectClean(page, "peek")
        await reader.command("Explain this moment")
        await expect(height).toHaveAccessibleName(/half/)
        await expect(page.getByRole("button", { name: "Close the explanation" })).toBeInViewport()
        reader.expectQuiet()
      })

    test("more output than is shown at once", async ({ page }) => {
      await opened(page, "talk", talkative())
      if (phone) await page.getByRole("tab", { name: "Output" }).click()
      const more = page.getByRole("button", { name: "Show 400 more" })
      await expect(more).toBeAttached()
      await expect(page.getByText("400 earlier pieces not shown")).toBeAttached()
      await expect(page.getByText("line 400", { exact: true })).toBeAttached()
      await expectClean(page, "more-output", '[role="tabpanel"] p:has(button)')
      await more.click()
      await expect(page.getByText("line 0", { exact: true })).toBeAttached({ timeout: 20_000 })
      await expect(more).toBeHidden()
    })

    test("the legend", async ({ page }) => {
      const reader = new Reader(page)
      await reader.open()
      await expect(reader.stop).toBeHidden({ timeout: 20_000 })
      if (phone) await page.getByRole("button", { name: "Tools of the timeline" }).tap()
      await page.getByRole("button", { name: "What the forms mean" }).click()
      const legend = page.getByRole("dialog", { name: "Legend of the timeline" })
      await expect(legend.getByRole("listitem")).toHaveCount(18)
      await expectClean(page, "legend")
      reader.expectQuiet()
    })

    test("the note of a marker, open and with too many words", async ({ page }) => {
      const reader = new Reader(page)
      await reader.open()
      await expect(reader.stop).toBeHidden({ timeout: 20_000 })
      if (phone) await page.getByRole("button", { name: "Tools of the timeline" }).tap()
      await page.getByRole("button", { name: "Note at this moment (N)" }).click()
      const card = page.getByRole("dialog", { name: /^Marker at/ })
      await card.getByRole("textbox", { name: /^Note at/ }).fill("x".repeat(212))
      await expect(card.getByRole("status")).toHaveText(/the last twelve characters will not be kept/)
      await expectClean(page, "note", '[role="dialog"]')
      await card.getByRole("button", { name: "Keep" }).click()
      await expect(page.getByRole("list", { name: "Markers" }).getByRole("button")).toHaveText([/: x{200}$/])
      reader.expectQuiet()
    })

    if (phone)
      test("the sheet of tools", async ({ page }) => {
        const reader = new Reader(page)
        await reader.open()
        await expect(reader.stop).toBeHidden({ timeout: 20_000 })
        await page.getByRole("button", { name: "Tools of the timeline" }).tap()
        await expect(page.getByRole("searchbox", { name: "Filter tasks" })).toBeVisible()
        await expectClean(page, "tools")
        reader.expectQuiet()
      })
  })
}
