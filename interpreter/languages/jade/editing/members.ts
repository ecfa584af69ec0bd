// Completion behind a dot, `~>` and `.(?`: fields and methods by the type of what stands before it, members of modules and
// packages; where the type is not known, everything that some value has. Used by complete.ts.
import type { Completion } from "../../editing.ts"
import type { FileModel, ProgramModel, StructModel } from "../check/model.ts"
import { methods, packages, STANDARD_PACKAGES } from "../library/index.ts"
import type { Expr } from "../syntax/ast.ts"
import { expressionAt } from "./analysis.ts"
import { describeFunction, functionSignature } from "./describe.ts"
import { distinct, entryOption, PLACEHOLDER, structOption, variableOption } from "./options.ts"
import { caughtBy, receiverType, structAround } from "./receivers.ts"

/** `promptsOnly`: behind `~>` and `.(?`, which take prompt fields. */
export function members(model: ProgramModel, file: FileModel, at: number, promptsOnly: boolean): Completion[] {
  const found = expressionAt(file, at, (e) => (e.k === "member" || e.k === "fieldDeref" || e.k === "self") && e.name.text === PLACEHOLDER)
  if (found?.k === "self") return selfMembers(model, file, at)
  const object = found?.k === "member" || found?.k === "fieldDeref" ? found.object : literalModule(file, at)
  if (!object) return []
  const binding = object.k === "name" ? file.bindings.get(object) : undefined
  const imported = binding?.k === "global" ? binding.variable.imported : null
  if (imported?.k === "user") return moduleMembers(imported.file)
  const home = imported?.k === "std" ? imported.name : binding?.k === "builtin" ? binding.name : ""
  // A package that is not imported yet: the check offers the import.
  const missing = binding?.k === "unknown" && object.k === "name" && STANDARD_PACKAGES.includes(object.name) ? object.name : home
  const packaged = packages.get(missing)
  if (packaged) return [...packaged.values()].map(entryOption)
  const type = receiverType(model, file, object)
  if (type.k === "struct") return structMembers(type.struct, promptsOnly)
  const own = model.structs.flatMap((struct) => structMembers(struct, promptsOnly))
  if (promptsOnly) return distinct(own)
  const table = methods.get(type.k)
  if (table) return [...table.values()].map(entryOption)
  if (type.k !== "unknown") return []
  const variable = binding?.k === "local" || binding?.k === "global" ? binding.variable : null
  const caught = variable ? caughtBy(file, variable.definitions[0]) : null
  const message: Completion = {
    label: "message",
    kind: "field",
    detail: "RuntimeError",
    info: "The text of an error of the language.",
    boost: 2,
  }
  if (caught === "RuntimeError") return [message]
  // What it is shows only when the program runs: everything that some value has, the program's own first.
  return distinct([
    ...(caught === null ? [] : [message]),
    ...own.map((it) => ({ ...it, boost: 1 })),
    ...["str", "array", "dict", "future"].flatMap((kind) => [...(methods.get(kind)?.values() ?? [])].map(entryOption)),
  ])
}

/** `module.Type` of a struct literal that is being written. */
function literalModule(file: FileModel, at: number): Expr | null {
  const literal = expressionAt(file, at, (e) => e.k === "struct" && e.name.text === PLACEHOLDER && e.module !== null)
  return literal?.k === "struct" && literal.module
    ? { k: "name", name: literal.module.text, from: literal.module.from, to: literal.module.to }
    : null
}

function selfMembers(model: ProgramModel, file: FileModel, at: number): Completion[] {
  const struct = structAround(model, file, at)
  return struct ? structMembers(struct, false) : []
}

function structMembers(struct: StructModel, promptsOnly: boolean): Completion[] {
  const fields = struct.fields
    .filter(({ field }) => !promptsOnly || field.prompt)
    .map(
      ({ field }): Completion => ({
        label: field.name.text,
        kind: "field",
        detail: `${struct.name.text}${field.prompt ? ", a prompt" : ""}`,
        info: "",
      }),
    )
  if (promptsOnly) return fields
  const own = [...struct.methods].map(
    ([label, fn]): Completion => ({
      label,
      kind: "method",
      detail: functionSignature(fn, struct.file),
      info: describeFunction(fn, struct.file).text,
    }),
  )
  return distinct([...fields, ...own, ...struct.parents.flatMap((parent) => structMembers(parent, false))])
}

/** What a module offers to those who use it. */
export function moduleMembers(file: FileModel): Completion[] {
  const variables = [...file.globals.values()].filter((variable) => !variable.imported).map((variable) => variableOption(null, variable))
  return [...variables, ...[...file.structs.values()].filter((struct) => struct.file === file).map(structOption)]
}
