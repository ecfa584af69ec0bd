// `npm start`: installs what is missing, builds the page when it is stale, serves it on 127.0.0.1 and prints the address.
// `--port N` asks for a port (4100 otherwise); a taken one gives the next free one, or an error with `--exact-port`.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { ensureInstalled, root } from "./install.mjs"

const words = process.argv.slice(2)
const exact = words.includes("--exact-port")
const at = words.indexOf("--port")
const wanted = at < 0 ? 4100 : Number(words[at + 1])
const known = words.every((word, i) => word === "--exact-port" || word === "--port" || (at >= 0 && i === at + 1))
if (!known || !Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
  console.error("usage: npm start -- [--port N] [--exact-port], with N from 1 to 65535")
  process.exit(2)
}

ensureInstalled()
const { ensurePage } = await import("./page.mjs")
try {
  const begun = Date.now()
  if (!existsSync(join(root, "dist", "index.html"))) console.log("Building the page …")
  if (await ensurePage()) console.log(`Built the page in ${((Date.now() - begun) / 1000).toFixed(1)} s.`)
} catch (problem) {
  console.error(`The page could not be built: ${problem.message}`)
  process.exit(1)
}

const { preview } = await import("vite")
let server
try {
  server = await preview({
    root,
    configFile: false,
    logLevel: "error",
    base: "./",
    preview: { host: "127.0.0.1", port: wanted, strictPort: exact },
  })
} catch (problem) {
  console.error(/already in use/.test(problem.message) ? `Port ${wanted} is taken.` : `The page could not be served: ${problem.message}`)
  process.exit(1)
}
const { port } = server.httpServer.address()
if (port !== wanted) console.log(`Port ${wanted} is taken, so this is the next free one.`)
console.log(`Counterpoint: http://127.0.0.1:${port}/   (Ctrl+C ends it)`)
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server.httpServer.close()
    server.httpServer.closeAllConnections?.()
    process.exit(0)
  })
}
