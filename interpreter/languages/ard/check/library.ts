// The standard library as the checker sees it: modules with their types, functions, methods and traits, made once per
// process from the entries of `library/`. Types are there from the beginning; the signatures of a module are read when somebody
// asks for it, since reading all of them takes longer than checking most programs. A text there that does not parse or names an
// unknown type is a problem that a test finds (`libraryProblems`), never a diagnostic of a user's program.
import { SourceFile } from "../../../source/text.ts"
import type { LibraryEntry, LibraryModule } from "../library/entry.ts"
import { libraryModules } from "../library/index.ts"
import type { MethodSignature, ModuleNode } from "../syntax/ast.ts"
import { moduleOf, parseModule } from "../syntax/parse.ts"
import type { EnumSymbol, FunctionSymbol, ModuleSymbol, StructSymbol, TraitSymbol } from "./checked.ts"
import { Context, type LibraryFacts } from "./context.ts"
import { aliasOf } from "./fixes.ts"
import { builtinMethods } from "./members.ts"
import { builtinTraits } from "./relations.ts"
import { Reporter } from "./reporter.ts"
import { completeTypes, declareTypeNames } from "./type-declarations.ts"
import { genericsOf, signatureType } from "./type-nodes.ts"

/** Names that are there without `use` (section 13). */
const PRELUDE: readonly (readonly [string, string])[] = [
  ["Result", "ard/result"],
  ["Int", "ard/int"],
  ["Float", "ard/float"],
  ["Str", "ard/string"],
  ["List", "ard/list"],
  ["Map", "ard/map"],
  ["Dynamic", "ard/dynamic"],
]

/** Modules whose methods belong to types that need no `use`, besides those of the prelude. */
const OF_BUILTIN_TYPES: readonly string[] = ["ard/maybe", "ard/bool"]

const OWNER_GENERICS: Readonly<Record<string, readonly string[]>> = { List: ["T"], Map: ["K", "V"], Maybe: ["T"], Result: ["Val", "Err"] }

export interface Library extends LibraryFacts {
  readonly modules: LibraryModules
  /** What the module's author says of it, by path. */
  readonly about: ReadonlyMap<string, LibraryModule>
}

/** The modules by path; one that is given out has its functions and methods, and so have those whose types it names. */
export class LibraryModules {
  constructor(
    private readonly byPath: ReadonlyMap<string, ModuleSymbol>,
    private readonly declare: (module: ModuleSymbol) => void,
  ) {}

  get(path: string): ModuleSymbol | undefined {
    const module = this.byPath.get(path)
    if (module) this.declare(module)
    return module
  }

  values(): ModuleSymbol[] {
    return [...this.byPath.keys()].map((path) => this.get(path) as ModuleSymbol)
  }
}

let loaded: Library | null = null
const problems: string[] = []

/** What is wrong with the texts of the library. */
export function libraryProblems(): readonly string[] {
  library().modules.values()
  return problems
}

export function library(): Library {
  loaded ??= load(libraryModules)
  return loaded
}

/** The aliases of the prelude in a new map, for a module's imports. */
export function preludeImports(modules: Pick<LibraryModules, "get">): Map<string, ModuleSymbol> {
  const imports = new Map<string, ModuleSymbol>()
  for (const [alias, path] of PRELUDE) {
    const module = modules.get(path)
    if (module) imports.set(alias, module)
  }
  return imports
}

function load(sources: readonly LibraryModule[]): Library {
  const modules = new Map<string, ModuleSymbol>()
  const facts: LibraryFacts = { paths: [], toStringTrait: null }
  const made = sources.map((source) => {
    const module: ModuleSymbol = {
      kind: "module",
      path: source.path,
      file: null,
      node: parseText(`${source.path} declarations`, source.declarations ?? ""),
      imports: new Map(),
      types: new Map(),
      functions: new Map(),
      variables: [],
    }
    modules.set(source.path, module)
    const reporter = new Reporter(source.path)
    reporter.enter(-1)
    return { source, module, reporter, cx: new Context(module, reporter, facts, false) }
  })
  for (const { source, module, cx } of made) {
    for (const [alias, it] of preludeImports(modules)) module.imports.set(alias, it)
    for (const name of source.uses ?? []) {
      const other = modules.get(name) ?? [...modules.values()].find((it) => aliasOf(it.path) === name)
      if (other) module.imports.set(aliasOf(other.path), other)
      else if (!module.imports.has(name)) problems.push(`${source.path} uses an unknown module '${name}'`)
    }
    declareTypeNames(cx)
  }
  for (const { cx } of made) completeTypes(cx)
  for (const { source, module } of made) declareTraits(source, module)
  const undeclared = new Map(made.map((it) => [it.module, it]))
  const declare = (module: ModuleSymbol): void => {
    const it = undeclared.get(module)
    if (!it) return
    undeclared.delete(module)
    declareEntries(it.cx, it.source)
    for (const problem of it.reporter.all()) problems.push(`${it.source.path}: ${problem.message}`)
    for (const other of module.imports.values()) declare(other)
  }
  for (const path of [...PRELUDE.map(([, path]) => path), ...OF_BUILTIN_TYPES]) {
    const module = modules.get(path)
    if (module) declare(module)
  }
  const printable = modules.get("ard/string")?.types.get("ToString")
  return {
    modules: new LibraryModules(modules, declare),
    paths: sources.map((it) => it.path),
    toStringTrait: printable?.kind === "trait" ? printable : null,
    about: new Map(sources.map((it) => [it.path, it] as const)),
  }
}

function parseText(title: string, text: string): ModuleNode {
  const file = new SourceFile(title, text)
  for (const it of parseModule(file).diagnostics) problems.push(`${title}: ${it.message}`)
  return moduleOf(file)
}

/** Signatures are read as methods of one trait: the grammar for functions without bodies. Names such as `or` are kept apart. */
function declareEntries(cx: Context, source: LibraryModule): void {
  const lines = source.entries.map((entry, index) => `  ${entry.signature.trim().replace(/^fn(\s+mut)?\s+[\w:]+/, `fn$1 e${index}`)}\n`)
  const node = parseText(`${source.path} signatures`, `trait Entries {\n${lines.join("")}}\n`)
  const trait = node.statements[0]
  const signatures = trait?.kind === "trait" ? trait.methods : []
  source.entries.forEach((entry, index) => {
    const signature = signatures[index]
    if (!signature || signature.name.name !== `e${index}`) problems.push(`${source.path}::${entry.name}: the signature does not parse`)
    else declareEntry(cx, entry, signature)
  })
}

function declareEntry(cx: Context, entry: LibraryEntry, signature: MethodSignature): void {
  const type = signatureType(cx, signature.params, signature.resultNode)
  const declared = entry.owner ? cx.module.types.get(entry.owner) : undefined
  const owner: StructSymbol | EnumSymbol | null = declared?.kind === "struct" || declared?.kind === "enum" ? declared : null
  const ownerGenerics =
    entry.owner && !entry.isStatic ? (owner?.kind === "struct" ? owner.generics : (OWNER_GENERICS[entry.owner] ?? [])) : []
  const symbol: FunctionSymbol = {
    kind: "function",
    name: entry.name,
    module: cx.module,
    owner,
    role: entry.owner ? (entry.isStatic ? "static" : "method") : "function",
    isPrivate: false,
    isMutating: signature.isMutating,
    type,
    generics: [...new Set([...ownerGenerics, ...genericsOf([type])])],
    declared: { from: 0, to: 0 },
    node: null,
    extern: null,
    entry,
    trait: null,
  }
  if (!entry.owner) cx.module.functions.set(entry.name, symbol)
  else if (entry.isStatic) {
    cx.module.functions.set(`${entry.owner}::${entry.name}`, symbol)
    owner?.statics.set(entry.name, symbol)
  } else if (owner) owner.methods.set(entry.name, symbol)
  else {
    if (declared) problems.push(`${cx.module.path}: ${entry.owner} has no methods`)
    const methods = builtinMethods.get(entry.owner) ?? new Map<string, FunctionSymbol>()
    methods.set(entry.name, symbol)
    builtinMethods.set(entry.owner, methods)
  }
}

function declareTraits(source: LibraryModule, module: ModuleSymbol): void {
  for (const [name, traits] of Object.entries(source.traits ?? {})) {
    for (const written of traits) {
      const [first, second] = written.split("::")
      const found = second === undefined ? module.types.get(first ?? "") : module.imports.get(first ?? "")?.types.get(second)
      if (found?.kind !== "trait") {
        problems.push(`${source.path}: ${written} is not a trait`)
        continue
      }
      const type = module.types.get(name)
      if (type?.kind === "struct" || type?.kind === "enum") type.traits.add(found)
      else {
        const known = builtinTraits.get(name) ?? new Set<TraitSymbol>()
        known.add(found)
        builtinTraits.set(name, known)
      }
    }
  }
}
