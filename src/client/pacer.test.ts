// Pacing with frames of the test's own making.
import { describe, expect, it } from "vitest"
import { AT_REST, edgeMoved, INSTANT, type Playback, playbackStarted, timePassed } from "../store/playback.ts"
import { grantFor, LEAD_MS, startPacer } from "./pacer.ts"

function show(start: Playback, reduced = false) {
  const world = { playback: start, granted: 0, frames: [] as ((ms: number) => void)[], passes: [] as number[] }
  const pacer = startPacer({
    read: () => world.playback,
    pass: (ms) => {
      world.passes.push(ms)
      world.playback = timePassed(world.playback, ms)
    },
    grant: (untilUs) => (world.granted = untilUs),
    granted: () => world.granted,
    nextFrame: (then) => world.frames.push(then),
    reducedMotion: () => reduced,
  })
  const frame = (ms: number) => {
    for (const then of world.frames.splice(0)) then(ms)
  }
  return { world, pacer, frame }
}

describe("pacer", () => {
  const run = edgeMoved(playbackStarted(AT_REST), 10_000_000, true)

  it("moves the playhead as real time passes", () => {
    const { world, pacer, frame } = show(run)
    pacer.wake()
    frame(1000)
    frame(1016)
    frame(1033)
    expect(world.playback.atUs).toBe(33_000)
  })

  it("lets virtual time wait while the tab sleeps", () => {
    const { world, pacer, frame } = show(run)
    pacer.wake()
    frame(0)
    frame(60_000)
    expect(world.playback.atUs).toBe(100_000)
  })

  it("rests when nothing plays", () => {
    const { world, pacer, frame } = show({ ...run, playing: false })
    pacer.wake()
    frame(0)
    expect(world.frames).toHaveLength(0)
  })

  it("moves four times a second with reduced motion", () => {
    const { world, pacer, frame } = show(run, true)
    pacer.wake()
    for (let ms = 0; ms <= 1000; ms += 50) frame(ms)
    expect(world.passes.filter((ms) => ms > 0)).toEqual([250, 250, 250, 250])
  })

  it("keeps the worker a bounded stretch ahead, more at higher speed, without bound at instant speed", () => {
    expect(grantFor({ ...run, revealedUs: 1_000_000 })).toBe(1_000_000 + LEAD_MS * 1000)
    expect(grantFor({ ...run, revealedUs: 0, speed: 10 })).toBe(10 * LEAD_MS * 1000)
    expect(grantFor({ ...run, speed: INSTANT })).toBe(Number.POSITIVE_INFINITY)
  })
})
