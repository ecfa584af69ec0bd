// The timeline's grammar as pictures: one document that shows every form (src/timeline/gallery.ts), a clip of the screen for each
// row of the grammar, in light and in dark, beside the picture that was checked in (e2e/timeline/pictures).
//
// Fonts and smoothing differ from machine to machine, so pictures are compared as a coarse mosaic of mean colours: a bar that is
// missing, moved, or drawn in another colour or texture fails; another letter shape does not. COUNTERPOINT_PICTURES=1 takes
// the pictures anew. Also: forms that mean different things look different without any colour.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, type Page, test } from "@playwright/test"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { serve } from "../served.ts"

const PICTURES = join(import.meta.dirname, "pictures")

let served: Awaited<ReturnType<typeof serve>>
test.beforeAll(async () => {
  served = await serve("src/timeline/bench/index.html", undefined, [react(), tailwindcss()])
})
test.afterAll(() => served?.close())

interface Clip {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

async function show(page: Page, trace: string): Promise<void> {
  // The same address again would be no new page.
  await page.goto("about:blank")
  await page.goto(`${served.address}#none`)
  await page.waitForFunction(() => "timelineBench" in window)
  await page.evaluate((name) => window.timelineBench.show(window.timelineBench.traceFor(name)), trace)
  await expect(page.getByRole("slider", { name: "Playhead" })).toBeVisible()
  await drawn(page)
}

/** Two frames: what was asked for is on the screen. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

const rowOf = (page: Page, name: string) => page.getByRole("treegrid", { name: "Tasks" }).locator(`[role=row][aria-label^="${name},"]`)

/** The rows from one task to another, between two moments of the run. */
async function lanes(page: Page, first: string, last: string, fromMs: number, toMs: number): Promise<Clip> {
  const [top, bottom] = [await rowOf(page, first).boundingBox(), await rowOf(page, last).boundingBox()]
  const { left, right } = await page.evaluate(([from, to]) => window.timelineBench.across(from, to), [fromMs, toMs] as const)
  if (!top || !bottom) throw new Error(`no rows ${first} to ${last}`)
  return {
    x: Math.round(left),
    y: Math.round(top.y),
    width: Math.round(right - left),
    height: Math.round(bottom.y + bottom.height - top.y),
  }
}

async function boxOf(page: Page, selector: string): Promise<Clip> {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`no ${selector}`)
  return box
}

const key = async (page: Page, row: string, ...keys: string[]) => {
  await rowOf(page, row).focus()
  for (const one of keys) await page.keyboard.press(one)
}

interface Form {
  readonly name: string
  readonly act?: (page: Page) => Promise<unknown>
  readonly clip: (page: Page) => Promise<Clip>
}

/** A stretch of one lane. */
const lane = (name: string, task: string, fromMs: number, toMs: number): Form => ({
  name,
  clip: (page) => lanes(page, task, task, fromMs, toMs),
})

const FORMS: readonly Form[] = [
  {
    name: "lanes are indented under their parent",
    clip: async (page) => ({ ...(await lanes(page, "has children", "log", 0, 1)), x: 0, width: 199 }),
  },
  {
    name: "a folded task shows its density and a count",
    act: (page) => key(page, "has children", "ArrowLeft"),
    clip: (page) => lanes(page, "has children", "has children", 0, 2300),
  },
  lane("running is a mark", "sends", 330, 372),
  lane("ready is an empty outline", "could run", 380, 1020),
  lane("suspended is hatched, with a pill", "receives", 20, 340),
  lane("queued at a limit", "queued at a limit", 500, 960),
  lane("waiting for the first token", "answer", 40, 340),
  lane("tokens arriving", "answer", 360, 890),
  lane("a tool inside a call", "uses a tool", 360, 760),
  lane("another try for a better answer", "asked again", 400, 840),
  lane("a timer", "timer", 500, 1090),
  lane("back-off after a failed try", "retried after 429", 200, 940),
  lane("failed", "gives up", 400, 560),
  { name: "a failure goes to who reads it", clip: (page) => lanes(page, "main", "gives up", 470, 530) },
  lane("cancelled", "cancelled", 500, 720),
  lane("finished", "answer", 820, 960),
  lane("result never read", "result never read", 520, 680),
  lane("fire and forget", "fire and forget", 1200, 1600),
  lane("it outlives its parent", "log", 1700, 2300),
  {
    name: "spawn ticks and the bracket of the children",
    clip: async (page) => {
      const clip = await lanes(page, "has children", "log", 0, 60)
      return { ...clip, x: clip.x - 9, width: clip.width + 9 }
    },
  },
  {
    name: "arrows of the selected task",
    act: (page) => rowOf(page, "receives").click(),
    clip: (page) => lanes(page, "sends", "receives", 300, 420),
  },
  { name: "the critical path", clip: (page) => lanes(page, "child", "child #2", 1700, 2000) },
  {
    name: "the playhead, and the future behind it",
    act: (page) => page.evaluate(() => window.timelineBench.actions.scrub(1_000_000)),
    clip: async (page) => {
      const clip = await lanes(page, "main", "retried after 429", 800, 1250)
      return { ...clip, y: clip.y - 28, height: clip.height + 28 }
    },
  },
  {
    name: "a selected call has a ring and its row a tint",
    act: async (page) => {
      const { x, y, width } = await lanes(page, "answer", "answer", 0, 900)
      await page.mouse.click(x + width / 2, y + 14)
      await page.mouse.move(2, 2)
    },
    clip: (page) => lanes(page, "answer", "answer", 0, 1000),
  },
  {
    name: "a range with its duration",
    act: async (page) => {
      const { x, y, width } = await lanes(page, "timer", "timer", 1300, 2000)
      await page.mouse.move(x, y + 14)
      await page.mouse.down()
      await page.mouse.move(x + width, y + 14, { steps: 4 })
      await page.mouse.up()
      await page.mouse.move(2, 2)
    },
    clip: (page) => lanes(page, "main", "answer", 1200, 2100),
  },
  {
    name: "a marker on the ruler",
    act: async (page) => {
      await page.evaluate(() => window.timelineBench.actions.scrub(700_000))
      await key(page, "main", "m")
      await page.evaluate(() => window.timelineBench.actions.scrub(1_900_000))
    },
    clip: async (page) => ({ ...(await lanes(page, "main", "main", 640, 800)), y: 30, height: 28 }),
  },
  {
    name: "a marker with its note",
    act: async (page) => {
      await page.evaluate(() => window.timelineBench.actions.scrub(700_000))
      await key(page, "main", "n")
      await page.getByRole("textbox", { name: /^Note at/ }).fill("here it waits")
      await page.keyboard.press("Enter")
      await expect(page.getByRole("list", { name: "Markers" })).toHaveText(/: here it waits$/)
      await page.evaluate(() => window.timelineBench.actions.scrub(1_900_000))
    },
    clip: async (page) => ({ ...(await lanes(page, "main", "main", 640, 1000)), y: 30, height: 28 }),
  },
  { name: "strips: in flight with the ceiling, tokens a second, money", clip: (page) => boxOf(page, ".timeline-strips") },
  {
    name: "the overview with the window on screen",
    act: (page) => key(page, "main", "w", "w"),
    clip: async () => ({ x: 200, y: 2, width: 960, height: 27 }),
  },
]

/** How far two pictures are apart: of the cells of a mosaic, the part whose mean colours differ clearly. In the page: it can
 * read pictures. Pictures of another size are apart altogether. Large cells see bars and not letters, small ones textures. */
function distance(page: Page, one: Buffer, other: Buffer, cellPx = 7): Promise<number> {
  return page.evaluate(
    async ([a, b, CELL_PX]) => {
      const CLEARLY = 34
      const read = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const ctx = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D
        ctx.drawImage(bitmap, 0, 0)
        return ctx.getImageData(0, 0, bitmap.width, bitmap.height)
      }
      const [left, right] = [await read(a), await read(b)]
      if (Math.abs(left.width - right.width) > 2 || Math.abs(left.height - right.height) > 2) return 1
      const mean = (image: ImageData, x0: number, y0: number) => {
        const sums = [0, 0, 0]
        let count = 0
        for (let y = y0; y < Math.min(y0 + CELL_PX, image.height); y++) {
          for (let x = x0; x < Math.min(x0 + CELL_PX, image.width); x++) {
            for (let part = 0; part < 3; part++) sums[part] = (sums[part] ?? 0) + (image.data[(y * image.width + x) * 4 + part] ?? 0)
            count++
          }
        }
        return sums.map((sum) => sum / Math.max(1, count))
      }
      let cells = 0
      let apart = 0
      for (let y = 0; y < Math.min(left.height, right.height); y += CELL_PX) {
        for (let x = 0; x < Math.min(left.width, right.width); x += CELL_PX) {
          const [p, q] = [mean(left, x, y), mean(right, x, y)]
          cells++
          if (Math.max(...p.map((value, part) => Math.abs(value - (q[part] ?? 0)))) > CLEARLY) apart++
        }
      }
      return apart / Math.max(1, cells)
    },
    [one.toString("base64"), other.toString("base64"), cellPx] as const,
  )
}

/** Part of the cells that may differ: letters of another font, a pixel more or less. */
const TOLERATED = 0.12

for (const scheme of ["light", "dark"] as const) {
  test.describe(scheme, () => {
    test.use({ viewport: { width: 1360, height: 760 }, colorScheme: scheme })
    test("every row of the grammar looks as it was agreed", async ({ page }) => {
      test.slow()
      await page.emulateMedia({ reducedMotion: "reduce" })
      mkdirSync(join(PICTURES, scheme), { recursive: true })
      let untouched = false
      for (const form of FORMS) {
        if (!untouched) await show(page, "gallery")
        untouched = form.act === undefined
        await form.act?.(page)
        await drawn(page)
        const picture = await page.screenshot({ clip: await form.clip(page) })
        const path = join(PICTURES, scheme, `${form.name.replaceAll(/\W+/g, "-")}.png`)
        if (process.env.COUNTERPOINT_PICTURES) writeFileSync(path, picture)
        const known = existsSync(path)
        expect.soft(known, `${form.name}: a picture to compare with`).toBe(true)
        if (known) expect.soft(await distance(page, picture, readFileSync(path)), form.name).toBeLessThan(TOLERATED)
      }
    })
  })
}

test("forms that mean different things look different without colour", async ({ page }) => {
  await page.setViewportSize({ width: 1360, height: 760 })
  await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" })
  await show(page, "gallery")
  const stretches: readonly (readonly [string, number, number])[] = [
    ["queued at a limit", 300, 500],
    ["answer", 100, 300],
    ["answer", 560, 760],
    ["retried after 429", 300, 500],
    ["timer", 300, 500],
    ["receives", 100, 300],
    ["could run", 600, 800],
    ["log", 2050, 2250],
  ]
  const pictures: { readonly name: string; readonly picture: Buffer }[] = []
  for (const [task, fromMs, toMs] of stretches)
    pictures.push({ name: `${task} ${fromMs}`, picture: await page.screenshot({ clip: await lanes(page, task, task, fromMs, toMs) }) })
  const alike: string[] = []
  for (const [i, one] of pictures.entries()) {
    for (const other of pictures.slice(i + 1)) {
      if ((await distance(page, one.picture, other.picture, 2)) < 0.25) alike.push(`${one.name} and ${other.name}`)
    }
  }
  expect(alike).toEqual([])
})
