// The operations behind `async`: each starts something and gives a pending value at once (SPEC 11.2, 11.6, 11.7). What talks to
// the world (prompts, ts blocks, TypeScript functions, builtins) takes a slot of the limit; Vibe's own functions take none.
import { Fault } from "../../../engine/fault.ts"
import type { Frame } from "../../../engine/machine.ts"
import { SUSPENDED } from "../../../kernel/task.ts"
import type { TsBlocks } from "../tsblocks/blocks.ts"
import type { Asking } from "./asking.ts"
import type { Builtins } from "./builtins.ts"
import { convert } from "./conversions.ts"
import { copier } from "./copies.ts"
import { type Room, TaskNotes } from "./room.ts"
import { FunctionValue, type VibeFunction } from "./values.ts"

/** What the parts of the runtime give to operations that start something. */
export interface Starters {
  readonly room: Room
  readonly asking: Asking
  readonly blocks: TsBlocks
  readonly builtins: Builtins
  /** Keys of the globals that a function can touch; builtins touch none. */
  readonly globalsUsed: ReadonlyMap<VibeFunction, readonly string[]>
}

export function startOperations(starters: Starters) {
  const { room, asking, blocks, builtins } = starters
  const checked = (value: unknown, type: string, name: string, site: number) => (type === "" ? value : convert(value, type, name, site))
  /** Runs in a task of its own with a slot (SPEC 11.7). */
  const slotted = (name: string, taskName: string, type: string, site: number, body: () => Frame): Frame => {
    const run = function* (): Frame {
      if (room.slots.acquire(site) === SUSPENDED) yield SUSPENDED
      try {
        return checked(yield body(), type, name, site)
      } finally {
        room.slots.release(room.kernel.current)
      }
    }
    return room.start(name, name || taskName, room.notes, site, run)
  }
  return {
    startAsk: asking.start.bind(asking),
    startBlock: (id: number, params: unknown[], scope: unknown[], name: string, type: string, site: number) =>
      slotted(name, "ts", type, site, () => blocks.run(id, params, scope, site)),
    startExternal: (module: string, fn: string, args: unknown[], name: string, type: string, site: number) =>
      slotted(name, fn, type, site, () => blocks.call(module, fn, args, site)),
    startBuiltin: (module: string, fn: string, args: unknown[], name: string, type: string, site: number) =>
      slotted(name, fn, type, site, () => builtins.calling(module, fn, args, site)),
    startFunction: (fn: VibeFunction, fnName: string, globals: object, args: unknown[], name: string, type: string, site: number) =>
      startFunction(starters, fn, fnName, globals, args, name, type, site),
    startValue: (callee: unknown, globals: object, args: unknown[], name: string, type: string, site: number) => {
      if (!(callee instanceof FunctionValue)) throw new Fault("TypeError", "TypeError: Cannot call non-function", site)
      return startFunction(starters, callee.fn, callee.name, globals, args, name, type, site)
    },
  }
}

/** An async call of a Vibe function: a task of its own on copied globals that ends when all it started has ended (SPEC 11.6). */
function startFunction(
  { room, globalsUsed }: Starters,
  fn: VibeFunction,
  fnName: string,
  globals: object,
  args: unknown[],
  name: string,
  type: string,
  site: number,
): Frame {
  const { notes } = room
  const copy = copier(room, site)
  const own = copy.globals(globals, globalsUsed.get(fn) ?? [])
  const ownArgs = args.map((arg) => copy.value(arg))
  const frames = notes.frames.map((frame) => ({ name: frame.name, head: frame.head }))
  const ownNotes = new TaskNotes(own, frames, notes.lastModel, false)
  const body = function* (): Frame {
    const value = yield fn(own, ...ownArgs)
    yield room.settleStarted(0, site)
    return type === "" ? value : convert(value, type, name, site)
  }
  return room.start(name, name || fnName, ownNotes, site, body)
}
