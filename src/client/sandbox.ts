// The page's end of the sandbox: makes the frame, hands it the worker's text and a port, and gives the port to the client
// that speaks the protocol (worker/protocol.ts). What comes out is `unknown`: programs are somebody else's, so the client
// checks every message. Throwing the sandbox away (`dispose`) ends whatever runs in it at once, endless loops too.
import type { ChunkAnswer } from "../../interpreter/worker/load-chunk.ts"
import type { SandboxPort } from "./port.ts"

/** Starts a sandbox. Rejected where the worker's text cannot be fetched or the browser makes no frame. */
export async function openSandbox(): Promise<SandboxPort> {
  const source = await import("virtual:worker-source")
  const frame = document.createElement("iframe")
  frame.setAttribute("sandbox", "allow-scripts")
  frame.setAttribute("aria-hidden", "true")
  frame.title = "Sandbox in which programs run"
  frame.tabIndex = -1
  frame.hidden = true
  frame.srcdoc = source.frame

  const line = new MessageChannel()
  const reports = new MessageChannel()
  let open = true
  let broken: string | null = null
  let onMessage: ((message: unknown) => void) | null = null
  let onClose: ((reason: string) => void) | null = null
  const kept: unknown[] = []

  const dispose = () => {
    open = false
    line.port1.close()
    reports.port1.close()
    frame.remove()
  }
  const fail = (reason: string) => {
    if (!open) return
    dispose()
    broken = reason
    onClose?.(reason)
  }

  const given = new Set<string>()
  const answer = async (name: string) => {
    if (given.has(name)) return
    given.add(name)
    const needed = source.closures[name]
    let reply: ChunkAnswer = { type: "chunks", name, chunks: null }
    try {
      if (needed) {
        const texts = needed.map(async (one) => ({
          name: one,
          imports: source.chunks[one]?.imports ?? [],
          text: (await source.chunks[one]?.text()) ?? "",
        }))
        reply = { type: "chunks", name, chunks: await Promise.all(texts) }
      }
    } catch {
      // The text could not be fetched (the reader went offline): the worker is told that it is not there.
    }
    if (open) line.port1.postMessage(reply)
  }

  line.port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!open) return
    const chunk = chunkAsked(data)
    if (chunk !== null) void answer(chunk)
    else if (onMessage) onMessage(data)
    else kept.push(data)
  }
  line.port1.onmessageerror = () => fail("A message from the sandbox could not be read.")
  reports.port1.onmessage = ({ data }) => fail(`The sandbox stopped working: ${String(data).slice(0, 500)}`)

  await new Promise<void>((resolve) => {
    frame.onload = () => resolve()
    document.body.append(frame)
  })
  frame.contentWindow?.postMessage(source.order, "*", [line.port2, reports.port2])

  return {
    post(message) {
      if (open) line.port1.postMessage(message)
    },
    onMessage(handler) {
      onMessage = handler
      for (const message of kept.splice(0)) handler(message)
    },
    onClose(handler) {
      onClose = handler
      if (broken !== null) handler(broken)
    },
    dispose,
  }
}

/** The name in a worker's wish for one of its own parts; null for any other message. */
function chunkAsked(message: unknown): string | null {
  if (typeof message !== "object" || message === null) return null
  const { type, name } = message as { type?: unknown; name?: unknown }
  return type === "chunk" && typeof name === "string" ? name : null
}
