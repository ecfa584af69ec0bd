// Drives a run to its end on the command line: lets promises of the host have their turn, gives control back to Node now
// and then, and waits for the outside where the run does.
import type { Pace } from "../session/evaluation.ts"
import type { LiveClock } from "../session/live-clock.ts"
import type { Run } from "../session/run.ts"
import type { Trace } from "../trace/trace.ts"

export interface DriveOptions {
  /** Real milliseconds for one virtual second; 0 runs as fast as it can. */
  readonly paceMs: number
  /** Called with every batch of trace, right after it was appended. */
  readonly onTrace?: () => void
  /** Resolves with the next line somebody types, or null at the end of input. */
  readonly nextLine?: () => Promise<string | null>
  /** Where live calls are answered: their clock, and a promise of the next news handed to the run. */
  readonly live?: { readonly clock: LiveClock; readonly nextNews: () => Promise<void> }
}

const SLICE_MS = 50

export async function drive(run: Run, trace: Trace, options: DriveOptions = { paceMs: 0 }): Promise<void> {
  const begunMs = Date.now()
  const collect = () => {
    for (const chunk of run.flush()) trace.append(chunk)
    options.onTrace?.()
  }
  for (;;) {
    const sliceEndsMs = Date.now() + SLICE_MS
    const paced = options.paceMs > 0 ? ((Date.now() - begunMs) / options.paceMs) * 1_000_000 : Number.POSITIVE_INFINITY
    const state = run.advance({
      // Asked anew whenever time is to pass: a call may have been opened meanwhile.
      get untilUs() {
        return options.live && run.kernel.hasOpenOperations ? Math.min(paced, options.live.clock.nowUs) : paced
      },
      expired: () => Date.now() > sliceEndsMs,
    })
    collect()
    switch (state) {
      case "ended":
        return
      case "more":
        await turnOfNode()
        break
      case "drain":
        await turnOfNode()
        await run.drained()
        break
      case "input":
        run.input(options.nextLine ? await options.nextLine() : null)
        break
      case "wait":
        if (options.live && run.kernel.hasOpenOperations) await Promise.race([options.live.nextNews(), later(20)])
        else await later(5)
    }
  }
}

/** How Node runs inputs whose unfolding nobody watches (session/evaluation.ts). */
export const NODE_PACE: Pace = {
  slice: () => {
    const endsMs = Date.now() + SLICE_MS
    return () => Date.now() > endsMs
  },
  turn: async () => {
    await turnOfNode()
    return false
  },
}

function turnOfNode(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
