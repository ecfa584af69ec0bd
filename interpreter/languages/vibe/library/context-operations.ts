// The operations that open and close a part of the context that models see: loops, which end by waiting for what they started
// and keep, forget or sum up what they added (SPEC 8.7), and the frames of functions.
import type { Frame } from "../../../engine/machine.ts"
import type { Asking } from "./asking.ts"
import { addEntry, type Entry } from "./context.ts"
import type { Room } from "./room.ts"

/** What a loop's entry hands to its exit. */
interface LoopMark {
  readonly started: number
  readonly head: Entry | null
  readonly label: string
}

/** Loops and calls of functions as the context of models sees them: what they add to it, and what leaving a loop keeps. */
export function contextOperations(room: Room, asking: Asking) {
  const exit = function* (mark: LoopMark, mode: string, prompt: unknown, model: unknown, site: number): Frame {
    yield room.settleStarted(mark.started, site)
    const { frame } = room.notes
    if (mode === "forget") frame.head = mark.head
    else if (mode === "compress") yield asking.compress(mark.head, prompt, model, site)
    else addEntry(frame, "loop", `<== ${mark.label}`)
    return null
  }
  return {
    loopEnter: (label: string): LoopMark => {
      const { notes } = room
      const mark: LoopMark = { started: notes.started.length, head: notes.frame.head, label }
      addEntry(notes.frame, "loop", `==> ${label}`)
      return mark
    },
    /** The value that the variable of a `for` has in this turn. */
    loopTurn: (name: string, value: unknown): void => addEntry(room.notes.frame, "turn", name, "", value),
    loopExit: (mark: LoopMark, mode: string, prompt: unknown, model: unknown, site: number): unknown => {
      if (mode !== "verbose" || room.hasOpenSince(mark.started)) return exit(mark, mode, prompt, model, site)
      addEntry(room.notes.frame, "loop", `<== ${mark.label}`)
      return null
    },
    enterFrame: (name: string, params: readonly unknown[]): number => {
      const { frames } = room.notes
      const depth = frames.length
      frames.push({ name, head: null })
      for (let i = 0; i + 2 < params.length; i += 3)
        addEntry(room.notes.frame, "variable", String(params[i]), String(params[i + 1]), params[i + 2])
      return depth
    },
    leaveFrame: (depth: number): void => {
      room.notes.frames.length = depth
    },
  }
}
