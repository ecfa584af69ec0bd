// One lane of the timeline: what its task did when, in the grammar of the legend. Everything is found by binary search,
// and what is narrower than a pixel is drawn once for the pixel, so that a lane costs what its width costs, however long
// its history is.
import type { CallSpan } from "../../../interpreter/trace/call-spans.ts"
import { jsonObject } from "../../../interpreter/trace/kinds.ts"
import { waitPill } from "../../../interpreter/trace/moment.ts"
import { lastAtOrBefore } from "../../../interpreter/trace/series.ts"
import type { Lane, LaneState } from "../../../interpreter/trace/spans.ts"
import { formatCount, formatUs, shortened } from "../../../interpreter/trace/units.ts"
import {
  barTop,
  callEndKey,
  callStartKey,
  firstCallFrom,
  firstRowFrom,
  hasEnded,
  isDetached,
  isNeverRead,
  keyAtX,
  keysOf,
  laneEndKey,
  outlivesParent,
  rowFill,
  rowMiddle,
  type Scene,
  xOf,
  xOfKey,
} from "../scene.ts"
import * as glyphs from "./glyphs.ts"
import { CHARACTER_PX, fittedText, type Ink, STRONG_FONT } from "./ink.ts"

/** Layers of one picture, the first at the bottom. */
export interface Layers {
  readonly under: Ink
  readonly bars: Ink
  readonly over: Ink
  readonly labels: Ink
}

const MARK_PX = 3
const WAIT_PX = 8
const IO_PX = 14
const TICK_RAIL_PX = 4
const ORIGIN_PX = 13
/** Least distance of two token ticks; denser ones stand for several chunks. */
const TICK_APART_PX = 3

export function drawLane(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { colours } = scene.palette
  const y = rowMiddle(scene, row)
  const startX = xOf(scene, lane.spawnUs, lane.spawnStep)
  const endX = xOfKey(scene, laneEndKey(scene, lane))
  if (endX < -20 || startX > scene.widthPx + 20) return
  const ended = hasEnded(scene, lane)
  layers.under.rect(colours.muted, Math.max(-2, startX), y - 0.5, Math.min(scene.widthPx + 2, endX) - Math.max(-2, startX), 1)
  drawStates(scene, lane, row, layers)
  drawCalls(scene, lane, row, layers)
  drawMarks(scene, lane, row, layers)
  if (isDetached(scene, lane)) drawDetached(scene, lane, row, layers, startX, endX)
  if (ended) drawEnd(scene, lane, row, layers, endX)
  else if (scene.live && endX >= 0 && endX <= scene.widthPx) drawGrowingEdge(scene, lane, row, layers, endX)
}

/** The states of the task itself: running, ready, waiting; what a call explains is left to the call. */
function drawStates(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { states } = lane
  const keys = keysOf(scene, states)
  const { barPx } = scene.metrics
  const top = barTop(scene, row)
  const lastKey = Math.min(scene.toKey, laneEndKey(scene, lane))
  const endKey = laneEndKey(scene, lane)
  for (let i = firstRowFrom(keys, scene.fromKey); i < keys.length; ) {
    const key = keys[i] as number
    if (key > lastKey) break
    const x0 = xOfKey(scene, key)
    const x1 = xOfKey(scene, Math.min(keys[i + 1] ?? endKey, endKey))
    if (x1 - x0 >= 1) {
      drawState(scene, lane, i, states.states[i] as LaneState, x0, x1, row, layers)
      i++
      continue
    }
    // Everything that begins within this pixel is one mark; the row that reaches out of it is the next to be drawn.
    const next = Math.max(i + 1, lastAtOrBefore(keys, keyAtX(scene, x0 + 1)))
    if (x0 >= -MARK_PX && ranBetween(states.states, i, next)) {
      layers.over.rect(scene.palette.fills.compute, Math.round(x0) - 1, top, MARK_PX, barPx)
    }
    i = next
  }
}

function ranBetween(states: readonly LaneState[], from: number, to: number): boolean {
  for (let i = from; i < Math.min(to, from + 6); i++) if (states[i] === "running") return true
  return to - from > 6
}

function drawState(scene: Scene, lane: Lane, i: number, state: LaneState, x0: number, x1: number, row: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  const { barPx } = scene.metrics
  const top = barTop(scene, row)
  const y = rowMiddle(scene, row)
  const left = Math.max(-8, x0)
  const right = Math.min(scene.widthPx + 8, x1)
  switch (state) {
    case "running":
      layers.bars.rect(fills.compute, left, top, right - left, barPx)
      return
    case "ready":
      layers.bars.outline(colours.wait, 1, left, top + 4, right - left, barPx - 8)
      return
    case "sleep":
    case "input": {
      layers.bars.rect(fills.io, left, y - IO_PX / 2, right - left, IO_PX)
      const call = scene.fold.spans.callAtStep(lane, lane.states.steps[i] as number)
      const durationUs = lane.stateEndUs(i, scene.edgeUs) - (lane.states.us[i] as number)
      const what = state === "input" ? "input" : call ? toolNames(call) : "sleep"
      const word = scene.axis.kind === "steps" || state === "input" ? what : `${what} ${formatUs(durationUs)}`
      label(scene, layers, word, call ? left + 12 : left, right, y, scene.palette.forced ? colours.text : colours.onIo)
      return
    }
    case "call":
      return
    case "gate":
    case "backoff":
      if (scene.fold.spans.callAtStep(lane, lane.states.steps[i] as number)) return
      break
    default:
  }
  if (state === "backoff") {
    layers.under.rect(rowFill(scene, row), left, y - IO_PX / 2, right - left, IO_PX)
    layers.bars.rect(fills.chevrons, left, y - IO_PX / 2, right - left, IO_PX)
    layers.bars.outline(colours.retry, 1, left, y - IO_PX / 2, right - left, IO_PX, [3, 3])
    return
  }
  layers.under.rect(rowFill(scene, row), left, y - WAIT_PX / 2, right - left, WAIT_PX)
  layers.bars.rect(fills.hatch, left, y - WAIT_PX / 2, right - left, WAIT_PX)
  layers.bars.outline(colours.wait, 1, left, y - WAIT_PX / 2, right - left, WAIT_PX)
  pill(scene, waitPill(scene.fold, lane, i), Math.max(2, left), Math.min(scene.widthPx - 2, right), y, layers)
}

/** On what a task waits: text on a small plate in the middle of the bar. */
function pill(scene: Scene, text: string, left: number, right: number, y: number, layers: Layers): void {
  const room = right - left - 12
  const fitted = fittedText(shortened(text, 60), room)
  if (fitted === "") return
  const width = Math.min(room, fitted.length * CHARACTER_PX + 10)
  const x = (left + right) / 2
  const { colours } = scene.palette
  layers.over.rect(colours.bg, x - width / 2, y - 8, width, 16)
  layers.over.outline(colours.wait, 1, x - width / 2, y - 8, width, 16)
  layers.labels.text(fitted, x, y + 0.5, colours.text2, "center")
}

function label(scene: Scene, layers: Layers, text: string, left: number, right: number, y: number, colour: string): void {
  const from = Math.max(2, left) + 4
  const fitted = fittedText(text, Math.min(scene.widthPx, right) - from - 4)
  if (fitted !== "") plated(scene, layers, fitted, from, y, colour)
}

/** Text on a bar; on a plate of its own where the bar is a texture (forced colours). */
function plated(
  scene: Scene,
  layers: Layers,
  text: string,
  x: number,
  y: number,
  colour: string,
  align: "left" | "right" = "left",
  font?: string,
): void {
  if (scene.palette.forced) {
    const width = text.length * CHARACTER_PX + 4
    layers.over.rect(scene.palette.colours.bg, align === "left" ? x - 2 : x - width + 2, y - 7, width, 14)
  }
  layers.labels.text(text, x, y + 0.5, colour, align, font)
}

function drawCalls(scene: Scene, lane: Lane, row: number, layers: Layers): void {
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
  for (const mark of call.marks) {
    if (mark.what !== "tool" || mark.atUs > scene.edgeUs) continue
    const x = xOf(scene, mark.atUs, mark.step)
    if (x < -5 || x > scene.widthPx + 5) continue
    layers.over.line(colours.bg, 3, x, top, x, top + height)
    layers.over.line(colours.model, 1.2, x, top, x, top + height)
    layers.over.rect(colours.bg, x + 1, y - 5, 10, 10)
    glyphs.tool(layers.over, x + 6, y, colours.model)
  }
}

/** The reply as it arrives: solid, with a tick for each chunk in the rail at the bottom. */
function drawTokens(
  scene: Scene,
  call: CallSpan,
  phase: number,
  left: number,
  right: number,
  top: number,
  height: number,
  layers: Layers,
): void {
  const { colours, fills, forced } = scene.palette
  layers.bars.rect(fills.model, left, top, right - left, height)
  if (forced) layers.bars.outline(colours.model, 1.5, left, top, right - left, height)
  if (height >= 12 && right - left > 6) {
    const keys = scene.axis.kind === "steps" ? call.chunkSteps : call.chunkUs
    const toKey = Math.min(scene.edgeKey, keyAtX(scene, right))
    const railTop = top + height - TICK_RAIL_PX
    layers.over.rect(colours.bg, left, railTop - 1, right - left, 1)
    const fromKey = scene.axis.key(call.phaseUs[phase] as number, call.phaseSteps[phase] as number)
    for (let i = Math.max(0, lastAtOrBefore(keys, Math.max(fromKey - 1, keyAtX(scene, left))) + 1); i < keys.length; ) {
      const key = keys[i] as number
      if (key > toKey) break
      const x = xOfKey(scene, key)
      if (x >= left + 1) layers.over.rect(colours.bg, Math.min(x, right - 1), railTop, 1, TICK_RAIL_PX)
      i = Math.max(i + 1, lastAtOrBefore(keys, keyAtX(scene, x + TICK_APART_PX)))
    }
  }
  if (height < 12) return
  const done = call.endUs >= 0 && call.endUs <= scene.edgeUs
  const last = phase === call.phases.length - 1 || call.phases[phase + 1] === "between"
  const tokens = done ? call.tokensOut : tokensSoFar(scene, call)
  const count = last && tokens > 0 ? `${formatCount(tokens)} tok` : ""
  const colour = forced ? colours.text : colours.onModel
  const [from, to] = [Math.max(2, left), Math.min(scene.widthPx, right)]
  const y = top + (height - TICK_RAIL_PX) / 2 + 0.5
  const countPx = count.length * CHARACTER_PX + 8
  const short = to - from < countPx ? fittedText(`${tokens}`, to - from - 4) : count
  if (count !== "" && short !== "") plated(scene, layers, short, to - 4, y - 0.5, colour, "right", STRONG_FONT)
  const prompt = fittedText(promptOf(scene, call), to - from - countPx - 12)
  if (prompt.length > 6) plated(scene, layers, prompt, from + 5, y - 0.5, colour)
}

/** Tokens of the reply that are there at the edge: of a reply that is known, its share; else four characters a token. */
function tokensSoFar(scene: Scene, call: CallSpan): number {
  const units = call.unitsAtStep(scene.edgeStep)
  const length = call.replyText >= 0 ? scene.fold.trace.text(call.replyText).length : 0
  return length > 0 ? Math.ceil((call.tokensOut * Math.min(units, length)) / length) : Math.ceil(units / 4)
}

const prompts = new WeakMap<CallSpan, string>()

/** The last thing the user side says in a call's request, on one line. */
export function promptOf(scene: Scene, call: CallSpan): string {
  const known = prompts.get(call)
  if (known !== undefined) return known
  const { turns } = jsonObject(scene.fold.trace.text(call.requestText))
  let prompt = ""
  if (Array.isArray(turns)) {
    for (const turn of turns) {
      if (
        typeof turn === "object" &&
        turn !== null &&
        "text" in turn &&
        typeof turn.text === "string" &&
        (!("role" in turn) || turn.role === "user")
      ) {
        prompt = turn.text
      }
    }
  }
  const text = shortened(prompt.trim(), 200)
  prompts.set(call, text)
  return text
}

/** The tool of a round sleeps, and that is drawn already. */
function sleepsDuring(lane: Lane, step: number): boolean {
  const row = lane.states.rowAtStep(step)
  return lane.states.states[row] === "sleep" || lane.states.states[row + 2] === "sleep" || lane.states.states[row + 3] === "sleep"
}

function toolNames(call: CallSpan): string {
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

/** Where an attempt failed: a block of at least 6 pixels with a cross. */
function drawAttemptEnds(scene: Scene, call: CallSpan, top: number, height: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  for (const attempt of call.attempts) {
    if (!attempt.failure || attempt.endUs > scene.edgeUs || attempt.endStep > scene.edgeStep) continue
    const x = xOf(scene, attempt.endUs, attempt.endStep)
    if (x < -8 || x > scene.widthPx + 8) continue
    layers.over.rect(fills.error, x - 5, top, 10, height)
    if (height >= 10) glyphs.cross(layers.labels, x, top + height / 2, colours.onError)
  }
}

/** Channel operations, notices and faults: things of an instant that have a sign of their own. */
function drawMarks(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { marks } = lane
  const { colours, fills } = scene.palette
  const top = barTop(scene, row)
  const y = rowMiddle(scene, row)
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (scene.axis.key(marks[middle]?.atUs ?? 0, marks[middle]?.step ?? 0) < scene.fromKey) low = middle + 1
    else high = middle
  }
  let lastX = Number.NEGATIVE_INFINITY
  for (let i = low; i < marks.length && i - low < 20_000; i++) {
    const mark = marks[i]
    if (!mark || mark.atUs > scene.edgeUs || mark.step > scene.edgeStep) break
    const x = xOf(scene, mark.atUs, mark.step)
    if (x > scene.widthPx + 4) break
    if (mark.what !== "fault" && x - lastX < 4) continue
    switch (mark.what) {
      case "send":
      case "receive":
      case "close":
        layers.over.rect(colours.bg, x - 3.5, y - 3.5, 7, 7)
        if (mark.what === "close") glyphs.cross(layers.over, x, y, colours.io, 2.5)
        else if (mark.what === "send") layers.over.rect(fills.io, x - 2.5, y - 2.5, 5, 5)
        else layers.over.outline(colours.io, 1.4, x - 3, y - 3, 6, 6)
        lastX = x
        break
      case "notice":
        glyphs.diamond(layers.over, x, top + 2, colours.text2)
        lastX = x
        break
      case "fault":
        layers.over.rect(fills.error, x - 3, top, 6, scene.metrics.barPx)
        lastX = x
        break
      case "print":
        layers.over.rect(colours.text2, x - 0.5, top - 3, 1.5, 3)
        lastX = x
        break
      default:
    }
  }
}

function drawDetached(scene: Scene, lane: Lane, row: number, layers: Layers, startX: number, endX: number): void {
  const { colours, fills } = scene.palette
  const top = barTop(scene, row) - 2
  const height = scene.metrics.barPx + 4
  const left = Math.max(-10, startX)
  const right = Math.min(scene.widthPx + 10, endX)
  layers.over.outline(colours.text2, 1, left - 2, top, right - left + 4, height, [4, 3])
  const parent = scene.fold.lanes[lane.parent]
  if (!parent || !outlivesParent(scene, lane)) return
  const fromX = Math.max(left, xOf(scene, parent.endUs, parent.endStep))
  if (right - fromX < 1) return
  layers.over.rect(fills.outlived, fromX, top + 1, right - fromX, height - 2)
  if (right - fromX > 12) {
    layers.over.rect(colours.bg, fromX + 2, rowMiddle(scene, row) - 6, 13, 13)
    glyphs.warning(layers.labels, fromX + 8.5, rowMiddle(scene, row), colours.errorText)
  }
}

function drawEnd(scene: Scene, lane: Lane, row: number, layers: Layers, x: number): void {
  if (x < -10 || x > scene.widthPx + 10) return
  const { colours, fills } = scene.palette
  const y = rowMiddle(scene, row)
  const { barPx } = scene.metrics
  switch (lane.end) {
    case "ok":
      if (isNeverRead(scene, lane) && !isDetached(scene, lane)) glyphs.ring(layers.over, x + 7, y, colours.text2)
      else glyphs.check(layers.over, x + 7, y, colours.text2)
      break
    case "failed":
      layers.over.rect(fills.error, x - 5, barTop(scene, row), 10, barPx)
      glyphs.cross(layers.labels, x, y, colours.onError)
      break
    case "cancelled":
      glyphs.slash(layers.over, x, y, barPx, colours.text)
      break
    default:
      glyphs.openEnd(layers.over, x + 1, y, barPx, colours.muted)
  }
}

/** The edge that grows while the run is live: a bright cap. */
function drawGrowingEdge(scene: Scene, lane: Lane, row: number, layers: Layers, x: number): void {
  const rowNow = lane.states.rowAtUs(scene.edgeUs)
  const state = lane.states.states[rowNow]
  if (state !== "call" && state !== "sleep") return
  layers.over.rect(scene.palette.colours.text, x - 1, barTop(scene, row), 2, scene.metrics.barPx)
}
