// What the measurements in a browser share: a folder served on a free port, how the browser is started, the median. Used by
// run.mjs (the timeline alone) and whole-page.mjs.
import { createReadStream, existsSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join, normalize } from "node:path"

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
}

/** Serves the files of a folder on a free port of this machine. */
export function serveFolder(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost")
    const path = normalize(join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname))
    if (!path.startsWith(folder) || !existsSync(path)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" })
    createReadStream(path).pipe(response)
  })
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)))
}

export const BROWSER_ARGS = [
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium refuses to run as root with its own sandbox.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
]

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
