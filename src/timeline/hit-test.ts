// What is under a point of the lanes: which row, which task, which call and what it was doing then. Pure, from the scene.
import type { CallSpan, Phase } from "../../interpreter/trace/call-spans.ts"
import type { Lane, LaneState } from "../../interpreter/trace/lane.ts"
import { lastAtOrBefore } from "../../interpreter/trace/series.ts"
import type { Selection } from "../store/selection.ts"
import type { Row } from "./layout.ts"
import { callEndKey, callStartKey, firstCallFrom, keyAtX, keysOf, laneEndKey, type Scene, xOf } from "./scene.ts"

export interface Hit {
  readonly row: number
  readonly entry: Row
  /** The key under the point. */
  readonly key: number
  /** The task, if the point lies within its life (with a few pixels of tolerance); undefined on a group. */
  readonly lane: Lane | undefined
  readonly state: LaneState | undefined
  readonly call: CallSpan | undefined
  readonly phase: Phase | undefined
}

const TOLERANCE_PX = 4

/** undefined below the last row. */
export function hitAt(scene: Scene, x: number, y: number): Hit | undefined {
  const row = Math.floor((y + scene.scrollTop) / scene.metrics.rowPx)
  const entry = scene.rows[row]
  if (!entry || y < 0 || y > scene.heightPx) return undefined
  const key = keyAtX(scene, x)
  const nothing: Hit = { row, entry, key, lane: undefined, state: undefined, call: undefined, phase: undefined }
  if (entry.kind === "group") return nothing
  const lane = scene.fold.lanes[entry.task]
  if (!lane) return nothing
  const before = keyAtX(scene, x - TOLERANCE_PX)
  const after = keyAtX(scene, x + TOLERANCE_PX)
  if (after < scene.axis.key(lane.spawnUs, lane.spawnStep) || before > laneEndKey(scene, lane)) return nothing
  const keys = keysOf(scene, lane.states)
  const state = lane.states.states[Math.max(0, lastAtOrBefore(keys, key))]
  const call = callAt(scene, lane, key, before, after)
  const phases = call ? (scene.axis.kind === "steps" ? call.phaseSteps : call.phaseUs) : []
  const phase = call?.phases[Math.max(0, lastAtOrBefore(phases, key))]
  return { row, entry, key, lane, state, call, phase }
}

/** The call that lies under a key, the last opened first; else one that is within the tolerance. */
function callAt(scene: Scene, lane: Lane, key: number, before: number, after: number): CallSpan | undefined {
  let near: CallSpan | undefined
  for (let i = firstCallFrom(scene, lane, before); i < lane.calls.length; i++) {
    const call = lane.calls[i] as CallSpan
    const start = callStartKey(scene, call)
    if (start > after || start > scene.edgeKey) break
    const end = callEndKey(scene, call)
    if (start <= key && key <= end) near = call
    else if (end >= before) near ??= call
  }
  return near
}

/** What clicking there selects. */
export function selectionOf(hit: Hit | undefined): Selection {
  if (!hit?.lane) return { kind: "none" }
  return hit.call ? { kind: "call", task: hit.lane.task, call: hit.call.id } : { kind: "task", task: hit.lane.task }
}

/** True within reach of the playhead's line. */
export function onPlayhead(scene: Scene, x: number): boolean {
  return Math.abs(x - xOf(scene, scene.atUs, scene.atStep)) <= 5
}
