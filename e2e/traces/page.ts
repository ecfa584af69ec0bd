// The smallest page around the real worker: runs inputs in the sandbox with all virtual time granted and gives the trace's
// file. For traces.spec.ts, which compares it with what Node writes.
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import { writeTrace } from "../../interpreter/trace/format.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import type { FromWorker, RunId } from "../../interpreter/worker/protocol.ts"
import { openSandbox } from "../../src/client/sandbox.ts"

export interface TracedRun {
  readonly outcome: string
  readonly message: string
  readonly events: number
  /** The trace's file, each byte a character. */
  readonly file: string
}

declare global {
  interface Window {
    traceOf(inputs: RunInputs): Promise<TracedRun>
  }
}

const sandbox = await openSandbox()
let last = 0
let hear: (message: FromWorker) => void = () => {}
sandbox.onMessage((message) => hear(message as FromWorker))

window.traceOf = (inputs) =>
  new Promise((resolve, reject) => {
    const run = ++last as RunId
    let trace = new Trace()
    sandbox.onClose((reason) => reject(new Error(reason)))
    hear = (message) => {
      if (message.type === "crashed") reject(new Error(message.message))
      if (!("run" in message) || message.run !== run) return
      if (message.type === "checked") trace = new Trace(message.sites)
      if (message.type === "events") for (const chunk of message.chunks) trace.append(chunk)
      if (message.type === "waiting" && message.for === "input") sandbox.post({ type: "input", run, line: null })
      if (message.type !== "ended") return
      const bytes = writeTrace(trace)
      let file = ""
      for (const byte of bytes) file += String.fromCharCode(byte)
      resolve({ outcome: message.report.outcome, message: message.report.message, events: trace.length, file })
    }
    sandbox.post({ type: "start", run, inputs })
    sandbox.post({ type: "advance", run, untilUs: Number.POSITIVE_INFINITY })
  })
