// What an editor's questions rest on: the checked model of a program (tolerant of broken texts), remembered for the program
// asked about last, and what stands at an offset.
import type { SyntaxNode } from "@lezer/common"
import { type Program, programOf } from "../../../source/text.ts"
import { checkProgram } from "../check/check.ts"
import type { Binding, FileModel, FunctionLike, ProgramModel, Variable } from "../check/model.ts"
import { type Type, UNKNOWN } from "../check/types.ts"
import {
  childExpressions,
  type Expr,
  type FunctionStmt,
  type Name,
  type Node,
  type Stmt,
  statementBlocks,
  statementExpressions,
} from "../syntax/ast.ts"

let lastProgram: Program | null = null
let lastModel: ProgramModel | null = null

/** The model of a program; null only for a text nested beyond all bounds. */
export function modelOf(program: Program): ProgramModel | null {
  if (program !== lastProgram) {
    lastProgram = program
    try {
      lastModel = checkProgram(program, true).model
    } catch (problem) {
      if (!(problem instanceof RangeError)) throw problem
      lastModel = null
    }
  }
  return lastModel
}

/** The program with another entry text: completion puts a name where one is being typed. */
export function withText(program: Program, text: string): Program {
  const files = Object.fromEntries([...program.files].map(([path, file]) => [path, file.text] as const))
  return programOf(program.language, program.entry.path, text, files, program.cellStarts)
}

/** The token at an offset, the one that ends there included. */
export function tokenAt(file: FileModel, offset: number): SyntaxNode {
  const right = file.parsed.tree.resolveInner(offset, 1)
  const named = (node: SyntaxNode) => /(?:Name|Definition)$/.test(node.name) && node.name !== "DecoratorName"
  if (named(right) && right.from <= offset) return right
  const left = file.parsed.tree.resolveInner(offset, -1)
  return named(left) && left.to === offset ? left : right
}

export function textOf(file: FileModel, node: Node): string {
  return file.parsed.file.text.slice(node.from, node.to)
}

/** What the name at a range means. Names, definitions and types are all in the bindings, by their nodes. */
export function bindingAt(file: FileModel, at: Node): Binding | null {
  for (const [node, binding] of file.bindings) if (node.from === at.from && node.to === at.to && binding.k !== "unknown") return binding
  return null
}

/** Calls `visit` for every expression of a file, outer ones first. */
export function eachExpression(file: FileModel, visit: (e: Expr) => void): void {
  const inExpression = (e: Expr): void => {
    visit(e)
    for (const child of childExpressions(e)) inExpression(child)
    if (e.k === "closure") {
      if (e.body.k === "block") inStatements(e.body.body)
      else inExpression(e.body)
    }
  }
  const inFunction = (fn: FunctionStmt): void => {
    for (const param of fn.params) if (param.value) inExpression(param.value)
    inStatements(fn.body.body)
  }
  const inStatements = (body: readonly Stmt[]): void => {
    for (const s of body) {
      if (s.k === "extend") s.methods.forEach(inFunction)
      if (s.k === "fn") {
        for (const decorator of s.decorators) for (const arg of decorator.args) inExpression(arg.value)
        inFunction(s)
        continue
      }
      for (const e of statementExpressions(s)) inExpression(e)
      if (s.k === "assign" && s.target.k === "self") visit(s.target)
      for (const block of statementBlocks(s)) inStatements(block.body)
    }
  }
  inStatements(file.parsed.ast?.body ?? [])
}

/** The innermost expression that a test accepts. */
export function expressionAt(file: FileModel, offset: number, accept: (e: Expr) => boolean): Expr | null {
  let found: Expr | null = null
  eachExpression(file, (e) => {
    if (e.from <= offset && e.to >= offset && accept(e)) found = e
  })
  return found
}

/** The member expression whose name stands at a range. */
export function memberAt(file: FileModel, place: { from: number; to: number }): (Expr & { k: "member" | "fieldDeref" }) | null {
  const found = expressionAt(file, place.from, (e) => (e.k === "member" || e.k === "fieldDeref") && e.name.from === place.from)
  return found?.k === "member" || found?.k === "fieldDeref" ? found : null
}

export function typeAt(model: ProgramModel, e: Expr): Type {
  return model.types.get(e) ?? UNKNOWN
}

/** The type of a variable: known everywhere, or that of the value its one `let` gives it. */
export function typeOfVariable(model: ProgramModel, variable: Variable): Type {
  if (variable.type) return variable.type
  const [first, ...others] = variable.definitions
  return (first && others.length === 0 ? definedTypes(model, variable.file).get(first) : undefined) ?? UNKNOWN
}

/** The type that a definition at a range gives its name; null if it is not known. */
export function definedType(model: ProgramModel, file: FileModel, at: Node): Type | null {
  for (const [name, type] of definedTypes(model, file)) if (name.from === at.from && name.to === at.to) return type
  return null
}

const definedIn = new WeakMap<FileModel, ReadonlyMap<Name, Type>>()

/** What each `let` and each `catch Type` of a file binds its name to. */
function definedTypes(model: ProgramModel, file: FileModel): ReadonlyMap<Name, Type> {
  const known = definedIn.get(file)
  if (known) return known
  const types = new Map<Name, Type>()
  const inStatements = (body: readonly Stmt[]): void => {
    for (const s of body) {
      if (s.k === "let") types.set(s.name, s.prompt ? PROMPT : s.decorators.length > 0 ? UNKNOWN : typeAt(model, s.value))
      if (s.k === "try") {
        for (const arm of s.arms) {
          const struct = arm.type ? file.structs.get(arm.type.text) : undefined
          if (struct) types.set(arm.name, { k: "struct", struct })
        }
      }
      if (s.k === "extend") for (const method of s.methods) inStatements(method.body.body)
      if (s.k === "fn") inStatements(s.body.body)
      for (const block of statementBlocks(s)) inStatements(block.body)
    }
  }
  inStatements(file.parsed.ast?.body ?? [])
  eachExpression(file, (e) => {
    if (e.k === "closure" && e.body.k === "block") inStatements(e.body.body)
  })
  definedIn.set(file, types)
  return types
}

const PROMPT: Type = { k: "prompt" }

/** Functions and closures around an offset, innermost first. */
export function functionsAround(file: FileModel, offset: number): FunctionLike[] {
  return [...file.locals.keys()].filter((fn) => fn.from < offset && offset <= fn.to).sort((a, b) => b.from - a.from)
}

/** Where the name of the `let` stands whose value is being written at an offset: it has no value there. */
function beingDefined(file: FileModel, offset: number): number {
  for (let node: SyntaxNode | null = file.parsed.tree.resolveInner(offset, -1); node; node = node.parent) {
    if (node.name === "Block") return -1
    if (node.name !== "LetDeclaration" && node.name !== "PromptDeclaration") continue
    const name = node.getChild("VariableDefinition")
    return name && name.to < offset ? name.from : -1
  }
  return -1
}

/** Variables that code at an offset can see, locals first; globals shadowed by locals left out. */
export function visibleVariables(file: FileModel, offset: number): Variable[] {
  const [inner] = functionsAround(file, offset)
  const unborn = beingDefined(file, offset)
  const locals = inner
    ? (file.locals.get(inner) ?? []).filter((local) => (local.definitions[0]?.from ?? 0) < offset && local.definitions[0]?.from !== unborn)
    : []
  const names = new Set(locals.map((local) => local.name))
  const globals = [...file.globals.values()].filter((variable) => {
    if (names.has(variable.name)) return false
    const first = variable.definitions[0]
    if (first && first.from === unborn) return false
    return inner !== undefined || variable.functions.length > 0 || (first !== undefined && first.from < offset)
  })
  return [...locals, ...globals]
}
