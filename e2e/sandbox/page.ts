// The smallest page around a sandbox: opens one with the build's worker and hands messages through. For attacks.spec.ts.
import type { ToWorker } from "../../interpreter/worker/protocol.ts"
import { openSandbox } from "../../src/client/sandbox.ts"

declare global {
  interface Window {
    attackable: {
      heard: unknown[]
      closed: string[]
      attack(text: string): Promise<{ value?: string; refused?: string }>
      dispose(): void
      reopen(): Promise<void>
    }
  }
}

const sandboxOf = async () => {
  const sandbox = await openSandbox()
  sandbox.onMessage((message) => {
    window.attackable.heard.push(message)
  })
  sandbox.onClose((reason) => {
    window.attackable.closed.push(reason)
  })
  return sandbox
}

let count = 0
window.attackable = {
  heard: [],
  closed: [],
  async attack(text) {
    const attack = ++count
    sandbox.post({ attack, text } as unknown as ToWorker)
    for (;;) {
      const answer = window.attackable.heard.find((message) => (message as { attack?: number }).attack === attack)
      if (answer) return answer as { value?: string; refused?: string }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  },
  dispose: () => sandbox.dispose(),
  async reopen() {
    sandbox = await sandboxOf()
  },
}
let sandbox = await sandboxOf()
