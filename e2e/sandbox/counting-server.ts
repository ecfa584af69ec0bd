// A server that counts: whatever gets out of the sandbox would arrive here. It answers everybody (CORS open), so that a
// request is refused by the sandbox or not at all.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export interface CountingServer {
  readonly origin: string
  /** "METHOD path" of each request and "connection" for a socket that was opened and said nothing. */
  readonly arrived: string[]
  close(): Promise<void>
}

export async function countRequests(): Promise<CountingServer> {
  const arrived: string[] = []
  const server = createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`)
    response.writeHead(200, {
      "access-control-allow-origin": "*",
      "access-control-allow-private-network": "true",
      "content-type": "text/javascript",
    })
    response.end("globalThis.escaped = true")
  })
  server.on("upgrade", (request, socket) => {
    arrived.push(`upgrade ${request.url}`)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
