// Completions for what has a declaration: functions with their parameters, types, fields and methods with the receiver's types
// put in, variants, members of a module. Used by sight.ts and complete.ts.
import type { Completion } from "../../editing.ts"
import type { FunctionSymbol, ModuleSymbol, StructSymbol, TypeSymbol } from "../check/checked.ts"
import { methodsOf, ownerGenerics } from "../check/members.ts"
import { resolveType, shallow, structBindings, structOrEnum, substitute } from "../check/relations.ts"
import type { FunctionType, Type } from "../check/types.ts"
import { descriptionOf, functionCode, written } from "./describe.ts"

/** A function, called; `type` is its own with what is known of its generic names put in. */
export function functionOption(fn: FunctionSymbol, boost = 0, type: FunctionType = fn.type): Completion {
  const isMethod = fn.role === "method"
  const option: Completion = {
    label: fn.name,
    kind: isMethod ? "method" : "function",
    detail: functionCode(fn, "", type).replace(/^fn (mut )?/, "$1"),
    info: fn.entry ? descriptionOf(fn).text : "",
    snippet: calling(fn.name, type),
  }
  return boost ? { ...option, boost } : option
}

function calling(name: string, type: FunctionType): string {
  return type.params.length > 0 ? `${name}(\${})` : `${name}()`
}

export function typeOption(symbol: TypeSymbol): Completion {
  const kind = symbol.kind === "enum" ? "enum" : "type"
  return { label: symbol.name, kind, detail: symbol.kind === "alias" ? "type" : symbol.kind, info: descriptionOf(symbol).code }
}

/** What stands after `Type::`. */
export function typeMembers(type: TypeSymbol): Completion[] {
  const owner = structOrEnum(type)
  const options: Completion[] = []
  if (owner?.kind === "enum")
    for (const it of owner.variants) options.push({ label: it.name, kind: "enum", detail: owner.name, info: "", boost: 1 })
  for (const it of owner?.statics.values() ?? []) options.push(functionOption(it))
  return options
}

/** What stands after `module::`. */
export function moduleMembers(module: ModuleSymbol): Completion[] {
  const options: Completion[] = []
  for (const [key, fn] of module.functions) if (!fn.isPrivate && !key.includes("::")) options.push(functionOption(fn))
  for (const type of module.types.values()) if (!type.isPrivate) options.push(typeOption(type))
  const constants = new Map(module.variables.filter((it) => !it.mutable).map((it) => [it.name, it] as const))
  for (const it of constants.values()) options.push({ label: it.name, kind: "constant", detail: written(it.type), info: "" })
  return options
}

/** Fields and methods of a value of the type, as the module may use them. */
export function membersOf(type: Type, module: ModuleSymbol | undefined): Completion[] {
  const options: Completion[] = []
  if (type.kind === "struct") {
    const bindings = structBindings(type.symbol, type.args)
    for (const it of type.symbol.fields.values())
      options.push({ label: it.name, kind: "field", detail: written(resolveType(substitute(it.type, bindings))), info: "", boost: 1 })
  }
  if (type.kind === "trait") {
    for (const it of type.symbol.methods.values()) {
      options.push({
        label: it.name,
        kind: "method",
        detail: descriptionOf(it).code.replace(/^fn (?:mut )?\w+/, ""),
        info: "",
        snippet: calling(it.name, it.type),
      })
    }
  }
  const generics = ownerGenerics(type)
  for (const it of methodsOf(type)?.values() ?? []) {
    if (it.isPrivate && it.module !== module) continue
    const own = resolveType(substitute(it.type, generics))
    options.push(functionOption(it, 0, own.kind === "function" ? own : it.type))
  }
  return options
}

/** Fields of a struct that the text of a literal's inside does not name yet. */
export function fieldOptions(struct: StructSymbol, inside: string): Completion[] {
  const given = new Set([...inside.matchAll(/([A-Za-z_]\w*)\s*:/g)].map((it) => it[1]))
  return [...struct.fields.values()]
    .filter((it) => !given.has(it.name))
    .map(
      (it): Completion => ({
        label: it.name,
        kind: "field",
        detail: written(it.type),
        info: "",
        snippet: `${it.name}: \${}`,
        boost: shallow(it.type).kind === "maybe" ? 0 : 1,
      }),
    )
}

/** A literal of the struct under the name that the module has for it; fields that may be left out are. */
export function literalSnippet(name: string, struct: StructSymbol): string {
  const fields = [...struct.fields.values()].filter((it) => shallow(it.type).kind !== "maybe")
  return `${name}{${fields.map((it) => `${it.name}: \${${it.name}}`).join(", ")}}`
}
