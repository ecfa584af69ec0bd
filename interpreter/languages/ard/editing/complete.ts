// Completion by what is known at the cursor: paths after `use`, members after `::`, fields and methods after `.` by type,
// fields in a struct literal, missing arms in a match, types where a type stands, else names and words. A placeholder name is
// put in at the cursor so that half a program still has a tree.
import type { Program } from "../../../source/text.ts"
import type { Completion, Completions } from "../../editing.ts"
import type { AnySymbol, FunctionSymbol, ModuleSymbol, StructSymbol, TypeSymbol } from "../check/checked.ts"
import type { Context } from "../check/context.ts"
import { structOrEnum } from "../check/declare.ts"
import { checkProgram, projectName } from "../check/index.ts"
import { aliasOf, library } from "../check/library.ts"
import { methodsOf } from "../check/members.ts"
import { resolveType, shallow } from "../check/relations.ts"
import { type Scope, visibleLocals } from "../check/scope.ts"
import type { Type } from "../check/types.ts"
import { parseModule } from "../syntax/parse.ts"
import { descriptionOf, functionCode, written } from "./describe.ts"
import { withText } from "./signature.ts"
import { matchAt, memberAt } from "./walk.ts"

/** Stands at the cursor while completing; no program uses it. */
const HOLE = "zq_hole"

export function complete(program: Program, offset: number, explicit: boolean): Completions | null {
  const { text } = program.entry
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset)
  if (isQuiet(program, offset)) return null
  const use = /^\s*use\s+([\w/.-]*)$/.exec(line)
  if (use) return { from: offset - (use[1] ?? "").length, options: usePaths(program) }
  const word = /@?[A-Za-z_0-9]*$/.exec(line)?.[0] ?? ""
  const from = offset - word.length
  const before = text.slice(0, from)
  if (/^\d/.test(word) || /\d\.$/.test(before)) return null
  const holed = withText(program, `${before}${word || HOLE}${text.slice(offset)}`)
  const seen = new Sight(holed, from)
  if (before.endsWith("::")) return { from, options: afterPath(seen, before) }
  if (word.startsWith("@")) return { from, options: seen.selfMembers() }
  if (/[^.]\.\s*$/.test(before)) {
    const options = seen.members()
    return options.length ? { from, options } : null
  }
  const literal = seen.literalFields(before)
  if (literal) return { from, options: literal }
  if (
    /(?:\b(?:let|mut|for|fn|struct|enum|trait|as)|\b(?:let|mut)\s+\w+\s*)\s+$/.test(before) &&
    !/\b(?:impl|extern)\b.*\bfor\s+$/.test(line)
  )
    return null
  if (!explicit && !word && !/(?:=>|=|\(|,|\{)\s*$/.test(before)) return null
  if (seen.isTypePlace(from)) return { from, options: seen.typeNames() }
  const arms = seen.missingArms(text, from)
  if (!explicit && !word && !arms.length) return null
  return { from, options: [...arms, ...seen.names(), ...words(before)] }
}

/** In comments and in the text of strings nothing is completed. */
function isQuiet(program: Program, offset: number): boolean {
  const { tree } = parseModule(program.entry)
  const node = tree.resolveInner(offset, -1)
  if (node.name === "LineComment") return true
  if (node.name === "Escape") return true
  if (node.name === "String") return offset > node.from && (offset < node.to || program.entry.text.charAt(node.to - 1) !== '"')
  return false
}

function usePaths(program: Program): Completion[] {
  const std = library().paths.map((path): Completion => {
    const about = library().about.get(path)
    return { label: path, kind: "module", detail: about?.isExtension ? "extension" : "standard library", info: about?.doc ?? "" }
  })
  const project = projectName(program)
  const own = [...program.files.keys()]
    .filter((path) => path.endsWith(".ard"))
    .map((path): Completion => ({ label: `${project}/${path.slice(0, -4)}`, kind: "module", detail: path, info: "" }))
  return [...std, ...own]
}

function afterPath(seen: Sight, before: string): Completion[] {
  const path = /((?:[A-Za-z_]\w*::)+)$/.exec(before)?.[1]?.split("::").slice(0, -1) ?? []
  const [first, second] = path
  if (first === undefined) return []
  const module = seen.cx?.module.imports.get(first) ?? notImported(first, seen)
  if (second !== undefined) {
    const type = module?.types.get(second)
    return type && !type.isPrivate ? typeMembers(type) : []
  }
  const own = seen.cx?.findType(first)
  const options = own ? typeMembers(own) : []
  return module ? [...options, ...moduleMembers(module)] : options
}

/** A module of the library that is not imported yet; a quick fix imports it afterwards. */
function notImported(alias: string, seen: Sight): ModuleSymbol | undefined {
  if (seen.cx?.findType(alias)) return undefined
  const { modules } = library()
  return [...modules.values()].find((it) => aliasOf(it.path) === alias)
}

function typeMembers(type: TypeSymbol): Completion[] {
  const owner = structOrEnum(type)
  const options: Completion[] = []
  if (owner?.kind === "enum")
    for (const it of owner.variants) options.push({ label: it.name, kind: "enum", detail: owner.name, info: "", boost: 1 })
  for (const it of owner?.statics.values() ?? []) options.push(functionOption(it))
  return options
}

function moduleMembers(module: ModuleSymbol): Completion[] {
  const options: Completion[] = []
  for (const [key, fn] of module.functions) if (!fn.isPrivate && !key.includes("::")) options.push(functionOption(fn))
  for (const type of module.types.values()) if (!type.isPrivate) options.push(typeOption(type))
  const constants = new Map(module.variables.filter((it) => !it.mutable).map((it) => [it.name, it] as const))
  for (const it of constants.values()) options.push({ label: it.name, kind: "constant", detail: written(it.type), info: "" })
  return options
}

function functionOption(fn: FunctionSymbol, boost = 0): Completion {
  const takes = fn.type.params.length > 0
  const isMethod = fn.role === "method"
  const option: Completion = {
    label: fn.name,
    kind: isMethod ? "method" : "function",
    detail: functionCode(fn, "").replace(/^fn (mut )?/, "$1"),
    info: fn.entry ? descriptionOf(fn).text : "",
    snippet: takes ? `${fn.name}(\${})` : `${fn.name}()`,
  }
  return boost ? { ...option, boost } : option
}

function typeOption(symbol: TypeSymbol): Completion {
  const kind = symbol.kind === "enum" ? "enum" : "type"
  return { label: symbol.name, kind, detail: symbol.kind === "alias" ? "type" : symbol.kind, info: descriptionOf(symbol).code }
}

/** What can be seen from the cursor in the program with the hole. */
class Sight {
  readonly cx: Context | undefined
  private readonly scope: Scope | null

  constructor(
    private readonly program: Program,
    private readonly at: number,
  ) {
    const result = checkProgram(program, { forEditing: true })
    this.cx = result.contexts.get(result.program.entry)
    let scope: Scope | null = this.cx?.scope ?? null
    let narrowest = Number.POSITIVE_INFINITY
    for (const it of this.cx?.scopes ?? []) {
      if (it.from > at || it.to < at || it.to - it.from > narrowest) continue
      narrowest = it.to - it.from
      scope = it.scope
    }
    this.scope = scope
  }

  private get node() {
    return this.cx?.module.node
  }

  /** Fields and methods of what stands before the dot. */
  members(): Completion[] {
    const member = this.node && memberAt(this.node, this.at)
    const type = member ? shallow(member.object.type) : this.typeOfName()
    return type ? membersOf(type, this.cx?.module) : []
  }

  /** Where the tree has no member: the type of the plain name before the dot. */
  private typeOfName(): Type | null {
    const name = /([A-Za-z_]\w*)\s*\.\s*$/.exec(this.program.entry.text.slice(0, this.at))?.[1]
    const symbol = name === undefined ? undefined : this.symbolOf(name)
    return symbol && "type" in symbol && symbol.kind !== "alias" ? shallow(symbol.type) : null
  }

  private symbolOf(name: string): AnySymbol | undefined {
    const local = this.scope ? visibleLocals(this.scope).find((it) => it.name === name) : undefined
    return local ?? this.cx?.findValue(name) ?? undefined
  }

  selfMembers(): Completion[] {
    const self = this.symbolOf("self")
    if (self?.kind !== "local") return []
    return membersOf(shallow(self.type), this.cx?.module).map((it) => ({
      ...it,
      label: `@${it.label}`,
      ...(it.snippet === undefined ? {} : { snippet: `@${it.snippet}` }),
    }))
  }

  /** Fields that the struct literal around the cursor does not have yet; null elsewhere. */
  literalFields(before: string): Completion[] | null {
    const open = openBrace(before)
    if (open < 0 || !/[{,]\s*$/.test(before)) return null
    const path = /([A-Za-z_]\w*(?:::[A-Za-z_]\w*)?)$/.exec(before.slice(0, open))?.[1]?.split("::")
    const [first, second] = path ?? []
    if (first === undefined || /\b(?:struct|enum|trait|impl|for|match|if|while|else)\s+[\w:]+$/.test(before.slice(0, open))) return null
    const type = second === undefined ? this.cx?.findType(first) : this.cx?.module.imports.get(first)?.types.get(second)
    const owner = type && structOrEnum(type)
    if (owner?.kind !== "struct") return null
    return fieldOptions(owner, before.slice(open + 1))
  }

  isTypePlace(from: number): boolean {
    const { tree } = parseModule(this.program.entry)
    const node = tree.resolveInner(from, 1)
    return /^(?:TypeName|NamedType|ModuleName|ReturnType|TypeAnnotation)$/.test(node.name) && node.parent?.name !== "ImportDeclaration"
  }

  typeNames(): Completion[] {
    const primitives = ["Int", "Float", "Bool", "Str", "Void", "Dynamic"].map(
      (label): Completion => ({ label, kind: "type", detail: "", info: "" }),
    )
    const own = [...(this.cx?.module.types.values() ?? [])].map(typeOption)
    return [...own, ...primitives, ...this.modules()]
  }

  private modules(): Completion[] {
    return [...(this.cx?.module.imports ?? [])].map(
      ([label, module]): Completion => ({
        label,
        kind: "module",
        detail: module.path,
        info: descriptionOf(module).text,
        snippet: `${label}::`,
      }),
    )
  }

  /** Everything that has a name here. */
  names(): Completion[] {
    const options: Completion[] = []
    const taken = new Set<string>([HOLE])
    const add = (option: Completion) => {
      if (taken.has(option.label)) return
      taken.add(option.label)
      options.push(option)
    }
    for (const it of this.scope ? visibleLocals(this.scope) : []) {
      if (it.declared.from >= this.at && it.role !== "self") continue
      if (it.fn?.symbol) add(functionOption(it.fn.symbol, 2))
      else add({ label: it.name, kind: "variable", detail: written(resolveType(it.type)), info: "", boost: 2 })
    }
    for (const name of this.cx?.valueNames() ?? []) {
      const symbol = this.cx?.findValue(name)
      if (!symbol || name.includes("::") || name === "main") continue
      if (symbol.kind === "function") add(functionOption(symbol, 1))
      else
        add({ label: name, kind: symbol.mutable ? "variable" : "constant", detail: written(resolveType(symbol.type)), info: "", boost: 1 })
    }
    for (const type of this.cx?.module.types.values() ?? []) {
      const option = typeOption(type)
      add(type.kind === "struct" ? { ...option, snippet: literalSnippet(type) } : option)
    }
    for (const it of this.modules()) add(it)
    add({
      label: "panic",
      kind: "function",
      detail: "(message: Str)",
      info: "Ends the program, or the fiber, with this message.",
      snippet: filled("panic(‹message›)"),
    })
    return options
  }

  /** Arms that the match around the cursor lacks, at places where an arm may begin. */
  missingArms(text: string, from: number): Completion[] {
    const match = this.node && matchAt(this.node, from)
    if (!match?.subject || !/(?:^|[\n,{])[ \t]*$/.test(text.slice(match.subject.to, from))) return []
    if (match.arms.some((arm) => arm.body.from < from && from < arm.body.to)) return []
    const given = new Set(match.arms.map((arm) => text.slice(arm.patternFrom, arm.patternTo).replace(/\s+/g, "")))
    const options = patternsOf(
      shallow(match.subject.type),
      [...given].find((it) => it.includes("::")),
    ).filter((pattern) => ![...given].some((it) => it === pattern || (it !== "" && head(it) === head(pattern) && pattern.includes("("))))
    return options.map(
      (label): Completion => ({ label, kind: "keyword", detail: "arm", info: "", snippet: `${label} => \${value},`, boost: 5 }),
    )
  }
}

const head = (pattern: string) => pattern.replace(/\(.*$/, "")

/** All patterns of a type's match. `example`: a path that the match uses already, for the module's alias. */
function patternsOf(type: Type, example: string | undefined): string[] {
  switch (type.kind) {
    case "primitive":
      return type.name === "Bool" ? ["true", "false"] : type.name === "Int" || type.name === "Str" ? ["_"] : []
    case "enum": {
      const prefix = example?.slice(0, example.lastIndexOf("::")) ?? type.symbol.name
      return type.symbol.variants.map((it) => `${prefix}::${it.name}`)
    }
    case "union":
      return type.symbol.members.map((it) => `${written(it)}(it)`)
    case "maybe":
      return ["it", "_"]
    case "result":
      return ["ok(value)", "err(error)"]
    default:
      return []
  }
}

function membersOf(type: Type, module: ModuleSymbol | undefined): Completion[] {
  const options: Completion[] = []
  if (type.kind === "struct") {
    for (const it of type.symbol.fields.values())
      options.push({ label: it.name, kind: "field", detail: written(it.type), info: "", boost: 1 })
  }
  if (type.kind === "trait") {
    for (const it of type.symbol.methods.values()) {
      options.push({
        label: it.name,
        kind: "method",
        detail: descriptionOf(it).code.replace(/^fn (?:mut )?\w+/, ""),
        info: "",
        snippet: `${it.name}(\${})`,
      })
    }
  }
  for (const it of methodsOf(type)?.values() ?? []) if (!it.isPrivate || it.module === module) options.push(functionOption(it))
  return options
}

/** The `{` that is open at the end of the text, -1 if none or if another bracket is nearer. */
function openBrace(before: string): number {
  let depth = 0
  for (let at = before.length - 1; at >= 0; at--) {
    const char = before.charAt(at)
    if (char === "}" || char === ")" || char === "]") depth++
    else if (char === "{" || char === "(" || char === "[") {
      if (depth === 0) return char === "{" ? at : -1
      depth--
    }
  }
  return -1
}

function fieldOptions(struct: StructSymbol, inside: string): Completion[] {
  const given = new Set([...inside.matchAll(/([A-Za-z_]\w*)\s*:/g)].map((it) => it[1]))
  return [...struct.fields.values()]
    .filter((it) => !given.has(it.name))
    .map(
      (it): Completion => ({
        label: it.name,
        kind: "field",
        detail: written(it.type),
        info: "",
        snippet: `${it.name}: \${}`,
        boost: shallow(it.type).kind === "maybe" ? 0 : 1,
      }),
    )
}

function literalSnippet(struct: StructSymbol): string {
  const fields = [...struct.fields.values()].filter((it) => shallow(it.type).kind !== "maybe")
  return `${struct.name}{${fields.map((it) => `${it.name}: \${${it.name}}`).join(", ")}}`
}

/** Snippets are written with ‹hint› where something is to be filled in. */
const STATEMENTS: readonly (readonly [string, string])[] = [
  ["let", "let ‹name› = ‹value›"],
  ["mut", "mut ‹name› = ‹value›"],
  ["fn", "fn ‹name›(‹›) {\n  ‹›\n}"],
  ["if", "if ‹condition› {\n  ‹›\n}"],
  ["else", "else {\n  ‹›\n}"],
  ["for", "for ‹item› in ‹list› {\n  ‹›\n}"],
  ["while", "while ‹condition› {\n  ‹›\n}"],
  ["match", "match ‹value› {\n  ‹›\n}"],
  ["try", "try ‹›"],
  ["struct", "struct ‹Name› {\n  ‹field›: ‹Str›,\n}"],
  ["enum", "enum ‹Name› {\n  ‹first›,\n}"],
  ["impl", "impl ‹Name› {\n  fn ‹method›() {\n    ‹›\n  }\n}"],
  ["trait", "trait ‹Name› {\n  fn ‹method›() ‹Str›\n}"],
  ["type", "type ‹Name› = ‹Int› | ‹Str›"],
  ["use", "use ‹ard/io›"],
  ["break", "break\n"],
]

function filled(snippet: string): string {
  return snippet.replace(/‹([^›]*)›/g, (_, hint: string) => `\${${hint}}`)
}

function words(before: string): Completion[] {
  const startsStatement = /(?:^|[\n{}])\s*$/.test(before)
  const plain = ["true", "false", "not", "and", "or", "in", "private"].map(
    (label): Completion => ({ label, kind: "keyword", detail: "", info: "", boost: -2 }),
  )
  const all = startsStatement ? STATEMENTS : STATEMENTS.filter(([label]) => /^(?:fn|if|match|try)$/.test(label))
  return [
    ...all.map(([label, snippet]): Completion => ({ label, kind: "keyword", detail: "", info: "", snippet: filled(snippet), boost: -1 })),
    ...plain,
  ]
}
