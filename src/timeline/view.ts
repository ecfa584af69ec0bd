// What the reader has done to the picture itself: folded, filtered, switched overlays on. Belongs to the timeline alone; what
// others share (playhead, selection, window) is in `src/store`.
import { createStore } from "zustand/vanilla"

export interface View {
  /** Rows turned the other way than they are by themselves. */
  readonly toggled: ReadonlySet<string>
  readonly filter: string
  /** `auto`: time, or steps for a run that took none. */
  readonly axis: "auto" | "time" | "steps"
  readonly compress: boolean
  readonly showPath: boolean
  readonly allFlows: boolean
  /** The run before stands behind this one as outlines. */
  readonly ghost: boolean
  /** Row with the keyboard's focus, and the event inside it (-1: the row itself). */
  readonly focusKey: string
  readonly focusEvent: number
  /** What "explain this moment" said; "" while it is closed. */
  readonly explanation: string
  readonly legend: boolean
}

export const VIEW: View = {
  toggled: new Set(),
  filter: "",
  axis: "auto",
  compress: false,
  showPath: false,
  allFlows: false,
  ghost: false,
  focusKey: "",
  focusEvent: -1,
  explanation: "",
  legend: false,
}

export const view = createStore<View>()(() => VIEW)

export function changeView(change: Partial<View>): void {
  view.setState(change)
}

export function toggleRow(key: string): void {
  const toggled = new Set(view.getState().toggled)
  if (!toggled.delete(key)) toggled.add(key)
  view.setState({ toggled })
}
