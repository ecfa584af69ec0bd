// Completion: names in scope, keywords, packages and modules, types behind `|>` and `catch`; fields and methods are in
// members.ts, struct literals and arguments in literals.ts. The text is usually broken where one types, so a name is put at
// the cursor and what can be read of the result is asked.
import type { Program } from "../../../source/text.ts"
import type { Completion, Completions } from "../../editing.ts"
import type { FileModel, ProgramModel, Variable } from "../check/model.ts"
import { parser } from "../jade.parser.ts"
import { globals as builtins, packages, SESSION_VARIABLES, STANDARD_PACKAGES, TYPE_NAMES } from "../library/index.ts"
import { expressionAt, modelOf, typeOfVariable, visibleVariables, withText } from "./analysis.ts"
import { literalAtCursor, literalFields, namedArguments } from "./literals.ts"
import { members, moduleMembers } from "./members.ts"
import {
  CONTINUATIONS,
  distinct,
  entryOption,
  interfaceOption,
  OPERATORS,
  PLACEHOLDER,
  STATEMENTS,
  structOption,
  variableOption,
} from "./options.ts"

export function complete(program: Program, offset: number, explicit: boolean): Completions | null {
  const { text } = program.entry
  const before = text.slice(0, offset)
  const word = /[A-Za-z_][\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? ""
  const from = offset - word.length
  const lead = before.slice(0, from)
  if (inText(program, offset)) return null
  const special = afterWords(program, lead, from)
  if (special) return special
  const rest = /^[\p{L}\p{N}_]*/u.exec(text.slice(offset))?.[0].length ?? 0
  const probe = withText(program, text.slice(0, from) + PLACEHOLDER + text.slice(offset + rest))
  const model = modelOf(probe)
  if (!model) return null
  const file = model.entry
  const at = from + 1
  if (/(?:^|[^\w.])\d+\.$/.test(lead)) return null
  if (/(?:\.|~>|\.\(\?)$/.test(lead) && !/\.\.\.$/.test(lead)) {
    const options = members(model, file, at, /\?$|>$/.test(lead))
    return options.length > 0 ? { from, options } : null
  }
  const inLiteral = expressionAt(file, at, (e) => e.k === "struct" && e.fields.some((field) => field.name.text === PLACEHOLDER))
  if (inLiteral?.k === "struct") return { from, options: literalFields(file, inLiteral) }
  const fields = literalAtCursor(model, file, lead)
  if (fields.length > 0) return { from, options: fields }
  if (/@(?:\w+::)?$/.test(lead)) return { from, options: decorators(model, file, at, lead) }
  if (word === "" && !explicit && !/\|>\s*$/.test(lead)) return null
  return { from, options: distinct([...namedArguments(model, file, at), ...scope(model, file, at)]) }
}

/** Inside a string or a comment, slots of f-strings aside. */
function inText(program: Program, offset: number): boolean {
  const tree = parser.parse(program.entry.text)
  const node = tree.resolveInner(offset, -1)
  for (let at: typeof node | null = node; at; at = at.parent) {
    if (at.name === "Slot") return false
    if (at.name === "LineComment" && at.from < offset) return true
    if (
      (at.name === "String" || at.name === "FString") &&
      at.from < offset &&
      (offset < at.to || !/["']$/.test(program.entry.text.slice(at.from + 1, at.to)))
    )
      return true
  }
  return false
}

// ---- behind certain words ----------------------------------------------------------------------------------------------

function afterWords(program: Program, lead: string, from: number): Completions | null {
  const line = lead.slice(lead.lastIndexOf("\n") + 1)
  const names = /^\s*from\s+([\w:]+)\s+use\s+(?:\w+\s*,\s*)*$/.exec(line)
  if (names) return { from, options: exported(program, names[1] ?? "") }
  const path = /^\s*(?:use|from)\s+((?:\w+::)*)$/.exec(line)
  if (path) return { from, options: modules(program, path[1] ?? "") }
  if (/^\s*(?:let|fn|async\s+fn|struct|interface|prompt|for)\s+$/.test(line)) return { from, options: [] }
  const types = /(?:^|\})\s*(catch)\s+$|^\s*(extend)\s+$|^\s*extend\s+\w+\s*(:)\s*$|^\s*(struct)\s+\w+\s*\((?:\s*\w+\s*,)*\s*$/.exec(line)
  if (!types) return null
  const file = modelOf(program)?.entry
  if (types[3]) return { from, options: [...(file?.interfaces.values() ?? [])].map(interfaceOption) }
  const structs = [...(file?.structs.values() ?? [])].map(structOption)
  const error: Completion = { label: "RuntimeError", kind: "type", detail: "errors of the language", info: "Has one field: message." }
  return { from, options: types[1] ? [error, ...structs] : structs }
}

/** What can stand behind `@`: functions, and modules that have some. */
function decorators(model: ProgramModel, file: FileModel, at: number, lead: string): Completion[] {
  const module = /@(\w+)::$/.exec(lead)?.[1]
  if (module) {
    const imported = file.globals.get(module)?.imported
    if (imported?.k === "user") return moduleMembers(imported.file).filter((it) => it.kind === "function")
    return imported?.k === "std" ? [...(packages.get(imported.name)?.values() ?? [])].map(entryOption) : []
  }
  const names = visibleVariables(file, at).map((variable) => ({ ...variableOption(model, variable), boost: 1 }))
  const route = builtins.get("route")
  return [...names.filter((it) => it.kind === "function" || it.kind === "module"), ...(route ? [entryOption(route)] : [])]
}

function modules(program: Program, lead: string): Completion[] {
  if (lead === "std::") {
    return STANDARD_PACKAGES.map((name) => ({
      label: name,
      kind: "module" as const,
      detail: `std::${name}`,
      info: [...(packages.get(name)?.keys() ?? [])].join(", "),
    }))
  }
  const folder = program.entry.path.slice(0, program.entry.path.lastIndexOf("/") + 1) + lead.replaceAll("::", "/")
  const own = [...program.files.keys()]
    .filter((path) => path.startsWith(folder) && path.endsWith(".jde"))
    .map(
      (path): Completion => ({
        label: path.slice(folder.length, -".jde".length).replaceAll("/", "::"),
        kind: "module",
        detail: path,
        info: "",
      }),
    )
  if (lead !== "") return own
  return [
    { label: "std", kind: "module", detail: "standard library", info: STANDARD_PACKAGES.join(", "), snippet: "std::", boost: 1 },
    { label: "llm", kind: "module", detail: "the model", info: "Tokens, the model's name, limits of output." },
    ...own,
  ]
}

function exported(program: Program, path: string): Completion[] {
  const standard = /^std::(\w+)$/.exec(path)?.[1] ?? (path === "llm" ? "llm" : null)
  if (standard) return [...(packages.get(standard)?.values() ?? [])].map(entryOption)
  const model = modelOf(withText(program, `use ${path}\n`))
  const file = model?.files.find((it) => it !== model.entry)
  return file ? moduleMembers(file) : []
}

// ---- names in scope ----------------------------------------------------------------------------------------------------

function scope(model: ProgramModel, file: FileModel, at: number): Completion[] {
  const lead = file.parsed.file.text.slice(0, at - 1)
  const wanted = /(?:^|[^\w])await\s+$/.test(lead) ? "future" : /\?\s*$/.test(lead) ? "prompt" : /\|>\s*$/.test(lead) ? "stage" : ""
  const fits = (variable: Variable): boolean => {
    const { k } = typeOfVariable(model, variable)
    if (wanted === "future") return k === "future" || variable.functions.some((fn) => fn.async)
    return wanted === "stage" ? variable.functions.length > 0 || k === "grammar" : wanted === k
  }
  const variables = visibleVariables(file, at)
    .filter((variable) => variable.name !== PLACEHOLDER)
    .map((variable) => ({ ...variableOption(model, variable), boost: (variable.scope === "local" ? 2 : 1) + (fits(variable) ? 2 : 0) }))
  const structs = [...file.structs.values()].map((struct) => ({ ...structOption(struct), boost: wanted === "stage" ? 3 : 0 }))
  const functions = [...builtins].flatMap(([name, entry]): Completion[] =>
    entry
      ? [{ ...entryOption(entry), boost: wanted === "stage" && TYPE_NAMES.has(name) ? 3 : 0 }]
      : [
          {
            label: name,
            kind: name === "Grammar" ? ("module" as const) : ("constant" as const),
            detail: name === "Grammar" ? "Grammar.new" : "nil",
            info: "",
          },
        ],
  )
  const session = [...SESSION_VARIABLES].map(
    ([label, info]): Completion => ({ label, kind: "variable", detail: "of the session", info, boost: -1 }),
  )
  const types = [...TYPE_NAMES]
    .filter((name) => !builtins.has(name))
    .map((label): Completion => ({ label, kind: "type", detail: "behind |>", info: "", boost: wanted === "stage" ? 3 : -1 }))
  const atStart = expressionAt(file, at, (e) => e.k === "name" && e.name === PLACEHOLDER) === null || startsStatement(file, at)
  const more = /\}\s*$/.test(lead) ? CONTINUATIONS : []
  return distinct([...variables, ...structs, ...functions, ...session, ...types, ...(atStart ? STATEMENTS : []), ...more, ...OPERATORS])
}

function startsStatement(file: FileModel, at: number): boolean {
  const { text } = file.parsed.file
  return /(?:^|\n|\{)\s*$/.test(text.slice(0, at - 1))
}
