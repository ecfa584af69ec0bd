// The line to a sandbox, as the client sees it. `sandbox.ts` opens the real one (an opaque frame with a worker in it); tests
// put their own in its place.
import type { ToWorker } from "../../interpreter/worker/protocol.ts"

export interface SandboxPort {
  post(message: ToWorker): void
  /** Whatever comes out of the sandbox; nobody has checked it yet. */
  onMessage(handler: (message: unknown) => void): void
  /** The sandbox died by itself: out of memory, or thrown away by the browser. */
  onClose(handler: (reason: string) => void): void
  /** Throws the sandbox away with all that runs in it; no message comes after this. */
  dispose(): void
}

export type OpenSandbox = () => Promise<SandboxPort>
