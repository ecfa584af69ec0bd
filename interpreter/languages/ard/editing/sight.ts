// What can be seen from the cursor: the scope around it, what its place asks for, and from these the names, members, fields, arms
// and arguments that fit there. Made by complete.ts for a program with a placeholder at the cursor.
import type { Program } from "../../../source/text.ts"
import type { Completion } from "../../editing.ts"
import type { AnySymbol, LocalSymbol, ModuleSymbol } from "../check/checked.ts"
import type { Context } from "../check/context.ts"
import { aliasOf, importEdit, memberPatterns, visibleName } from "../check/fixes.ts"
import { checkProgram } from "../check/index.ts"
import { library, preludeImports } from "../check/library.ts"
import { isChannel, resolveType, shallow, structOrEnum, wouldFit } from "../check/relations.ts"
import { findLocal, type Scope, visibleLocals } from "../check/scope.ts"
import type { Type } from "../check/types.ts"
import { parseModule } from "../syntax/parse.ts"
import { descriptionOf, written } from "./describe.ts"
import { fieldOptions, functionOption, literalSnippet, membersOf, typeOption } from "./options.ts"
import { callAround } from "./signature.ts"
import { letsAround, matchAt, memberAt } from "./walk.ts"
import { filled } from "./words.ts"

/** Stands at the cursor while completing; no program uses it. */
export const HOLE = "zq_hole"

export class Sight {
  readonly cx: Context | undefined
  private readonly scope: Scope | null
  /** What the place of the cursor asks for; null where anything may stand. */
  private readonly wanted: Type | null

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
    if (this.cx) {
      // Names of the module are those of the cursor's place, not of where the check ended.
      this.cx.statement = this.cx.module.node.statements.findIndex((it) => it.to >= at)
      if (this.cx.statement < 0) this.cx.statement = this.cx.module.node.statements.length
      this.cx.inFunction = this.inFunction
    }
    const wanted = this.cx?.wants?.get(at)
    this.wanted = wanted && !/^(?:open|generic|unknown)$/.test(shallow(wanted).kind) ? shallow(wanted) : null
  }

  get inFunction(): boolean {
    return (this.scope?.frame ?? null) !== null
  }

  private get node() {
    return this.cx?.module.node
  }

  // ---- after a dot, in a literal, in a call ---------------------------------------------------------------------------

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
    if (self?.kind !== "local" || !this.canReach(self)) return []
    return membersOf(shallow(self.type), this.cx?.module).map((it) => ({
      ...it,
      label: `@${it.label}`,
      ...(it.snippet === undefined ? {} : { snippet: `@${it.snippet}` }),
    }))
  }

  /** Fields that the struct literal around the cursor does not have yet; null elsewhere. */
  literalFields(before: string): Completion[] | null {
    const open = openBrace(before)
    if (open < 0 || !/[{,\n]\s*$/.test(before)) return null
    const path = /([A-Za-z_]\w*(?:::[A-Za-z_]\w*)?)$/.exec(before.slice(0, open))?.[1]?.split("::")
    const [first, second] = path ?? []
    if (first === undefined || /\b(?:struct|enum|trait|impl|for|match|if|while|else)\s+[\w:]+$/.test(before.slice(0, open))) return null
    const type = second === undefined ? this.cx?.findType(first) : this.cx?.module.imports.get(first)?.types.get(second)
    const owner = type && structOrEnum(type)
    if (owner?.kind !== "struct" || /\)\s*$/.test(before.slice(0, open - first.length))) return null
    return fieldOptions(owner, before.slice(open + 1))
  }

  /** Parameters that the call around the cursor does not name yet, where an argument begins. */
  namedArguments(before: string): Completion[] {
    if (!/[(,]\s*$/.test(before)) return []
    const around = callAround(this.program, this.at)
    const target = around?.call.target
    if (!around || (target?.kind !== "function" && target?.kind !== "method")) return []
    const { params } = around.signature
    const given = new Set(around.call.args.map((arg) => arg.name?.name))
    const isNamed = around.call.args.some((arg) => arg.name)
    return params
      .filter((param, index) => param.name !== "" && !given.has(param.name) && (isNamed || index >= around.index))
      .map(
        (param): Completion => ({
          label: param.name,
          kind: "property",
          detail: written(resolveType(param.type)),
          info: "",
          snippet: `${param.name}: \${}`,
          boost: isNamed ? 6 : -1,
        }),
      )
  }

  // ---- types ----------------------------------------------------------------------------------------------------------

  isTypePlace(from: number): boolean {
    const { tree } = parseModule(this.program.entry)
    const node = tree.resolveInner(from, 1)
    return /^(?:TypeName|NamedType|ModuleName|ReturnType|TypeAnnotation)$/.test(node.name) && node.parent?.name !== "ImportDeclaration"
  }

  /** Types for a place in a line: after `impl` only what can be implemented or for what. */
  typeNames(line: string): Completion[] {
    const own = [...(this.cx?.module.types.values() ?? [])]
    const isFor = /^\s*impl\b.*\bfor\s+\w*$/.test(line)
    const isImpl = /^\s*impl\s+\w*$/.test(line)
    if (isFor) return own.filter((it) => structOrEnum(it)).map(typeOption)
    const primitives = ["Int", "Float", "Bool", "Str", "Void", "Dynamic"].map(
      (label): Completion => ({ label, kind: "type", detail: "", info: "" }),
    )
    const prelude = preludeImports(library().modules)
    const modules = this.modules(([alias, module]) => module.types.size > 0 && !prelude.has(alias))
    const shown = [...prelude].flatMap(([alias, module]) =>
      [...module.types.values()].map((type) => ({ ...typeOption(type), label: `${alias}::${type.name}`, boost: -1 })),
    )
    if (isImpl) {
      const traits = shown.filter((it) => it.detail === "trait")
      return [...own.filter((it) => it.kind === "trait" || structOrEnum(it)).map(typeOption), ...modules, ...traits]
    }
    return [...own.map(typeOption), ...primitives, ...modules, ...shown]
  }

  private modules(which: (entry: readonly [string, ModuleSymbol]) => boolean = () => true): Completion[] {
    return [...(this.cx?.module.imports ?? [])].filter(which).map(
      ([label, module]): Completion => ({
        label,
        kind: "module",
        detail: module.path,
        info: descriptionOf(module).text,
        snippet: `${label}::`,
      }),
    )
  }

  // ---- names ----------------------------------------------------------------------------------------------------------

  /** Whether code at the cursor may name the local: the wall of a fiber lets only channels through (14.3, 14.8). */
  private canReach(symbol: LocalSymbol): boolean {
    const found = this.scope && findLocal(this.scope, symbol.name)
    return !found?.walls.length || (symbol.role === "let" && isChannel(symbol.type))
  }

  /** More for what the place asks for. */
  private boost(type: Type, otherwise: number): number {
    return this.wanted && wouldFit(resolveType(type), this.wanted) ? otherwise + 3 : otherwise
  }

  /** Everything that has a name here, what fits the place first. */
  names(): Completion[] {
    const options: Completion[] = []
    const taken = new Set<string>([HOLE])
    const add = (option: Completion) => {
      if (taken.has(option.label)) return
      taken.add(option.label)
      options.push(option)
    }
    const unfinished = this.node ? letsAround(this.node, this.at) : new Set<number>()
    for (const it of this.scope ? visibleLocals(this.scope) : []) {
      if ((it.declared.from >= this.at && it.role !== "self") || unfinished.has(it.declared.from) || !this.canReach(it)) continue
      if (it.fn?.symbol) add(functionOption(it.fn.symbol, this.boost(it.fn.symbol.type.result, 2)))
      else add({ label: it.name, kind: "variable", detail: written(resolveType(it.type)), info: "", boost: this.boost(it.type, 2) })
    }
    const inFiber = (this.scope?.frame?.fiber ?? null) !== null
    for (const name of this.cx?.valueNames() ?? []) {
      const symbol = this.cx?.findValue(name)
      if (!symbol || name.includes("::") || name === "main" || unfinished.has(symbol.declared.from)) continue
      if (symbol.kind === "function") add(functionOption(symbol, this.boost(symbol.type.result, 1)))
      else if (!(symbol.mutable && inFiber))
        add({
          label: name,
          kind: symbol.mutable ? "variable" : "constant",
          detail: written(resolveType(symbol.type)),
          info: "",
          boost: this.boost(symbol.type, 1),
        })
    }
    for (const type of this.cx?.module.types.values() ?? []) {
      const option = typeOption(type)
      if (type.kind !== "struct" || type.node.isExtern) add(option)
      else add({ ...option, snippet: literalSnippet(type.name, type), boost: this.boost({ kind: "struct", symbol: type, args: [] }, 0) })
    }
    for (const it of this.modules()) add(it)
    for (const it of this.otherModules()) add(it)
    add({
      label: "panic",
      kind: "function",
      detail: "(message: Str)",
      info: "Ends the program, or the fiber, with this message.",
      snippet: filled("panic(‹message›)"),
    })
    return options
  }

  /** Modules that are not imported yet, with the import. */
  private otherModules(): Completion[] {
    const cx = this.cx
    if (!cx) return []
    const known = new Set([...cx.module.imports.values()].map((it) => it.path))
    const prelude = new Set([...preludeImports(library().modules).values()].map((it) => it.path))
    return cx.library.paths
      .filter((path) => !known.has(path) && !prelude.has(path) && path !== "ard/bool")
      .map((path): Completion => {
        const label = aliasOf(path)
        const info = library().about.get(path)?.doc ?? ""
        const edits = [importEdit(cx, path, this.at)]
        return { label, kind: "module", detail: `use ${path}`, info, snippet: `${label}::`, edits, boost: -3 }
      })
  }

  /** Values of the kind that the place asks for: variants, some and none, ok and err, a function without a name. */
  values(): Completion[] {
    const type = this.wanted
    const cx = this.cx
    if (!type || !cx) return []
    const { module } = cx
    const one = (label: string, snippet = label): Completion => ({
      label,
      kind: "function",
      detail: written(resolveType(type)),
      info: "",
      snippet: filled(snippet),
      boost: 4,
    })
    switch (type.kind) {
      case "enum":
        return type.symbol.variants.map((it) => ({ ...one(`${visibleName(module, type.symbol)}::${it.name}`), kind: "enum" as const }))
      case "maybe": {
        const alias = [...module.imports].find(([, it]) => it.path === "ard/maybe")?.[0]
        const edits = alias === undefined ? { edits: [importEdit(cx, "ard/maybe", this.at)] } : {}
        const name = alias ?? "maybe"
        return [
          { ...one(`${name}::some`, `${name}::some(‹value›)`), ...edits },
          { ...one(`${name}::none`, `${name}::none()`), ...edits },
        ]
      }
      case "result":
        return [one("Result::ok", "Result::ok(‹value›)"), one("Result::err", "Result::err(‹error›)")]
      case "struct":
        return type.symbol.module === module || type.symbol.fields.size === 0
          ? []
          : [
              {
                ...one(visibleName(module, type.symbol)),
                snippet: literalSnippet(visibleName(module, type.symbol), type.symbol),
                kind: "type",
              },
            ]
      case "function": {
        const params = type.params.map((it, index) => `${it.name || String.fromCharCode(97 + index)}: ${written(resolveType(it.type))}`)
        const result = written(resolveType(type.result))
        const head = `fn(${params.join(", ")})${result === "Void" || result.startsWith("$") ? "" : ` ${result}`}`
        return [one(`${head} { … }`, `${head} {\n  ‹›\n}`)]
      }
      default:
        return []
    }
  }

  // ---- arms -----------------------------------------------------------------------------------------------------------

  /** Arms that the match around the cursor lacks, at places where an arm may begin. */
  missingArms(text: string, from: number): Completion[] {
    const match = this.node && matchAt(this.node, from)
    const module = this.cx?.module
    if (!module || !match?.subject || !/(?:^|[\n,{])[ \t]*$/.test(text.slice(match.subject.to, from))) return []
    if (match.arms.some((arm) => arm.body.from < from && from < arm.body.to)) return []
    const given = [...new Set(match.arms.map((arm) => text.slice(arm.patternFrom, arm.patternTo).replace(/\s+/g, "")))]
    return patternsOf(shallow(match.subject.type), module)
      .filter((pattern) => !given.some((it) => it === pattern || (it !== "" && head(it) === head(pattern) && pattern.includes("("))))
      .map((label) => ({ label, kind: "keyword", detail: "arm", info: "", snippet: `${label} => \${value},`, boost: 5 }))
  }
}

const head = (pattern: string) => pattern.replace(/\(.*$/, "")

/** All patterns of a type's match, as the module writes them. */
function patternsOf(type: Type, module: ModuleSymbol): string[] {
  switch (type.kind) {
    case "primitive":
      return type.name === "Bool" ? ["true", "false"] : type.name === "Int" || type.name === "Str" ? ["_"] : []
    case "enum":
      return type.symbol.variants.map((it) => `${visibleName(module, type.symbol)}::${it.name}`)
    case "union":
      return memberPatterns(module, type.symbol.members)
    case "maybe":
      return ["it", "_"]
    case "result":
      return ["ok(value)", "err(error)"]
    default:
      return []
  }
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
