// The forms of the legend as shapes: each state differs from the others without its colour, and a lane costs what its width costs.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf, type TraceFold } from "../../../interpreter/trace/fold.ts"
import { randomTrace } from "../../../interpreter/trace/random-trace.ts"
import { BAD_TRACES, badTrace } from "../bad-traces.ts"
import { FORMS, galleryAnswers, galleryTrace } from "../gallery.ts"
import { type Drawn, rememberingLayers, type SceneOptions, sceneOf } from "../testing.ts"
import { drawLane } from "./lane.ts"
import { drawStructure } from "./structure.ts"

function drawn(fold: TraceFold, name: string, options: SceneOptions = {}): Drawn[] {
  const scene = sceneOf(fold, options)
  const lane = fold.lanes.find((candidate) => candidate.label === name)
  const { layers, drawn: things } = rememberingLayers()
  if (lane) drawLane(scene, lane, scene.rowByTask.get(lane.task) ?? 0, layers)
  return things
}

const gallery = foldOf(galleryTrace())
const answers = galleryAnswers(gallery.spans)
/** Where a thing was drawn, rounded to hundreds of milliseconds of the gallery. */
const spansOf = (things: Drawn[], what: string, options: SceneOptions = {}) => {
  const { scale } = sceneOf(gallery, options)
  return things
    .filter((thing) => thing.what === what)
    .map((thing) => [thing.x, thing.right].map((x) => Math.round(scale.unit(x) / 10_000) / 100))
}
const texts = (things: Drawn[]) => things.filter((thing) => thing.what === "text").map((thing) => thing.text)

describe("each form of the legend", () => {
  test("waiting for the first token is dots, tokens arriving is solid, and the two meet", () => {
    const things = drawn(gallery, "answer")
    expect(spansOf(things, "dots")).toEqual([[0, 0.36]])
    expect(spansOf(things, "model fill")).toEqual([[0.36, 0.9]])
    expect(texts(things)).toEqual(["84 tok", "What is a fiber?"])
  })

  test("queued at a limit is an outline with a diagonal end", () => {
    const things = drawn(gallery, "queued at a limit")
    expect(texts(things)).toContain("queued")
    expect(spansOf(things, "dots")).toEqual([[0.9, 1.18]])
  })

  test("a failed try is a block, the back-off chevrons with a dashed outline and the number of the next try", () => {
    const things = drawn(gallery, "retried after 429")
    expect(spansOf(things, "error fill").map(([from]) => from)).toEqual([0.24])
    expect(spansOf(things, "chevrons")).toEqual([[0.25, 0.95]])
    expect(things.some((thing) => thing.what === "dashed retry")).toBe(true)
    expect(texts(things)).toContain("try 2")
  })

  test("a failed try says before its cross what went wrong, each way in a word of its own", () => {
    const failures = [
      [401, "", "401"],
      [429, "", "429"],
      [500, "", "500"],
      [0, "cut", "cut off"],
      [0, "silent", "no answer"],
      [0, "offline", "offline"],
      [0, "unreached", "not reached"],
      [502, "empty", "empty"],
      [502, "unreadable", "unreadable"],
      [413, "tooLong", "too long"],
      [400, "notRecorded", "not recorded"],
    ] as const
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const sent = failures.map(([status, what, word]) => {
      const task = b.run(main, word)
      const call = b.queued(task, "hello")
      b.sent(task, call).suspend(task, "call", call)
      return { task, call, status, what }
    })
    b.at(1000)
    for (const { task, call, status, what } of sent) b.failed(task, call, status, "no", what)
    const fold = foldOf(b.end(main).endRun().trace())
    const calls = fold.lanes.flatMap((lane) => lane.calls)
    expect(calls.map((call) => call.attempts[0]?.failure?.what)).toEqual(failures.map(([, what]) => what))
    for (const [, , word] of failures) expect(texts(drawn(fold, word))).toContain(word)
  })

  test("a call that asks again for another answer has a divider there, and no sign of failure", () => {
    const things = drawn(gallery, "asked again")
    expect(spansOf(things, "model fill").length).toBe(2)
    expect(spansOf(things, "line model")).toContainEqual([0.6, 0.6])
    expect(spansOf(things, "error fill")).toEqual([])
  })

  test("ready and not running is an empty outline", () => {
    const things = drawn(gallery, "could run")
    expect(spansOf(things, "line wait")).toContainEqual([0.4, 1])
    expect(spansOf(things, "hatch")).toEqual([])
  })

  test("a failure has a thin line to the task that read it, and a dot there", () => {
    const scene = sceneOf(gallery)
    const { layers, drawn: things } = rememberingLayers()
    drawStructure(scene, layers)
    const rowOf = (name: string) => scene.rows.findIndex((row) => row.label === name)
    const lines = things.filter((thing) => thing.what === "error fill")
    expect(lines).toHaveLength(2)
    const middleOf = (name: string) => rowOf(name) * 28 + 14
    expect(lines.map(({ y }) => y)).toEqual([middleOf("main"), middleOf("main") - 3])
    expect(spansOf(lines.slice(0, 1), "error fill")).toEqual([[0.5, 0.5]])
    const [line, dot] = lines.map(({ x, right }) => (x + right) / 2)
    expect(dot).toBe(line)
  })

  test("a task that waits thousands of times in a row is drawn waiting, with marks that stay apart", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const other = b.run(main, "other")
    for (let i = 1; i <= 20_000; i++)
      b.suspend(main, "await", other)
        .at(i * 50)
        .ready(main, other)
        .resume(main)
    const things = drawn(foldOf(b.end(main).endRun().trace()), "main")
    const waited = things.filter((thing) => thing.what === "hatch")
    expect(waited.length).toBeLessThan(5)
    expect(waited.reduce((sum, { x, right }) => sum + right - x, 0)).toBeGreaterThan(900)
    const marks = things.filter((thing) => thing.what === "compute fill")
    expect(marks.length).toBeGreaterThan(100)
    for (const [i, mark] of marks.entries()) if (i > 0) expect(mark.x - (marks[i - 1]?.right ?? 0)).toBeGreaterThanOrEqual(1)
  })

  test("waiting for a task or a channel is hatched and says on what", () => {
    expect(spansOf(drawn(gallery, "receives"), "hatch")).toEqual([
      [0, 0.35],
      [0.35, 0.8],
      [0.8, 1.25],
    ])
    expect(texts(drawn(gallery, "receives"))).toEqual(["recv jobs", "recv jobs", "recv jobs"])
    expect(texts(drawn(gallery, "main"))).toContain("await answer")
  })

  test("a sleep is io and says how long", () => {
    const things = drawn(gallery, "timer")
    expect(spansOf(things, "io fill")).toEqual([[0, 1.1]])
    expect(texts(things)).toEqual(["sleep 1.10 s"])
  })

  test("ends differ by shape: check, ring, slash, block with a cross", () => {
    const shapes = ["answer", "result never read", "cancelled", "gives up"].map((name) => {
      const lane = gallery.lanes.find((candidate) => candidate.label === name)
      const endX = sceneOf(gallery).scale.x(lane?.endUs ?? 0)
      return drawn(gallery, name)
        .filter((thing) => thing.x > endX - 6.5 && thing.what !== "compute fill" && thing.what !== "text" && !thing.what.includes("model"))
        .map((thing) => thing.what)
        .join()
    })
    expect(new Set(shapes).size).toBe(4)
  })

  test("what lives on after its parent is hatched from there, with a warning", () => {
    const things = drawn(gallery, "log")
    expect(spansOf(things, "outlived")).toEqual([[1.95, 2.3]])
    expect(things.some((thing) => thing.what === "dashed text2")).toBe(true)
  })

  test("a tool's round has a divider in the bar and its name", () => {
    expect(texts(drawn(gallery, "uses a tool"))).toContain("weather 300 ms")
  })

  test("a real model's answer has a sign where the call leaves: one where it was asked now, another for a recording", () => {
    const linesOf = (name: string, options: SceneOptions) =>
      drawn(gallery, name, options)
        .filter((thing) => thing.what === "line model")
        .map((thing) => [thing.x, thing.y, thing.right].map(Math.round).join())
    const [now, recorded] = ["asked now", "from a recording"].map((name) => {
      const without = new Set(linesOf(name, {}))
      return linesOf(name, { answers }).filter((line) => !without.has(line))
    })
    expect([now?.length, recorded?.length]).toEqual([4, 4])
    expect(now).not.toEqual(recorded)
    expect(linesOf("answer", { answers })).toEqual(linesOf("answer", {}))
  })

  test("starting a task is a tick from its parent", () => {
    const { layers, drawn: things } = rememberingLayers()
    drawStructure(sceneOf(gallery), layers)
    expect(things.filter((thing) => thing.what === "line control").length).toBe(gallery.lanes.length - 1)
  })
})

describe("the legend", () => {
  test("shows a picture of its own for every form", () => {
    const pictures = FORMS.map((form) => {
      const things = drawn(gallery, form.lane, { answers, widthPx: 108, from: form.fromMs * 1000, to: form.toMs * 1000 })
      return things
        .filter((thing) => thing.right > 12 && thing.x < 106 && !["muted", "bg", "lane", "line bg"].includes(thing.what))
        .map((thing) => (thing.what === "text" ? "text" : `${thing.what} ${Math.round(thing.x / 4)}-${Math.round(thing.right / 4)}`))
        .join()
    })
    for (const picture of pictures) expect(picture).not.toBe("")
    expect(new Set(pictures).size).toBe(FORMS.length)
  })
})

describe("time that has not come", () => {
  test("is not drawn, however much of it the trace holds", () => {
    for (const edgeUs of [0, 100_000, 500_000, 1_200_000]) {
      const options = { edgeUs, from: 0, to: 2_400_000 }
      const scene = sceneOf(gallery, options)
      const edgeX = scene.scale.x(edgeUs)
      for (const lane of gallery.lanes) {
        for (const thing of drawn(gallery, lane.label, options)) {
          // Marks and caps of the instant itself are a few pixels wide.
          if (thing.what !== "text") expect(thing.right).toBeLessThanOrEqual(edgeX + 16)
        }
      }
    }
  })
})

describe("many and strange", () => {
  test("a lane costs what its width costs, however long its history is", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    for (let i = 0; i < 20_000; i++) b.sleep(main, 5)
    const fold = foldOf(b.end(main).endRun().trace())
    expect(drawn(fold, "main").length).toBeLessThan(5000)
    expect(drawn(fold, "main", { from: 50_000, to: 50_100 }).filter((thing) => thing.what === "io fill").length).toBeGreaterThan(15)
  })

  test("runs nobody would write are drawn all the same, in time and in steps", () => {
    for (const name of BAD_TRACES) {
      const fold = foldOf(badTrace(name))
      for (const steps of [false, true]) {
        const scene = sceneOf(fold, { steps })
        const { layers, drawn: things } = rememberingLayers()
        drawStructure(scene, layers)
        for (const lane of fold.lanes.slice(0, 400)) drawLane(scene, lane, scene.rowByTask.get(lane.task) ?? 0, layers)
        for (const thing of things) expect(Number.isFinite(thing.x) && Number.isFinite(thing.right)).toBe(true)
      }
    }
  })

  test("in steps, computing has its true width", () => {
    const fold = foldOf(badTrace("no-time"))
    const wide = drawn(fold, "worker0", { steps: true }).filter((thing) => thing.what === "compute fill")
    expect(wide.some((thing) => thing.right - thing.x > 20)).toBe(true)
  })

  test("nothing is drawn outside the picture by more than a cap", () => {
    const fold = foldOf(randomTrace({ seed: 4, tasks: 30, deeds: 10, longestUs: 5000, chunks: 20 }).trace())
    const end = fold.totals.virtualUs
    for (const lane of fold.lanes) {
      for (const thing of drawn(fold, lane.label, { from: end * 0.4, to: end * 0.5 })) {
        if (thing.what === "text") continue
        expect(thing.x).toBeGreaterThanOrEqual(-24)
        expect(thing.right).toBeLessThanOrEqual(1024)
      }
    }
  })
})
