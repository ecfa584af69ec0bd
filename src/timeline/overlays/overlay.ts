// What lies over the bars: the second canvas. An overlay is one file here and one line in the index; it draws from the
// scene and from what the reader has picked, and is drawn anew whenever either changes.

import type { PathPiece } from "../../../interpreter/trace/critical-path.ts"
import type { Selection } from "../../store/selection.ts"
import type { Scene } from "../scene.ts"

export interface OverlayState {
  readonly selected: Selection
  readonly pointed: Selection
  /** Row under the pointer; -1 where there is none. */
  readonly pointedRow: number
  /** Row that has the keyboard's focus; -1 where there is none. */
  readonly focusRow: number
  readonly showPath: boolean
  /** The critical path; empty while it is not shown. */
  readonly path: readonly PathPiece[]
  /** All arrows, faded, instead of those of the selected task only. */
  readonly allFlows: boolean
  /** A stretch that is being dragged, in keys. */
  readonly range: { readonly fromKey: number; readonly toKey: number } | null
}

export interface Overlay {
  readonly name: string
  draw(ctx: CanvasRenderingContext2D, scene: Scene, state: OverlayState): void
}
