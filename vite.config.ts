// Builds the page: a folder of static files that any host can serve, from any path. The policy of the page (design: worker
// and sandbox) is a meta tag, so it needs no server; it goes in at build time, because the dev server's own inline scripts
// would be refused by it.
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"

/** Hashes of inline scripts that the policy allows, as `'sha256-…'`: the bootstrap of the sandboxed frame. */
const SCRIPT_HASHES: readonly string[] = []

function policy(hashes: readonly string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self' blob:", ...hashes].join(" "),
    // The editor writes its styles into style elements; there is nothing of the reader's or a program's in them.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    "frame-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")
}

function contentPolicy(): Plugin {
  return {
    name: "counterpoint-content-policy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: () => [
        { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy(SCRIPT_HASHES) }, injectTo: "head-prepend" },
      ],
    },
  }
}

export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss(), contentPolicy()],
  worker: { format: "es" },
  build: { target: "es2023", chunkSizeWarningLimit: 400, modulePreload: { polyfill: false } },
})
