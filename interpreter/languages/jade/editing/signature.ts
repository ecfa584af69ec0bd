// The signature of the call around the cursor, with the argument that is being written.
import type { SyntaxNode } from "@lezer/common"
import type { Program } from "../../../source/text.ts"
import type { SignatureHelp } from "../../editing.ts"
import type { FileModel, ProgramModel } from "../check/model.ts"
import type { Entry } from "../library/entry.ts"
import { globals as builtins, methods, packages } from "../library/index.ts"
import { expressionAt, modelOf } from "./analysis.ts"
import { describeFunction, functionParameters } from "./describe.ts"
import { methodOf, receiverType } from "./receivers.ts"

interface Signature {
  readonly prefix: string
  readonly parameters: readonly string[]
  readonly info: string
}

export function signatureHelp(program: Program, offset: number): SignatureHelp | null {
  const model = modelOf(program)
  if (!model) return null
  const file = model.entry
  const list = argumentsAround(file, offset)
  const callee = list?.prevSibling
  if (!list || !callee) return null
  const signature = signatureOf(model, file, callee)
  if (!signature) return null
  const text = program.entry.text
  let label = `${signature.prefix}(`
  const parameters = signature.parameters.map((parameter, i): [number, number] => {
    if (i > 0) label += ", "
    const from = label.length
    label += parameter
    return [from, label.length]
  })
  label += ")"
  // The piped value is the first argument.
  const piped = isStage(list.parent) ? 1 : 0
  return { label, parameters, active: activeParameter(list, text, offset, signature.parameters, piped), info: signature.info }
}

function isStage(call: SyntaxNode | null): boolean {
  const pipe = call?.parent
  return pipe?.name === "PipeExpression" && pipe.firstChild?.from !== call?.from
}

function argumentsAround(file: FileModel, offset: number): SyntaxNode | null {
  for (let node: SyntaxNode | null = file.parsed.tree.resolveInner(offset, -1); node; node = node.parent) {
    const closed = node.lastChild?.name === ")"
    if (node.name === "ArgList" && node.from < offset && (offset < node.to || !closed)) return node
    if (node.name === "Block" && node.from < offset && offset < node.to) return null
  }
  return null
}

function activeParameter(list: SyntaxNode, text: string, offset: number, parameters: readonly string[], piped: number): number {
  let commas = piped
  let named = -1
  for (let part = list.firstChild; part && part.from < offset; part = part.nextSibling) {
    if (part.name === ",") {
      commas++
      named = -1
    } else if (part.name === "NamedArgument") {
      const name = part.getChild("ArgumentName")
      const word = name ? text.slice(name.from, name.to) : ""
      named = parameters.findIndex((parameter) => new RegExp(`^${word}\\b`).test(parameter))
    }
  }
  if (named >= 0) return named
  const last = parameters.length - 1
  return parameters[last]?.startsWith("...") ? Math.min(commas, last) : commas
}

function signatureOf(model: ProgramModel, file: FileModel, callee: SyntaxNode): Signature | null {
  const { text } = file.parsed.file
  if (callee.name === "VariableName") {
    const name = text.slice(callee.from, callee.to)
    const fn = file.globals.get(name)?.functions[0]
    if (fn)
      return {
        prefix: `${fn.async ? "async " : ""}fn ${name}`,
        parameters: functionParameters(fn, file),
        info: describeFunction(fn, file).text,
      }
    const imported = file.globals.get(name)?.imported
    if (imported?.k === "member" && imported.of.k === "std") return ofEntry(packages.get(imported.of.name)?.get(name))
    return ofEntry(builtins.get(name))
  }
  const property = callee.name === "MemberExpression" ? callee.getChild("PropertyName") : null
  const object = callee.firstChild
  if (!property || !object) return null
  const name = text.slice(property.from, property.to)
  if (object.name === "VariableName") {
    const variable = file.globals.get(text.slice(object.from, object.to))
    if (variable?.imported?.k === "std") return ofEntry(packages.get(variable.imported.name)?.get(name))
    if (variable?.imported?.k === "user") {
      const { file: module } = variable.imported
      const fn = module.globals.get(name)?.functions[0]
      if (fn) return { prefix: `fn ${name}`, parameters: functionParameters(fn, module), info: describeFunction(fn, module).text }
    }
    if (text.slice(object.from, object.to) === "Grammar") return ofEntry(packages.get("Grammar")?.get(name))
  }
  const e = expressionAt(file, object.from, (it) => it.from === object.from && it.to === object.to)
  const type = e ? receiverType(model, file, e) : null
  for (const struct of type?.k === "struct" ? [type.struct] : model.structs) {
    const method = methodOf(struct, name)
    if (method)
      return {
        prefix: `fn ${name}`,
        parameters: functionParameters(method.fn, method.file).slice(1),
        info: describeFunction(method.fn, method.file).text,
      }
  }
  if (type && methods.has(type.k)) return ofEntry(methods.get(type.k)?.get(name))
  for (const table of methods.values()) if (table.has(name)) return ofEntry(table.get(name))
  return null
}

function ofEntry(entry: Entry | null | undefined): Signature | null {
  if (!entry) return null
  const parameters = entry.params.map(
    (param) => `${param.rest ? "..." : ""}${param.name}: ${param.kind}${param.initial === null ? "" : ` = ${param.initial}`}`,
  )
  return { prefix: entry.fullName, parameters: [...parameters, ...(entry.named ?? []).map((name) => `${name} = …`)], info: entry.doc }
}
