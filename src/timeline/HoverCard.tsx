// What is under the pointer, in figures: after a moment of rest, at once when a card is open already. Clicking the bar pins
// the same in Details.
import { useLayoutEffect, useRef } from "react"
import { failureWord, finishText } from "../../interpreter/trace/call-spans.ts"
import { laneAtStep, phraseOf, timesBy } from "../../interpreter/trace/moment.ts"
import { formatTokens, formatUs, shortened } from "../../interpreter/trace/units.ts"
import { placeOf } from "../store/place.ts"
import { shownRun } from "../store/runs.ts"
import { app } from "../store/store.ts"
import { costPhrase } from "./cost-phrase.ts"
import type { Hit } from "./hit-test.ts"
import { promptOf } from "./prompt.ts"
import type { Scene } from "./scene.ts"
import { slackPhrase } from "./slack.ts"

export interface Hover {
  readonly hit: Hit
  /** Within the timeline's frame. */
  readonly x: number
  readonly y: number
}

/** Between the card and the edges of the window, in pixels. */
const MARGIN_PX = 8

export function HoverCard({
  hover,
  scene,
  frame,
}: {
  readonly hover: Hover
  readonly scene: Scene
  /** Where the timeline is in the window. The card may reach out of it: a low timeline has no room for one. */
  readonly frame: DOMRect
}) {
  const card = useRef<HTMLDivElement>(null)
  // Below the pointer where the whole card has room there, else above it. Its height is known once it is laid out.
  useLayoutEffect(() => {
    if (!card.current) return
    // Over everything, and placed in the window: the timeline is a container, which would clip it and place it within.
    if (!card.current.matches(":popover-open")) card.current.showPopover()
    const pointer = frame.top + hover.y
    const { offsetHeight } = card.current
    const below = pointer + 18
    const top = below + offsetHeight + MARGIN_PX <= innerHeight ? below : Math.max(MARGIN_PX, pointer - 14 - offsetHeight)
    card.current.style.top = `${top}px`
  })
  const { hit } = hover
  const { lane, call } = hit
  if (!lane) return null
  const { fold } = scene
  const moment = laneAtStep(fold, lane, scene.edgeStep)
  const fromUs = call ? call.queuedUs : lane.spawnUs
  const endUs = call ? call.endUs : lane.endUs
  const over = endUs >= 0 && endUs <= scene.edgeUs
  const rows: [string, string][] = [
    ["time", `${formatUs(fromUs)} to ${over ? formatUs(endUs) : "now"}, ${formatUs((over ? endUs : Math.round(scene.edgeUs)) - fromUs)}`],
  ]
  if (call) {
    if (call.firstTokenAfterUs >= 0 && (call.attempt?.firstTokenUs ?? 0) <= scene.edgeUs)
      rows.push(["first token", `after ${formatUs(call.firstTokenAfterUs)}`])
    const last = call.attempts[call.attempts.length - 1]
    const streamUs = over && last && last.firstTokenUs >= 0 ? last.endUs - last.firstTokenUs : 0
    const rate = streamUs > 0 && call.tokensOut > 1 ? `, ${Math.round((call.tokensOut * 1_000_000) / streamUs)} tok/s` : ""
    if (over) rows.push(["tokens", `${formatTokens(call.tokensIn)} in, ${formatTokens(call.tokensOut, call.estimated)} out${rate}`])
    if (over) rows.push(["cost", costPhrase(call, scene.answers)])
    for (const attempt of call.attempts) {
      if (attempt.failure)
        rows.push([`try ${attempt.number}`, `${failureWord(attempt.failure)}: ${shortened(attempt.failure.message, 60)}`])
      else if (finishText(attempt.finish) !== "" && attempt.endUs <= scene.edgeUs) rows.push(["ended", finishText(attempt.finish)])
    }
  } else {
    const { modelUs, ioUs, waitingUs, backoffUs } = timesBy(lane, Math.round(scene.edgeUs))
    const own = [
      modelUs > 0 && `${formatUs(modelUs)} model`,
      ioUs > 0 && `${formatUs(ioUs)} io`,
      backoffUs > 0 && `${formatUs(backoffUs)} back-off`,
    ].filter(Boolean)
    if (own.length > 0) rows.push(["self", own.join(", ")])
    if (waitingUs > 0) rows.push(["waiting", formatUs(waitingUs)])
    if (over && lane.tokensOut > 0)
      rows.push(["tokens", `${formatTokens(lane.tokensIn)} in, ${formatTokens(lane.tokensOut, lane.estimated)} out`])
  }
  const run = shownRun(app.getState().runs)
  const range = fold.trace.sites[call ? call.site : lane.site]
  const place = run && run.trace === fold.trace && range ? placeOf(run.inputs, range) : null
  if (place) rows.push(["source", place.text])
  const slack = scene.live ? "" : slackPhrase(scene, lane.task)
  if (slack !== "") rows.push(["slack", slack])
  const prompt = call ? shortened(promptOf(scene, call), 80) : ""
  const reply = call && over ? shortened(fold.trace.text(call.replyText), 80) : ""
  const left = Math.max(MARGIN_PX, frame.left + Math.min(frame.width - 308, hover.x + 14))
  return (
    <div
      ref={card}
      role="presentation"
      popover="manual"
      className="pointer-events-none fixed inset-auto m-0 w-[300px] rounded-card border border-hairline bg-bg p-2.5 text-chip text-text shadow-float"
      style={{ left }}
    >
      <div className="flex items-baseline gap-2">
        <bdi className="truncate font-mono font-semibold">{shortened(lane.label, 60)}</bdi>
        {moment && <span className="truncate text-text-2">{phraseOf(moment)}</span>}
      </div>
      <dl className="m-0 mt-1 grid grid-cols-[72px_1fr] gap-x-2">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="m-0">{value}</dd>
          </div>
        ))}
      </dl>
      {prompt !== "" && <p className="m-0 mt-1.5 line-clamp-2 text-prompt">{prompt}</p>}
      {reply !== "" && <p className="m-0 mt-1 line-clamp-2 text-text-2">{reply}</p>}
      {!call && lane.end && over && lane.endText >= 0 && fold.trace.text(lane.endText) !== "" && (
        <p className="m-0 mt-1.5 line-clamp-2 font-mono text-text-2">{shortened(fold.trace.text(lane.endText), 80)}</p>
      )}
    </div>
  )
}
