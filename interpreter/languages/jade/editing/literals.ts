// Completion inside struct literals and argument lists: the fields that are still missing, the named arguments of what is
// called. Used by complete.ts.
import type { Completion } from "../../editing.ts"
import type { FileModel, ProgramModel, StructModel } from "../check/model.ts"
import type { Entry } from "../library/entry.ts"
import { globals as builtins, methods, packages } from "../library/index.ts"
import type { Expr, FunctionStmt } from "../syntax/ast.ts"
import { expressionAt } from "./analysis.ts"
import { argumentOption } from "./options.ts"
import { methodOf, receiverType } from "./receivers.ts"

/** Fields that a literal does not give yet. */
export function literalFields(file: FileModel, literal: Expr & { k: "struct" }): Completion[] {
  const binding = file.bindings.get(literal.name)
  if (binding?.k !== "struct") return []
  const given = new Set(literal.fields.map((field) => field.name.text))
  return missingFields(binding.struct, given)
}

function missingFields(struct: StructModel, given: ReadonlySet<string>): Completion[] {
  return struct.fields
    .filter(({ field }) => !given.has(field.name.text))
    .map(({ field }) => ({
      label: field.name.text,
      kind: "field" as const,
      detail: field.value ? "has a default" : "required",
      info: "",
      snippet: `${field.name.text}: \${}`,
      boost: field.value ? 1 : 2,
    }))
}

/** `Type { a: 1, ` right before the cursor, where no field has been begun yet. */
export function literalAtCursor(model: ProgramModel, file: FileModel, lead: string): Completion[] {
  const open = /([A-Za-z_]\w*)\s*\{([^{}]*)$/.exec(lead)
  const struct = open ? file.structs.get(open[1] ?? "") : undefined
  if (!struct || !model.structs.includes(struct) || !/(?:^|[,\n])\s*$/.test(open?.[2] ?? "")) return []
  if (new RegExp(`(?:struct|extend|interface)\\s+${open?.[1]}\\s*\\{[^{}]*$`).test(lead)) return []
  const given = new Set([...(open?.[2] ?? "").matchAll(/([A-Za-z_]\w*)\s*:/g)].map((match) => match[1] ?? ""))
  return missingFields(struct, given)
}

/** Named arguments of the call around an offset. */
export function namedArguments(model: ProgramModel, file: FileModel, at: number): Completion[] {
  const call = expressionAt(
    file,
    at,
    (e) => e.k === "call" && e.args.some((arg) => arg.value.from < at && at <= arg.value.to && arg.value.k === "name"),
  )
  if (call?.k !== "call") return []
  const given = new Set(call.args.flatMap((arg) => (arg.name ? [arg.name.text] : [])))
  // Positional arguments before the cursor have filled the first parameters.
  const filled = call.args.filter((arg) => !arg.name && arg.value.to < at).length
  const callee = calledBy(model, file, call.callee)
  if (callee?.entry) {
    const { entry } = callee
    const names = [...(entry.named ?? []), ...entry.params.slice(filled).flatMap((param) => (param.initial === null ? [] : [param.name]))]
    return names.filter((name) => !given.has(name)).map((name) => argumentOption(name, entry.shortName))
  }
  const { fn } = callee ?? {}
  if (!fn) return []
  const params = fn.params.slice(filled + (callee?.method ? 1 : 0))
  return params.filter((param) => !given.has(param.name.text)).map((param) => argumentOption(param.name.text, fn.name.text))
}

interface Called {
  readonly entry?: Entry | undefined
  readonly fn?: FunctionStmt | undefined
  /** The first parameter is the receiver. */
  readonly method?: boolean
}

/** What a call certainly goes to: a builtin, a function, or a method of a struct. */
function calledBy(model: ProgramModel, file: FileModel, callee: Expr): Called | null {
  if (callee.k === "name") {
    const binding = file.bindings.get(callee)
    if (binding?.k === "builtin") return { entry: builtins.get(binding.name) ?? undefined }
    if (binding?.k !== "global") return null
    const { imported } = binding.variable
    if (imported?.k === "member" && imported.of.k === "std") return { entry: packages.get(imported.of.name)?.get(imported.name) }
    if (imported?.k === "member" && imported.of.k === "user")
      return { fn: imported.of.file.globals.get(imported.name)?.constant ?? undefined }
    return { fn: binding.variable.constant ?? undefined }
  }
  if (callee.k !== "member") return null
  const name = callee.name.text
  const binding = callee.object.k === "name" ? file.bindings.get(callee.object) : undefined
  if (binding?.k === "builtin") return { entry: packages.get(binding.name)?.get(name) }
  const imported = binding?.k === "global" ? binding.variable.imported : null
  if (imported?.k === "std") return { entry: packages.get(imported.name)?.get(name) }
  if (imported?.k === "user") return { fn: imported.file.globals.get(name)?.constant ?? undefined }
  const type = receiverType(model, file, callee.object)
  if (type.k === "struct") return { fn: methodOf(type.struct, name)?.fn, method: true }
  return { entry: methods.get(type.k)?.get(name) }
}
