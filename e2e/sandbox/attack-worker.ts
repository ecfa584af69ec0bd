// The hardest test of the sandbox: a worker that, once locked down as the real one is, runs any JavaScript it is sent.
// A program in our languages can never get this far; Vibe's ts blocks come close. `attacks.spec.ts` sends the attacks.
import { loadModule } from "../../interpreter/worker/load-module.ts"
import { lockdown } from "../../interpreter/worker/lockdown.ts"
import { type DedicatedWorkerScope, openPort } from "../../interpreter/worker/port.ts"
import type { FromWorker, ToWorker } from "../../interpreter/worker/protocol.ts"

interface Attack {
  readonly attack: number
  readonly text: string
}

const port = openPort(globalThis as unknown as DedicatedWorkerScope)
const left = lockdown(globalThis)
const post = (message: unknown) => port.post(message as FromWorker)

async function attempt({ attack, text }: Attack): Promise<void> {
  try {
    const module = await loadModule(`export default async () => {\n${text}\n}`)
    const value = await (module.default as () => Promise<unknown>)()
    post({ attack, value: value === undefined ? "undefined" : String(value) })
  } catch (problem) {
    const named = problem as { name?: unknown; message?: unknown }
    post({ attack, refused: `${String(named?.name)}: ${String(named?.message)}` })
  }
}

port.onMessage((message: ToWorker) => {
  void attempt(message as unknown as Attack)
})
void import("./attack-part.ts").then(({ partOfTheWorker }) => post({ left, part: partOfTheWorker }))
