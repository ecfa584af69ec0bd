// What the check knows of a program besides its syntax: files, variables, struct types, and what each name means. Made by
// modules.ts and resolve.ts, completed by infer.ts; read by lower/ and editing/.
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import { TYPE_NAMES } from "../library/index.ts"
import {
  type Closure,
  type Expr,
  type ExtendStmt,
  type FunctionStmt,
  type InterfaceStmt,
  isDereference,
  type Name,
  type Node,
  type StructField,
  type StructStmt,
  type UseStmt,
} from "../syntax/ast.ts"
import type { ParsedFile } from "../syntax/parse.ts"
import type { Type } from "./types.ts"

export type FunctionLike = FunctionStmt | Closure

/** A variable: a global of a file (functions and modules too), or a local of one function. */
export interface Variable {
  readonly name: string
  readonly scope: "global" | "local"
  /** The function whose local it is; null for globals. */
  readonly owner: FunctionLike | null
  readonly file: FileModel
  /** The names that bind it, first one first: where "go to definition" leads. */
  readonly definitions: Name[]
  /** Every other place that names it. */
  readonly references: Node[]
  /** Functions bound to the name. */
  readonly functions: FunctionStmt[]
  /** What `use` binds to it. */
  imported: Import | null
  /** How many places give it a value. */
  writes: number
  /** A function (not a closure) assigns it. */
  writtenInFunction: boolean
  /** A function's assignment makes it: it may be named anywhere and has no value until that function has run. */
  madeInFunction: boolean
  /** An `x[i] = v` may change its dict in place. */
  indexed: boolean
  /** All its definitions are functions at the top level, undecorated, and there is one: a call can go straight there. */
  constant: FunctionStmt | null
  /** Known type wherever it has a value; set once for variables with one definition. */
  type: Type | null
}

export type Import =
  | { readonly k: "std"; readonly name: string }
  | { readonly k: "user"; readonly file: FileModel }
  /** One name of a module, by `from … use`. */
  | { readonly k: "member"; readonly of: Import; readonly name: string }

export interface StructModel {
  readonly id: number
  readonly name: Name
  readonly file: FileModel
  readonly stmt: StructStmt
  parents: StructModel[]
  /** Parents' fields first; each with the struct that declares it. */
  fields: { readonly field: StructField; readonly owner: StructModel }[]
  readonly methods: Map<string, FunctionStmt>
  readonly extensions: ExtendStmt[]
  readonly references: Node[]
}

export type Binding =
  | { readonly k: "local"; readonly variable: Variable }
  | { readonly k: "global"; readonly variable: Variable }
  /** A local of the function around a closure, which the closure cannot see. */
  | { readonly k: "captured"; readonly variable: Variable }
  | { readonly k: "struct"; readonly struct: StructModel }
  | { readonly k: "builtin"; readonly name: string }
  | { readonly k: "session"; readonly name: string }
  | { readonly k: "unknown" }

export interface FileModel {
  readonly id: number
  readonly path: string
  readonly parsed: ParsedFile
  readonly globals: Map<string, Variable>
  readonly structs: Map<string, StructModel>
  readonly interfaces: Map<string, InterfaceStmt>
  readonly uses: Map<UseStmt, Import>
  /** What a name means, by its node (an expression, an assignment's target, a definition). */
  readonly bindings: Map<Node, Binding>
  /** Globals that a closure reads or writes, itself or in closures inside it. */
  readonly captures: Map<Closure, Set<Variable>>
  readonly locals: Map<FunctionLike, Variable[]>
  /** Functions and methods, in order of the text. */
  readonly functions: FunctionStmt[]
  /** It uses a user module: unknown names are no errors (SPEC 4). */
  lenient: boolean
}

export interface ProgramModel {
  readonly entry: FileModel
  /** Every file that is reached, each before those that use it; the entry is last. */
  readonly files: readonly FileModel[]
  readonly structs: readonly StructModel[]
  /** Types of expressions, where known. */
  readonly types: Map<Expr, Type>
}

/** A dereference as it is written, with a type (`?p |> T`) or without: what `await` passes through (SPEC 16.4). */
export function isReply(file: FileModel, e: Expr): boolean {
  if (isDereference(e)) return true
  if (e.k === "await") return isReply(file, e.value)
  if (e.k !== "pipe" || e.stage.k !== "name" || !isDereference(e.value)) return false
  const binding = file.bindings.get(e.stage)
  return binding?.k === "struct" || (binding?.k === "builtin" && TYPE_NAMES.has(e.stage.name))
}

/** `Grammar.new(…)` with arguments: as a stage behind a dereference it is the grammar that it makes (SPEC 8.1). */
export function isNewGrammar(file: FileModel, e: Expr): boolean {
  if (e.k !== "call" || e.args.length === 0 || e.callee.k !== "member" || e.callee.name.text !== "new") return false
  const { object } = e.callee
  return object.k === "name" && object.name === "Grammar" && file.bindings.get(object)?.k === "builtin"
}

/** Collects what is wrong. */
export class Report {
  readonly found: Diagnostic[] = []
  private readonly told = new Set<string>()

  add(
    file: FileModel,
    kind: string,
    at: Node,
    message: string,
    extra: { severity?: "error" | "warning"; fixes?: readonly Fix[]; related?: Diagnostic["related"] } = {},
  ): void {
    const key = `${kind} ${at.from} ${file.path}`
    if (this.told.has(key)) return
    this.told.add(key)
    this.found.push({
      phase: "check",
      severity: extra.severity ?? "error",
      kind,
      message,
      file: file.path,
      from: at.from,
      to: at.to,
      ...(extra.fixes ? { fixes: extra.fixes } : {}),
      ...(extra.related ? { related: extra.related } : {}),
    })
  }
}
