// What a model sees of the program (SPEC 8.7): frames with entries in order of execution, and the text made of them. Entries
// are linked lists that only grow at the head, so that a task's snapshot, a loop's mark and going back to it cost nothing.
import { jsonText, scalar } from "./texts.ts"
import { Answered, ErrorValue, FunctionValue, isObject, KeyMark, ModelValue, PendingValue, ToolValue } from "./values.ts"

export type EntryKind = "variable" | "answer" | "call" | "loop" | "turn" | "summary"

export interface Entry {
  readonly before: Entry | null
  readonly kind: EntryKind
  /** Variables, answers and turns (the variable of a `for` in one of them): the name; else the whole line. */
  readonly text: string
  readonly type: string
  readonly value: unknown
  /** Number of entries up to here, since the list was last cut. */
  readonly count: number
}

/** The entry program, or one active function. */
export interface ContextFrame {
  readonly name: string
  head: Entry | null
}

/** A list longer than this forgets its older half: what a loop of a million turns leaves behind must not fill the memory. */
const MAX_ENTRIES = 4_000
/** A context longer than this shows its newest lines. */
const MAX_CONTEXT_UNITS = 24_000
/** A single value longer than this is cut. */
const MAX_VALUE_UNITS = 4_000

export function addEntry(frame: ContextFrame, kind: EntryKind, text: string, type = "", value: unknown = undefined): void {
  const before = frame.head
  const count = (before?.count ?? 0) + 1
  frame.head = {
    before: count > MAX_ENTRIES ? newestHalf(before) : before,
    kind,
    text,
    type,
    value,
    count: count > MAX_ENTRIES ? MAX_ENTRIES / 2 : count,
  }
}

function newestHalf(head: Entry | null): Entry | null {
  const kept: Entry[] = []
  for (let at = head; at && kept.length < MAX_ENTRIES / 2 - 1; at = at.before) kept.push(at)
  let result: Entry | null = null
  for (const entry of kept.reverse()) result = { ...entry, before: result }
  return result
}

/** Entries made since `mark`, oldest first; all of them if the list was cut in between. */
export function entriesSince(frame: ContextFrame, mark: Entry | null): Entry[] {
  const list: Entry[] = []
  for (let at = frame.head; at && at !== mark; at = at.before) list.push(at)
  return list.reverse()
}

/** The context as text: all frames, the entry program first; only the last one for `local`. */
export function contextText(frames: readonly ContextFrame[], local: boolean): string {
  const shown = local ? frames.slice(-1) : frames
  const blocks: string[] = []
  let left = MAX_CONTEXT_UNITS
  for (const frame of [...shown].reverse()) {
    const lines: string[] = []
    for (let at = frame.head; at && left > 0; at = at.before) {
      const line = lineOf(at)
      if (line === null) continue
      lines.push(line)
      left -= line.length + 1
    }
    if (lines.length === 0) continue
    const title = frame.name === "" ? "Program:" : `Function ${frame.name}:`
    blocks.push([title, ...lines.reverse()].join("\n"))
  }
  return blocks.reverse().join("\n\n")
}

/** The lines of some entries, for a summary. */
export function entriesText(entries: readonly Entry[]): string {
  const lines = entries.map(lineOf).filter((line) => line !== null)
  let text = lines.join("\n")
  if (text.length > MAX_CONTEXT_UNITS) text = `…${text.slice(-MAX_CONTEXT_UNITS)}`
  return text
}

function lineOf(entry: Entry): string | null {
  if (entry.kind !== "variable" && entry.kind !== "answer" && entry.kind !== "turn") return entry.text
  let { value } = entry
  if (value instanceof PendingValue) {
    if (!value.settled) return null
    value = value.value
  }
  if (value instanceof Answered) value = value.value
  if (value instanceof FunctionValue || value instanceof ModelValue || value instanceof ToolValue || value instanceof KeyMark) return null
  const arrow = entry.kind === "answer" ? "<--" : "-"
  return `${arrow} ${entry.text} (${entry.type || typeWord(value)}): ${valueLine(value)}`
}

function typeWord(value: unknown): string {
  if (typeof value === "string") return "text"
  if (typeof value === "number" || typeof value === "boolean") return typeof value
  return "json"
}

function valueLine(value: unknown): string {
  const text =
    typeof value === "string"
      ? value
      : Array.isArray(value) || isObject(value)
        ? (jsonText(value) ?? "")
        : value instanceof ErrorValue
          ? "null"
          : scalar(value)
  return text.length > MAX_VALUE_UNITS ? `${text.slice(0, MAX_VALUE_UNITS)}…` : text
}
