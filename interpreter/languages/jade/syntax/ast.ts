// Jade's syntax as data: what the tree of the grammar becomes (build.ts) and what check/, lower/ and editing/ read.
// Every node keeps its range [from, to) in its file; an expression in parentheses has the range of the parentheses.

export interface Node {
  readonly from: number
  readonly to: number
}

export interface Name extends Node {
  readonly text: string
}

export type Expr =
  | IntLiteral
  | FloatLiteral
  | TextLiteral
  | FormatText
  | BoolLiteral
  | NameExpr
  | ArrayLiteral
  | DictLiteral
  | StructLiteral
  | SelfField
  | Dereference
  | FieldDereference
  | Call
  | Index
  | Member
  | Unary
  | Await
  | Binary
  | Pipe
  | PromptExpr
  | Closure

export interface IntLiteral extends Node {
  readonly k: "int"
  readonly value: bigint
}
export interface FloatLiteral extends Node {
  readonly k: "float"
  readonly value: number
}
export interface TextLiteral extends Node {
  readonly k: "text"
  readonly value: string
}
/** An f-string: texts and slots in order. */
export interface FormatText extends Node {
  readonly k: "format"
  readonly parts: readonly (string | Expr)[]
}
export interface BoolLiteral extends Node {
  readonly k: "bool"
  readonly value: boolean
}
export interface NameExpr extends Node {
  readonly k: "name"
  readonly name: string
}
export interface ArrayLiteral extends Node {
  readonly k: "array"
  readonly items: readonly Expr[]
}
export interface DictLiteral extends Node {
  readonly k: "dict"
  readonly entries: readonly { readonly key: Expr; readonly value: Expr }[]
}
export interface StructLiteral extends Node {
  readonly k: "struct"
  /** The module of `module.Type { … }`; null for a type of this file. */
  readonly module: Name | null
  readonly name: Name
  readonly base: Expr | null
  readonly fields: readonly { readonly name: Name; readonly value: Expr }[]
}
/** `.x`, which is `self.x`. */
export interface SelfField extends Node {
  readonly k: "self"
  readonly name: Name
}
export interface Dereference extends Node {
  readonly k: "deref"
  readonly prompt: Expr
}
/** `object.(?name)` and `object~>name`. */
export interface FieldDereference extends Node {
  readonly k: "fieldDeref"
  readonly object: Expr
  readonly name: Name
}
export interface Argument {
  /** Set for `name = value`. */
  readonly name: Name | null
  readonly value: Expr
}
export interface Call extends Node {
  readonly k: "call"
  readonly callee: Expr
  readonly args: readonly Argument[]
}
export interface Index extends Node {
  readonly k: "index"
  readonly object: Expr
  readonly index: Expr
}
export interface Member extends Node {
  readonly k: "member"
  readonly object: Expr
  readonly name: Name
}
export type UnaryOp = "!" | "~" | "-"
export interface Unary extends Node {
  readonly k: "unary"
  readonly op: UnaryOp
  readonly value: Expr
}
export interface Await extends Node {
  readonly k: "await"
  readonly value: Expr
}
export type BinaryOp =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "<<"
  | ">>"
  | "&"
  | "^"
  | "|"
  | "=="
  | "!="
  | "<"
  | ">"
  | "<="
  | ">="
  | "in"
  | "not in"
  | "&&"
  | "||"
export interface Binary extends Node {
  readonly k: "binary"
  readonly op: BinaryOp
  readonly left: Expr
  readonly right: Expr
}
export interface Pipe extends Node {
  readonly k: "pipe"
  readonly value: Expr
  readonly stage: Expr
}
export interface PromptExpr extends Node {
  readonly k: "prompt"
  readonly text: Expr
}
export interface Closure extends Node {
  readonly k: "closure"
  readonly params: readonly Name[]
  readonly body: Block | Expr
  /** Its block yields: a call gives a stream. */
  readonly generator: boolean
}

export interface Block extends Node {
  readonly k: "block"
  readonly body: readonly Stmt[]
}

export interface Param {
  readonly name: Name
  readonly value: Expr | null
}

export interface Decorator extends Node {
  /** `a::b` as its parts. */
  readonly path: readonly Name[]
  readonly args: readonly Argument[]
}

export type Stmt =
  | { readonly k: "return"; readonly value: Expr | null; readonly from: number; readonly to: number }
  | { readonly k: "yield"; readonly value: Expr; readonly from: number; readonly to: number }
  | { readonly k: "break"; readonly from: number; readonly to: number }
  | { readonly k: "continue"; readonly from: number; readonly to: number }
  | { readonly k: "raise"; readonly value: Expr; readonly from: number; readonly to: number }
  | UseStmt
  | AssignStmt
  | LetStmt
  | { readonly k: "expr"; readonly value: Expr; readonly from: number; readonly to: number }
  | IfStmt
  | { readonly k: "while"; readonly test: Expr; readonly body: Block; readonly from: number; readonly to: number }
  | { readonly k: "for"; readonly name: Name; readonly sequence: Expr; readonly body: Block; readonly from: number; readonly to: number }
  | TryStmt
  | InterfaceStmt
  | FunctionStmt
  | StructStmt
  | ExtendStmt

/** `use a::b`, `from a::b use x, y`; `quoted` and `alias` are refused by the check. */
export interface UseStmt extends Node {
  readonly k: "use"
  readonly path: readonly Name[]
  readonly quoted: Node | null
  readonly alias: Name | null
  /** Names of `from … use`; null for a plain `use`. */
  readonly names: readonly Name[] | null
}
export interface AssignStmt extends Node {
  readonly k: "assign"
  readonly target: NameExpr | Member | Index | SelfField
  readonly value: Expr
}
/** `let` and `prompt` declarations. */
export interface LetStmt extends Node {
  readonly k: "let"
  readonly prompt: boolean
  readonly decorators: readonly Decorator[]
  readonly name: Name
  readonly value: Expr
}
export interface IfStmt extends Node {
  readonly k: "if"
  /** `keyword` is where `if` or `elif` stands. */
  readonly arms: readonly { readonly keyword: Node; readonly test: Expr; readonly body: Block }[]
  readonly otherwise: Block | null
}
export interface CatchArm extends Node {
  /** null catches everything. */
  readonly type: Name | null
  readonly name: Name
  readonly body: Block
}
export interface TryStmt extends Node {
  readonly k: "try"
  readonly body: Block
  readonly arms: readonly CatchArm[]
}
export interface InterfaceStmt extends Node {
  readonly k: "interface"
  readonly name: Name
  readonly methods: readonly Name[]
}
export interface FunctionStmt extends Node {
  readonly k: "fn"
  readonly async: boolean
  readonly decorators: readonly Decorator[]
  readonly name: Name
  readonly params: readonly Param[]
  readonly body: Block
  /** It contains a `yield` of its own. */
  readonly generator: boolean
}
export interface StructField {
  readonly name: Name
  readonly prompt: boolean
  readonly value: Expr | null
}
export interface StructStmt extends Node {
  readonly k: "structDef"
  readonly decorators: readonly Decorator[]
  readonly name: Name
  readonly parents: readonly Name[]
  readonly fields: readonly StructField[]
}
export interface ExtendStmt extends Node {
  readonly k: "extend"
  readonly decorators: readonly Decorator[]
  readonly type: Name
  readonly interface: Name | null
  readonly methods: readonly FunctionStmt[]
}

export interface FileAst {
  readonly body: readonly Stmt[]
}

/** A dereference, seen through `await` and parentheses: what a typed pipe and `await` treat specially. */
export function isDereference(e: Expr): boolean {
  return e.k === "deref" || e.k === "fieldDeref" || (e.k === "await" && isDereference(e.value))
}

/** Expressions directly inside an expression, in order of evaluation; a closure's body is not among them. */
export function childExpressions(e: Expr): readonly Expr[] {
  switch (e.k) {
    case "int":
    case "float":
    case "text":
    case "bool":
    case "name":
    case "self":
    case "closure":
      return []
    case "format":
      return e.parts.filter((part): part is Expr => typeof part !== "string")
    case "array":
      return e.items
    case "dict":
      return e.entries.flatMap(({ key, value }) => [key, value])
    case "struct":
      return [...(e.base ? [e.base] : []), ...e.fields.map(({ value }) => value)]
    case "deref":
      return [e.prompt]
    case "fieldDeref":
    case "member":
      return [e.object]
    case "call":
      return [e.callee, ...e.args.map(({ value }) => value)]
    case "index":
      return [e.object, e.index]
    case "unary":
    case "await":
      return [e.value]
    case "binary":
      return [e.left, e.right]
    case "pipe":
      return [e.value, e.stage]
    case "prompt":
      return [e.text]
  }
}

/** Expressions directly inside a statement (not those of its blocks). */
export function statementExpressions(s: Stmt): readonly Expr[] {
  const ofDecorators = (decorators: readonly Decorator[]) => decorators.flatMap(({ args }) => args.map(({ value }) => value))
  switch (s.k) {
    case "return":
      return s.value ? [s.value] : []
    case "yield":
    case "raise":
    case "expr":
      return [s.value]
    case "assign":
      return s.target.k === "index" || s.target.k === "member" ? [s.target, s.value] : [s.value]
    case "let":
      return [...ofDecorators(s.decorators), s.value]
    case "if":
      return s.arms.map(({ test }) => test)
    case "while":
      return [s.test]
    case "for":
      return [s.sequence]
    case "fn":
      return [...ofDecorators(s.decorators), ...s.params.flatMap(({ value }) => (value ? [value] : []))]
    case "structDef":
      return [...ofDecorators(s.decorators), ...s.fields.flatMap(({ value }) => (value ? [value] : []))]
    case "extend":
      return ofDecorators(s.decorators)
    default:
      return []
  }
}

/** Blocks directly inside a statement; functions' and methods' bodies are not among them. */
export function statementBlocks(s: Stmt): readonly Block[] {
  switch (s.k) {
    case "if":
      return [...s.arms.map(({ body }) => body), ...(s.otherwise ? [s.otherwise] : [])]
    case "while":
    case "for":
      return [s.body]
    case "try":
      return [s.body, ...s.arms.map(({ body }) => body)]
    default:
      return []
  }
}
