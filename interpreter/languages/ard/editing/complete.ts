// Completion by what is known at the cursor: paths after `use`, members after `::`, fields and methods after `.` by type,
// fields in a struct literal, missing arms in a match, types where a type stands, else names and words. A placeholder name is
// put in at the cursor so that half a program still has a tree.
import type { Program } from "../../../source/text.ts"
import type { Completion, Completions } from "../../editing.ts"
import type { ModuleSymbol } from "../check/checked.ts"
import { aliasOf, importEdit } from "../check/fixes.ts"
import { projectName } from "../check/index.ts"
import { library } from "../check/library.ts"
import { parseModule } from "../syntax/parse.ts"
import { moduleMembers, typeMembers } from "./options.ts"
import { HOLE, Sight } from "./sight.ts"
import { withText } from "./signature.ts"
import { words } from "./words.ts"

export function complete(program: Program, offset: number, explicit: boolean): Completions | null {
  const { text } = program.entry
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset)
  if (isQuiet(program, offset)) return null
  const use = /^\s*use\s+([\w/.-]*)$/.exec(line)
  if (use) return { from: offset - (use[1] ?? "").length, options: usePaths(program) }
  const word = /@?[A-Za-z_0-9]*$/.exec(line)?.[0] ?? ""
  const from = offset - word.length
  const before = text.slice(0, from)
  if (/^\d/.test(word) || /\d\.$/.test(before)) return null
  const holed = withText(program, `${before}${word || HOLE}${text.slice(offset)}`)
  const seen = new Sight(holed, from)
  if (before.endsWith("::")) return { from, options: afterPath(seen, before, from) }
  if (word.startsWith("@")) return { from, options: seen.selfMembers() }
  if (/[^.]\.\s*$/.test(before)) {
    const options = seen.members()
    return options.length ? { from, options } : null
  }
  const literal = seen.literalFields(before)
  if (literal) return { from, options: literal }
  if (
    /(?:\b(?:let|mut|for|fn|struct|enum|trait|as)|\b(?:let|mut)\s+\w+\s*)\s+$/.test(before) &&
    !/\b(?:impl|extern)\b.*\bfor\s+$/.test(line)
  )
    return null
  if (!explicit && !word && !/(?:=>|=|\(|,|\{)\s*$/.test(before)) return null
  if (seen.isTypePlace(from)) return { from, options: seen.typeNames(line) }
  const arms = seen.missingArms(text, from)
  if (!explicit && !word && !arms.length) return null
  const options = [...arms, ...seen.namedArguments(before), ...seen.values(), ...seen.names(), ...words(before, seen.inFunction)]
  return { from, options }
}

/** In comments and in the text of strings nothing is completed. */
function isQuiet(program: Program, offset: number): boolean {
  const { tree } = parseModule(program.entry)
  const node = tree.resolveInner(offset, -1)
  if (node.name === "LineComment") return true
  if (node.name === "Escape") return true
  if (node.name === "String") return offset > node.from && (offset < node.to || program.entry.text.charAt(node.to - 1) !== '"')
  return false
}

function usePaths(program: Program): Completion[] {
  const std = library().paths.map((path): Completion => {
    const about = library().about.get(path)
    return { label: path, kind: "module", detail: about?.isExtension ? "extension" : "standard library", info: about?.doc ?? "" }
  })
  const project = projectName(program)
  const own = [...program.files.keys()]
    .filter((path) => path.endsWith(".ard"))
    .map((path): Completion => ({ label: `${project}/${path.slice(0, -4)}`, kind: "module", detail: path, info: "" }))
  return [...std, ...own]
}

function afterPath(seen: Sight, before: string, at: number): Completion[] {
  const path = /((?:[A-Za-z_]\w*::)+)$/.exec(before)?.[1]?.split("::").slice(0, -1) ?? []
  const [first, second] = path
  const own = seen.cx?.module
  if (first === undefined || !own) return []
  const imported = own.imports.get(first)
  const module = imported ?? notImported(first, seen)
  const edits = module && !imported && seen.cx ? [importEdit(seen.cx, module.path, at)] : null
  const withImport = (options: Completion[]) => (edits ? options.map((it) => ({ ...it, edits })) : options)
  if (second !== undefined) {
    const type = module?.types.get(second)
    return type && !type.isPrivate ? withImport(typeMembers(type)) : []
  }
  const type = seen.cx?.findType(first)
  const options = type ? typeMembers(type) : []
  return module ? [...options, ...withImport(moduleMembers(module))] : options
}

/** A module of the library that is not imported yet; what is chosen of it brings the import. */
function notImported(alias: string, seen: Sight): ModuleSymbol | undefined {
  if (seen.cx?.findType(alias)) return undefined
  return [...library().modules.values()].find((it) => aliasOf(it.path) === alias)
}
