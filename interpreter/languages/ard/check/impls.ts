// Blocks of methods, with and without a trait (section 11): whose methods they are, and whether they are what the trait wants.
import type { FunctionExpr, Ident, ImplStatement, Node } from "../syntax/ast.ts"
import type { EnumSymbol, FunctionSymbol, StructSymbol, TraitSymbol } from "./checked.ts"
import { at, type CheckBody, type Context } from "./context.ts"
import { writtenIn } from "./fixes.ts"
import { sameType, shallow, structOrEnum, typeName } from "./relations.ts"
import { genericsOf, publicType, signatureType } from "./type-nodes.ts"
import type { FunctionType, Type } from "./types.ts"

/** The methods of an impl block, declared with their type; reports what its trait misses. */
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
