// Completion: names in scope, fields and methods by the receiver's type, packages and modules, fields of struct literals,
// named arguments, types behind `|>` and `catch`. The text is usually broken where one types, so a name is put at the cursor
// and what can be read of the result is asked.
import type { Program } from "../../../source/text.ts"
import type { Completion, Completions } from "../../editing.ts"
import type { FileModel, ProgramModel, StructModel, Variable } from "../check/model.ts"
import { type Type, typeName } from "../check/types.ts"
import { parser } from "../jade.parser.ts"
import { type Entry, shownSignature } from "../library/entry.ts"
import { globals as builtins, methods, packages, SESSION_VARIABLES, STANDARD_PACKAGES, TYPE_NAMES } from "../library/index.ts"
import type { Expr } from "../syntax/ast.ts"
import { expressionAt, modelOf, typeAt, visibleVariables, withText } from "./analysis.ts"
import { describeFunction, describeStruct, describeVariable, functionSignature, KEYWORDS } from "./describe.ts"

const PLACEHOLDER = "jade_cursor"

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
  if (/(?:\.|~>|\.\(\?)$/.test(lead) && !/\.\.\.$/.test(lead) && !/\d\.$/.test(lead)) {
    const options = members(model, file, at, /\?$|>$/.test(lead))
    return options.length > 0 ? { from, options } : null
  }
  const inLiteral = expressionAt(file, at, (e) => e.k === "struct" && e.fields.some((field) => field.name.text === PLACEHOLDER))
  if (inLiteral?.k === "struct") return { from, options: literalFields(file, inLiteral) }
  const fields = literalAtCursor(model, file, lead)
  if (word === "" && !explicit && !/[|@]>?\s*$/.test(lead)) return null
  return { from, options: [...fields, ...namedArguments(file, at), ...scope(file, at)] }
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
  if (/(?:^|\})\s*catch\s+$/.test(line) || /^\s*extend\s+$/.test(line)) {
    const model = modelOf(program)
    const structs = [...(model?.entry.structs.values() ?? [])].map(structOption)
    const error: Completion = { label: "RuntimeError", kind: "type", detail: "errors of the language", info: "Has one field: message." }
    return { from, options: /extend/.test(line) ? structs : [error, ...structs] }
  }
  return null
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

// ---- members -----------------------------------------------------------------------------------------------------------

function members(model: ProgramModel, file: FileModel, at: number, promptsOnly: boolean): Completion[] {
  const found = expressionAt(file, at, (e) => (e.k === "member" || e.k === "fieldDeref" || e.k === "self") && e.name.text === PLACEHOLDER)
  if (found?.k === "self") return selfMembers(model, file, at)
  const object = found?.k === "member" || found?.k === "fieldDeref" ? found.object : literalModule(file, at)
  if (!object) return []
  const binding = object.k === "name" ? file.bindings.get(object) : undefined
  const imported = binding?.k === "global" ? binding.variable.imported : null
  if (imported?.k === "user") return moduleMembers(imported.file)
  const home = imported?.k === "std" ? imported.name : binding?.k === "builtin" ? binding.name : ""
  const packaged = packages.get(home)
  if (packaged) return [...packaged.values()].map(entryOption)
  const type = typeAt(model, object)
  if (type.k === "struct") return structMembers(type.struct, promptsOnly)
  const own = model.structs.flatMap((struct) => structMembers(struct, promptsOnly))
  if (promptsOnly) return distinct(own)
  const table = methods.get(type.k)
  if (table) return [...table.values()].map(entryOption)
  if (type.k !== "unknown") return []
  // What it is shows only when the program runs: everything that some value has, the program's own first.
  return distinct([
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
  const struct = model.structs.find((it) => it.file === file && it.extensions.some((extend) => extend.from < at && at < extend.to))
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

function moduleMembers(file: FileModel): Completion[] {
  const variables = [...file.globals.values()]
    .filter((variable) => !variable.imported)
    .map((variable) => variableOption(variable, variable.type))
  return [...variables, ...[...file.structs.values()].filter((struct) => struct.file === file).map(structOption)]
}

// ---- fields and arguments ----------------------------------------------------------------------------------------------

function literalFields(file: FileModel, literal: Expr & { k: "struct" }): Completion[] {
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
function literalAtCursor(model: ProgramModel, file: FileModel, lead: string): Completion[] {
  const open = /([A-Za-z_]\w*)\s*\{([^{}]*)$/.exec(lead)
  const struct = open ? file.structs.get(open[1] ?? "") : undefined
  if (!struct || !model.structs.includes(struct) || !/(?:^|[,\n])\s*$/.test(open?.[2] ?? "")) return []
  if (new RegExp(`(?:struct|extend|interface)\\s+${open?.[1]}\\s*\\{[^{}]*$`).test(lead)) return []
  const given = new Set([...(open?.[2] ?? "").matchAll(/([A-Za-z_]\w*)\s*:/g)].map((match) => match[1] ?? ""))
  return missingFields(struct, given)
}

function namedArguments(file: FileModel, at: number): Completion[] {
  const call = expressionAt(
    file,
    at,
    (e) => e.k === "call" && e.args.some((arg) => arg.value.from < at && at <= arg.value.to && arg.value.k === "name"),
  )
  if (call?.k !== "call" || call.callee.k !== "name") return []
  const given = new Set(call.args.flatMap((arg) => (arg.name ? [arg.name.text] : [])))
  const binding = file.bindings.get(call.callee)
  if (binding?.k === "builtin") {
    const entry = builtins.get(binding.name)
    const names = [...(entry?.named ?? []), ...(entry?.params.filter((param) => param.initial !== null).map((param) => param.name) ?? [])]
    return names.map((name) => argumentOption(name, binding.name))
  }
  const fn = binding?.k === "global" ? binding.variable.constant : null
  return fn ? fn.params.filter((param) => !given.has(param.name.text)).map((param) => argumentOption(param.name.text, fn.name.text)) : []
}

function argumentOption(name: string, fn: string): Completion {
  return { label: name, kind: "property", detail: `argument of ${fn}`, info: "", snippet: `${name} = \${}`, boost: 1 }
}

// ---- names in scope ----------------------------------------------------------------------------------------------------

function scope(file: FileModel, at: number): Completion[] {
  const variables = visibleVariables(file, at)
    .filter((variable) => variable.name !== PLACEHOLDER)
    .map((variable) => ({ ...variableOption(variable, variable.type), boost: variable.scope === "local" ? 2 : 1 }))
  const structs = [...file.structs.values()].map(structOption)
  const functions = [...builtins].flatMap(([name, entry]) =>
    entry
      ? [entryOption(entry)]
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
    .map((label): Completion => ({ label, kind: "type", detail: "behind |>", info: "", boost: -1 }))
  const atStart = expressionAt(file, at, (e) => e.k === "name" && e.name === PLACEHOLDER) === null || startsStatement(file, at)
  return distinct([...variables, ...structs, ...functions, ...session, ...types, ...(atStart ? STATEMENTS : []), ...OPERATORS])
}

function startsStatement(file: FileModel, at: number): boolean {
  const { text } = file.parsed.file
  return /(?:^|\n|\{)\s*$/.test(text.slice(0, at - 1))
}

const keyword = (label: string, snippet: string, detail: string): Completion => ({
  label,
  kind: "keyword",
  detail,
  info: KEYWORDS[label.split(" ").pop() ?? ""] ?? "",
  snippet,
})

const STATEMENTS: readonly Completion[] = [
  keyword("let", "let ${name} = ${}", "variable"),
  keyword("prompt", "prompt ${name} = ${}", "prompt"),
  keyword("fn", "fn ${name}(${}) {\n    ${}\n}", "function"),
  {
    label: "async fn",
    kind: "keyword",
    detail: "starts tasks",
    info: KEYWORDS["async"] ?? "",
    snippet: "async fn ${name}(${}) {\n    ${}\n}",
  },
  keyword("if", "if ${condition} {\n    ${}\n}", "condition"),
  keyword("for", "for ${item} in ${items} {\n    ${}\n}", "loop"),
  keyword("while", "while ${condition} {\n    ${}\n}", "loop"),
  keyword("try", "try {\n    ${}\n} catch e {\n    ${}\n}", "exceptions"),
  keyword("struct", "struct ${Name} { ${} }", "type"),
  keyword("extend", "extend ${Name} {\n    fn ${method}(self) {\n        ${}\n    }\n}", "methods"),
  keyword("return", "return ${}", ""),
  keyword("raise", "raise ${}", ""),
  keyword("use", "use ${}", "import"),
  keyword("from", "from ${module} use ${}", "import"),
  keyword("break", "break", ""),
  keyword("continue", "continue", ""),
]

const OPERATORS: readonly Completion[] = [
  keyword("await", "await ${}", "collect a future"),
  { label: "true", kind: "constant", detail: "bool", info: "" },
  { label: "false", kind: "constant", detail: "bool", info: "" },
]

function entryOption(entry: Entry): Completion {
  const kind = entry.home.k === "method" ? "method" : "function"
  return { label: entry.shortName, kind, detail: shownSignature(entry), info: entry.doc }
}

function structOption(struct: StructModel): Completion {
  const { code, text } = describeStruct(struct)
  return { label: struct.name.text, kind: "type", detail: code, info: text }
}

function variableOption(variable: Variable, type: Type | null): Completion {
  const { code, text } = describeVariable(variable, type)
  const kind = variable.functions.length > 0 ? "function" : variable.imported && variable.imported.k !== "member" ? "module" : "variable"
  return {
    label: variable.name,
    kind,
    detail: kind === "variable" ? (type && type.k !== "unknown" ? typeName(type) : "") : code,
    info: text,
  }
}

function distinct(options: readonly Completion[]): Completion[] {
  const seen = new Set<string>()
  return options.filter((option) => !seen.has(option.label) && seen.add(option.label))
}
