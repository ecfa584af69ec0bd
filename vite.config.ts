// Builds the page: a folder of static files that any host can serve, from any path. `sandbox` brings the worker as text and
// the page's content policy (design: worker and sandbox).
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { notices } from "./scripts/notices.mjs"
import { sandbox } from "./src/sandbox/vite-plugin.ts"

export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss(), sandbox(), notices()],
  build: {
    target: "es2023",
    manifest: true,
    modulePreload: { polyfill: false },
    // What the first picture needs is one file: it compresses better than twenty, and makes one request.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
})
