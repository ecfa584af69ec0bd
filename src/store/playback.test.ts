// The playhead: how it follows a run that grows, waits at its edge, and stops at its end.
import { describe, expect, it } from "vitest"
import {
  AT_REST,
  atOnceChosen,
  edgeMoved,
  INSTANT,
  isLive,
  type Playback,
  playbackStarted,
  playToggled,
  replayed,
  scrubbed,
  shownWhole,
  showStopped,
  speedChosen,
  speedStepped,
  timePassed,
} from "./playback.ts"

const started = playbackStarted(AT_REST)
const over: Playback = { ...started, atUs: 5000, revealedUs: 5000, endUs: 5000, ended: true, playing: false }

describe("playback", () => {
  it("reveals the run as its playhead moves", () => {
    const at = timePassed(edgeMoved(started, 10_000, false), 4)
    expect([at.atUs, at.revealedUs]).toEqual([4000, 4000])
  })

  it("waits at the edge of a run that goes on, and plays on from there", () => {
    const waiting = timePassed(edgeMoved(started, 3000, false), 4)
    expect([waiting.atUs, waiting.playing]).toEqual([3000, true])
    expect(timePassed(edgeMoved(waiting, 9000, false), 1).atUs).toBe(4000)
  })

  it("stops at the end of a run that is over", () => {
    const end = timePassed(edgeMoved(started, 3000, true), 4)
    expect([end.atUs, end.playing, isLive(end)]).toEqual([3000, false, false])
  })

  it("ends at once a run that takes no time", () => {
    expect(timePassed(edgeMoved(started, 0, true), 1).playing).toBe(false)
  })

  it("shows everything at once at instant speed", () => {
    const instant = edgeMoved({ ...started, speed: INSTANT }, 7000, false)
    expect([instant.atUs, instant.revealedUs]).toEqual([7000, 7000])
  })

  it("shows a run at once without touching the reader's speed", () => {
    const shown = edgeMoved(playbackStarted(atOnceChosen(AT_REST, true)), 7000, true)
    expect([shown.atUs, shown.playing, shown.speed]).toEqual([7000, false, 1])
    expect(atOnceChosen(speedChosen(shown, INSTANT), false).speed).toBe(INSTANT)
  })

  it("is the same where nothing moved at instant speed, so that nobody draws it again", () => {
    const instant = edgeMoved({ ...started, speed: INSTANT }, 7000, false)
    expect(timePassed(instant, 16)).toBe(instant)
  })

  it("pauses where the reader puts the playhead and keeps what was revealed", () => {
    const back = scrubbed(over, 1000)
    expect([back.atUs, back.revealedUs, back.playing]).toEqual([1000, 5000, false])
    expect(scrubbed(over, -5).atUs).toBe(0)
    expect(scrubbed(over, 99_999).atUs).toBe(5000)
  })

  it("plays again from the beginning after the end", () => {
    expect(playToggled(over)).toMatchObject({ atUs: 0, playing: true })
    expect(playToggled(scrubbed(over, 1000))).toMatchObject({ atUs: 1000, playing: true })
    expect(replayed(scrubbed(over, 1000))).toMatchObject({ atUs: 0, playing: true, revealedUs: 5000 })
  })

  it("ends a stopped run where the reader saw it", () => {
    const stopped = showStopped(timePassed(edgeMoved(started, 30_000, false), 2))
    expect([stopped.endUs, stopped.ended, stopped.playing, isLive(stopped)]).toEqual([2000, true, false, false])
  })

  it("steps through the speeds and stays at the ends", () => {
    expect(speedStepped(over, 1).speed).toBe(2)
    expect(speedStepped({ ...over, speed: 10 }, 1).speed).toBe(INSTANT)
    expect(speedStepped({ ...over, speed: INSTANT }, 1).speed).toBe(INSTANT)
    expect(speedStepped({ ...over, speed: INSTANT }, -1).speed).toBe(10)
    expect(speedStepped({ ...over, speed: 0.1 }, -1).speed).toBe(0.1)
  })

  it("keeps the speed for the next run", () => {
    expect(playbackStarted({ ...over, speed: 0.25 })).toMatchObject({ speed: 0.25, atUs: 0, playing: true, ended: false })
  })

  it("shows a kept run whole", () => {
    expect(shownWhole({ ...started, speed: 2 }, 5000)).toMatchObject({
      atUs: 5000,
      revealedUs: 5000,
      endUs: 5000,
      ended: true,
      playing: false,
      speed: 2,
    })
  })
})
