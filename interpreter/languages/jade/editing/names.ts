// Where names come from, where else they stand, and giving them another name: variables, functions, parameters with their
// keyword arguments, modules, struct types, across the files of a program.
import type { Program } from "../../../source/text.ts"
import type { Edit, Place } from "../../editing.ts"
import type { FileModel, ProgramModel, StructModel, Variable } from "../check/model.ts"
import { globals as builtins } from "../library/index.ts"
import type { InterfaceStmt } from "../syntax/ast.ts"
import { bindingAt, eachExpression, expressionAt, functionsAround, memberAt, modelOf, textOf, tokenAt } from "./analysis.ts"
import { fieldOf, methodOf, receiverType, structAround } from "./receivers.ts"

type Target =
  | { readonly k: "variable"; readonly variable: Variable }
  | { readonly k: "struct"; readonly struct: StructModel }
  | { readonly k: "interface"; readonly face: InterfaceStmt; readonly file: FileModel }

export function definition(program: Program, offset: number): Place | null {
  const model = modelOf(program)
  if (!model) return null
  const node = tokenAt(model.entry, offset)
  const target = targetAt(model, node)
  if (target?.k === "struct") return placeOf(target.struct.file, target.struct.name)
  if (target?.k === "interface") return placeOf(target.file, target.face.name)
  if (target) {
    const { variable } = target
    if (variable.imported?.k === "user" && variable.definitions.some((it) => it.from === node.from))
      return { file: variable.imported.file.path, from: 0, to: 0 }
    const first = variable.definitions[0]
    return first ? placeOf(variable.file, first) : null
  }
  return node.name === "PropertyName" ? memberDefinition(model, node) : null
}

function memberDefinition(model: ProgramModel, node: { from: number; to: number }): Place | null {
  const member = memberAt(model.entry, node)
  const name = textOf(model.entry, node)
  const type = member ? receiverType(model, model.entry, member.object) : null
  const own = type?.k === "struct" ? type.struct : member ? null : structNamedAt(model, node)
  const found = (own ? [own] : model.structs).flatMap((struct) => {
    const field = fieldOf(struct, name)
    if (field) return [placeOf(field.owner.file, field.field.name)]
    const method = methodOf(struct, name)
    return method ? [placeOf(method.file, method.fn.name)] : []
  })
  const distinct = found.filter((it, i) => found.findIndex((other) => other.from === it.from && other.file === it.file) === i)
  return distinct.length === 1 || type?.k === "struct" ? (distinct[0] ?? null) : null
}

/** The struct whose field a literal gives at a range, or whose method says `.field` there. */
function structNamedAt(model: ProgramModel, node: { from: number; to: number }): StructModel | null {
  const literal = expressionAt(model.entry, node.from, (e) => e.k === "struct" && e.fields.some((field) => field.name.from === node.from))
  const binding = literal?.k === "struct" ? model.entry.bindings.get(literal.name) : undefined
  return binding?.k === "struct" ? binding.struct : structAround(model, model.entry, node.from)
}

export function references(program: Program, offset: number): readonly Place[] {
  const model = modelOf(program)
  if (!model) return []
  const target = targetAt(model, tokenAt(model.entry, offset))
  if (!target) return []
  return sorted(placesOf(model, target))
}

function placesOf(model: ProgramModel, target: Target): Place[] {
  if (target.k === "struct") return structPlaces(model, target.struct)
  return target.k === "interface" ? interfacePlaces(target) : variablePlaces(model, target.variable)
}

function interfacePlaces({ face, file }: Target & { k: "interface" }): Place[] {
  const extended = (file.parsed.ast?.body ?? []).flatMap((s) =>
    s.k === "extend" && s.interface?.text === face.name.text ? [s.interface] : [],
  )
  return [face.name, ...extended].map((name) => placeOf(file, name))
}

const NAME = /^[A-Za-z_][\p{L}\p{N}_]*$/u
const RESERVED = new Set(
  (
    "let fn return if elif else while for in struct extend interface prompt use from as raise try catch async await true false and or not " +
    "yield break continue nil None null"
  ).split(" "),
)

export function rename(program: Program, offset: number, name: string): { edits: Record<string, Edit[]> } | { refusal: string } {
  const model = modelOf(program)
  if (!model) return { refusal: "This text cannot be read." }
  const node = tokenAt(model.entry, offset)
  const target = targetAt(model, node)
  if (!target) {
    const field = node.name === "PropertyName" || node.name === "FieldDefinition"
    return {
      refusal: field ? "Fields and methods are found when the program runs: change them by hand." : "There is no name to change here.",
    }
  }
  if (!NAME.test(name)) return { refusal: `"${name}" is no name: letters, digits and _, a letter first.` }
  if (RESERVED.has(name)) return { refusal: `${name} is a keyword.` }
  const old = target.k === "struct" ? target.struct.name.text : target.k === "interface" ? target.face.name.text : target.variable.name
  if (target.k === "variable" && target.variable.imported) return { refusal: `${old} is the name of what is imported.` }
  if (name !== old) {
    const taken = clash(target, name)
    if (taken) return { refusal: taken }
  }
  const edits: Record<string, Edit[]> = {}
  for (const place of sorted(placesOf(model, target))) {
    edits[place.file] ??= []
    edits[place.file]?.push({ from: place.from, to: place.to, insert: name })
  }
  return { edits }
}

function clash(target: Target, name: string): string | null {
  const file = target.k === "struct" ? target.struct.file : target.k === "interface" ? target.file : target.variable.file
  if (builtins.has(name)) return `${name} is a builtin.`
  if (file.structs.has(name) || file.interfaces.has(name)) return `${name} is in use: it is a type of this file.`
  if (target.k !== "variable" || target.variable.scope === "global") {
    if (file.globals.has(name)) return `${name} is in use: there is a global of that name.`
    const [local] = [...file.locals.values()].flat().filter((it) => it.name === name)
    return local ? `${name} is in use: a function has a local of that name.` : null
  }
  const own = target.variable.owner ? file.locals.get(target.variable.owner) : undefined
  if (own?.some((it) => it.name === name)) return `${name} is in use: it is a local of this function.`
  return file.globals.has(name) ? `${name} is in use: there is a global of that name.` : null
}

/** What the token names: a variable or a struct type; also a member of a module, and the name of a keyword argument. */
function targetAt(model: ProgramModel, node: { readonly name: string; readonly from: number; readonly to: number }): Target | null {
  const file = model.entry
  const binding = bindingAt(file, node)
  if (binding?.k === "struct") return { k: "struct", struct: binding.struct }
  if (binding && (binding.k === "local" || binding.k === "global" || binding.k === "captured")) {
    const { imported } = binding.variable
    const origin = imported?.k === "member" && imported.of.k === "user" ? imported.of.file.globals.get(imported.name) : undefined
    return { k: "variable", variable: origin ?? binding.variable }
  }
  const name = textOf(file, node)
  if (node.name === "TypeDefinition" || node.name === "TypeName") {
    const face = file.interfaces.get(name)
    const isInterface = node.name === "TypeDefinition" ? face?.name.from === node.from : !file.structs.has(name)
    if (face && isInterface) return { k: "interface", face, file }
    const struct = file.structs.get(name)
    return struct ? { k: "struct", struct } : null
  }
  if (node.name === "VariableDefinition") {
    const local = variableDefinedAt(file, node)
    return local ? { k: "variable", variable: local } : null
  }
  if (node.name === "PropertyName") {
    const member = memberAt(file, node)
    const module = member?.object.k === "name" ? file.bindings.get(member.object) : undefined
    const imported = module?.k === "global" ? module.variable.imported : null
    const variable = imported?.k === "user" ? imported.file.globals.get(name) : undefined
    return variable ? { k: "variable", variable } : null
  }
  return node.name === "ArgumentName" ? parameterOfArgument(model, file, node) : null
}

function variableDefinedAt(file: FileModel, node: { from: number }): Variable | null {
  for (const fn of functionsAround(file, node.from + 1)) {
    const local = file.locals.get(fn)?.find((it) => it.definitions.some((name) => name.from === node.from))
    if (local) return local
  }
  return null
}

function parameterOfArgument(model: ProgramModel, file: FileModel, node: { from: number }): Target | null {
  const variable = parameterAt(model, file, node)
  return variable ? { k: "variable", variable } : null
}

/** The parameter that the named argument at a range fills. */
export function parameterAt(model: ProgramModel, file: FileModel, node: { from: number }): Variable | null {
  let found: Variable | null = null
  eachNamedArgument(model, (call) => {
    if (call.file === file && call.from === node.from) found = call.parameter
  })
  return found
}

/** Keyword arguments of calls that certainly go to a function of this program. */
function eachNamedArgument(
  model: ProgramModel,
  visit: (it: { file: FileModel; from: number; to: number; parameter: Variable }) => void,
): void {
  for (const file of model.files) {
    eachExpression(file, (e) => {
      if (e.k !== "call" || e.callee.k !== "name") return
      const binding = file.bindings.get(e.callee)
      const fn = binding?.k === "global" ? binding.variable.constant : null
      if (!fn) return
      for (const { name } of e.args) {
        const param = name ? fn.params.find((it) => it.name.text === name.text) : undefined
        const variable = param ? file.locals.get(fn)?.find((it) => it.definitions[0] === param.name) : undefined
        if (name && variable) visit({ file, from: name.from, to: name.to, parameter: variable })
      }
    })
  }
}

function placeOf(file: FileModel, node: { from: number; to: number }): Place {
  return { file: file.path, from: node.from, to: node.to }
}

function variablePlaces(model: ProgramModel, variable: Variable): Place[] {
  const places = [...variable.definitions, ...variable.references].map((node) => placeOf(variable.file, node))
  if (variable.scope === "local") {
    eachNamedArgument(model, ({ file, from, to, parameter }) => {
      if (parameter === variable) places.push({ file: file.path, from, to })
    })
    return places
  }
  if (variable.functions.length > 0) for (const name of namedByText(variable)) places.push(placeOf(variable.file, name))
  for (const file of model.files) {
    if (file === variable.file) continue
    for (const other of file.globals.values()) {
      const { imported } = other
      if (imported?.k !== "member" || imported.of.k !== "user" || imported.of.file !== variable.file || imported.name !== variable.name)
        continue
      for (const node of [...other.definitions, ...other.references]) places.push(placeOf(file, node))
    }
    eachExpression(file, (e) => {
      if (e.k !== "member" || e.name.text !== variable.name || e.object.k !== "name") return
      const binding = file.bindings.get(e.object)
      const imported = binding?.k === "global" ? binding.variable.imported : null
      if (imported?.k === "user" && imported.file === variable.file) places.push(placeOf(file, e.name))
    })
  }
  return places
}

/** Where `func("name")` and `route(object, "name")` name a function: inside the quotes. */
function namedByText(variable: Variable): { from: number; to: number }[] {
  const { file } = variable
  const found: { from: number; to: number }[] = []
  eachExpression(file, (e) => {
    if (e.k !== "call" || e.callee.k !== "name" || (e.callee.name !== "func" && e.callee.name !== "route")) return
    const at = e.args[e.callee.name === "func" ? 0 : 1]?.value
    if (file.bindings.get(e.callee)?.k !== "builtin" || at?.k !== "text" || at.value !== variable.name) return
    const from = file.parsed.file.text.indexOf(variable.name, at.from)
    if (from < at.to) found.push({ from, to: from + variable.name.length })
  })
  return found
}

function structPlaces(model: ProgramModel, struct: StructModel): Place[] {
  const places = [placeOf(struct.file, struct.name)]
  for (const file of model.files) {
    const own = new Set<number>()
    for (const [node, binding] of file.bindings) if (binding.k === "struct" && binding.struct === struct) own.add(node.from)
    for (const node of struct.references)
      if (textOf(file, node) === struct.name.text && own.has(node.from)) places.push(placeOf(file, node))
    for (const [name, it] of file.structs) {
      if (it !== struct || file === struct.file) continue
      for (const use of file.uses.keys()) for (const part of use.names ?? []) if (part.text === name) places.push(placeOf(file, part))
    }
  }
  return places
}

function sorted(places: readonly Place[]): Place[] {
  const distinct = places.filter((it, i) => places.findIndex((other) => other.file === it.file && other.from === it.from) === i)
  return [...distinct].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.from - b.from))
}
