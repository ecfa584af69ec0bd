// Where a name is defined and used, and renaming it everywhere (languages/editing.ts). Variables, functions, parameters and
// struct types are known with all their places; fields and methods are looked up by name only, so they are not renamed.
import type { Program } from "../../../source/text.ts"
import type { Edit, LanguageEditing, Place } from "../../editing.ts"
import type { Binding, FileModel, StructModel, Variable } from "../check/model.ts"
import { globals as builtins } from "../library/index.ts"
import type { Node } from "../syntax/ast.ts"
import { type Analysis, analyse, wordAt } from "./analysis.ts"

const KEYWORDS = new Set(
  "let fn return if elif else while for in struct extend interface prompt use from as raise try catch async await true false and or not yield break continue".split(
    " ",
  ),
)

export interface Target {
  readonly name: string
  readonly file: FileModel
  readonly variable: Variable | null
  readonly struct: StructModel | null
  /** The predefined name, for builtins and session variables. */
  readonly builtin: string | null
}

/** What the name at an offset of the entry means; null where there is no name, or one that means nothing. */
export function targetAt({ file }: Analysis, offset: number): Target | null {
  const text = file.parsed.file.text
  const word = wordAt(text, offset)
  if (word.text === "") return null
  const at = (node: Node) => node.from === word.from && node.to === word.to
  let binding: Binding | null = null
  for (const [node, found] of file.bindings) if (at(node)) binding = found
  if (binding) return targetOf(binding, word.text, file)
  for (const variable of variablesOf(file)) {
    if (variable.definitions.some(at) || variable.references.some(at))
      return { name: word.text, file, variable, struct: null, builtin: null }
  }
  for (const struct of file.structs.values()) {
    if (at(struct.name) || struct.references.some(at)) return { name: word.text, file, variable: null, struct, builtin: null }
  }
  return null
}

function targetOf(binding: Binding, name: string, file: FileModel): Target | null {
  switch (binding.k) {
    case "local":
    case "global":
    case "captured":
      return { name, file, variable: binding.variable, struct: null, builtin: null }
    case "struct":
      return { name, file, variable: null, struct: binding.struct, builtin: null }
    case "builtin":
    case "session":
      return { name, file, variable: null, struct: null, builtin: binding.name }
    default:
      return null
  }
}

function variablesOf(file: FileModel): Variable[] {
  return [...file.globals.values(), ...[...file.locals.values()].flat()]
}

export const definition: LanguageEditing["definition"] = (program: Program, offset: number): Place | null => {
  const analysis = analyse(program)
  const target = analysis && targetAt(analysis, offset)
  if (!target) return null
  const imported = target.variable?.imported
  if (imported?.k === "user") return { file: imported.file.path, from: 0, to: 0 }
  if (imported?.k === "member" && imported.of.k === "user") {
    const there = imported.of.file.globals.get(imported.name)?.definitions[0]
    if (there) return { file: imported.of.file.path, from: there.from, to: there.to }
  }
  const node = target.struct ? target.struct.name : target.variable?.definitions[0]
  const file = target.struct ? target.struct.file : target.variable?.file
  return node && file ? { file: file.path, from: node.from, to: node.to } : null
}

export const references: LanguageEditing["references"] = (program: Program, offset: number): readonly Place[] => {
  const analysis = analyse(program)
  const target = analysis && targetAt(analysis, offset)
  return target ? placesOf(target) : []
}

/** Every place that names the target, in order of the text, each once. */
function placesOf(target: Target): Place[] {
  const nodes = target.struct
    ? [target.struct.name, ...target.struct.references]
    : target.variable
      ? [...target.variable.definitions, ...target.variable.references]
      : []
  const file = target.struct ? target.struct.file : target.variable?.file
  if (!file) return []
  const text = file.parsed.file.text
  const byStart = new Map<number, Place>()
  for (const { from, to } of nodes) if (text.slice(from, to) === target.name) byStart.set(from, { file: file.path, from, to })
  return [...byStart.values()].sort((a, b) => a.from - b.from)
}

export const rename: LanguageEditing["rename"] = (program, offset, name) => {
  const analysis = analyse(program)
  if (!analysis) return { refusal: "The program has a syntax error: mend it first, so that every use of the name can be found." }
  const target = targetAt(analysis, offset)
  if (!target) return { refusal: "Only variables, functions, parameters and struct types can be renamed: there is none here." }
  if (target.builtin !== null) return { refusal: `"${target.name}" belongs to the language and keeps its name.` }
  if (target.variable?.imported) return { refusal: `"${target.name}" is named by its module: rename it there.` }
  if (!/^[A-Za-z_][\p{L}\p{N}_]*$/u.test(name))
    return { refusal: `"${name}" is no name: a name begins with a letter or _ and goes on with letters, digits and _.` }
  if (KEYWORDS.has(name)) return { refusal: `"${name}" is a keyword.` }
  if (builtins.has(name)) return { refusal: `"${name}" is a builtin: the program would lose it.` }
  const taken = variablesOf(target.file).find(
    (other) =>
      other.name === name && (other.scope === "global" || other.owner === target.variable?.owner || target.variable?.scope === "global"),
  )
  if (taken || target.file.structs.has(name)) return { refusal: `"${name}" is in use already: two things would become one.` }
  const edits: Record<string, Edit[]> = {}
  for (const { file, from, to } of placesOf(target)) (edits[file] ??= []).push({ from, to, insert: name })
  return { edits }
}
