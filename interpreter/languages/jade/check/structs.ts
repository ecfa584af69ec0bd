// Struct types of a file (SPEC 11): parents, inherited fields, methods of `extend` blocks, interfaces. Completes the
// struct models that resolve.ts made; reports what is wrong with definitions.
import type { ExtendStmt, Stmt } from "../syntax/ast.ts"
import { statementBlocks } from "../syntax/ast.ts"
import type { FileModel, Report, StructModel } from "./model.ts"

export function completeStructs(file: FileModel, structs: readonly StructModel[], report: Report): void {
  for (const struct of structs) linkParents(file, struct, report)
  for (const struct of structs) {
    if (hasCycle(struct)) {
      report.add(file, "InheritanceCycle", struct.name, `struct ${struct.name.text} inherits from itself`)
      struct.parents = []
    }
  }
  for (const struct of structs) completeFields(file, struct, report)
  for (const extend of extendsIn(file.parsed.ast?.body ?? [])) addMethods(file, extend, report)
}

function linkParents(file: FileModel, struct: StructModel, report: Report): void {
  for (const name of struct.stmt.parents) {
    const parent = file.structs.get(name.text)
    if (parent) {
      parent.references.push(name)
      file.bindings.set(name, { k: "struct", struct: parent })
      struct.parents.push(parent)
    } else report.add(file, "UndefinedType", name, `undefined type: there is no struct ${name.text} to inherit from`)
  }
}

function hasCycle(struct: StructModel): boolean {
  const seen = new Set<StructModel>()
  const work = [...struct.parents]
  for (let next = work.pop(); next; next = work.pop()) {
    if (next === struct) return true
    if (seen.has(next)) continue
    seen.add(next)
    work.push(...next.parents)
  }
  return false
}

/** Itself and all it inherits from, nearest first. */
export function lineageOf(struct: StructModel): StructModel[] {
  const lineage: StructModel[] = []
  const visit = (it: StructModel): void => {
    if (lineage.includes(it)) return
    lineage.push(it)
    it.parents.forEach(visit)
  }
  visit(struct)
  return lineage
}

function completeFields(file: FileModel, struct: StructModel, report: Report): void {
  const byName = new Map<string, StructModel>()
  const seen = new Set<StructModel>()
  const collect = (from: StructModel): void => {
    if (seen.has(from)) return
    seen.add(from)
    from.parents.forEach(collect)
    for (const field of from.stmt.fields) {
      const earlier = byName.get(field.name.text)
      if (earlier) {
        const where = earlier === from ? "twice" : `in ${earlier.name.text} and again in ${from.name.text}`
        report.add(file, "DuplicateField", struct.name, `duplicate field: ${field.name.text} is declared ${where}`)
        continue
      }
      byName.set(field.name.text, from)
      struct.fields.push({ field, owner: from })
    }
  }
  collect(struct)
}

function* extendsIn(body: readonly Stmt[]): Generator<ExtendStmt> {
  for (const s of body) {
    if (s.k === "extend") yield s
    for (const block of statementBlocks(s)) yield* extendsIn(block.body)
    if (s.k === "fn") yield* extendsIn(s.body.body)
  }
}

function addMethods(file: FileModel, extend: ExtendStmt, report: Report): void {
  const struct = file.structs.get(extend.type.text)
  if (!struct) report.add(file, "UndefinedType", extend.type, `undefined type: there is no struct ${extend.type.text} to extend`)
  else {
    struct.references.push(extend.type)
    file.bindings.set(extend.type, { k: "struct", struct })
    struct.extensions.push(extend)
    for (const method of extend.methods) struct.methods.set(method.name.text, method)
  }
  if (!extend.interface) return
  const face = file.interfaces.get(extend.interface.text)
  if (!face) {
    report.add(file, "UndefinedInterface", keywordOf(file, extend), `undefined interface: there is no interface ${extend.interface.text}`)
    return
  }
  const missing = face.methods.filter((method) => !extend.methods.some((it) => it.name.text === method.text)).map((method) => method.text)
  if (missing.length === 0) return
  const stubs = missing.map((name) => `    fn ${name}(self) {\n        return nil\n    }\n`).join("")
  const fix = { title: `Add ${missing.join(", ")}`, edits: [{ from: extend.to - 1, to: extend.to - 1, insert: stubs }] }
  const message = `missing interface method: ${extend.type.text} must define ${missing.join(", ")} of ${face.name.text}`
  report.add(file, "MissingInterfaceMethod", keywordOf(file, extend), message, { fixes: [fix] })
}

/** The word `extend` (decorators stand before it). */
function keywordOf(file: FileModel, extend: ExtendStmt): { from: number; to: number } {
  const last = extend.decorators[extend.decorators.length - 1]
  const from = last ? file.parsed.file.text.indexOf("extend", last.to) : extend.from
  return { from, to: from + "extend".length }
}
