// What Node lends a run: a loader for emitted text and, only where `--allow-ts` was given, one for ts blocks. Emitted text
// is safe by construction; ts blocks are not, which is why `main.ts` runs them in a child process with an empty environment.
import { Script } from "node:vm"
import type { Factory } from "../engine/link.ts"
import type { Outside } from "../models/calls.ts"
import type { RunPorts } from "../session/run.ts"

const NOBODY_OUTSIDE: Outside = { ask() {}, cancel() {} }

export function nodePorts(allowTs: boolean, outside: Outside = NOBODY_OUTSIDE): RunPorts {
  return {
    outside,
    loadFactory: async (text) => new Script(`(${text})`).runInThisContext() as Factory,
    loadModule: async (text) => {
      if (!allowTs) throw new Error("ts blocks run on the command line only with --allow-ts")
      return (await import(/* @vite-ignore */ `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`)) as Record<string, unknown>
    },
  }
}
