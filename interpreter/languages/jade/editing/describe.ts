// Words for what names mean: signatures of functions and builtins, types of variables, sentences about waiting. Shared by
// completion, hover and signature help; builtins are told by their own entries.
import type { Binding, FileModel, StructModel, Variable } from "../check/model.ts"
import { type Type, typeName } from "../check/types.ts"
import { type Entry, shownSignature } from "../library/entry.ts"
import { globals as builtins, packages, SESSION_VARIABLES } from "../library/index.ts"
import type { Expr, FunctionStmt } from "../syntax/ast.ts"
import { caughtBy } from "./receivers.ts"

export interface Description {
  readonly code: string
  readonly text: string
}

/** `async fn ask(q, times = 2)`. */
export function functionSignature(fn: FunctionStmt, file: FileModel): string {
  return `${fn.async ? "async " : ""}fn ${fn.name.text}(${functionParameters(fn, file).join(", ")})`
}

export function functionParameters(fn: FunctionStmt, file: FileModel): string[] {
  const source = file.parsed.file.text
  return fn.params.map((param) =>
    param.value ? `${param.name.text} = ${source.slice(param.value.from, param.value.to)}` : param.name.text,
  )
}

export function describeEntry(entry: Entry): Description {
  const code = entry.example.code
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n")
  return { code: shownSignature(entry), text: `${entry.doc}\n\nFor example:\n\n${code}` }
}

export function describeFunction(fn: FunctionStmt, file: FileModel): Description {
  const text = fn.async
    ? "Calling it starts a task and gives a future at once; no statement of its body has run by then. `await` collects the result."
    : fn.generator
      ? "Runs to its end when called and gives a stream of what it yields."
      : commentAbove(fn, file)
  const comment = fn.async || fn.generator ? commentAbove(fn, file) : ""
  return { code: functionSignature(fn, file), text: comment === "" ? text : `${comment}\n\n${text}` }
}

/** The comment lines right above a declaration. */
export function commentAbove(node: { readonly from: number }, file: FileModel): string {
  const lines = file.parsed.file.text.slice(0, node.from).split("\n").slice(0, -1)
  const comment: string[] = []
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const match = /^\s*\/\/ ?(.*)$/.exec(line)
    if (!match) break
    comment.unshift(match[1] ?? "")
  }
  return comment.join(" ").trim()
}

export function describeStruct(struct: StructModel): Description {
  const source = struct.file.parsed.file.text
  const fields = struct.fields.map(({ field, owner }) => {
    const value = field.value ? ` = ${owner.file.parsed.file.text.slice(field.value.from, field.value.to)}` : ""
    return `${field.prompt ? "prompt " : field.value ? "let " : ""}${field.name.text}${value}`
  })
  const parents = struct.parents.length > 0 ? `(${struct.parents.map((parent) => parent.name.text).join(", ")})` : ""
  const methods = [...struct.methods.keys()]
  const told = methods.length > 0 ? `Methods: ${methods.join(", ")}.` : "A struct."
  const above = source === "" ? "" : commentAbove(struct.stmt, struct.file)
  return { code: `struct ${struct.name.text}${parents} { ${fields.join(", ")} }`, text: above === "" ? told : `${above}\n\n${told}` }
}

export function describeVariable(variable: Variable, type: Type | null): Description {
  const [fn] = variable.functions
  if (fn && variable.functions.length === 1) return describeFunction(fn, variable.file)
  if (variable.imported) return describeImport(variable)
  const known = type && type.k !== "unknown" ? `: ${typeName(type)}` : ""
  const [first] = variable.definitions
  const { owner } = variable
  const parameter = parameterOf(variable)
  if (parameter) {
    const initial = parameter.value ? ` = ${variable.file.parsed.file.text.slice(parameter.value.from, parameter.value.to)}` : ""
    return { code: `${variable.name}${initial}${known}`, text: `A parameter of ${owner?.k === "fn" ? owner.name.text : "this closure"}.` }
  }
  const caught = caughtBy(variable.file, first)
  if (caught !== null) {
    const what = caught === "" ? "whatever was raised, or a RuntimeError with the text of an error of the language" : `a ${caught}`
    return { code: `catch ${caught === "" ? "" : `${caught} `}${variable.name}`, text: `What was caught: ${what}.` }
  }
  const where =
    variable.scope === "global" ? "A global variable." : owner?.k === "closure" ? "Local to this closure." : "Local to this function."
  const waits = type?.k === "future" ? " It holds a future: `await` waits for its task and collects the value, once." : ""
  return { code: `let ${variable.name}${known}`, text: where + waits }
}

function parameterOf({ definitions: [first], owner }: Variable): { readonly value: Expr | null } | null {
  if (!first || !owner) return null
  if (owner.k === "closure") return owner.params.includes(first) ? { value: null } : null
  return owner.params.find((param) => param.name === first) ?? null
}

function describeImport(variable: Variable): Description {
  const { imported } = variable
  if (imported?.k === "user") return { code: `use ${variable.name}`, text: `The module ${imported.file.path}.` }
  if (imported?.k === "std")
    return {
      code: `use ${imported.name === "llm" ? "llm" : `std::${imported.name}`}`,
      text: `A package of the standard library: ${[...(packages.get(imported.name)?.keys() ?? [])].join(", ")}.`,
    }
  if (imported?.of.k === "std") {
    const entry = packages.get(imported.of.name)?.get(imported.name)
    if (entry) return describeEntry(entry)
  }
  if (imported?.of.k === "user") {
    const origin = imported.of.file.globals.get(imported.name)
    if (origin) return describeVariable(origin, origin.type)
  }
  return { code: `from … use ${variable.name}`, text: "Imported by name." }
}

export function describeBinding(binding: Binding, type: Type | null): Description | null {
  switch (binding.k) {
    case "local":
    case "global":
      return describeVariable(binding.variable, type)
    case "captured":
      return {
        code: `let ${binding.variable.name}`,
        text: "A local of the function around: a closure cannot see it. Pass it as an argument.",
      }
    case "struct":
      return describeStruct(binding.struct)
    case "session":
      return { code: binding.name, text: SESSION_VARIABLES.get(binding.name) ?? "" }
    case "builtin": {
      const entry = builtins.get(binding.name)
      if (entry) return describeEntry(entry)
      if (binding.name === "Grammar") return { code: "Grammar", text: "Grammar.new makes a constraint on a model's reply." }
      if (builtins.has(binding.name)) return { code: binding.name, text: "The one value that means absence." }
      return { code: binding.name, text: "A built-in type: a stage of a pipe." }
    }
    case "unknown":
      return null
  }
}

/** What keywords do, where a sentence helps. */
export const KEYWORDS: Readonly<Record<string, string>> = {
  async: "Makes a function whose calls start tasks: the call gives a future at once, the body runs concurrently.",
  await: "Waits for a future's task and gives its value. A future can be collected once; awaiting a dereference is the dereference itself.",
  prompt: "Text for a model that is not sent yet; `?` sends it.",
  fn: "Defines a function, at top level only. The last expression of its body is its result.",
  use: "Brings in a module (a file beside this one) or a package, `use std::math`.",
  from: "Brings in single names of a module or package.",
  try: "Runs a block; what is raised in it goes to the first `catch` that fits.",
  catch: "`catch Type name` takes structs of a type, `catch name` takes everything. Errors of the language are of type RuntimeError.",
  raise: "Raises a value; it goes to the nearest `catch` that fits, across `await` too.",
  yield: "Adds a value to the stream that the function gives when it has run to its end.",
  extend: "Adds methods to a struct.",
  struct: "Defines a struct type: required fields, `let` fields with a default, `prompt` fields.",
  interface: "Names methods that an `extend T: I` block must define.",
  for: "Goes through an array, a str, bytes or a stream.",
}
