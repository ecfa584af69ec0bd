// The checker's door: loads the modules of a program, dependencies first, and checks each (sections 5 to 15). Pure: the same
// program gives the same answer, which is remembered for each Program object. Used by `ard/index.ts` and by the editing.
import type { Diagnostic } from "../../../source/diagnostic.ts"
import { fileOf, type Program, type SourceFile } from "../../../source/text.ts"
import type { Statement, UseStatement } from "../syntax/ast.ts"
import { moduleOf, parseModule } from "../syntax/parse.ts"
import { recordArgumentNames, reportUnbound } from "./calls.ts"
import type { CheckedProgram, ModuleSymbol } from "./checked.ts"
import { at, Context } from "./context.ts"
import { declareModule } from "./declare.ts"
import { finishFibers } from "./fiber-starts.ts"
import { aliasOf } from "./fixes.ts"
import { checkModuleFunction } from "./functions.ts"
import { checkInitialization } from "./initialization.ts"
import { library, preludeImports } from "./library.ts"
import { typeName } from "./relations.ts"
import { Reporter } from "./reporter.ts"
import type { Uses } from "./scope.ts"
import { checkStatement } from "./statements.ts"

export interface CheckResult {
  /** In the order in which Ard reports them; parse errors of the entry alone if it has any. */
  readonly diagnostics: readonly Diagnostic[]
  /** What could be made of the program; it runs only if there are no diagnostics. */
  readonly program: CheckedProgram
  /** The checker's notes on each module of the program, for editing. */
  readonly contexts: ReadonlyMap<ModuleSymbol, Context>
}

export interface CheckOptions {
  /** Go on after parse errors of the entry and keep scopes: for completion and hover. */
  readonly forEditing: boolean
}

const known = new WeakMap<Program, CheckResult>()
const knownForEditing = new WeakMap<Program, CheckResult>()

/** Parses and checks a program. */
export function checkProgram(program: Program, options: CheckOptions = { forEditing: false }): CheckResult {
  const cache = options.forEditing ? knownForEditing : known
  let result = cache.get(program)
  if (!result) {
    result = new Loader(program, options).run()
    cache.set(program, result)
  }
  return result
}

/** The name with which imports of the program's own files begin: from `ard.toml`, else `playground` (section 13). */
export function projectName(program: Program): string {
  const toml = fileOf(program, "ard.toml")
  return (toml && /^\s*name\s*=\s*["']([^"']+)["']/m.exec(toml.text)?.[1]) || "playground"
}

class Loader {
  private readonly diagnostics: Diagnostic[] = []
  private readonly modules = new Map<string, ModuleSymbol>()
  private readonly contexts = new Map<ModuleSymbol, Context>()
  private readonly loading: string[] = []
  private readonly project: string

  constructor(
    private readonly program: Program,
    private readonly options: CheckOptions,
  ) {
    this.project = projectName(program)
  }

  run(): CheckResult {
    const { entry, cellStarts } = this.program
    const parsed = parseModule(entry, cellStarts)
    const broken = parsed.diagnostics.length > 0
    const module = broken && !this.options.forEditing ? this.emptyModule("", entry) : this.check("", entry)
    const mains = this.contexts.get(module)?.functionsOf("main") ?? []
    for (const main of mains) {
      const { node } = main
      if (!node || (!main.type.params.length && typeName(main.type.result) === "Void")) continue
      this.diagnostics.push({
        phase: "check",
        severity: "error",
        kind: "TypeMismatch",
        message: `Type mismatch: Expected fn () Void, got ${typeName(main.type)}: main takes nothing and gives nothing`,
        file: entry.path,
        from: node.from,
        to: node.name?.to ?? node.to,
      })
    }
    const modules = [...this.modules.values()].filter((it) => it.file !== null && it !== module)
    return {
      diagnostics: broken ? parsed.diagnostics : this.diagnostics,
      program: {
        entry: module,
        modules: [...modules, module],
        library: this.libraryOf([...modules, module]),
        main: mains[mains.length - 1] ?? null,
        mains,
      },
      contexts: this.contexts,
    }
  }

  private libraryOf(modules: readonly ModuleSymbol[]): Map<string, ModuleSymbol> {
    const used = new Map<string, ModuleSymbol>()
    for (const module of modules) for (const it of module.imports.values()) if (!it.file) used.set(it.path, it)
    return used
  }

  private emptyModule(path: string, file: SourceFile): ModuleSymbol {
    return {
      kind: "module",
      path,
      file,
      node: { from: 0, to: 0, imports: [], statements: [] },
      imports: preludeImports(library().modules),
      types: new Map(),
      functions: new Map(),
      variables: [],
    }
  }

  private check(path: string, file: SourceFile): ModuleSymbol {
    const module: ModuleSymbol = { ...this.emptyModule(path, file), node: moduleOf(file) }
    const reporter = new Reporter(file.path)
    const facts = { ...library(), paths: [...library().paths, ...this.ownPaths(file)] }
    const cx = new Context(module, reporter, facts, this.options.forEditing)
    if (file === this.program.entry) cx.cellStarts = this.program.cellStarts
    this.contexts.set(module, cx)
    this.loading.push(path || file.path)
    reporter.enter(-1)
    this.bindImports(cx, file)
    this.loading.pop()
    checkModule(cx)
    for (const d of reporter.all()) this.diagnostics.push(d)
    if (path) this.modules.set(path, module)
    return module
  }

  /** Import paths of the program's other files. */
  private ownPaths(file: SourceFile): string[] {
    const paths = [...this.program.files.keys()].filter((path) => path.endsWith(".ard") && path !== file.path)
    return paths.map((path) => `${this.project}/${path.slice(0, -".ard".length)}`)
  }

  private bindImports(cx: Context, file: SourceFile): void {
    const bound = new Set<string>()
    let cell = 0
    const { cellStarts } = cx
    for (const node of cx.module.node.imports) {
      for (let start = cellStarts[cell]; start !== undefined && start <= node.from; start = cellStarts[cell]) {
        bound.clear()
        cell++
      }
      const name = node.alias ?? { name: aliasOf(node.path), from: node.pathFrom, to: node.pathTo }
      const imported = this.resolve(cx, node)
      if (bound.has(name.name)) {
        const { line, column } = file.positionAt(node.from)
        const rest = /^[ \t\r]*\n?/.exec(file.text.slice(node.to))?.[0].length ?? 0
        cx.reporter.warning(node, "DuplicateImport", `[${line}:${column}] Duplicate import: ${name.name}`, {
          fixes: [{ title: "Remove this import", edits: [{ from: node.from, to: node.to + rest, insert: "" }] }],
        })
        continue
      }
      bound.add(name.name)
      if (!imported) {
        cx.failedImports.add(name.name)
        continue
      }
      cx.module.imports.set(name.name, imported)
      const at = node.alias ?? { from: node.pathTo - aliasOf(node.path).length, to: node.pathTo }
      cx.record(at, imported, true)
    }
  }

  private resolve(cx: Context, node: UseStatement): ModuleSymbol | null {
    const { path } = node
    const place = { from: node.pathFrom, to: node.pathTo }
    if (path === "ard" || path.startsWith("ard/")) {
      const module = library().modules.get(path)
      if (!module) cx.reporter.error(place, "UnknownModule", `Unknown module: ${path}`)
      return module ?? null
    }
    const fail = (reason: string) => {
      cx.reporter.error(place, "UnresolvedImport", `Failed to resolve import '${path}': ${reason}`)
      return null
    }
    const [project, ...rest] = path.split("/")
    if (project !== this.project) return fail(`import path '${path}' does not match project name '${this.project}'`)
    const cycle = this.loading.indexOf(path)
    const filePath = `${rest.join("/")}.ard`
    if (cycle >= 0 || (rest.length > 0 && filePath === this.program.entry.path)) {
      const chain = cycle >= 0 ? this.loading.slice(cycle) : this.loading
      return fail(`circular dependency detected: ${[...chain, chain[0]].join(" -> ")}`)
    }
    const done = this.modules.get(path)
    if (done) return done
    const file = rest.length ? fileOf(this.program, filePath) : undefined
    if (!file) return fail(`module file not found: ${filePath}`)
    const [broken] = parseModule(file).diagnostics
    if (broken) {
      const { line } = file.positionAt(broken.from)
      cx.reporter.error(place, "UnresolvedImport", `Failed to load module ${path}: ${file.path}, line ${line}: ${broken.message}`)
      return null
    }
    return this.check(path, file)
  }
}

/** Everything but the imports: declarations, top-level statements in order, then bodies. */
function checkModule(cx: Context): void {
  declareModule(cx, checkModuleFunction)
  const { statements } = cx.module.node
  const used: { statement: Statement; index: number; uses: Uses }[] = []
  statements.forEach((statement, index) => {
    at(cx, index, () => {
      const uses: Uses = { direct: new Set(), nested: new Set() }
      cx.uses = uses
      checkStatement(cx, statement, index === statements.length - 1 ? "any" : "dropped")
      used.push({ statement, index, uses })
      cx.uses = null
    })
  })
  for (let body = cx.deferred.shift(); body; body = cx.deferred.shift()) body()
  finishFibers(cx)
  checkInitialization(cx, used)
  recordArgumentNames(cx)
  reportUnbound(cx)
}
