// @vitest-environment happy-dom
import { describe, expect, it } from "vitest"
import { superseded } from "./versions.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const now = 1_000 * DAY

describe("versions", () => {
  it("of the last hour all stay", () => {
    const times = Array.from({ length: 50 }, (_, i) => now - i * MINUTE)
    expect(superseded(times, now)).toEqual([])
  })

  it("of earlier hours stay one an hour, of earlier days one a day, the newest of each", () => {
    const times = [now - 3 * HOUR - 5 * MINUTE, now - 3 * HOUR - 10 * MINUTE, now - 2 * DAY - HOUR, now - 2 * DAY - 2 * HOUR]
    expect(superseded(times, now)).toEqual([now - 3 * HOUR - 10 * MINUTE, now - 2 * DAY - 2 * HOUR])
  })

  it("go after two weeks, and never number more than a hundred", () => {
    expect(superseded([now - 15 * DAY], now)).toEqual([now - 15 * DAY])
    const many = Array.from({ length: 130 }, (_, i) => now - i * 1000)
    expect(superseded(many, now).length).toBe(30)
  })
})
