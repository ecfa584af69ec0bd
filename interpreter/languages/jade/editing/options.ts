// What completion offers, as entries of its list: keywords with what to fill in, builtins by their own entries, variables,
// struct types, interfaces, named arguments. Who offers what where is in complete.ts, members.ts and literals.ts.
import type { Completion } from "../../editing.ts"
import type { ProgramModel, StructModel, Variable } from "../check/model.ts"
import { typeName } from "../check/types.ts"
import { type Entry, shownSignature } from "../library/entry.ts"
import type { InterfaceStmt } from "../syntax/ast.ts"
import { typeOfVariable } from "./analysis.ts"
import { describeStruct, describeVariable, KEYWORDS } from "./describe.ts"

/** The name that is put at the cursor to read the text around it. */
export const PLACEHOLDER = "jade_cursor"

const keyword = (label: string, snippet: string, detail: string): Completion => ({
  label,
  kind: "keyword",
  detail,
  info: KEYWORDS[label.split(" ").pop() ?? ""] ?? "",
  snippet,
})

export const STATEMENTS: readonly Completion[] = [
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

/** What may go on with a statement behind its block. */
export const CONTINUATIONS: readonly Completion[] = [
  keyword("else", "else {\n    ${}\n}", "otherwise"),
  keyword("elif", "elif ${condition} {\n    ${}\n}", "another condition"),
  keyword("catch", "catch e {\n    ${}\n}", "exceptions"),
]

export const OPERATORS: readonly Completion[] = [
  keyword("await", "await ${}", "collect a future"),
  { label: "true", kind: "constant", detail: "bool", info: "" },
  { label: "false", kind: "constant", detail: "bool", info: "" },
]

export function entryOption(entry: Entry): Completion {
  const kind = entry.home.k === "method" ? "method" : "function"
  return { label: entry.shortName, kind, detail: shownSignature(entry), info: entry.doc }
}

export function structOption(struct: StructModel): Completion {
  const { code, text } = describeStruct(struct)
  return { label: struct.name.text, kind: "type", detail: code, info: text }
}

/** `model`: where the variable's type is asked for; null for a member of another file. */
export function variableOption(model: ProgramModel | null, variable: Variable): Completion {
  const type = model ? typeOfVariable(model, variable) : variable.type
  const { code, text } = describeVariable(variable, type)
  const kind = variable.functions.length > 0 ? "function" : variable.imported && variable.imported.k !== "member" ? "module" : "variable"
  return {
    label: variable.name,
    kind,
    detail: kind === "variable" ? (type && type.k !== "unknown" ? typeName(type) : "") : code,
    info: text,
  }
}

export function distinct(options: readonly Completion[]): Completion[] {
  const seen = new Set<string>()
  return options.filter((option) => !seen.has(option.label) && seen.add(option.label))
}

export function interfaceOption(face: InterfaceStmt): Completion {
  return { label: face.name.text, kind: "type", detail: "interface", info: `Methods: ${face.methods.map((it) => it.text).join(", ")}.` }
}

export function argumentOption(name: string, fn: string): Completion {
  return { label: name, kind: "property", detail: `argument of ${fn}`, info: "", snippet: `${name} = \${}`, boost: 1 }
}
