// What the timeline shows before anything has run: the tasks that the text will start, dotted, so that the first run fills
// lanes that are already there; and, for a program that does one thing at a time, how it could do more.
import { expect, type Locator, type Page, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const PROGRAMS = [
  {
    file: "mine.vibe",
    text: `function both(): text {\n  async let left = do "left"\n  async let right = do "right"\n  return "{left} {right}"\n}\nasync let pair = both()\nasync let third = do "third"\nprint("{pair} {third}")\n`,
    lanes: ["main", "pair", "left", "right", "third"],
    levels: ["1", "2", "3", "3", "2"],
  },
  {
    file: "mine.jde",
    text: `async fn ask(q) {\n    prompt p = q\n    return await ?p\n}\nlet a = ask("one")\nlet b = ask("two")\nprint(await a + await b)\n`,
    lanes: ["main", "ask", "ask #2"],
    levels: ["1", "2", "2"],
  },
  {
    file: "mine.ard",
    text: `use ard/async\n\nfn main() {\n  let tea = async::start(fn() { async::sleep(30) })\n  let toast = async::start(fn() { async::sleep(10) })\n  tea.join()\n  toast.join()\n}\n`,
    lanes: ["main", "tea", "toast"],
    levels: ["1", "2", "2"],
  },
] as const

/** The names and levels of the rows of tasks, in order; without the row of heads. */
async function rows(reader: Reader): Promise<{ names: string[]; levels: string[] }> {
  return reader.tasks.getByRole("row").evaluateAll((all) => {
    const tasks = all.filter((row) => row.hasAttribute("aria-level"))
    return {
      names: tasks.map((row) => row.querySelector("bdi")?.textContent ?? ""),
      levels: tasks.map((row) => row.getAttribute("aria-level") ?? ""),
    }
  })
}

/** Where a row is among the rows. */
async function placeOf(row: Locator, reader: Reader): Promise<{ below: number; height: number }> {
  const [box, all] = [await row.boundingBox(), await reader.tasks.boundingBox()]
  return { below: (box?.y ?? 0) - (all?.y ?? 0), height: box?.height ?? 0 }
}

/** Where the middles of these are, down the page, in pixels; nothing of what has no width. */
const middles = (all: Locator) =>
  all.evaluateAll((elements) =>
    elements
      .map((element) => element.getBoundingClientRect())
      .flatMap(({ top, height, width }) => (width > 50 ? [Math.round(top + height / 2)] : [])),
  )

const sentence = (page: Page) => page.getByText("Run to see when each of these happens.")

async function openOwn(reader: Reader, { file, text }: { readonly file: string; readonly text: string }): Promise<void> {
  await reader.open()
  await reader.openFile({ name: file, mimeType: "text/plain", buffer: Buffer.from(text) })
  await expect(sentence(reader.page)).toBeVisible()
}

for (const size of [
  { name: "on a desk", width: 1440, height: 900 },
  { name: "on a phone", width: 390, height: 844 },
]) {
  test.describe(`before a run, ${size.name}`, () => {
    test.use({ viewport: size })

    for (const program of PROGRAMS) {
      test(`${program.file}: the tasks to come are rows, and the run's own lanes take their places`, async ({ page }) => {
        const reader = new Reader(page)
        await openOwn(reader, program)
        await expect.poll(() => rows(reader)).toEqual({ names: program.lanes, levels: program.levels })
        const last = reader.lane(program.lanes.at(-1) as string)
        await expect(last).toHaveAccessibleName(/not run yet, line \d+ starts it/)
        await expect(last.getByRole("gridcell", { name: "not run yet" })).toBeAttached()
        const before = await placeOf(last, reader)
        // The dotted lines are for the eye alone.
        const tasks = reader.tasks.locator('[role="row"][aria-level]')
        await expect.poll(() => middles(page.locator(".timeline-expected .border-dotted"))).toEqual(await middles(tasks))
        await reader.runToEnd()
        await expect(sentence(page)).toBeHidden()
        await expect.poll(() => rows(reader)).toEqual({ names: program.lanes, levels: program.levels })
        await expect(last).not.toHaveAccessibleName(/not run yet/)
        await expect.poll(() => placeOf(last, reader)).toEqual(before)
        expect(reader.complaints).toEqual([])
      })
    }
  })
}

test("the rows follow the text as it is typed, and the keyboard goes through them", async ({ page }) => {
  const reader = new Reader(page)
  await openOwn(reader, PROGRAMS[0])
  await reader.write(`async let sun = do "a"\nasync let moon = do "b"\nprint("{sun} {moon}`)
  await expect.poll(async () => (await rows(reader)).names).toEqual(["main", "sun", "moon"])
  await reader.lane("main").focus()
  await page.keyboard.press("ArrowDown")
  await expect(reader.lane("sun")).toBeFocused()
  await page.keyboard.press("End")
  await expect(reader.lane("moon")).toBeFocused()
})

test("the example's lanes are there from the first picture to the last, each where it was", async ({ page }) => {
  const reader = new Reader(page)
  await page.addInitScript(() => {
    // Every set of lanes that any picture showed, first paint included.
    const seen = new Set<string>()
    Object.assign(window, { seen })
    const look = () => {
      const painted = [...document.querySelectorAll(".first-lanes li")].map((row) => row.textContent)
      const lanes = [...document.querySelectorAll('[role="treegrid"] [data-row] bdi')].map((row) => row.textContent)
      if (document.querySelector(".first-lanes, [role=treegrid]")) seen.add(`${painted}${lanes}`)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await reader.open("/", { motion: "no-preference" })
  await expect(reader.stop).toBeHidden({ timeout: 30_000 })
  const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen])
  expect(seen).toEqual(["main,a,b,c"])
})

for (const size of [
  { name: "on a desk", width: 1440, height: 900 },
  { name: "on a phone", width: 390, height: 844 },
]) {
  test(`a program that does one thing at a time is offered a change, ${size.name}; it overlaps then, and undo takes it back`, async ({
    page,
  }) => {
    await page.setViewportSize(size)
    const reader = new Reader(page)
    const text = `// two questions\nlet left = do "left"\nlet right = do "right"\nprint("{left} {right}")`
    await openOwn(reader, { file: "one.vibe", text })
    await reader.runToEnd()
    await expect(page.getByText("This program does one thing at a time. Try async let on line 2.")).toBeVisible()
    await page.getByRole("button", { name: "Try it" }).click()
    await expect(reader.lane("left")).toBeVisible()
    await expect(reader.stop).toBeHidden({ timeout: 20_000 })
    await expect(page.getByText("This program does one thing at a time.")).toBeHidden()
    await expect(reader.code).toContainText('async let left = do "left"')
    await reader.code.click()
    await page.keyboard.press("ControlOrMeta+z")
    await expect(reader.code).not.toContainText("async let")
    expect(reader.complaints).toEqual([])
  })
}

test("where no change is sure to be sound, there are words and no button", async ({ page }) => {
  const reader = new Reader(page)
  await openOwn(reader, { file: "one.ard", text: `use ard/async\n\nfn main() {\n  async::sleep(20)\n}\n` })
  await reader.runToEnd()
  await expect(page.getByText("This program does one thing at a time. Try “async::start” where it asks for something slow.")).toBeVisible()
  await expect(page.getByRole("button", { name: "Try it" })).toHaveCount(0)
})
