// Parts of the worker that come when they are first needed: a language, the stripper of types. In the sandbox there is no
// address to import from, so the build (src/sandbox/vite-plugin.ts) turns each `import("./x.ts")` of the interpreter into
// `loadChunk("x")`: the page is asked for the text, and the text is loaded by import(blob:). Nobody writes a call of
// `loadChunk` by hand; in Node and in tests the imports are ordinary ones.
import { blobUrl } from "./load-module.ts"

export interface ChunkRequest {
  readonly type: "chunk"
  readonly name: string
}

/** The chunk asked for and all that it imports, in an order in which each comes after what it imports; null: there is no such chunk. */
export interface ChunkAnswer {
  readonly type: "chunks"
  readonly name: string
  readonly chunks: readonly { readonly name: string; readonly text: string; readonly imports: readonly string[] }[] | null
}

/** How a chunk's text speaks of another chunk's address, until that is known. */
export const chunkMark = (name: string) => `chunk:${name};`

/** The worker's first text. */
export const ENTRY_CHUNK = "entry"

const urls = new Map<string, string>()
const waiting = new Map<string, { resolve: (module: Record<string, unknown>) => void; reject: (reason: Error) => void }>()
const asked = new Map<string, Promise<Record<string, unknown>>>()
let send: ((request: ChunkRequest) => void) | null = null

/** Called once by the port. */
export function askChunksBy(how: (request: ChunkRequest) => void): void {
  send = how
}

/** The addresses of the chunks that the worker was started with: others import from them. */
export function knowChunks(addresses: Readonly<Record<string, string>>): void {
  for (const [name, url] of Object.entries(addresses)) urls.set(name, url)
}

/** The module of a chunk, loaded once. Rejected if the page has no such chunk. */
export function loadChunk(name: string): Promise<Record<string, unknown>> {
  let module = asked.get(name)
  if (!module) {
    module = new Promise((resolve, reject) => {
      waiting.set(name, { resolve, reject })
      send?.({ type: "chunk", name })
    })
    asked.set(name, module)
  }
  return module
}

/** The page's answer to `loadChunk`. */
export function answerChunk(answer: ChunkAnswer): void {
  const asker = waiting.get(answer.name)
  waiting.delete(answer.name)
  if (!asker) return
  for (const { name, text, imports } of answer.chunks ?? []) {
    if (urls.has(name)) continue
    let linked = text
    for (const needed of imports) linked = linked.replaceAll(chunkMark(needed), urls.get(needed) ?? "")
    urls.set(name, blobUrl(linked))
  }
  const url = urls.get(answer.name)
  if (url === undefined) asker.reject(new TypeError(`the worker has no part named '${answer.name}'`))
  else import(/* @vite-ignore */ url).then(asker.resolve, asker.reject)
}
