// Model calls on a lane: each with its phases one after the other, where its attempts failed, which tools it used, and who
// answered. Calls of one task that overlap share the height of the bar.
import { type CallAttempt, type CallSpan, failureWord, finishWord } from "../../../interpreter/trace/call-spans.ts"
import { jsonObject } from "../../../interpreter/trace/kinds.ts"
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { barTop, callEndKey, callStartKey, firstCallFrom, keyAtX, rowFill, type Scene, xOf, xOfKey } from "../scene.ts"
import * as glyphs from "./glyphs.ts"
import { CHARACTER_PX, STRONG_FONT } from "./ink.ts"
import { label } from "./labels.ts"
import type { Layers } from "./layers.ts"
import { drawTokens } from "./tokens.ts"

const ORIGIN_PX = 13

export function drawCalls(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { calls } = lane
  for (let i = firstCallFrom(scene, lane, scene.fromKey); i < calls.length; ) {
    const call = calls[i] as CallSpan
    const startKey = callStartKey(scene, call)
    if (startKey > scene.toKey || startKey > scene.edgeKey) break
    const x0 = xOfKey(scene, startKey)
    const x1 = xOfKey(scene, callEndKey(scene, call))
    if (x1 - x0 < 1 && lane.tracks === 1) {
      layers.bars.rect(
        call.state === "failed" ? scene.palette.fills.error : scene.palette.fills.model,
        x0,
        barTop(scene, row),
        1.5,
        scene.metrics.barPx,
      )
      i = Math.max(i + 1, firstCallFrom(scene, lane, keyAtX(scene, x0 + 1)))
      continue
    }
    if (x1 >= 0) drawCall(scene, lane, call, row, layers)
    i++
  }
}

function drawCall(scene: Scene, lane: Lane, call: CallSpan, row: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  const height = lane.tracks > 1 ? Math.max(4, Math.floor(scene.metrics.barPx / Math.min(4, lane.tracks))) : scene.metrics.barPx
  const top = barTop(scene, row) + (lane.tracks > 1 ? Math.min(call.track, 3) * height : 0)
  const y = top + height / 2
  const endKey = callEndKey(scene, call)
  for (const [i, phase] of call.phases.entries()) {
    const from = scene.axis.key(call.phaseUs[i] as number, call.phaseSteps[i] as number)
    if (from > scene.edgeKey || from > scene.toKey) break
    const next = call.phaseUs[i + 1]
    const to = next === undefined ? endKey : Math.min(endKey, scene.axis.key(next, call.phaseSteps[i + 1] as number))
    const left = Math.max(-10, xOfKey(scene, from))
    const right = Math.min(scene.widthPx + 10, xOfKey(scene, to))
    const width = right - left
    if (width < 0.5) continue
    if (phase !== "tokens") layers.under.rect(rowFill(scene, row), left, top, width, height)
    switch (phase) {
      case "queued":
        layers.bars.line(colours.model, 1.2, left + 0.5, top + 0.5, right, top + 0.5)
        layers.bars.line(colours.model, 1.2, left + 0.5, top + height - 0.5, right - Math.min(width, 7), top + height - 0.5)
        layers.bars.line(colours.model, 1.2, left + 0.5, top, left + 0.5, top + height)
        layers.bars.line(colours.model, 1.2, right, top, right - Math.min(width, 7), top + height)
        label(scene, layers, "queued", left, right - 7, y, colours.text2)
        break
      case "waiting":
        layers.bars.rect(fills.dots, left, top, width, height)
        layers.bars.outline(colours.model, 1.2, left, top, width, height)
        break
      case "tokens":
        drawTokens(scene, call, i, left, right, top, height, layers)
        break
      case "tools":
        layers.bars.outline(colours.model, 1.2, left, top, width, height, [2, 2])
        if (!sleepsDuring(lane, call.phaseSteps[i] as number)) label(scene, layers, toolNames(call), left + 12, right, y, colours.text2)
        break
      case "backoff":
        layers.bars.rect(fills.chevrons, left, top, width, height)
        layers.bars.outline(colours.retry, 1.2, left, top, width, height, [3, 3])
        attemptMark(scene, call, i, left, right, y, layers)
        break
      case "between":
        layers.bars.outline(colours.model, 1, left, y - 2, width, 4)
    }
  }
  drawAttemptEnds(scene, call, top, height, layers)
  drawOrigin(scene, call, top, height, layers)
  drawDividers(scene, call, top, height, layers)
}

/** Where the model asked for a tool, and where its answer was not what the program needs and it is asked again. */
function drawDividers(scene: Scene, call: CallSpan, top: number, height: number, layers: Layers): void {
  const { colours } = scene.palette
  const y = top + height / 2
  for (const mark of call.marks) {
    if (mark.atUs > scene.edgeUs || mark.step > scene.edgeStep || mark.what === "tool-result") continue
    // After a failed attempt the failure is the sign.
    if (mark.what === "retry" && call.attempts.some((attempt) => attempt.failure && attempt.endUs === mark.atUs)) continue
    const x = xOf(scene, mark.atUs, mark.step)
    if (x < -5 || x > scene.widthPx + 5) continue
    layers.over.line(colours.bg, 3, x, top, x, top + height)
    layers.over.line(colours.model, 1.2, x, top, x, top + height)
    layers.over.rect(colours.bg, x + 1, y - 6, 11, 12)
    const sign = mark.what === "tool" ? glyphs.tool : glyphs.again
    sign(layers.over, x + 6.5, y, colours.model)
  }
}

/** The tool of a round sleeps, and that is drawn already. */
function sleepsDuring(lane: Lane, step: number): boolean {
  const row = lane.states.rowAtStep(step)
  return lane.states.states[row] === "sleep" || lane.states.states[row + 2] === "sleep" || lane.states.states[row + 3] === "sleep"
}

export function toolNames(call: CallSpan): string {
  const names = call.marks.filter((mark) => mark.what === "tool").map((mark) => String(jsonObject(mark.text)["name"] ?? "tool"))
  return [...new Set(names)].join(", ")
}

/** Which try comes next, written into the back-off. */
function attemptMark(scene: Scene, call: CallSpan, phase: number, left: number, right: number, y: number, layers: Layers): void {
  const step = call.phaseSteps[phase] as number
  const next = call.attempts.filter((attempt) => attempt.sentStep < step).length + 1
  const text = `try ${next}`
  const fitted = right - left > text.length * CHARACTER_PX + 14 ? text : right - left > 22 ? `${next}` : ""
  if (fitted === "") return
  const { colours } = scene.palette
  const width = fitted.length * CHARACTER_PX + 8
  const x = (Math.max(0, left) + Math.min(scene.widthPx, right)) / 2
  layers.over.rect(colours.bg, x - width / 2, y - 7, width, 14)
  layers.labels.text(fitted, x, y + 0.5, colours.text, "center", STRONG_FONT)
}

/** Whether a real model was asked now or its answer comes from a recording: a sign where the call leaves, if it has room. */
function drawOrigin(scene: Scene, call: CallSpan, top: number, height: number, layers: Layers): void {
  const answer = scene.answers.get(call.id)
  const sent = call.attempts[0]
  if (!answer || call.source !== "live" || !sent || height < 12 || sent.sentUs > scene.edgeUs || sent.sentStep > scene.edgeStep) return
  const x = xOf(scene, sent.sentUs, sent.sentStep)
  const endX = xOfKey(scene, callEndKey(scene, call))
  if (x < -ORIGIN_PX || x > scene.widthPx || endX - x < ORIGIN_PX * 2) return
  const { colours } = scene.palette
  const y = top + height / 2
  layers.over.rect(colours.bg, x + 1.5, y - 6.5, ORIGIN_PX - 1, 13)
  const sign = answer.fresh ? glyphs.spark : glyphs.rewind
  sign(layers.over, x + 1 + ORIGIN_PX / 2, y, colours.model)
}

/** What went wrong, in a word before the mark, if the attempt was long enough to have room for it. */
function endLabel(scene: Scene, call: CallSpan, attempt: CallAttempt, x: number, y: number, layers: Layers): void {
  const { colours } = scene.palette
  const word = attempt.failure ? failureWord(attempt.failure) : finishWord(attempt.finish)
  const width = word.length * CHARACTER_PX + 8
  const from = Math.max(0, xOf(scene, attempt.sentUs, attempt.sentStep)) + (scene.answers.has(call.id) ? ORIGIN_PX : 0)
  const right = Math.min(scene.widthPx, x - 5)
  if (right - from < width + 2) return
  layers.over.rect(colours.bg, right - width - 1, y - 7, width, 14)
  layers.labels.text(word, right - width / 2 - 1, y + 0.5, attempt.failure ? colours.errorText : colours.text, "center", STRONG_FONT)
}

/** Where an attempt failed: a block of at least 6 pixels with a cross; where a reply was cut off or refused: one with a slash or a bar. */
function drawAttemptEnds(scene: Scene, call: CallSpan, top: number, height: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  for (const attempt of call.attempts) {
    if (
      (!attempt.failure && finishWord(attempt.finish) === "") ||
      attempt.endUs < 0 ||
      attempt.endUs > scene.edgeUs ||
      attempt.endStep > scene.edgeStep
    )
      continue
    const x = xOf(scene, attempt.endUs, attempt.endStep)
    if (x < -8 || x > scene.widthPx + 8) continue
    layers.over.rect(attempt.failure ? fills.error : colours.retry, x - 5, top, 10, height)
    if (height < 10) continue
    if (attempt.failure) glyphs.cross(layers.labels, x, top + height / 2, colours.onError)
    else if (attempt.finish === "length") glyphs.slash(layers.labels, x, top + height / 2, 8, colours.onRetry)
    else layers.labels.line(colours.onRetry, 2, x - 3, top + height / 2, x + 3, top + height / 2)
    endLabel(scene, call, attempt, x, top + height / 2, layers)
  }
}
