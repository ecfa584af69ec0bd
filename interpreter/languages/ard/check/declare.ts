// First pass over a module: its types, functions, methods and trait implementations, in any order of declaration
// (sections 5, 11). Variables and bodies come in the second pass (`statements.ts`). Used for files and for the declarations
// of library modules.
import type {
  EnumStatement,
  ExternExpr,
  FunctionExpr,
  Ident,
  ImplStatement,
  Node,
  Param,
  Statement,
  StructStatement,
  TraitStatement,
  TypeNode,
  TypeStatement,
} from "../syntax/ast.ts"
import type {
  AliasSymbol,
  EnumSymbol,
  FieldSymbol,
  FunctionSymbol,
  StructSymbol,
  TraitMethod,
  TraitSymbol,
  TypeSymbol,
  VariantSymbol,
} from "./checked.ts"
import type { Context } from "./context.ts"
import { writtenIn } from "./fixes.ts"
import { collectGenerics, sameType, shallow, typeName } from "./relations.ts"
import { genericsOf, publicType, typeOf } from "./type-nodes.ts"
import { type FunctionParam, type FunctionType, type Type, UNKNOWN, VOID } from "./types.ts"

/** Called for each function whose body is to be checked later. */
export type CheckBody = (cx: Context, node: FunctionExpr, symbol: FunctionSymbol, self: Type | null) => void

export function declareModule(cx: Context, checkBody: CheckBody): void {
  const statements = cx.module.node.statements
  const each = (work: (statement: Statement, index: number) => void) =>
    statements.forEach((statement, index) => {
      at(cx, index, () => work(statement, index))
    })
  declareTypeNames(cx)
  completeTypes(cx)
  each((statement, index) => {
    if (statement.kind !== "expr") return
    if (statement.value.kind === "function" && statement.value.name) declareFunction(cx, statement.value, index, checkBody)
    else if (statement.value.kind === "extern") declareExtern(cx, statement.value, index)
  })
  each((statement, index) => {
    if (statement.kind === "impl") declareImpl(cx, statement, index, checkBody)
  })
}

/** The names of a module's types; `completeTypes` fills them in, when the names of every module they mention are known. */
export function declareTypeNames(cx: Context): void {
  cx.module.node.statements.forEach((statement, index) => {
    at(cx, index, () => declareTypeName(cx, statement, index))
  })
}

export function completeTypes(cx: Context): void {
  cx.module.node.statements.forEach((statement, index) => {
    at(cx, index, () => completeType(cx, statement))
  })
}

/** Runs work as part of a top-level statement: names and diagnostics belong to its place. */
export function at<T>(cx: Context, statement: number, work: () => T): T {
  const before = cx.statement
  cx.statement = statement
  cx.reporter.enter(statement)
  try {
    return work()
  } finally {
    cx.statement = before
    cx.reporter.enter(before)
  }
}

// ---- types ----------------------------------------------------------------------------------------------------------

/** Declares the type that a statement names; at module level or inside a function. */
export function declareTypeName(cx: Context, statement: Statement, index: number): void {
  let symbol: TypeSymbol
  switch (statement.kind) {
    case "struct":
      symbol = structSymbol(cx, statement)
      break
    case "enum":
      symbol = {
        ...common(cx, statement),
        kind: "enum",
        node: statement,
        variants: [],
        methods: new Map(),
        statics: new Map(),
        traits: new Set(),
      }
      break
    case "trait":
      symbol = { ...common(cx, statement), kind: "trait", node: statement, methods: new Map() }
      break
    case "type":
      symbol =
        statement.members.length === 1
          ? new Alias(cx, statement, index)
          : { ...common(cx, statement), kind: "union", node: statement, members: [] }
      break
    default:
      return
  }
  cx.declareType(symbol, index)
  cx.record(statement.name, symbol, true)
}

function common(cx: Context, statement: { readonly name: Ident; readonly isPrivate: boolean }) {
  return { name: statement.name.name, module: cx.module, isPrivate: statement.isPrivate, declared: statement.name }
}

function structSymbol(cx: Context, statement: StructStatement): StructSymbol {
  const generics = statement.generics.map((it) => it.name)
  for (const field of statement.fields) writtenGenerics(field.typeNode, generics)
  return {
    ...common(cx, statement),
    kind: "struct",
    node: statement,
    generics,
    fields: new Map(),
    methods: new Map(),
    statics: new Map(),
    traits: new Set(),
  }
}

function writtenGenerics(node: TypeNode, names: string[]): void {
  switch (node.kind) {
    case "generic":
      if (!names.includes(node.name)) names.push(node.name)
      break
    case "list":
    case "nullable":
      writtenGenerics(node.of, names)
      break
    case "map":
      writtenGenerics(node.key, names)
      writtenGenerics(node.value, names)
      break
    case "result":
      writtenGenerics(node.value, names)
      writtenGenerics(node.error, names)
      break
    case "function":
      for (const param of node.params) writtenGenerics(param, names)
      if (node.result) writtenGenerics(node.result, names)
      break
    case "named":
      for (const arg of node.args) writtenGenerics(arg, names)
  }
}

/** `type A = T`; resolved when first needed, so that order does not matter and a cycle is an error and no loop. */
class Alias implements AliasSymbol {
  readonly kind = "alias"
  readonly name: string
  readonly isPrivate: boolean
  readonly declared: Node
  private resolved: Type | null = null
  private resolving = false
  private names: readonly string[] = []

  constructor(
    private readonly cx: Context,
    readonly node: TypeStatement,
    private readonly index: number,
  ) {
    this.name = node.name.name
    this.isPrivate = node.isPrivate
    this.declared = node.name
  }

  get module() {
    return this.cx.module
  }

  get type(): Type {
    if (this.resolved) return this.resolved
    const written = this.node.members[0]
    if (this.resolving || !written) {
      at(this.cx, this.index, () =>
        this.cx.reporter.error(this.node.name, "UnrecognizedType", `Unrecognized type: ${this.name} stands for itself`),
      )
      return UNKNOWN
    }
    this.resolving = true
    const type = at(this.cx, this.index, () => typeOf(this.cx, written, "generic"))
    this.resolving = false
    this.resolved = type
    const names: string[] = []
    collectGenerics(type, names)
    this.names = names
    return type
  }

  get generics(): readonly string[] {
    return this.type ? this.names : []
  }
}

/** Fields, variants, methods, members of a declared type. */
export function completeType(cx: Context, statement: Statement): void {
  switch (statement.kind) {
    case "struct":
      completeStruct(cx, statement)
      break
    case "enum":
      completeEnum(cx, statement)
      break
    case "trait":
      completeTrait(cx, statement)
      break
    case "type": {
      const symbol = cx.findType(statement.name.name)
      if (symbol?.kind === "alias" && symbol.node === statement) void symbol.type
      else if (symbol?.kind === "union" && symbol.node === statement) {
        symbol.members = statement.members.map((it) => typeOf(cx, it, "result"))
      }
    }
  }
}

function completeStruct(cx: Context, statement: StructStatement): void {
  const symbol = cx.findType(statement.name.name)
  if (symbol?.kind !== "struct" || symbol.node !== statement) return
  for (const field of statement.fields) {
    const type = typeOf(cx, field.typeNode, "result")
    if (symbol.fields.has(field.name.name)) {
      cx.reporter.error(field.name, "DuplicateField", `Duplicate field: ${field.name.name}`)
      continue
    }
    const it: FieldSymbol = { kind: "field", name: field.name.name, owner: symbol, type, declared: field.name }
    symbol.fields.set(it.name, it)
    cx.record(field.name, it, true)
  }
}

function completeEnum(cx: Context, statement: EnumStatement): void {
  const symbol = cx.findType(statement.name.name)
  if (symbol?.kind !== "enum" || symbol.node !== statement) return
  if (!statement.variants.length) cx.reporter.error(statement.name, "EmptyEnum", "Enums must have at least one variant")
  let next = 0n
  for (const variant of statement.variants) {
    if (symbol.variants.some((it) => it.name === variant.name.name)) {
      cx.reporter.error(variant.name, "DuplicateVariant", `Duplicate variant: ${variant.name.name}`)
      continue
    }
    if (variant.value) {
      const value = variant.value
      if (value.kind === "int") next = value.value
      else if (value.kind === "unary" && value.op === "-" && value.operand.kind === "int") next = -value.operand.value
      else cx.reporter.error(value, "TypeMismatch", "Type mismatch: the value of a variant is an Int literal")
      if (symbol.variants.some((it) => it.value === next)) {
        cx.reporter.error(value, "DuplicateVariant", `Duplicate variant: ${variant.name.name} has the value ${next} of another variant`)
      }
    }
    const it: VariantSymbol = { kind: "variant", name: variant.name.name, owner: symbol, value: next, declared: variant.name }
    symbol.variants.push(it)
    cx.record(variant.name, it, true)
    next++
  }
}

function completeTrait(cx: Context, statement: TraitStatement): void {
  const symbol = cx.findType(statement.name.name)
  if (symbol?.kind !== "trait" || symbol.node !== statement) return
  for (const method of statement.methods) {
    const it: TraitMethod = {
      kind: "traitMethod",
      owner: symbol,
      name: method.name.name,
      isMutating: method.isMutating,
      type: signatureType(cx, method.params, method.resultNode),
      declared: method.name,
    }
    symbol.methods.set(it.name, it)
    cx.record(method.name, it, true)
  }
}

// ---- functions ------------------------------------------------------------------------------------------------------

/** The type of a function whose parameters all have types written. */
export function signatureType(cx: Context, params: readonly Param[], resultNode: TypeNode | null): FunctionType {
  const types = params.map(
    (param): FunctionParam => ({
      name: param.name.name,
      type: param.typeNode ? typeOf(cx, param.typeNode, "generic") : UNKNOWN,
      mutable: param.mutable,
    }),
  )
  return { kind: "function", params: types, result: resultNode ? typeOf(cx, resultNode, "result") : VOID }
}

function declareFunction(cx: Context, node: FunctionExpr, index: number, checkBody: CheckBody): void {
  const name = node.name
  if (!name) return
  const type = signatureType(cx, node.params, node.resultNode)
  let owner: StructSymbol | EnumSymbol | null = null
  if (node.owner) {
    const found = cx.findType(node.owner.name)
    if (!found) cx.reporter.error(node.owner, "UndefinedType", `Undefined type: ${node.owner.name}`)
    else {
      cx.record(node.owner, found)
      owner = structOrEnum(found)
    }
  }
  const symbol: FunctionSymbol = {
    kind: "function",
    name: name.name,
    module: cx.module,
    owner,
    role: node.owner ? "static" : "function",
    isPrivate: node.isPrivate,
    isMutating: false,
    type,
    generics: genericsOf([type]),
    declared: name,
    node,
    extern: null,
    entry: null,
    trait: null,
  }
  node.symbol = symbol
  cx.record(name, symbol, true)
  cx.declareValue(symbol, index, node.owner ? `${node.owner.name}::${name.name}` : name.name)
  owner?.statics.set(name.name, symbol)
  cx.deferred.push(() => at(cx, index, () => checkBody(cx, node, symbol, null)))
}

export function structOrEnum(symbol: TypeSymbol): StructSymbol | EnumSymbol | null {
  if (symbol.kind === "struct" || symbol.kind === "enum") return symbol
  if (symbol.kind !== "alias") return null
  const type = shallow(symbol.type)
  return type.kind === "struct" || type.kind === "enum" ? type.symbol : null
}

function declareExtern(cx: Context, node: ExternExpr, index: number): void {
  const existing = cx.module.functions.get(node.name.name)
  if (existing) cx.reporter.error(node.name, "DuplicateDeclaration", `Duplicate declaration: ${node.name.name}`)
  if (!node.binding) cx.reporter.error(node, "InvalidExtern", "External binding cannot be empty")
  const type = signatureType(cx, node.params, node.resultNode)
  const symbol: FunctionSymbol = {
    kind: "function",
    name: node.name.name,
    module: cx.module,
    owner: null,
    role: "extern",
    isPrivate: node.isPrivate,
    isMutating: false,
    type,
    generics: genericsOf([type]),
    declared: node.name,
    node: null,
    extern: node,
    entry: null,
    trait: null,
  }
  node.symbol = symbol
  cx.record(node.name, symbol, true)
  cx.declareValue(symbol, index)
}

// ---- impl -----------------------------------------------------------------------------------------------------------

export function declareImpl(cx: Context, node: ImplStatement, index: number, checkBody: CheckBody): void {
  const head = { from: node.from, to: node.target.to }
  const trait = node.trait ? findTrait(cx, node.trait, head) : null
  const found = cx.findType(node.target.name)
  if (!found) {
    if (node.trait) {
      if (trait) cx.reporter.error(head, "UndefinedType", `Undefined type: ${node.target.name}`)
    } else cx.reporter.error(node.target, "Undefined", `Undefined: ${node.target.name}`)
    return
  }
  cx.record(node.target, found)
  const owner = structOrEnum(found)
  if (!owner) {
    const message = node.trait
      ? `${node.target.name} cannot implement a Trait`
      : `Can only implement methods on structs and enums, not ${node.target.name}`
    cx.reporter.error(head, "InvalidImpl", message)
    return
  }
  const self: Type =
    owner.kind === "enum"
      ? { kind: "enum", symbol: owner }
      : { kind: "struct", symbol: owner, args: owner.generics.map((name): Type => ({ kind: "generic", name })) }
  const methods = node.methods.map((method) => declareMethod(cx, method, owner, trait, self, index, checkBody))
  if (trait) {
    owner.traits.add(trait)
    checkConformity(cx, trait, methods, head)
  }
}

function findTrait(cx: Context, path: readonly Ident[], head: Node): TraitSymbol | null {
  const name = path[path.length - 1]
  if (!name) return null
  const written = path.map((it) => it.name).join("::")
  const alias = path.length > 1 ? path[0] : undefined
  const module = alias ? cx.module.imports.get(alias.name) : undefined
  if (alias && module) cx.record(alias, module)
  const found = alias ? module && publicType(module, name.name) : cx.findType(name.name)
  if (!found) {
    if (!alias || !cx.failedImports.has(alias.name)) cx.reporter.error(head, "UndefinedTrait", `Undefined trait: ${written}`)
    return null
  }
  cx.record(name, found)
  if (found.kind === "trait") return found
  const type = found.kind === "alias" ? shallow(found.type) : null
  const trait = type?.kind === "trait" ? type.symbol : null
  if (!trait) cx.reporter.error(head, "NotATrait", `${written} is not a trait`)
  return trait
}

function declareMethod(
  cx: Context,
  node: FunctionExpr,
  owner: StructSymbol | EnumSymbol,
  trait: TraitSymbol | null,
  self: Type,
  index: number,
  checkBody: CheckBody,
): FunctionSymbol {
  const name = node.name ?? { name: "", from: node.from, to: node.from }
  const type = signatureType(cx, node.params, node.resultNode)
  if (owner.kind === "enum" && node.isMutating) cx.reporter.error(node, "MutatingEnumMethod", "Enum methods cannot be mutating")
  const symbol: FunctionSymbol = {
    kind: "function",
    name: name.name,
    module: cx.module,
    owner,
    role: node.owner ? "static" : "method",
    isPrivate: node.isPrivate,
    isMutating: node.isMutating,
    type,
    generics: genericsOf([self, type]),
    declared: name,
    node,
    extern: null,
    entry: null,
    trait,
  }
  node.symbol = symbol
  cx.record(name, symbol, true)
  if (node.owner) {
    owner.statics.set(name.name, symbol)
    cx.declareValue(symbol, index, `${owner.name}::${name.name}`)
  } else owner.methods.set(name.name, symbol)
  cx.deferred.push(() => at(cx, index, () => checkBody(cx, node, symbol, node.owner ? null : self)))
  return symbol
}

function checkConformity(cx: Context, trait: TraitSymbol, methods: readonly FunctionSymbol[], head: Node): void {
  const missing = [...trait.methods.values()].filter((wanted) => !methods.some((method) => method.name === wanted.name))
  for (const method of methods) {
    const wanted = trait.methods.get(method.name)
    const place = method.node ? { from: method.node.from, to: method.declared.to } : method.declared
    if (!wanted) {
      cx.reporter.warning(place, "NotInTrait", `Method ${method.name} is not part of trait ${trait.name}`)
      continue
    }
    if (method.type.params.length !== wanted.type.params.length) {
      cx.reporter.error(place, "TraitSignature", `Method ${method.name} has wrong number of parameters`)
      continue
    }
    method.type.params.forEach((param, index) => {
      const other = wanted.type.params[index]
      if (other && !sameType(param.type, other.type)) {
        cx.reporter.error(place, "TypeMismatch", `Type mismatch: Expected ${typeName(other.type)}, got ${typeName(param.type)}`)
      }
    })
    if (!sameType(method.type.result, wanted.type.result)) {
      cx.reporter.error(place, "TraitSignature", `Trait method '${method.name}' has return type of ${typeName(wanted.type.result)}`)
    }
  }
  const body = missing.map(
    (it) =>
      `  fn ${it.isMutating ? "mut " : ""}${it.name}(${parametersText(cx, it.type)})${resultText(cx, it.type)} {\n    panic("not written yet")\n  }\n`,
  )
  for (const it of missing) {
    const close = lastBrace(cx, head)
    cx.reporter.error(head, "MissingMethod", `Missing method '${it.name}' in trait '${trait.name}'`, {
      fixes: close < 0 ? [] : [{ title: "Add the missing methods", edits: [{ from: close, to: close, insert: body.join("") }] }],
    })
  }
}

function lastBrace(cx: Context, head: Node): number {
  const impl = cx.module.node.statements.find((it) => it.kind === "impl" && it.from === head.from)
  return impl ? impl.to - 1 : -1
}

function parametersText(cx: Context, type: FunctionType): string {
  return type.params.map((it) => `${it.mutable ? "mut " : ""}${it.name}: ${writtenIn(cx.module, it.type)}`).join(", ")
}

function resultText(cx: Context, type: FunctionType): string {
  const name = writtenIn(cx.module, type.result)
  return name === "Void" ? "" : ` ${name}`
}
