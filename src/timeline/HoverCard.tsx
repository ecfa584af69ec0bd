// What is under the pointer, in figures: after a moment of rest, at once when a card is open already. Clicking the bar pins
// the same in Details.
import { failureWord, finishText } from "../../interpreter/trace/call-spans.ts"
import { laneAtStep, phraseOf, timesBy } from "../../interpreter/trace/moment.ts"
import { formatTokens, formatUs, shortened } from "../../interpreter/trace/units.ts"
import { placeOf } from "../store/place.ts"
import { shownRun } from "../store/runs.ts"
import { app } from "../store/store.ts"
import { slackPhrase } from "./controls.ts"
import { costPhrase } from "./cost-phrase.ts"
import type { Hit } from "./hit-test.ts"
import { promptOf } from "./prompt.ts"
import type { Scene } from "./scene.ts"

export interface Hover {
  readonly hit: Hit
  /** Within the timeline's frame. */
  readonly x: number
  readonly y: number
}

export function HoverCard({
  hover,
  scene,
  frameWidth,
  frameHeight,
}: {
  readonly hover: Hover
  readonly scene: Scene
  readonly frameWidth: number
  readonly frameHeight: number
}) {
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
  const left = Math.max(8, Math.min(frameWidth - 308, hover.x + 14))
  const below = hover.y + 18
  const up = below > frameHeight - 150
  return (
    <div
      role="presentation"
      className="pointer-events-none absolute z-20 w-[300px] rounded-card border border-hairline bg-bg p-2.5 text-chip text-text shadow-float"
      style={up ? { left, bottom: frameHeight - hover.y + 14 } : { left, top: below }}
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
