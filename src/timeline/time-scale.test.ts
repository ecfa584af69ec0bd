// From time to pixels and back, by time and by events, fitted, zoomed and with gaps left out.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import { compressedAxis, gapsOf } from "./axis.ts"
import { fitted, formatTick, growing, panned, Scale, ticksOf, zoomed } from "./time-scale.ts"

describe("the scale", () => {
  test("maps there and back", () => {
    const scale = new Scale(1000, 3000, 500)
    expect(scale.x(1000)).toBe(10)
    expect(scale.x(3000)).toBe(500)
    expect(scale.unit(scale.x(1234))).toBeCloseTo(1234)
  })

  test("a fitted run leaves three hundredths on the right", () => {
    expect(fitted(1_000_000)).toEqual({ from: 0, to: 1_030_000 })
    expect(fitted(0)).toEqual({ from: 0, to: 1 })
    // On a phone, as much as a cap needs.
    expect(new Scale(0, fitted(1000, 280).to, 280).x(1000)).toBeLessThanOrEqual(261)
  })

  test("a growing run rescales in steps of one and a half", () => {
    const widths = new Set<number>()
    for (let us = 0; us < 1_000_000; us += 5000) widths.add(growing(us, false).to)
    const sorted = [...widths].sort((a, b) => a - b)
    for (let i = 1; i < sorted.length; i++) expect((sorted[i] as number) / (sorted[i - 1] as number) >= 1.5 - 1e-9).toBe(true)
    expect(sorted.length).toBeLessThan(20)
  })

  test("zooming keeps the place under the pointer", () => {
    const before = { from: 0, to: 1000 }
    const after = zoomed(before, 0.5, 400, 1000)
    expect((400 - after.from) / (after.to - after.from)).toBeCloseTo(0.4)
    expect(after.to - after.from).toBe(500)
  })

  test("nobody zooms or pans past the run", () => {
    expect(zoomed({ from: 0, to: 100 }, 1e-9, 50, 1000).to).toBeGreaterThan(20)
    expect(panned({ from: 100, to: 200 }, -1e6, 1000)).toEqual({ from: 0, to: 100 })
    expect(panned({ from: 100, to: 200 }, 1e6, 1000)).toEqual({ from: 930, to: 1030 })
  })
})

describe("the ruler", () => {
  test("has round numbers that do not touch", () => {
    for (const to of [7, 1300, 99_999, 3_680_000, 170_000_000]) {
      const scale = new Scale(0, to, 1000)
      const { step, units } = ticksOf(scale, 90, false)
      expect(String(step).replace(/[0.]|e.*/g, "")).toMatch(/^[125]$/)
      expect(step * scale.pxPerUnit).toBeGreaterThanOrEqual(90)
      expect(units.length).toBeGreaterThan(2)
    }
  })

  test("counts long times in minutes and hours", () => {
    const stepOf = (to: number) => ticksOf(new Scale(0, to, 1000), 90, false).step / 60_000_000
    expect([600_000_000, 3_600_000_000, 24 * 3_600_000_000].map(stepOf)).toEqual([1, 10, 180])
  })

  test("labels are as exact as its ticks are apart", () => {
    expect(formatTick(1_000_000, 500_000)).toBe("1.0 s")
    expect(formatTick(1_250_000, 50_000)).toBe("1250 ms")
    expect(formatTick(1_250_001, 1)).toBe("1250.001 ms")
    expect(formatTick(7_200_000_000, 3_600_000_000)).toBe("2 h")
    expect(formatTick(40, 10)).toBe("40 µs")
    expect(formatTick(0, 10)).toBe("0 s")
  })
})

describe("compressed time", () => {
  function hourAndMicroseconds() {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    for (let i = 0; i < 100; i++) b.sleep(main, 1)
    b.sleep(main, 3_600_000_000)
    for (let i = 0; i < 100; i++) b.sleep(main, 1)
    return b.end(main).endRun().trace()
  }

  test("shrinks an hour in which nothing happens and keeps the microseconds", () => {
    const endUs = 3_600_000_200
    const gaps = gapsOf(hourAndMicroseconds(), endUs)
    expect(gaps).toEqual([{ fromUs: 100, toUs: 3_600_000_100 }])
    const axis = compressedAxis(gaps, endUs)
    expect(axis.unitOf(endUs)).toBeLessThan(300)
    for (const us of [0, 50, 100, 1_000_000_000, 3_600_000_150, endUs]) expect(axis.keyOf(axis.unitOf(us))).toBeCloseTo(us, 3)
    let last = -1
    for (let us = 0; us <= endUs; us += 97_000_001) {
      expect(axis.unitOf(us)).toBeGreaterThanOrEqual(last)
      last = axis.unitOf(us)
    }
  })

  test("changes nothing where nothing is empty", () => {
    expect(compressedAxis([], 100).kind).toBe("time")
  })
})
