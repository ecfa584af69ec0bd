// Types that a module declares (sections 5, 11): first their names, so that order does not matter, then what they consist of.
// Used by declare.ts, and by statements.ts for types that are declared inside a function.
import type { EnumStatement, Ident, Node, Statement, StructStatement, TraitStatement, TypeNode, TypeStatement } from "../syntax/ast.ts"
import type { AliasSymbol, FieldSymbol, StructSymbol, TraitMethod, TypeSymbol, VariantSymbol } from "./checked.ts"
import { at, type Context } from "./context.ts"
import { collectGenerics } from "./relations.ts"
import { signatureType, typeOf } from "./type-nodes.ts"
import { type Type, UNKNOWN } from "./types.ts"

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
