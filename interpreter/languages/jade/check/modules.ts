// Which files a program consists of (SPEC 14): follows `use` from the entry, parses each file once, and reports imports
// that lead nowhere. Paths go down from the folder of the importing file.
import type { Diagnostic } from "../../../source/diagnostic.ts"
import { fileOf, type Program, type SourceFile } from "../../../source/text.ts"
import { STANDARD_PACKAGES } from "../library/index.ts"
import type { Stmt, UseStmt } from "../syntax/ast.ts"
import { statementBlocks } from "../syntax/ast.ts"
import { parseFile } from "../syntax/parse.ts"
import type { FileModel, Import, Report } from "./model.ts"

export interface LoadedProgram {
  readonly entry: FileModel
  /** Those that are used come before those that use them. */
  readonly files: FileModel[]
  readonly parseErrors: readonly Diagnostic[]
}

export function loadProgram(program: Program, report: Report, tolerant: boolean): LoadedProgram {
  const byPath = new Map<string, FileModel>()
  const done: FileModel[] = []
  const parseErrors: Diagnostic[] = []
  const open: FileModel[] = []

  const load = (file: SourceFile): FileModel => {
    const model = newFile(byPath.size, file, tolerant)
    byPath.set(file.path, model)
    for (const d of model.parsed.diagnostics) parseErrors.push(d)
    open.push(model)
    for (const use of usesIn(model.parsed.ast?.body ?? [])) {
      const target = follow(use, model)
      if (target) model.uses.set(use, target)
    }
    open.pop()
    done.push(model)
    return model
  }

  const follow = (use: UseStmt, from: FileModel): Import | null => {
    const name = use.path.map((part) => part.text).join("::")
    if (use.quoted) {
      const written = from.parsed.file.text.slice(use.quoted.from + 1, use.quoted.to - 1)
      const path = written
        .replace(/^\.\//, "")
        .replace(/\.jde$/, "")
        .replaceAll("/", "::")
      const good = /^[A-Za-z_]\w*(::[A-Za-z_]\w*)*$/.test(path)
      const fixes = good ? [{ title: `Write ${path} without quotes`, edits: [{ ...at(use.quoted), insert: path }] }] : []
      report.add(
        from,
        "QuotedImport",
        use,
        `imports have no quotes: write ${use.names ? `from ${good ? path : "name"} use …` : `use ${good ? path : "name"}`}`,
        { fixes },
      )
      return null
    }
    if (use.alias) {
      const last = use.path[use.path.length - 1]
      const fixes = last ? [{ title: `Remove "as ${use.alias.text}"`, edits: [{ from: last.to, to: use.alias.to, insert: "" }] }] : []
      report.add(from, "ImportAlias", use, `an import cannot be renamed: it is called ${last?.text ?? name}`, { fixes })
      return null
    }
    if (use.path[0]?.text === "std") {
      const topic = use.path[1]?.text ?? ""
      if (use.path.length === 2 && STANDARD_PACKAGES.includes(topic)) return { k: "std", name: topic }
      const all = STANDARD_PACKAGES.join(", ")
      report.add(from, "ImportNotFound", use, `there is no package ${name}: the standard packages are ${all}`)
      return null
    }
    const file = findFile(
      program,
      from.path,
      use.path.map((part) => part.text),
    )
    if (!file) {
      if (name === "llm") return { k: "std", name: "llm" }
      report.add(
        from,
        "ImportNotFound",
        use,
        `module ${name} was not found: there is no file ${pathOf(name)}. Native packages need the native toolchain and are not available here`,
      )
      return null
    }
    const known = byPath.get(file.path)
    const cycle = known ? open.indexOf(known) : -1
    if (cycle >= 0) {
      const chain = [...open.slice(cycle).map((it) => it.path), file.path].join(" → ")
      report.add(from, "CircularImport", use, `circular import: ${chain}`)
      return null
    }
    from.lenient = true
    return { k: "user", file: known ?? load(file) }
  }

  const entry = load(program.entry)
  return { entry, files: done, parseErrors }
}

const at = (node: { from: number; to: number }) => ({ from: node.from, to: node.to })
const pathOf = (name: string) => `${name.replaceAll("::", "/")}.jde`

function findFile(program: Program, importer: string, parts: readonly string[]): SourceFile | undefined {
  const folder = importer.slice(0, importer.lastIndexOf("/") + 1)
  const path = `${parts.join("/")}.jde`
  return fileOf(program, folder + path) ?? (folder === "" ? undefined : program.files.get(path))
}

function* usesIn(body: readonly Stmt[]): Generator<UseStmt> {
  for (const s of body) {
    if (s.k === "use") yield s
    for (const block of statementBlocks(s)) yield* usesIn(block.body)
    if (s.k === "fn") yield* usesIn(s.body.body)
  }
}

function newFile(id: number, file: SourceFile, tolerant: boolean): FileModel {
  return {
    id,
    path: file.path,
    parsed: parseFile(file, tolerant),
    globals: new Map(),
    structs: new Map(),
    interfaces: new Map(),
    uses: new Map(),
    bindings: new Map(),
    captures: new Map(),
    locals: new Map(),
    functions: [],
    lenient: false,
  }
}
