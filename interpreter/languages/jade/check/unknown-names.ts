// What is said about names that mean nothing (SPEC 6.3): why a name is unknown at this place, what it is called here where
// it comes from another language, the import or the likely name that was meant, and an edit for each. Used by resolve.ts.
import type { Fix } from "../../../source/diagnostic.ts"
import { editDistance } from "../../spelling.ts"
import { globals as builtins, packages, STANDARD_PACKAGES } from "../library/index.ts"
import type { Name, Node } from "../syntax/ast.ts"
import type { FileModel, Report, Variable } from "./model.ts"

/** Looking for likely names takes time, and in a text full of unknown names nobody reads the later suggestions. */
const MAX_SUGGESTIONS = 30

/** Names of other languages: what they are here, and what to write instead where one word will do. */
const FOREIGN_NAMES: ReadonlyMap<string, { readonly hint: string; readonly instead?: string }> = new Map([
  ["True", { hint: "write true", instead: "true" }],
  ["False", { hint: "write false", instead: "false" }],
  ["undefined", { hint: "write nil", instead: "nil" }],
  ["this", { hint: "methods call it self", instead: "self" }],
  ["println", { hint: "write print", instead: "print" }],
  ["console", { hint: "write print(…)" }],
  ["exit", { hint: "a program ends with its last statement, or with a raise that nothing catches" }],
  ["range", { hint: "there are no ranges, go through an array or count in a while" }],
  ["asyncio", { hint: "calling an async fn starts a task, join(…) collects several" }],
  ["gather", { hint: "join(…) collects several futures", instead: "join" }],
  ["Promise", { hint: "calling an async fn gives a future, join(…) collects several" }],
])

/** Words that begin a block elsewhere: here they read like the literal of a struct. */
const FOREIGN_BLOCKS: ReadonlyMap<string, string> = new Map([
  ["RuntimeError", "errors of the language are made by the language alone"],
  ["finally", "there is no 'finally', write it behind the try and in its arms"],
  ["loop", "there is no 'loop', write while true { … }"],
  ["do", "there is no 'do', write while true { … } with a break"],
  ["unless", "there is no 'unless', write if !condition { … }"],
])

const FIELD_WITHOUT_SELF =
  "'.name' means self.name, which only methods have; a line that begins with '.' does not go on with the one before"

interface UnknownName {
  readonly name: string
  readonly at: Node
  /** The name of the `let` whose value the name stands in. */
  readonly defining: Name | null
  /** Locals of the function around it, as candidates for a correction. */
  readonly locals: Iterable<string>
}

/** Reports a variable that nothing visible declares. */
export function unknownName(file: FileModel, report: Report, unknown: UnknownName): void {
  const { name, at } = unknown
  const declared = file.globals.get(name)
  if (declared) {
    const message = `undefined variable: ${name} is not declared here: ${whyNotHere(declared, unknown)}`
    report.add(file, "UndefinedVariable", at, message, { severity: "error" })
    return
  }
  const severity = file.lenient ? "warning" : "error"
  const foreign = FOREIGN_NAMES.get(name)
  const use = foreign ? null : importOf(name)
  const fix = report.found.length > MAX_SUGGESTIONS ? null : use ? importFix(file, use) : (foreignFix(name, at) ?? likelyFix(file, unknown))
  const ofSelf = name === "self" && file.parsed.file.text.charAt(at.from) === "."
  const hint = ofSelf ? FIELD_WITHOUT_SELF : use ? `it comes with ${use}` : foreign?.hint
  const advice = hint ? `: ${hint}` : fix ? `. Did you mean ${fix.edits[0]?.insert}?` : ""
  const message = `undefined variable: ${name} is not declared${advice}`
  report.add(file, "UndefinedVariable", at, message, { severity, ...(fix ? { fixes: [fix] } : {}) })
}

/** Reports a struct type that nothing declares. */
export function unknownStruct(file: FileModel, report: Report, name: Name): void {
  const near = nearest(name.text, new Set(file.structs.keys()))
  const fixes = near ? [{ title: `Change to ${near}`, edits: [{ from: name.from, to: name.to, insert: near }] }] : []
  const word = FOREIGN_BLOCKS.get(name.text)
  const hint = word ? `: ${word}` : near ? `. Did you mean ${near}?` : ""
  report.add(file, "UndefinedType", name, `undefined type: there is no struct ${name.text}${hint}`, { fixes })
}

/** Why a name that the file does declare is unknown where it stands. */
function whyNotHere({ definitions: [first] }: Variable, { at, defining }: UnknownName): string {
  if (first && first.from > at.from) return "it is declared further down"
  if (defining === first) return "this is the statement that declares it"
  return "it is first declared inside a block and unknown after it. Declare it before the block"
}

function foreignFix(name: string, at: Node): Fix | null {
  const instead = FOREIGN_NAMES.get(name)?.instead
  return instead ? { title: `Write ${instead}`, edits: [{ from: at.from, to: at.to, insert: instead }] } : null
}

/** Packages whose functions have telling names; `get`, `read` and `run` of the others say nothing by themselves. */
const NAMED_ALONE = new Set(["math", "json", "time", "random"])

/** The import that brings a name in: a standard package, or a function that one of them alone has. */
function importOf(name: string): string | null {
  if (STANDARD_PACKAGES.includes(name)) return `use std::${name}`
  if (name === "llm") return "use llm"
  const homes = STANDARD_PACKAGES.filter((home) => NAMED_ALONE.has(home) && packages.get(home)?.has(name))
  return homes.length === 1 ? `from std::${homes[0]} use ${name}` : null
}

/** Brings an import in before the first statement, behind the imports that stand there. */
function importFix(file: FileModel, use: string): Fix {
  const body = file.parsed.ast?.body ?? []
  const after = body.findIndex((s) => s.k !== "use")
  const last = after > 0 ? body[after - 1] : undefined
  const at = last ? last.to : (body[0]?.from ?? 0)
  return { title: `Add "${use}"`, edits: [{ from: at, to: at, insert: last ? `\n${use}` : `${use}\n` }] }
}

function likelyFix(file: FileModel, { name, at, locals }: UnknownName): Fix | null {
  const near = nearest(name, new Set([...file.globals.keys(), ...file.structs.keys(), ...builtins.keys(), ...locals]))
  return near ? { title: `Change to ${near}`, edits: [{ from: at.from, to: at.to, insert: near }] } : null
}

/** The name that differs least, if by little; ties go to the first in code point order. */
export function nearest(name: string, among: ReadonlySet<string>): string | null {
  let best: string | null = null
  // A name of one or two letters is near to every other such name.
  let least = name.length < 3 ? 0.5 : name.length < 5 ? 1.5 : 2.5
  for (const other of [...among].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (other === name || Math.abs(other.length - name.length) > 2) continue
    const distance = editDistance(name.toLowerCase(), other.toLowerCase())
    if (distance < least) {
      least = distance
      best = other
    }
  }
  return best
}
