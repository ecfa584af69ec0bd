// What the reader has picked: the one place where the editor and the timeline meet. The timeline sets tasks and calls, the
// editor lines; each side draws what the other chose. Ids are those of the shown run's trace. Pure transitions.
export type Selection =
  | { readonly kind: "none" }
  | { readonly kind: "task"; readonly task: number }
  | { readonly kind: "call"; readonly task: number; readonly call: number }
  /** One event of the trace, by its index: the focused event of a lane. */
  | { readonly kind: "event"; readonly task: number; readonly event: number }
  /** A line of the source, 1-based, and the tasks it started. */
  | { readonly kind: "line"; readonly file: string; readonly line: number; readonly tasks: readonly number[] }
  /** A stretch of time, dragged over the lanes. */
  | { readonly kind: "span"; readonly fromUs: number; readonly toUs: number }

export interface Picked {
  readonly selected: Selection
  /** What the pointer or the focus is over; the hover card and the soft highlight in the editor follow it. */
  readonly pointed: Selection
}

export const NOTHING: Selection = { kind: "none" }
export const NOTHING_PICKED: Picked = { selected: NOTHING, pointed: NOTHING }

export function selected(picked: Picked, selection: Selection): Picked {
  return sameSelection(picked.selected, selection) ? picked : { ...picked, selected: selection }
}

export function pointed(picked: Picked, selection: Selection): Picked {
  return sameSelection(picked.pointed, selection) ? picked : { ...picked, pointed: selection }
}

/** The tasks that a selection concerns; empty for none and for a stretch of time. */
export function tasksOf(selection: Selection): readonly number[] {
  switch (selection.kind) {
    case "task":
    case "call":
    case "event":
      return [selection.task]
    case "line":
      return selection.tasks
    default:
      return []
  }
}

export function sameSelection(a: Selection, b: Selection): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  switch (a.kind) {
    case "none":
      return true
    case "task":
      return b.kind === "task" && a.task === b.task
    case "call":
      return b.kind === "call" && a.task === b.task && a.call === b.call
    case "event":
      return b.kind === "event" && a.task === b.task && a.event === b.event
    case "line":
      return b.kind === "line" && a.file === b.file && a.line === b.line && a.tasks.join() === b.tasks.join()
    case "span":
      return b.kind === "span" && a.fromUs === b.fromUs && a.toUs === b.toUs
  }
}
