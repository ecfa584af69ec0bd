// The keys of the timeline, as data: which key does what while the timeline has the focus. Single letters can be switched
// off (WCAG 2.1.4). The page's own keys, which work everywhere, are in `src/app/commands.ts`.

export type TimelineKey =
  | "play"
  | "up"
  | "down"
  | "first"
  | "last"
  | "pageUp"
  | "pageDown"
  | "in"
  | "out"
  | "nextEvent"
  | "previousEvent"
  | "nextEvents"
  | "previousEvents"
  | "details"
  | "line"
  | "cause"
  | "effect"
  | "zoomIn"
  | "zoomOut"
  | "panLeft"
  | "panRight"
  | "fitSelection"
  | "fit"
  | "path"
  | "flows"
  | "gaps"
  | "ghost"
  | "steps"
  | "search"
  | "explain"
  | "marker"
  | "note"
  | "link"
  | "slower"
  | "faster"
  | "toStart"
  | "toEnd"
  | "clear"

export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const PLAIN: Readonly<Record<string, TimelineKey>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
  Home: "first",
  End: "last",
  PageUp: "pageUp",
  PageDown: "pageDown",
  Enter: "details",
  Escape: "clear",
  " ": "play",
}

const SINGLE: Readonly<Record<string, TimelineKey>> = {
  g: "line",
  "[": "cause",
  "]": "effect",
  w: "zoomIn",
  s: "zoomOut",
  a: "panLeft",
  d: "panRight",
  f: "fitSelection",
  "0": "fit",
  c: "path",
  r: "flows",
  z: "gaps",
  x: "ghost",
  t: "steps",
  "/": "search",
  e: "explain",
  m: "marker",
  n: "note",
  l: "link",
  "<": "slower",
  ">": "faster",
}

/** What a key press on the timeline does; null for nothing. */
export function timelineKey(press: Press, singleKeys: boolean): TimelineKey | null {
  if (press.ctrlKey || press.metaKey) return press.key === "Home" ? "toStart" : press.key === "End" ? "toEnd" : null
  if (press.altKey) {
    if (press.key === "ArrowRight") return press.shiftKey ? "nextEvents" : "nextEvent"
    if (press.key === "ArrowLeft") return press.shiftKey ? "previousEvents" : "previousEvent"
    return null
  }
  const plain = PLAIN[press.key]
  if (plain) return plain
  if (!singleKeys) return null
  return SINGLE[press.key.length === 1 ? press.key.toLowerCase() : press.key] ?? null
}
