// What a name, a method, a keyword or an operator is, in a signature and a few sentences.
import type { Program } from "../../../source/text.ts"
import type { Hover } from "../../editing.ts"
import type { FileModel, ProgramModel } from "../check/model.ts"
import { type Type, typeName } from "../check/types.ts"
import { methods, packages } from "../library/index.ts"
import type { Expr } from "../syntax/ast.ts"
import { bindingAt, expressionAt, modelOf, textOf, tokenAt, typeAt } from "./analysis.ts"
import { type Description, describeBinding, describeEntry, describeFunction, describeVariable, KEYWORDS } from "./describe.ts"

export function hover(program: Program, offset: number): Hover | null {
  const model = modelOf(program)
  if (!model) return null
  const file = model.entry
  const node = tokenAt(file, offset)
  const place = { from: node.from, to: node.to }
  const found = describeToken(model, file, node.name, place, offset)
  return found ? { ...place, ...found } : null
}

function describeToken(
  model: ProgramModel,
  file: FileModel,
  name: string,
  place: { from: number; to: number },
  offset: number,
): Description | null {
  if (name === "PropertyName") {
    const member = memberAt(file, place)
    if (member) return describeMember(model, file, member, textOf(file, place))
    const self = expressionAt(file, offset, (e) => e.k === "self")
    return self ? { code: `.${textOf(file, place)}`, text: "A field or method of self." } : null
  }
  const binding = bindingAt(file, place)
  if (binding) return describeBinding(binding, typeOfName(model, file, place))
  if (/^[a-z]+$/.test(name) && KEYWORDS[name]) return { code: name, text: KEYWORDS[name] ?? "" }
  if (name === "?" || name === "~>") {
    return {
      code: name === "?" ? "?prompt" : "object~>field",
      text: "Sends the prompt to the model and waits for the reply; only this task is held up. With `|> int` or another type the reply is converted, and asked for again if it does not fit.",
    }
  }
  if (name === "|>")
    return {
      code: "value |> stage",
      text: "Hands the value to a function, or turns it into a type; a reply of a model into a type, a struct or through a grammar.",
    }
  return null
}

/** The type of a name where it stands: that of its expression, or of what a definition binds. */
function typeOfName(model: ProgramModel, file: FileModel, place: { from: number; to: number }): Type | null {
  const e = expressionAt(file, place.from, (it) => it.k === "name" && it.from === place.from && it.to === place.to)
  if (e) return typeAt(model, e)
  let type: Type | null = null
  for (const s of file.parsed.ast?.body ?? []) {
    if (s.k === "let" && s.name.from === place.from) type = s.prompt ? { k: "prompt" } : typeAt(model, s.value)
  }
  for (const fn of file.functions) {
    for (const s of fn.body.body)
      if (s.k === "let" && s.name.from === place.from) type = s.prompt ? { k: "prompt" } : typeAt(model, s.value)
  }
  return type
}

export function memberAt(file: FileModel, place: { from: number; to: number }): (Expr & { k: "member" | "fieldDeref" }) | null {
  const found = expressionAt(file, place.from, (e) => (e.k === "member" || e.k === "fieldDeref") && e.name.from === place.from)
  return found?.k === "member" || found?.k === "fieldDeref" ? found : null
}

function describeMember(
  model: ProgramModel,
  file: FileModel,
  member: Expr & { k: "member" | "fieldDeref" },
  name: string,
): Description | null {
  const object = member.object
  const binding = object.k === "name" ? file.bindings.get(object) : undefined
  const imported = binding?.k === "global" ? binding.variable.imported : null
  const home = imported?.k === "std" ? imported.name : binding?.k === "builtin" ? binding.name : null
  const packaged = home ? packages.get(home)?.get(name) : undefined
  if (packaged) return describeEntry(packaged)
  if (imported?.k === "user") {
    const variable = imported.file.globals.get(name)
    return variable ? describeVariable(variable, variable.type) : null
  }
  const type = typeAt(model, object)
  if (type.k === "struct") {
    const method = type.struct.methods.get(name)
    if (method) return describeFunction(method, type.struct.file)
    const field = type.struct.fields.find((it) => it.field.name.text === name)
    if (field)
      return {
        code: `${type.struct.name.text}.${name}`,
        text: field.field.prompt ? "A prompt field: `object~>field` sends it." : "A field.",
      }
  }
  const entry = methods.get(type.k)?.get(name)
  if (entry) return describeEntry(entry)
  if (type.k !== "unknown") return { code: `${typeName(type)}.${name}`, text: "" }
  for (const struct of model.structs) {
    const method = struct.methods.get(name)
    if (method) return describeFunction(method, struct.file)
  }
  for (const table of methods.values()) {
    const any = table.get(name)
    if (any) return describeEntry(any)
  }
  return { code: `.${name}`, text: "What has it is known when the program runs." }
}
