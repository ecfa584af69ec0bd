// An answer as it arrives: a solid bar with the prompt and the tokens so far on it, and a rail with a tick for each piece.
import type { CallSpan } from "../../../interpreter/trace/call-spans.ts"
import { lastAtOrBefore } from "../../../interpreter/trace/series.ts"
import { formatCount } from "../../../interpreter/trace/units.ts"
import { promptOf } from "../prompt.ts"
import { keyAtX, type Scene, xOfKey } from "../scene.ts"
import { CHARACTER_PX, fittedText, STRONG_FONT } from "./ink.ts"
import { plated } from "./labels.ts"
import type { Layers } from "./layers.ts"

const TICK_RAIL_PX = 4
/** Least distance of two token ticks; denser ones stand for several chunks. */
const TICK_APART_PX = 3

/** The reply as it arrives: solid, with a tick for each chunk in the rail at the bottom. */
export function drawTokens(
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
