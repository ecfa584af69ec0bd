// Signature help: the head of the function or method whose call is being typed, and which parameter is next.
import type { Program } from "../../../source/text.ts"
import type { SignatureHelp } from "../../editing.ts"
import { CORE, METHODS } from "../library/catalogue.ts"
import { analyse, namesAt } from "./analysis.ts"
import { docOf, methodDoc } from "./catalogue-words.ts"
import { codeOf } from "./describe.ts"
import { openAt, type Regions, regionAt, regionsOf } from "./regions.ts"

export function signatureHelp(program: Program, offset: number): SignatureHelp | null {
  const { text } = program.entry
  const all = regionsOf(text)
  if (regionAt(all, offset, "comment") || regionAt(all, offset, "ts")) return null
  const call = openAt(all, offset).findLast((it) => it.char === "(")
  if (!call) return null
  const name = /(\.\s*)?([A-Za-z_]\w*)$/.exec(text.slice(0, call.at))
  if (!name?.[2] || /\b(?:function|tool)\s+$/.test(text.slice(0, call.at - name[2].length))) return null
  const depthBrackets = openAt(all, offset)
  if (depthBrackets[depthBrackets.length - 1] !== call) return null
  const active = commasIn(all, text, call.at, offset)
  if (name[1]) {
    const method = METHODS.find((it) => it.name === name[2])
    return method ? helpFor(method.name, method.params, method.returns, methodDoc(method), active) : null
  }
  const symbol = namesAt(analyse(program), call.at).get(name[2])?.symbol
  const builtin = symbol?.builtin ?? (symbol ? undefined : CORE.find((it) => it.name === name[2]))
  if (builtin) return helpFor(builtin.name, builtin.params, builtin.returns, docOf(builtin), active)
  if (!symbol?.fn) return null
  const params = symbol.fn.params.map((param) => ({ name: param.name.text, type: `${param.type.base}${"[]".repeat(param.type.dims)}` }))
  const returns = symbol.fn.returns ? `${symbol.fn.returns.base}${"[]".repeat(symbol.fn.returns.dims)}` : ""
  return helpFor(symbol.name, params, returns, codeOf(symbol), active)
}

function commasIn(all: Regions, text: string, callAt: number, offset: number): number {
  const depth = openAt(all, offset).length
  let commas = 0
  for (let at = callAt + 1; at < offset; at++) {
    if (text[at] !== "," || all.regions.some((it) => it.kind !== "ts" && it.from <= at && at < it.to)) continue
    if (openAt(all, at).length === depth) commas++
  }
  return commas
}

function helpFor(
  name: string,
  params: readonly { readonly name: string; readonly type: string; readonly optional?: boolean }[],
  returns: string,
  info: string,
  active: number,
): SignatureHelp {
  const ranges: (readonly [number, number])[] = []
  let label = `${name}(`
  params.forEach((param, i) => {
    if (i > 0) label += ", "
    const from = label.length
    label += `${param.name}${param.optional ? "?" : ""}: ${param.type}`
    ranges.push([from, label.length])
  })
  label += `)${returns ? `: ${returns}` : ""}`
  return { label, parameters: ranges, active: Math.min(active, Math.max(0, params.length - 1)), info }
}
