// Signature help: the call around the cursor, its parameters, and which of them is being written.
import { type Program, SourceFile } from "../../../source/text.ts"
import type { SignatureHelp } from "../../editing.ts"
import { checkProgram } from "../check/index.ts"
import { shallow } from "../check/relations.ts"
import { type FunctionType, STR, VOID } from "../check/types.ts"
import type { CallExpr } from "../syntax/ast.ts"
import { descriptionOf, resultOf, written } from "./describe.ts"
import { callWith } from "./walk.ts"

export function signatureHelp(program: Program, offset: number): SignatureHelp | null {
  const around = callAround(program, offset)
  if (!around) return null
  const { call, signature } = around
  const target = call.target
  if (target?.kind === "panic") {
    return { label: "panic(message: Str)", parameters: [[6, 18]], active: 0, info: "Ends the program, or the fiber, with this message." }
  }
  const fn = target?.kind === "function" || target?.kind === "method" ? target.fn : null
  let label = `${calleeText(call, program.entry.text)}(`
  const parameters: [number, number][] = []
  signature.params.forEach((param, index) => {
    if (index) label += ", "
    const from = label.length
    label += `${param.mutable ? "mut " : ""}${param.name ? `${param.name}: ` : ""}${written(param.type)}`
    parameters.push([from, label.length])
  })
  label += `)${resultOf(signature)}`
  const named = around.name === null ? -1 : signature.params.findIndex((it) => it.name === around.name)
  return { label, parameters, active: named >= 0 ? named : around.index, info: fn ? descriptionOf(fn).text : "" }
}

export interface CallAround {
  readonly call: CallExpr
  /** The callee's type, with what is known of its generic names put in. */
  readonly signature: FunctionType
  /** Arguments before the cursor's. */
  readonly index: number
  /** The name of the cursor's argument, if it has one. */
  readonly name: string | null
}

const PANIC: FunctionType = { kind: "function", params: [{ name: "message", type: STR, mutable: false }], result: VOID }

/** The call in whose parentheses the cursor stands, though it may be half written. */
export function callAround(program: Program, offset: number): CallAround | null {
  const { text } = program.entry
  const place = openCall(text, offset)
  if (!place) return null
  const call =
    callIn(program, place.paren) ??
    callIn(withText(program, `${text.slice(0, offset)}x)${text.slice(offset)}`), place.paren) ??
    callIn(withText(program, `${text.slice(0, offset)})${text.slice(offset)}`), place.paren)
  if (!call) return null
  const type = shallow(call.callee.type)
  const { target } = call
  const signature =
    target?.kind === "panic"
      ? PANIC
      : target?.kind === "traitMethod"
        ? target.trait.methods.get(target.name)?.type
        : type.kind === "function"
          ? type
          : null
  return signature ? { call, signature, index: place.index, name: place.name } : null
}

function calleeText(call: CallExpr, text: string): string {
  const { callee } = call
  if (callee.kind === "member") return callee.name.name
  return text.slice(callee.from, callee.to)
}

/** The program with another text, which differs only in the last cell, if it has cells. */
export function withText(program: Program, text: string): Program {
  const { language, files, cellStarts } = program
  return { language, entry: new SourceFile(program.entry.path, text), files, cellStarts }
}

function callIn(program: Program, paren: number): CallExpr | null {
  const call = callWith(checkProgram(program, { forEditing: true }).program.entry.node, paren)
  return call && (call.target || shallow(call.callee.type).kind === "function") ? call : null
}

/** The innermost parenthesis that is open at the offset and follows a name; how many commas came since, the argument's name. */
function openCall(text: string, offset: number): { readonly paren: number; readonly index: number; readonly name: string | null } | null {
  const open: { at: number; commas: number; argument: number }[] = []
  for (let at = 0; at < offset; at++) {
    const char = text.charAt(at)
    const top = open[open.length - 1]
    if (char === "/" && text.charAt(at + 1) === "/") {
      const end = text.indexOf("\n", at)
      if (end < 0 || end >= offset) return null
      at = end
    } else if (char === '"') {
      if (top && text.charAt(top.at) === '"') open.pop()
      else open.push({ at, commas: 0, argument: at })
    } else if (char === "\\" && top && text.charAt(top.at) === '"') at++
    else if (char === "{" || ((char === "(" || char === "[") && !(top && text.charAt(top.at) === '"')))
      open.push({ at, commas: 0, argument: at + 1 })
    else if (top && text.charAt(top.at) !== '"') {
      if (char === ")" || char === "]" || char === "}") open.pop()
      else if (char === ",") {
        top.commas++
        top.argument = at + 1
      }
    }
  }
  for (let index = open.length - 1; index >= 0; index--) {
    const it = open[index]
    if (!it || text.charAt(it.at) === "{") return null
    if (text.charAt(it.at) !== "(") continue
    if (!/[\w>]$/.test(text.slice(0, it.at)) || /\b(?:fn|if|while|match|not|and|or|in)$/.test(text.slice(0, it.at))) continue
    const name = /^\s*([A-Za-z_]\w*)\s*:(?!:)/.exec(text.slice(it.argument, offset))
    return { paren: it.at, index: it.commas, name: name?.[1] ?? null }
  }
  return null
}
