// Checks a whole program: the entry and every Vibe file it imports, dependencies first, once each (SPEC 4.6). Finds the
// file an import means, refuses cycles, packages and unknown system modules, and hands out the symbols that other files export.
import type { Diagnostic } from "../../../source/diagnostic.ts"
import { fileOf, type Program, type SourceFile } from "../../../source/text.ts"
import { systemModule } from "../library/catalogue.ts"
import type { ImportStmt, Span } from "../syntax/ast.ts"
import { parseFile } from "../syntax/parse.ts"
import { type CheckedFile, checkFile, type Importer } from "./checker.ts"
import { blankSymbol, type CheckedModule, type CheckedProgram, type Use, type VibeSymbol } from "./symbols.ts"
import { outlineOf } from "./ts-exports.ts"

/** Checks a program that may be broken: never throws. Files with parse errors are checked as far as they go. */
export function checkProgram(program: Program): CheckedProgram {
  return new ProgramChecker(program).run()
}

type Report = (span: Span, kind: string, message: string) => void

class ProgramChecker {
  private readonly done = new Map<string, CheckedFile>()
  private readonly order: CheckedModule[] = []
  private readonly externals: string[] = []
  private readonly externalSymbols = new Map<string, VibeSymbol>()
  private readonly path: string[] = []
  private readonly diagnostics: Diagnostic[] = []
  private readonly warnings: Diagnostic[] = []
  private readonly uses: Use[] = []
  private asks = false

  constructor(private readonly program: Program) {}

  run(): CheckedProgram {
    const entry = this.file(this.program.entry)
    return {
      entry: entry.module,
      modules: this.order.filter((it) => it !== entry.module),
      externals: this.externals,
      uses: this.uses,
      diagnostics: [...this.diagnostics, ...this.warnings],
      asks: this.asks,
    }
  }

  private file(file: SourceFile): CheckedFile {
    const known = this.done.get(file.path)
    if (known) return known
    this.path.push(file.path)
    const parsed = parseFile(file)
    const importer: Importer = { importFrom: (statement, report) => this.importFrom(file, statement, report) }
    // Parse errors of a file come before its check; errors of imported files before those of the file that imports them.
    for (const d of parsed.diagnostics) this.diagnostics.push(d)
    const checked = checkFile(file, parsed.ast, importer, file === this.program.entry ? this.program.cellStarts : [])
    if (parsed.diagnostics.length === 0) for (const d of checked.diagnostics) this.diagnostics.push(d)
    this.path.pop()
    this.done.set(file.path, checked)
    this.order.push(checked.module)
    for (const use of checked.uses) this.uses.push(use)
    if (parsed.diagnostics.length === 0) for (const d of checked.warnings) this.warnings.push(d)
    this.asks ||= checked.asks
    return checked
  }

  private importFrom(importing: SourceFile, statement: ImportStmt, report: Report): ReadonlyMap<string, VibeSymbol> {
    const { path, pathSpan } = statement
    const fail = (message: string, span: Span = pathSpan): ReadonlyMap<string, VibeSymbol> => {
      report(span, "ImportError", `Import error: ${message}`)
      return new Map()
    }
    if (path === "system/core" || path === "core") return fail(`'${path}' cannot be imported: print and env are there without import`)
    const system = systemModule(path)
    if (system) return this.fromSystem(statement, report)
    if (path === "system" || path.startsWith("system/"))
      return fail(`Unknown system module: '${path}'. There are system/utils and system/tools`)
    const target = this.resolve(importing.path, path)
    if (!target) {
      if (isRelative(path) || path.endsWith(".vibe")) return fail(`file '${path}' not found among the document's files`)
      return fail(`package '${path}' cannot be loaded in the playground`)
    }
    if (!target.path.endsWith(".vibe")) return this.fromTypeScript(target, statement, report)
    const from = this.path.indexOf(target.path)
    if (from >= 0) return fail(`Circular dependency detected: ${[...this.path.slice(from), target.path].join(" -> ")}`)
    const checked = this.file(target)
    const found = new Map<string, VibeSymbol>()
    for (const name of statement.names) {
      const symbol = checked.module.exports.get(name.text)
      if (symbol) found.set(name.text, symbol)
      else if (name.text !== "") report(name, "ImportError", `Import error: '${name.text}' is not exported from '${path}'`)
    }
    return found
  }

  private fromSystem(statement: ImportStmt, report: Report): ReadonlyMap<string, VibeSymbol> {
    const found = new Map<string, VibeSymbol>()
    const module = systemModule(statement.path)
    for (const name of statement.names) {
      const symbol = module ? this.systemSymbol(module.path, name.text) : null
      if (symbol) found.set(name.text, symbol)
      else if (name.text !== "") report(name, "ImportError", `Import error: '${name.text}' is not exported from '${statement.path}'`)
    }
    return found
  }

  private systemSymbol(path: string, name: string): VibeSymbol | null {
    const key = `${path} ${name}`
    const known = this.externalSymbols.get(key)
    if (known) return known
    const module = systemModule(path)
    const builtin = module?.functions.find((it) => it.name === name)
    if (!module || (!builtin && !(name in module.bundles))) return null
    const symbol: VibeSymbol = {
      ...blankSymbol(name),
      kind: builtin ? "builtin" : "bundle",
      systemModule: path,
      ...(builtin ? { builtin } : {}),
    }
    this.externalSymbols.set(key, symbol)
    return symbol
  }

  private fromTypeScript(target: SourceFile, statement: ImportStmt, report: Report): ReadonlyMap<string, VibeSymbol> {
    const found = new Map<string, VibeSymbol>()
    const outline = outlineOf(target.text)
    this.external(target, statement.pathSpan, report, [])
    for (const name of statement.names) {
      const known = outline.exports.get(name.text)
      if (!known && !outline.open) {
        if (name.text !== "") report(name, "ImportError", `Import error: '${name.text}' is not exported from '${statement.path}'`)
        continue
      }
      const key = `${target.path} ${name.text}`
      const symbol = this.externalSymbols.get(key) ?? {
        ...blankSymbol(name.text),
        kind: "external",
        external: { module: target.path, name: name.text, isFunction: known?.isFunction ?? true },
      }
      this.externalSymbols.set(key, symbol)
      found.set(name.text, symbol)
    }
    return found
  }

  /** Notes a TypeScript file and those it imports, dependencies first; packages cannot be had. */
  private external(target: SourceFile, span: Span, report: Report, path: readonly string[]): void {
    if (this.externals.includes(target.path) || path.includes(target.path)) return
    for (const inner of outlineOf(target.text).imports) {
      const file = this.resolve(target.path, inner.path)
      if (file && !file.path.endsWith(".vibe")) this.external(file, span, report, [...path, target.path])
      else if (isRelative(inner.path))
        report(
          span,
          "ImportError",
          `Import error: file '${inner.path}', imported by '${target.path}', not found among the document's files`,
        )
      else report(span, "ImportError", `Import error: package '${inner.path}' cannot be loaded in the playground`)
    }
    this.externals.push(target.path)
  }

  private resolve(importing: string, path: string): SourceFile | undefined {
    return resolveModule(this.program, importing, path)
  }
}

/** The file that `path` means in the file `importing`; undefined where there is none. */
export function resolveModule(program: Program, importing: string, path: string): SourceFile | undefined {
  const parts = isRelative(path) || !path.startsWith("/") ? importing.split("/").slice(0, -1) : []
  for (const part of path.split("/")) {
    if (part === "..") parts.pop()
    else if (part !== "." && part !== "") parts.push(part)
  }
  const full = parts.join("/")
  for (const candidate of [full, `${full}.ts`, `${full}.js`, `${full}/index.ts`]) {
    const file = fileOf(program, candidate)
    if (file && (candidate !== full || /\.(vibe|[cm]?[jt]s)$/.test(full))) return file
  }
  return undefined
}

const isRelative = (path: string) => path.startsWith("./") || path.startsWith("../")
