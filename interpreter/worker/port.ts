// The worker's end of the line to the page. The sandbox's frame hands the worker one MessagePort and never speaks again,
// so messages and trace chunks go straight between worker and page. Used by worker/entry.ts, which opens it before it
// calls `lockdown`: afterwards no program can find anything to post with. Texts of lazily loaded chunks travel on the
// same line and are told apart here (see load-chunk.ts).
import { answerChunk, askChunksBy, type ChunkAnswer, type ChunkRequest, knowChunks } from "./load-chunk.ts"
import type { FromWorker, ToWorker } from "./protocol.ts"

export interface WorkerPort {
  /** Sends a message; the buffers in `transfer` go over without a copy and are empty here afterwards. */
  post(message: FromWorker, transfer?: readonly Transferable[]): void
  /** Who gets the page's messages, from the first one on: what came earlier was kept. */
  onMessage(handler: (message: ToWorker) => void): void
}

/** Waits on `scope` (the worker's global) for the port; usable at once, since both directions are kept until it is there. */
export function openPort(scope: DedicatedWorkerScope): WorkerPort {
  let port: MessagePort | null = null
  let handler: ((message: ToWorker) => void) | null = null
  const outgoing: { message: unknown; transfer: readonly Transferable[] }[] = []
  const incoming: ToWorker[] = []

  const send = (message: FromWorker | ChunkRequest, transfer: readonly Transferable[] = []) => {
    if (port) port.postMessage(message, [...transfer])
    else outgoing.push({ message, transfer })
  }
  const receive = (message: ToWorker | ChunkAnswer) => {
    if (message.type === "chunks") answerChunk(message)
    else if (handler) handler(message)
    else incoming.push(message)
  }
  askChunksBy(send)

  const connect = (event: MessageEvent) => {
    const given = event.ports[0]
    if (!given || port) return
    port = given
    knowChunks((event.data as { urls: Record<string, string> }).urls)
    port.onmessage = (told: MessageEvent) => receive(told.data as ToWorker | ChunkAnswer)
    for (const { message, transfer } of outgoing.splice(0)) port.postMessage(message, [...transfer])
  }
  scope.addEventListener("message", connect)

  return {
    post: send,
    onMessage(newHandler) {
      handler = newHandler
      for (const message of incoming.splice(0)) newHandler(message)
    },
  }
}

/** What is used of a worker's global (the DOM library's types describe the page's). */
export interface DedicatedWorkerScope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void
}
