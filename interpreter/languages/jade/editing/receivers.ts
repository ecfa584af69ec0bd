// What stands before a dot, for editors: the check knows nothing of `self`, an editor may take the first parameter of a
// method for an instance of the struct that its block extends (SPEC 11). Also where members of structs come from.
import type { FileModel, ProgramModel, StructModel } from "../check/model.ts"
import { lineageOf } from "../check/structs.ts"
import type { Type } from "../check/types.ts"
import type { Expr, FunctionStmt, StructField } from "../syntax/ast.ts"
import { textOf, typeAt } from "./analysis.ts"

/** The type of an object whose member is asked for. */
export function receiverType(model: ProgramModel, file: FileModel, object: Expr): Type {
  const type = typeAt(model, object)
  if (type.k !== "unknown" || object.k !== "name") return type
  const binding = file.bindings.get(object)
  const owner = binding?.k === "local" ? binding.variable.owner : null
  if (owner?.k !== "fn" || owner.params[0]?.name.text !== object.name) return type
  const struct = structAround(model, file, object.from, owner)
  return struct ? { k: "struct", struct } : type
}

/** The struct that an `extend` block around an offset extends; with `method`, only if it is one of the block's own. */
export function structAround(model: ProgramModel, file: FileModel, at: number, method?: FunctionStmt): StructModel | null {
  for (const struct of model.structs) {
    for (const extend of struct.extensions) {
      const inside = file.parsed.ast?.body.includes(extend) && extend.from < at && at < extend.to
      if (inside && (!method || extend.methods.includes(method))) return struct
    }
  }
  return null
}

/** A method of a struct, its own or the nearest inherited one. */
export function methodOf(struct: StructModel, name: string): { readonly fn: FunctionStmt; readonly file: FileModel } | null {
  for (const from of lineageOf(struct)) {
    const fn = from.methods.get(name)
    if (fn) return { fn, file: from.file }
  }
  return null
}

export function fieldOf(struct: StructModel, name: string): { readonly field: StructField; readonly owner: StructModel } | null {
  return struct.fields.find(({ field }) => field.name.text === name) ?? null
}

/** The type that a `catch` names, if the name is what it binds; "" for a `catch` of everything, null for any other name. */
export function caughtBy(file: FileModel, definition: { readonly from: number } | undefined): string | null {
  const clause = definition ? file.parsed.tree.resolveInner(definition.from, 1).parent : null
  if (clause?.name !== "CatchClause") return null
  const type = clause.getChild("TypeName")
  return type ? textOf(file, type) : ""
}
