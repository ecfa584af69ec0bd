// What a name, a method, a keyword or an operator is, in a signature and a few sentences.
import type { Program } from "../../../source/text.ts"
import type { Hover } from "../../editing.ts"
import type { FileModel, ProgramModel, StructModel } from "../check/model.ts"
import { type Type, typeName } from "../check/types.ts"
import { methods, packages, TYPE_NAMES } from "../library/index.ts"
import { expectation } from "../runtime/coerce.ts"
import { type Expr, isDereference } from "../syntax/ast.ts"
import { bindingAt, definedType, expressionAt, memberAt, modelOf, textOf, tokenAt, typeAt } from "./analysis.ts"
import { type Description, describeBinding, describeEntry, describeFunction, describeVariable, KEYWORDS } from "./describe.ts"
import { parameterAt } from "./names.ts"
import { fieldOf, methodOf, receiverType, structAround } from "./receivers.ts"

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
  const word = textOf(file, place)
  if (name === "PropertyName") {
    const member = memberAt(file, place)
    if (member) return describeMember(model, file, member, word)
    const literal = expressionAt(file, place.from, (e) => e.k === "struct" && e.fields.some((field) => field.name.from === place.from))
    const built = literal?.k === "struct" ? file.bindings.get(literal.name) : undefined
    const struct = built?.k === "struct" ? built.struct : structAround(model, file, offset)
    return struct ? describeStructMember(struct, word) : null
  }
  if (name === "FieldDefinition") {
    const struct = model.structs.find((it) => it.file === file && it.stmt.fields.some((field) => field.name.from === place.from))
    return struct ? describeStructMember(struct, word) : null
  }
  if (name === "ArgumentName") {
    const parameter = parameterAt(model, file, place)
    return parameter ? describeVariable(parameter, null) : null
  }
  if (name === "TypeDefinition" || name === "TypeName") {
    const face = file.interfaces.get(word)
    if (face) return { code: `interface ${word}`, text: `Methods: ${face.methods.map((it) => it.text).join(", ")}.` }
  }
  const stage = expressionAt(file, place.from, (e) => e.k === "pipe" && e.stage.from === place.from && e.stage.to === place.to)
  if (stage?.k === "pipe" && isDereference(stage.value) && TYPE_NAMES.has(word)) {
    const { form } = expectation({ k: "type", name: word })
    return {
      code: `?prompt |> ${word}`,
      text: `The reply as ${word}: it must be ${form}. A reply that is not is asked for again, up to three times.`,
    }
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
  return definedType(model, file, place)
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
  const type = receiverType(model, file, object)
  const own = type.k === "struct" ? describeStructMember(type.struct, name) : null
  if (own) return own
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

function describeStructMember(struct: StructModel, name: string): Description | null {
  const found = fieldOf(struct, name)
  if (!found) {
    const method = methodOf(struct, name)
    return method ? describeFunction(method.fn, method.file) : null
  }
  const { field, owner } = found
  const value = field.value ? owner.file.parsed.file.text.slice(field.value.from, field.value.to) : ""
  const initial = value === "" ? "Every literal must give it." : `${value} where a literal does not give it.`
  return {
    code: `${owner.name.text}.${name}`,
    text: field.prompt ? `A prompt field: \`object~>${name}\` sends it. ${initial}` : `A field. ${initial}`,
  }
}
