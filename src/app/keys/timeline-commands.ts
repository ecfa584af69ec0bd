// What the keys of the timeline do, as commands: the palette lists them with their keys, and runs them on the timeline that is
// on screen. Those that work elsewhere too are in `commands.ts`. Loaded with the palette.
import { pressOnTimeline } from "../../timeline/controls.ts"
import type { TimelineKey } from "../../timeline/keyboard.ts"

export interface TimelineCommand {
  readonly keys: string
  readonly title: string
  readonly key: TimelineKey
}

export const TIMELINE_COMMANDS: readonly TimelineCommand[] = [
  { keys: "W", title: "Zoom in", key: "zoomIn" },
  { keys: "S", title: "Zoom out", key: "zoomOut" },
  { keys: "A", title: "Pan to earlier", key: "panLeft" },
  { keys: "D", title: "Pan to later", key: "panRight" },
  { keys: "F", title: "Fit what is picked to the width", key: "fitSelection" },
  { keys: "C", title: "Critical path: show or hide", key: "path" },
  { keys: "R", title: "All arrows: show or hide", key: "flows" },
  { keys: "Z", title: "Shorten stretches without events, or not", key: "gaps" },
  { keys: "X", title: "The run before behind this one: show or hide", key: "ghost" },
  { keys: "T", title: "Ruler in events or in time", key: "steps" },
  { keys: "[", title: "To the cause of a wait", key: "cause" },
  { keys: "]", title: "To the effect of an end", key: "effect" },
  { keys: "G", title: "To the task's line of the code", key: "line" },
  { keys: "E", title: "Explain this moment", key: "explain" },
  { keys: "M", title: "Mark this moment, or remove its marker", key: "marker" },
  { keys: "N", title: "Note at this moment: write or change it", key: "note" },
  { keys: "/", title: "Filter tasks", key: "search" },
]

/** Does it on the timeline that is on screen. */
export const runTimelineCommand = (command: TimelineCommand): void => pressOnTimeline(command.key)
