// The playhead as a slider, for the keyboard and for ears: where it stands and what goes on there, in words. The line itself is
// the painter's; this lies over its flag on the ruler and moves with it.
import type { KeyboardEvent, RefObject } from "react"
import { laneAtStep, phraseOf } from "../../interpreter/trace/moment.ts"
import { counted, formatCount, formatUs, shortened } from "../../interpreter/trace/units.ts"
import { actions, app } from "../store/store.ts"
import { type Scene, xOf } from "./scene.ts"
import type { Stage } from "./stage.ts"

/** Wide enough for the flag with its time, so that the ring of the focus stands around the words and not across them. */
const SLIDER_PX = 76

/** Arrows move it by 1 %, pages by 10 %. */
export function PlayheadSlider({
  scene,
  stage,
  slider,
}: {
  readonly scene: Scene
  readonly stage: Stage
  readonly slider: RefObject<HTMLDivElement | null>
}) {
  const move = (toUs: number) => {
    const us = Math.round(Math.min(scene.edgeUs, Math.max(0, toUs)))
    actions.scrub(us)
    stage.viewport.reveal(scene.axis.key(us, scene.fold.eventsAtUs(us) - 1))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { atUs } = app.getState().playback
    const by = Math.max(1, scene.edgeUs / 100)
    const moves: Record<string, number> = {
      ArrowLeft: atUs - by,
      ArrowDown: atUs - by,
      ArrowRight: atUs + by,
      ArrowUp: atUs + by,
      PageDown: atUs - by * 10,
      PageUp: atUs + by * 10,
      Home: 0,
      End: scene.edgeUs,
    }
    const to = event.altKey || event.ctrlKey || event.metaKey ? undefined : moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }
  return (
    <div
      ref={slider}
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={Math.round(scene.edgeUs / 1000)}
      aria-valuenow={Math.round(Math.min(scene.atUs, scene.edgeUs) / 1000)}
      aria-valuetext={playheadText(scene, Math.min(scene.atUs, scene.edgeUs))}
      className="pointer-events-none absolute bottom-0 h-7 w-[76px] rounded-control"
      onKeyDown={onKeyDown}
    />
  )
}

/** `2.62 s of 3.68 s, 2 calls in flight, b is receiving tokens`. */
function playheadText(scene: Scene, atUs: number): string {
  const step = scene.atStep
  const inFlight = scene.fold.totals.inFlight.atStep(step)
  const parts = [
    scene.edgeUs > 0
      ? `${formatUs(Math.round(atUs))} of ${formatUs(scene.edgeUs)}`
      : `event ${formatCount(Math.max(0, scene.atStep + 1))} of ${formatCount(scene.edgeStep + 1)}, no virtual time has passed`,
  ]
  if (inFlight > 0) parts.push(`${counted(inFlight, "call")} in flight`)
  for (const row of scene.rows.slice(0, 60)) {
    const lane = row.kind === "lane" ? scene.fold.lanes[row.task] : undefined
    const moment = lane && laneAtStep(scene.fold, lane, step)
    if (!lane || !moment || moment.doing !== "receiving tokens") continue
    parts.push(`${shortened(lane.label, 30)} is ${phraseOf(moment)}`)
    if (parts.length > 4) break
  }
  return parts.join(", ")
}

export function placeSlider(slider: HTMLElement | null, scene: Scene | null): void {
  if (!slider || !scene) return
  const x = xOf(scene, scene.atUs, scene.atStep)
  const off = x < -12 || x > scene.widthPx + 12
  slider.style.transform = `translateX(${Math.round(Math.max(0, Math.min(scene.widthPx, x)) - SLIDER_PX / 2)}px)`
  slider.style.opacity = off ? "0" : "1"
}
