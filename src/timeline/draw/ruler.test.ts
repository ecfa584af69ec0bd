// Markers on the ruler: where their flags can be pressed, and how much room their notes have.
import { describe, expect, it } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf } from "../../../interpreter/trace/fold.ts"
import { xOf } from "../scene.ts"
import { sceneOf } from "../testing.ts"
import { markerAt } from "./ruler.ts"

function fiveSeconds() {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  b.suspend(main, "sleep", 5_000_000)
  b.at(5_000_000).wake(main)
  b.end(main, "ok", "null")
  return foldOf(b.trace())
}

describe("a marker on the ruler", () => {
  const scene = sceneOf(fiveSeconds(), { atUs: 0 })
  const at = (us: number) => xOf(scene, us, 1)
  const bare = { us: 1_000_000, step: 1 }
  const noted = { us: 3_000_000, step: 1, note: "here b gives up" }

  it("is pressed at its pole and its pennant, and not beside them", () => {
    for (const dx of [-2, 0, 8]) expect(markerAt(scene, [bare, noted], at(bare.us) + dx)).toBe(bare)
    for (const dx of [-20, 30]) expect(markerAt(scene, [bare, noted], at(bare.us) + dx)).toBeNull()
  })

  it("is pressed at its note too", () => {
    expect(markerAt(scene, [bare, noted], at(noted.us) + 60)).toBe(noted)
  })

  it("gives its note no more room than up to the next marker", () => {
    const next = { us: 3_300_000, step: 1, note: "and goes on" }
    expect(markerAt(scene, [noted, next], at(next.us))).toBe(next)
    expect(markerAt(scene, [noted, next], at(next.us) - 4)).toBeNull()
  })

  it("is not there where it is not on screen", () => {
    const later = sceneOf(fiveSeconds(), { from: 4_000_000, to: 5_000_000 })
    for (const x of [0, 1, 500, 999]) expect(markerAt(later, [bare, noted], x)).toBeNull()
  })
})
