// The sandbox's frame: an opaque-origin document whose only script starts the worker and then never speaks again. The
// page's build puts the script's hash into both policies (vite-plugin.ts); the page opens the frame (client/sandbox.ts).
// A frame with an address of its own would not do: a service worker does not serve opaque frames, so it would fail offline.
import { createHash } from "node:crypto"

/** What the page sends the frame with two ports: [0] goes to the worker, on [1] the frame reports that it failed. */
export interface FrameOrder {
  readonly chunks: readonly { readonly name: string; readonly text: string; readonly imports: readonly string[] }[]
  /** Name of the chunk the worker is started with; it comes last. */
  readonly entry: string
}

/**
 * What the worker begins with: it loads the entry and passes the port on. Chromium starts no module worker in an opaque
 * origin, but a classic one may import modules, so this text is classic and everything else is modules.
 */
const STARTER = `
(() => {
  const dispatch = dispatchEvent.bind(self), Message = MessageEvent, tell = postMessage.bind(self)
  addEventListener("message", function hear({ data, ports }) {
    removeEventListener("message", hear)
    import(data.urls[data.entry]).then(() => dispatch(new Message("message", { data, ports })), (error) => tell(String(error)))
  })
})()
`

/** The frame's script. Plain JavaScript as text: it is hashed as it stands. */
const SCRIPT = `
addEventListener("message", function hear(event) {
  if (event.source !== parent || event.ports.length !== 2) return
  removeEventListener("message", hear)
  const [line, reports] = event.ports
  const { chunks, entry } = event.data
  const failed = (message) => reports.postMessage(String(message))
  const urlOf = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }))
  try {
    const urls = {}
    for (const { name, text, imports } of chunks) {
      let linked = text
      for (const needed of imports) linked = linked.replaceAll("chunk:" + needed + ";", urls[needed])
      urls[name] = urlOf(linked)
    }
    const worker = new Worker(urlOf(${JSON.stringify(STARTER)}), { name: "program" })
    worker.onmessage = ({ data }) => failed(data)
    worker.onerror = (error) => failed(error.message || "the worker could not be loaded")
    worker.postMessage({ urls, entry }, [line])
  } catch (error) {
    failed(error)
  }
})
`

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`

/** The document for the frame's `srcdoc`. Its own policy is stricter than the page's, which it inherits as well. */
export function frameDocument(): string {
  const policy = `default-src 'none'; script-src blob: ${hash(SCRIPT)}; worker-src blob:`
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${SCRIPT}</script>`
}

/**
 * The page's content policy. `inline`: texts of the page's own inline scripts, allowed by hash.
 * Styles may be inline (the editor and the dialogs write style elements); scripts may not. `frame-src` keeps the
 * sandbox's frame from leaking by navigating itself.
 */
export function pagePolicy(inline: readonly string[]): string {
  const scripts = [SCRIPT, ...inline].map(hash).join(" ")
  return [
    "default-src 'self'",
    `script-src 'self' blob: ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")
}
