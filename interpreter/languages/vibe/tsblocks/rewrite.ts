// What of the code of ts blocks would differ between hosts is rewritten on its syntax tree (design: the law): `**` and `**=`
// become calls of the function that `Math.pow` is here (arithmetic.ts), errors that are caught get our words where an engine
// made them (host-errors.ts), and methods that would ask the host for a language get one order and one way of writing
// (locale.ts). rewrite-helpers.ts is what the rewritten code calls. Loaded when a block may hold one of these, or when the host
// refuses a block and somebody must say where it is wrong.
import {
  type AssignmentExpression,
  type BinaryExpression,
  type CallExpression,
  type CatchClause,
  type MemberExpression,
  type Node,
  parse,
} from "acorn"
import { LOCALE_METHODS } from "./locale.ts"

type Edit = { readonly from: number; readonly to: number; readonly insert: string }

/** Where a text is no JavaScript: what is wrong, at which line (from 1) and column (from 1). */
export interface SyntaxProblem {
  readonly what: string
  readonly line: number
  readonly column: number
}

export class NotJavaScript {
  constructor(readonly problem: SyntaxProblem) {}
}

/** What is wrong with a text; null if nothing is. */
export function syntaxProblem(code: string): SyntaxProblem | null {
  try {
    parsed(code)
    return null
  } catch (problem) {
    if (problem instanceof NotJavaScript) return problem.problem
    throw problem
  }
}

/** The code with calls on `name`, which must occur nowhere in it. Throws `NotJavaScript`. */
export function rewritten(code: string, name: string): string {
  const edits: Edit[] = []
  const left: Node[] = [parsed(code)]
  for (let node = left.pop(); node; node = left.pop()) {
    if (node.type === "BinaryExpression" && (node as BinaryExpression).operator === "**") power(code, node as BinaryExpression, name, edits)
    else if (node.type === "AssignmentExpression" && (node as AssignmentExpression).operator === "**=")
      powerAssigned(code, node as AssignmentExpression, name, edits)
    else if (node.type === "CatchClause") caught(code, node as CatchClause, name, edits)
    else if (node.type === "CallExpression") heard(code, node as CallExpression, name, edits)
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? (child as unknown[]) : [child]) if (isNode(one)) left.push(one)
    }
  }
  return edited(code, edits)
}

function parsed(code: string): Node {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module" })
  } catch (problem) {
    const { message, loc } = problem as { message?: unknown; loc?: { line: number; column: number } }
    if (!loc) throw new NotJavaScript({ what: "the code is nested too deeply", line: 1, column: 1 })
    const what = String(message).replace(/\s*\(\d+:\d+\)$/, "")
    throw new NotJavaScript({ what, line: loc.line, column: loc.column + 1 })
  }
}

const isNode = (it: unknown): it is Node => typeof it === "object" && it !== null && typeof (it as { type?: unknown }).type === "string"

/** `a ** b` becomes `name.of(a , b)`. */
function power(code: string, node: BinaryExpression, name: string, edits: Edit[]): void {
  const at = tokenBehind(code, node.left.end, "**")
  edits.push({ from: node.start, to: node.start, insert: `${name}.of(` })
  edits.push({ from: at, to: at + 2, insert: "," })
  edits.push({ from: node.end, to: node.end, insert: ")" })
}

/** `a **= b` becomes `a = name.of(a, b)`; `o.k **= b` becomes `name.place(o, "k").power(b)`, which reads and writes once. */
function powerAssigned(code: string, node: AssignmentExpression, name: string, edits: Edit[]): void {
  const target = node.left
  const at = tokenBehind(code, target.end, "**=")
  edits.push({ from: node.end, to: node.end, insert: ")" })
  if (target.type === "Identifier") {
    edits.push({ from: at, to: at + 3, insert: `= ${name}.of(${target.name},` })
    return
  }
  const { object, property, computed } = target as MemberExpression
  if (object.type === "Super" || property.type === "PrivateIdentifier")
    throw new NotJavaScript({ what: "'**=' cannot be used with super and private fields: write out the assignment", ...placeOf(code, at) })
  edits.push({ from: target.start, to: target.start, insert: `${name}.place(` })
  edits.push({ from: at, to: at + 3, insert: ".power(" })
  if (computed) {
    const open = tokenBehind(code, object.end, "[")
    edits.push({ from: open, to: open + 1, insert: "," }, { from: target.end - 1, to: target.end, insert: ")" })
  } else {
    const dot = tokenBehind(code, object.end, ".")
    edits.push({ from: dot, to: target.end, insert: `, ${JSON.stringify(code.slice(property.start, property.end))})` })
  }
}

/** `catch (e) {` becomes `catch (e) { e = name.told(e); `; a pattern takes its parts out of what was told. */
function caught(code: string, { param, body }: CatchClause, name: string, edits: Edit[]): void {
  if (!param) return
  const at = body.start + 1
  if (param.type === "Identifier") {
    edits.push({ from: at, to: at, insert: ` ${param.name} = ${name}.told(${param.name});` })
    return
  }
  const whole = `${name}_caught`
  edits.push({ from: param.start, to: param.end, insert: whole })
  edits.push({ from: at, to: at, insert: ` let ${code.slice(param.start, param.end)} = ${name}.told(${whole});` })
}

/**
 * `p.catch(f)` becomes `p.catch(name.heard(f))`, and the same for what `then` does with a failure; `Promise.allSettled(list)`
 * becomes `name.settled(Promise.allSettled(list))`; `a.localeCompare(b)` becomes `name.locale(a, "localeCompare")(b)`.
 */
function heard(code: string, { callee, arguments: args, start, end }: CallExpression, name: string, edits: Edit[]): void {
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return
  if (LOCALE_METHODS.has(callee.property.name)) {
    // A call that an optional chain may skip stays as it is.
    if (callee.object.type === "Super" || isSkipped(callee)) return
    const { object, property } = callee
    edits.push({ from: start, to: start, insert: `${name}.locale(` })
    edits.push({ from: tokenBehind(code, object.end, "."), to: property.end, insert: `, "${property.name}")` })
    return
  }
  if (callee.property.name === "allSettled") {
    edits.push({ from: start, to: start, insert: `${name}.settled(` }, { from: end, to: end, insert: ")" })
    return
  }
  const handler = callee.property.name === "catch" ? args[0] : callee.property.name === "then" ? args[1] : undefined
  if (!handler || args.some((arg) => arg.type === "SpreadElement")) return
  edits.push({ from: handler.start, to: handler.start, insert: `${name}.heard(` }, { from: handler.end, to: handler.end, insert: ")" })
}

/** Does an optional chain decide whether this is evaluated at all? */
function isSkipped(node: Node): boolean {
  for (let at = node; at.type === "MemberExpression" || at.type === "CallExpression"; ) {
    const link = at as MemberExpression | CallExpression
    if (link.optional) return true
    at = link.type === "MemberExpression" ? link.object : link.callee
  }
  return false
}

/** Offset of an operator behind an operand: only blanks, comments and closing parentheses stand between. */
function tokenBehind(code: string, from: number, token: string): number {
  let at = from
  while (!code.startsWith(token, at)) {
    if (code.startsWith("//", at)) at = code.indexOf("\n", at)
    else if (code.startsWith("/*", at)) at = code.indexOf("*/", at) + 2
    else at++
  }
  return at
}

function placeOf(code: string, at: number): { line: number; column: number } {
  const before = code.slice(0, at)
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") }
}

/** No two edits overlap; of those at one offset, insertions behind come before insertions in front. */
function edited(code: string, edits: readonly Edit[]): string {
  const closing = (edit: Edit) => (edit.insert === ")" ? 0 : 1)
  const inOrder = [...edits].sort((a, b) => a.from - b.from || closing(a) - closing(b) || a.to - b.to)
  const out: string[] = []
  let at = 0
  for (const { from, to, insert } of inOrder) {
    out.push(code.slice(at, from), insert)
    at = to
  }
  out.push(code.slice(at))
  return out.join("")
}
