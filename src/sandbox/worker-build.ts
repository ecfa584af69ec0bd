// Builds the interpreter's worker to texts, since the sandbox has no address to load a script from: one text to start
// with and one for each part that comes when first needed (languages, …). `import("./x.ts")` of the interpreter becomes
// `loadChunk("x")` (interpreter/worker/load-chunk.ts), and what chunks import from each other gets a mark in place of
// an address. Used by vite-plugin.ts (page) and by tests that run the worker by itself.
import { basename, dirname, join, relative } from "node:path"
import { build, type ESTree, normalizePath, type Plugin, parseAst, type Rolldown } from "vite"
import { chunkMark, ENTRY_CHUNK } from "../../interpreter/worker/load-chunk.ts"

export interface WorkerChunk {
  readonly name: string
  /** The chunk's text; addresses of other chunks stand as `chunkMark(name)`. */
  readonly text: string
  /** Names of the chunks it imports from at once. */
  readonly imports: readonly string[]
}

export interface WorkerBuild {
  readonly chunks: ReadonlyMap<string, WorkerChunk>
  /** Every file that went in, for watching. */
  readonly files: readonly string[]
}

interface Replacement {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Builds `entryFile` of the project in `root`. Fails with the bundler's message where the sources do not build. */
export async function buildWorker(root: string, entryFile: string, minify: boolean): Promise<WorkerBuild> {
  const result = await build({
    configFile: false,
    root,
    logLevel: "silent", // what goes wrong is thrown
    publicDir: false,
    plugins: [lazyChunks(root)],
    build: {
      write: false,
      minify,
      target: "es2023",
      modulePreload: false,
      rolldownOptions: {
        input: { [ENTRY_CHUNK]: join(root, entryFile) },
        preserveEntrySignatures: "allow-extension",
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  })
  const output = (Array.isArray(result) ? result[0] : (result as Rolldown.RolldownOutput))?.output ?? []
  const chunks = new Map<string, WorkerChunk>()
  const files = new Set<string>()
  for (const part of output) {
    if (part.type !== "chunk") throw new Error(`the worker is to be text alone, but its build gives ${part.fileName}`)
    for (const file of part.moduleIds) if (!file.startsWith("\0")) files.add(file)
    const name = chunkName(part.fileName)
    chunks.set(name, { name, text: markImports(part.code), imports: part.imports.map(chunkName) })
  }
  return { chunks, files: [...files] }
}

/** A chunk with all it imports, each after what it imports. */
export function closure(chunks: ReadonlyMap<string, WorkerChunk>, name: string): WorkerChunk[] {
  const ordered = new Set<WorkerChunk>()
  const visit = (next: string, above: readonly string[]) => {
    const chunk = chunks.get(next)
    if (!chunk || above.includes(next)) return
    for (const needed of chunk.imports) visit(needed, [...above, next])
    ordered.add(chunk)
  }
  visit(name, [])
  return [...ordered]
}

const chunkName = (fileName: string) => fileName.replace(/\.js$/, "")

/** What the registry of languages offers to the page alone: the worker is built without it. */
const PAGE_ONLY = /\/editing\//

/** "interpreter/languages/vibe/index.ts" is the chunk "languages-vibe". */
function nameOf(root: string, file: string): string {
  const inProject = normalizePath(relative(root, file)).replace(/^.*node_modules\/|^interpreter\//, "")
  return inProject.replace(/(\/index)?\.\w+$/, "").replace(/[^\w]+/g, "-")
}

/** Turns `import("literal")` into `loadChunk(name)` and makes the target a chunk of that name. */
function lazyChunks(root: string): Plugin {
  const loader = normalizePath(join(root, "interpreter/worker/load-chunk.ts"))
  return {
    name: "counterpoint:lazy-chunks",
    enforce: "post",
    async transform(code, id) {
      if (!code.includes("import(")) return null
      const replacements: Replacement[] = []
      for (const found of dynamicImports(parseAst(code))) {
        const target = await this.resolve(found.specifier, id)
        const name = nameOf(root, target?.id ?? join(dirname(id), found.specifier))
        replacements.push({ from: found.from, to: found.to, text: `__loadChunk(${JSON.stringify(name)})` })
        if (PAGE_ONLY.test(found.specifier)) continue
        if (target) this.emitFile({ type: "chunk", id: target.id, name, fileName: `${name}.js`, preserveSignature: "strict" })
        else this.error(`${id} imports '${found.specifier}', which is not there`)
      }
      if (!replacements.length) return null
      const imported = `import { loadChunk as __loadChunk } from ${JSON.stringify(loader)};\n`
      return { code: imported + replaced(code, replacements), map: null }
    },
  }
}

function dynamicImports(tree: ESTree.Program): { specifier: string; from: number; to: number }[] {
  const found: { specifier: string; from: number; to: number }[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return
    const node = value as Partial<ESTree.ImportExpression>
    const source = node.type === "ImportExpression" ? node.source : undefined
    if (source?.type === "Literal" && typeof source.value === "string") {
      found.push({ specifier: source.value, from: node.start ?? 0, to: node.end ?? 0 })
    }
    Object.values(value).forEach(visit)
  }
  visit(tree.body)
  return found
}

/** Addresses in static imports of a built chunk become marks, which the loader replaces by blob addresses. */
function markImports(code: string): string {
  const replacements: Replacement[] = []
  for (const statement of parseAst(code).body) {
    const source = "source" in statement ? statement.source : null
    if (source)
      replacements.push({ from: source.start, to: source.end, text: JSON.stringify(chunkMark(chunkName(basename(source.value)))) })
  }
  return replaced(code, replacements)
}

function replaced(code: string, replacements: readonly Replacement[]): string {
  let text = code
  for (const { from, to, text: put } of replacements.toSorted((a, b) => b.from - a.from)) text = text.slice(0, from) + put + text.slice(to)
  return text
}
