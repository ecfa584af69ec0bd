// The main job: type a program, press Run, read what happened when. In each of the three languages.
import { expect, test } from "@playwright/test"
import { type LanguageTitle, Reader } from "../reader.ts"

const OVERLAPPING: Record<LanguageTitle, { program: string; lanes: readonly string[]; prints: readonly string[] }> = {
  Vibe: {
    program: `async let paris = do "What is the capital of France?"
async let rome = do "What is the capital of Italy?"
async let tokyo = do "What is the capital of Japan?"
print("asked")
print("{paris} {rome} {tokyo}")
`,
    lanes: ["main", "paris", "rome", "tokyo"],
    prints: ["asked"],
  },
  Jade: {
    program: `use std::time
async fn nap(seconds, name) {
    time.sleep(seconds)
    return name
}
let first = nap(0.3, "slow")
let second = nap(0.1, "quick")
print("both started")
print(await first + " " + await second)
`,
    lanes: ["main", "nap"],
    prints: ["both started", "slow quick"],
  },
  Ard: {
    program: `use ard/async
use ard/io

fn main() {
  let slow = async::start(fn() {
    async::sleep(300)
    io::print("slow")
  })
  let fast = async::start(fn() {
    async::sleep(100)
    io::print("fast")
  })
  io::print("both started")
  slow.join()
  fast.join()
  io::print("joined")
}
`,
    lanes: ["main", "slow", "fast"],
    prints: ["both started", "fast", "slow", "joined"],
  },
}

for (const [language, { program, lanes, prints }] of Object.entries(OVERLAPPING) as [
  LanguageTitle,
  (typeof OVERLAPPING)[LanguageTitle],
][]) {
  test(`${language}: type a program, run it, read its lanes and its output`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.try(language, program)
    for (const text of prints) await expect(reader.output).toContainText(text)
    await expect(reader.tasks).toBeVisible()
    for (const name of lanes) await expect(reader.lane(name).first()).toBeVisible()
    // Children stand one level below the task that started them.
    await expect(reader.lane("main").first()).toHaveAttribute("aria-level", "1")
    await expect(reader.lane(lanes[1] ?? "").first()).toHaveAttribute("aria-level", "2")
    reader.expectQuiet()
  })
}

test("the page opens with an example that runs by itself, and says what kind of run it is", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await expect(page.getByText(/simulated model · virtual time · seed \d+/)).toBeVisible()
  await expect(reader.tasks.getByRole("row").nth(3)).toBeVisible()
  await expect(reader.output).toContainText("done")
  reader.expectQuiet()
})

test("the run unfolds while the reader watches", async ({ page }) => {
  const reader = new Reader(page)
  // Noted in the page, frame by frame: a slow machine may ask too late.
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const look = () => {
      const rows = [...document.querySelectorAll('[role="treegrid"] [role="row"][aria-level]')]
      const toCome = rows.filter((row) => row.getAttribute("aria-label")?.includes("not started yet")).length
      const goesOn = [...document.querySelectorAll("button")].some((button) => button.textContent?.trim().startsWith("Stop"))
      const now = `${goesOn ? "goes on" : "rests"}, ${toCome} of ${rows.length} to come`
      if (rows.length > 0 && seen.at(-1) !== now) seen.push(now)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await reader.open("/", { motion: "no-preference" })
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  // The tasks to come are rows from the beginning; each begins as the reader watches, and the show goes on behind them.
  await expect.poll(async () => (await seen()).at(-1), { timeout: 30_000 }).toBe("rests, 0 of 4 to come")
  expect(await seen()).toEqual(expect.arrayContaining(["goes on, 3 of 4 to come", "goes on, 0 of 4 to come"]))
  await expect(reader.run).toBeVisible()
  reader.expectQuiet()
})

test("the same seed gives the same output, another seed may not", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Vibe", OVERLAPPING.Vibe.program)
  // With the moment of each entry; the three answers and what is printed are all there.
  const told = () => reader.output.innerText()
  await expect.poll(told).toMatch(/Paris.*Rome.*Tokyo/)
  const first = await told()
  // In a page that knows nothing of the run before.
  await page.reload()
  await reader.ready()
  await reader.speed("instant")
  await reader.runToEnd()
  await expect.poll(told).toBe(first)
  await reader.command("Another seed")
  await expect.poll(told).not.toBe(first)
  await expect.poll(told).toMatch(/Paris.*Rome.*Tokyo/)
  expect(await told()).not.toBe(first)
  reader.expectQuiet()
})

test("the speed stays as the reader chose it while the page showed its first run", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  await expect(reader.lane("main")).toHaveAccessibleName(/done/)
  await reader.runToEnd()
  await expect(page.getByRole("combobox", { name: "Speed" })).toHaveValue("Infinity")
  reader.expectQuiet()
})

test("each language has at least two examples, and every one runs to its end", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.speed("instant")
  let count = 0
  for (const language of ["Vibe", "Jade", "Ard"]) {
    await page.getByRole("button", { name: /^Examples/ }).click()
    const items = page
      .getByRole("group")
      .filter({ hasText: new RegExp(`^${language}`) })
      .getByRole("menuitem")
    await expect(items.first()).toBeVisible()
    const titles = await items.allInnerTexts()
    await page.keyboard.press("Escape")
    expect(titles.length, language).toBeGreaterThanOrEqual(2)
    for (const title of titles) {
      await page.getByRole("button", { name: /^Examples/ }).click()
      const name = title.split("\n")[0] ?? title
      await page.getByRole("menuitem", { name }).first().click()
      await expect(reader.stop).toBeHidden({ timeout: 30_000 })
      await expect(reader.problems).toBeHidden()
      count++
    }
  }
  expect(count).toBeGreaterThanOrEqual(6)
  reader.expectQuiet()
})
