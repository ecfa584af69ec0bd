// Keys that are no command's: the editor's own and the timeline's, with words for each. A test holds the timeline's against
// what its keyboard does (src/timeline/keyboard.ts).

type Row = readonly [keys: string, words: string]

export const EDITOR_KEYS: readonly Row[] = [
  ["Escape, then Tab", "Leave the editor"],
  ["Tab, Shift+Tab", "Indent, the other way"],
]

export const TIMELINE_KEYS: readonly Row[] = [
  ["Space", "Play or pause"],
  ["Up, Down", "Task before, task after"],
  ["Page Up, Page Down", "A page of tasks"],
  ["Home, End", "First task, last task"],
  ["Right, Left", "Unfold and into its events, back out and fold"],
  ["Alt+Right, Alt+Left", "Next event, previous event (Shift: ten)"],
  ["Ctrl+Home, Ctrl+End", "Beginning, end of the run"],
  ["Enter", "Details"],
  ["G", "To its line of the code"],
  ["[, ]", "To the cause, to the effect of a wait"],
  ["W, S", "Closer, further"],
  ["A, D", "Earlier, later"],
  ["F, 0", "Fit what is picked, fit the run"],
  ["C", "Critical path"],
  ["R", "All arrows"],
  ["Z", "Shorten stretches without events"],
  ["X", "The run before, behind this one"],
  ["T", "Ruler in events or in time"],
  ["/", "Filter tasks"],
  ["E", "Explain this moment"],
  ["M", "Mark this moment"],
  ["N", "Write a note at this moment"],
  ["L", "Copy a link to this moment"],
  ["<, >", "Slower, faster"],
  ["Escape", "Let go of what is picked"],
]
