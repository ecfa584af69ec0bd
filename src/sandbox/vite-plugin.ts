// What the page's build and its development server need for the sandbox: the worker as text (`virtual:worker-source`,
// and a module for each part that is loaded later), the frame's document, and in production the page's content policy
// as a meta element, so that any static host will do. Used by vite.config.ts.
import { join } from "node:path"
import type { Plugin, ResolvedConfig } from "vite"
import { ENTRY_CHUNK } from "../../interpreter/worker/load-chunk.ts"
import { frameDocument, pagePolicy } from "./frame.ts"
import { buildWorker, closure, type WorkerBuild } from "./worker-build.ts"

const SOURCE = "virtual:worker-source"
const CHUNK = "virtual:worker-chunk/"

export function sandbox(entryFile = "interpreter/worker/entry.ts"): Plugin {
  let config: ResolvedConfig
  let built: Promise<WorkerBuild> | null = null
  const worker = () => {
    built ??= buildWorker(config.root, entryFile, config.command === "build")
    return built
  }

  return {
    name: "counterpoint:sandbox",
    /** For scripts/notices.mjs: the files that went into the worker. */
    api: { workerFiles: async () => (await worker()).files },
    configResolved(resolved) {
      config = resolved
    },
    resolveId(id) {
      return id === SOURCE || id.startsWith(CHUNK) ? `\0${id}` : null
    },
    async load(id) {
      if (id !== `\0${SOURCE}` && !id.startsWith(`\0${CHUNK}`)) return null
      const { chunks, files } = await worker()
      for (const file of files) this.addWatchFile(file)
      if (id !== `\0${SOURCE}`) {
        const chunk = chunks.get(id.slice(CHUNK.length + 1))
        return chunk ? `export default ${JSON.stringify(chunk.text)}` : null
      }
      const first = closure(chunks, ENTRY_CHUNK)
      const later = [...chunks.values()].filter((chunk) => !first.includes(chunk))
      const loaders = later.map(
        ({ name, imports }) =>
          `${JSON.stringify(name)}: { imports: ${JSON.stringify(imports)}, text: async () => (await import(${JSON.stringify(CHUNK + name)})).default }`,
      )
      const closures = later.map(({ name }) => [
        name,
        closure(chunks, name)
          .filter((one) => !first.includes(one))
          .map((one) => one.name),
      ])
      return [
        `export const frame = ${JSON.stringify(frameDocument())}`,
        `export const order = ${JSON.stringify({ chunks: first, entry: ENTRY_CHUNK })}`,
        `export const chunks = { __proto__: null, ${loaders.join(", ")} }`,
        `export const closures = { __proto__: null, ...${JSON.stringify(Object.fromEntries(closures))} }`,
      ].join("\n")
    },
    hotUpdate({ file, server }) {
      // A change of the interpreter is a new worker: the page starts again with it.
      if (!file.startsWith(join(server.config.root, "interpreter"))) return
      built = null
      for (const module of this.environment.moduleGraph.idToModuleMap.values()) {
        if (module.id?.startsWith("\0virtual:worker-")) this.environment.moduleGraph.invalidateModule(module)
      }
      this.environment.hot.send({ type: "full-reload" })
      return []
    },
    transformIndexHtml: {
      order: "post",
      handler(html) {
        if (config.command !== "build") return html
        const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? "")
        const meta = `<meta http-equiv="Content-Security-Policy" content="${pagePolicy(inline)}">`
        const withPolicy = html.replace(/<meta charset[^>]*>/i, (charset) => `${charset}\n    ${meta}`)
        if (withPolicy === html) throw new Error("index.html needs a <meta charset>, behind which the content policy goes")
        return withPolicy
      },
    },
  }
}
