// When output counts as a flood, and when it does no longer.
import { describe, expect, it } from "vitest"
import { type Flood, lookedAt, NO_FLOOD } from "./flood.ts"

/** Whether it floods after each look: entries in all, and when. */
const seen = (...looks: readonly (readonly [length: number, atMs: number])[]) => {
  let flood: Flood = NO_FLOOD
  return looks.map(([length, atMs]) => (flood = lookedAt(flood, length, atMs)).floods)
}

describe("a flood of entries", () => {
  it("is no single burst, however large", () => {
    expect(seen([5000, 0], [5000, 250], [5003, 500])).toEqual([false, false, false])
  })

  it("begins with the second of two waves that follow each other", () => {
    expect(seen([40, 0], [90, 250], [200, 500])).toEqual([false, true, true])
    expect(seen([40, 0], [90, 1500])).toEqual([false, false])
  })

  it("goes on while the page looks again without anything new, and ends a second after the last wave", () => {
    expect(seen([40, 0], [90, 250], [90, 260], [91, 1200], [92, 1260])).toEqual([false, true, true, true, false])
  })
})
