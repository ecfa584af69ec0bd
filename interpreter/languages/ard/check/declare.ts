// First pass over a module: its types, functions, methods and trait implementations, in any order of declaration
// (sections 5, 11); the types are in type-declarations.ts, the methods in impls.ts. Variables and bodies come in the second
// pass (`statements.ts`). Used for files and for the declarations of library modules.
import type { ExternExpr, FunctionExpr, Statement } from "../syntax/ast.ts"
import type { EnumSymbol, FunctionSymbol, StructSymbol } from "./checked.ts"
import { at, type CheckBody, type Context } from "./context.ts"
import { declareImpl } from "./impls.ts"
import { structOrEnum } from "./relations.ts"
import { completeTypes, declareTypeNames } from "./type-declarations.ts"
import { genericsOf, signatureType } from "./type-nodes.ts"

/** Declares everything of a module but its variables; bodies of functions are handed to `checkBody` when all names are known. */
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
