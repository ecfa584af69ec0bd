// Builds the page: a folder of static files that any host can serve, from any path. `sandbox` brings the worker as text and
// the page's content policy (design: worker and sandbox).
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { VitePWA } from "vite-plugin-pwa"
import { notices } from "./scripts/notices.mjs"
import { sandbox } from "./src/sandbox/vite-plugin.ts"

/** Everything the page is made of is kept on the device once it is idle (src/app/offline.ts), so that it opens without a network. */
function offline() {
  return VitePWA({
    registerType: "prompt",
    injectRegister: null,
    manifest: {
      name: "Counterpoint",
      short_name: "Counterpoint",
      description: "See, teach and shape concurrent programs that call language models.",
      start_url: "./",
      display: "standalone",
      background_color: "#ffffff",
      theme_color: "#12141a",
      icons: [{ src: "favicon.svg", sizes: "any", type: "image/svg+xml" }],
    },
    workbox: {
      globPatterns: ["**/*.{html,js,css,svg}"],
      maximumFileSizeToCacheInBytes: 4_000_000,
      // A document's address, an example's or a link's is the same page.
      ignoreURLParametersMatching: [/./],
      navigateFallback: "index.html",
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  })
}

export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss(), sandbox(), notices(), offline()],
  build: {
    target: "es2023",
    manifest: true,
    modulePreload: { polyfill: false },
    // What the first picture needs is one file: it compresses better than twenty, and makes one request.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
      // The interpreter's files do nothing by being loaded: what the page's first file names nothing of stays out of it.
      treeshake: { moduleSideEffects: (id: string) => !id.includes("/interpreter/") },
    },
  },
})
