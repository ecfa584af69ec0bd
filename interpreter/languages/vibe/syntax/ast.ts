// Vibe's abstract syntax: what the Lezer tree of a file means, with ranges in UTF-16 units. Built by build.ts, read by the
// checker, the lowering and the editor's functions. Where the text is broken an expression is `Missing`, so that the
// editor can work on half-typed programs; a program with parse errors is never checked for running or lowered.

export interface Span {
  readonly from: number
  readonly to: number
}

/** A name where it stands. */
export interface Name extends Span {
  readonly text: string
}

/** `text[][]` is { base: "text", dims: 2 }. `base` may be any word: the checker knows which exist. */
export interface TypeNode extends Span {
  readonly base: string
  readonly dims: number
}

// ---- expressions ----------------------------------------------------------------------------------------------------

export type Expr =
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | StringLiteral
  | ArrayLiteral
  | ObjectLiteral
  | Variable
  | Unary
  | Binary
  | RangeExpr
  | Call
  | Index
  | Slice
  | Member
  | Assign
  | Ask
  | TsBlock
  | Paren
  | Missing

export interface NumberLiteral extends Span {
  readonly k: "number"
  readonly value: number
}
export interface BooleanLiteral extends Span {
  readonly k: "boolean"
  readonly value: boolean
}
export interface NullLiteral extends Span {
  readonly k: "null"
}
export interface StringLiteral extends Span {
  readonly k: "string"
  readonly parts: readonly StringPart[]
}
export type StringPart =
  | { readonly k: "text"; readonly text: string }
  /** `{name.path[1]}` or, with `expand`, `!{name}`. `raw` is how it is written, `{` to `}` (with `!`). */
  | {
      readonly k: "slot"
      readonly expand: boolean
      readonly name: Name
      readonly path: readonly PathStep[]
      readonly raw: string
      readonly from: number
      readonly to: number
    }
export type PathStep =
  | { readonly k: "member"; readonly name: Name }
  | { readonly k: "index"; readonly at: number }
  | { readonly k: "slice"; readonly start: number | null; readonly end: number | null }

export interface ArrayLiteral extends Span {
  readonly k: "array"
  readonly items: readonly Expr[]
}
export interface Property extends Span {
  readonly key: Name
  readonly value: Expr
}
export interface ObjectLiteral extends Span {
  readonly k: "object"
  readonly properties: readonly Property[]
}
export interface Variable extends Span {
  readonly k: "variable"
  readonly name: string
}
export interface Unary extends Span {
  readonly k: "unary"
  readonly op: "not" | "-"
  readonly operand: Expr
}
export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "and" | "or"
export interface Binary extends Span {
  readonly k: "binary"
  readonly op: BinaryOp
  readonly left: Expr
  readonly right: Expr
}
export interface RangeExpr extends Span {
  readonly k: "range"
  readonly start: Expr
  readonly end: Expr
}
export interface Call extends Span {
  readonly k: "call"
  readonly callee: Expr
  readonly args: readonly Expr[]
  /** From `(` to behind `)`. */
  readonly argsSpan: Span
}
export interface Index extends Span {
  readonly k: "index"
  readonly object: Expr
  readonly index: Expr
}
export interface Slice extends Span {
  readonly k: "slice"
  readonly object: Expr
  readonly start: Expr | null
  readonly end: Expr | null
}
export interface Member extends Span {
  readonly k: "member"
  readonly object: Expr
  readonly name: Name
}
export interface Assign extends Span {
  readonly k: "assign"
  readonly target: Name
  readonly value: Expr
}
/** `do P model context`, `vibe P model context`. */
export interface Ask extends Span {
  readonly k: "ask"
  readonly word: "do" | "vibe"
  readonly prompt: Expr
  readonly model: Name | null
  readonly context: ContextChoice | null
}
export interface ContextChoice extends Span {
  /** `default`, `local`, or the name of a variable. */
  readonly text: string
  readonly named: boolean
}
export interface TsBlock extends Span {
  readonly k: "ts"
  readonly params: readonly Name[]
  readonly body: string
  readonly bodyFrom: number
}
export interface Paren extends Span {
  readonly k: "paren"
  readonly inner: Expr
}
export interface Missing extends Span {
  readonly k: "missing"
}

// ---- statements -----------------------------------------------------------------------------------------------------

export type Stmt =
  | ImportStmt
  | ExportStmt
  | AsyncStmt
  | VarStmt
  | ModelStmt
  | FunctionStmt
  | ToolStmt
  | ReturnStmt
  | BreakStmt
  | ThrowStmt
  | IfStmt
  | ForStmt
  | WhileStmt
  | Block
  | ExprStmt

export interface ImportStmt extends Span {
  readonly k: "import"
  readonly names: readonly Name[]
  readonly path: string
  readonly pathSpan: Span
}
export interface ExportStmt extends Span {
  readonly k: "export"
  readonly declaration: VarStmt | ModelStmt | FunctionStmt
}
export interface AsyncStmt extends Span {
  readonly k: "async"
  readonly what: VarStmt | Expr
}
/** `let x: T = e`, `const { a: T } = e`. */
export interface VarStmt extends Span {
  readonly k: "let" | "const"
  readonly target: VarTarget
  readonly init: Expr | null
}
export type VarTarget =
  | { readonly k: "name"; readonly name: Name; readonly type: TypeNode | null; readonly isPrivate: boolean }
  | { readonly k: "pattern"; readonly from: number; readonly to: number; readonly fields: readonly PatternField[] }
export interface PatternField extends Span {
  readonly name: Name
  readonly type: TypeNode
  readonly isPrivate: boolean
}
export interface ModelStmt extends Span {
  readonly k: "model"
  readonly name: Name
  readonly config: ObjectLiteral
}
export interface Param extends Span {
  readonly name: Name
  readonly type: TypeNode
}
export interface FunctionStmt extends Span {
  readonly k: "function"
  readonly name: Name
  readonly params: readonly Param[]
  readonly returns: TypeNode | null
  readonly body: Block
}
export interface ToolStmt extends Span {
  readonly k: "tool"
  readonly name: Name
  readonly params: readonly Param[]
  readonly returns: TypeNode | null
  readonly description: string
  readonly paramDocs: readonly { readonly name: Name; readonly text: string }[]
  readonly body: Block
}
export interface ReturnStmt extends Span {
  readonly k: "return"
  readonly value: Expr | null
}
export interface BreakStmt extends Span {
  readonly k: "break"
}
export interface ThrowStmt extends Span {
  readonly k: "throw"
  readonly value: Expr
}
export interface IfStmt extends Span {
  readonly k: "if"
  readonly test: Expr
  readonly body: Block
  readonly otherwise: IfStmt | Block | null
}
export interface LoopMode extends Span {
  readonly k: "forget" | "verbose" | "compress"
  /** The first argument of `compress`: a text or a name. */
  readonly first: StringLiteral | Variable | null
  readonly second: Variable | null
}
export interface ForStmt extends Span {
  readonly k: "for"
  readonly name: Name
  readonly iterable: Expr
  readonly body: Block
  readonly mode: LoopMode | null
}
export interface WhileStmt extends Span {
  readonly k: "while"
  readonly test: Expr
  readonly body: Block
  readonly mode: LoopMode | null
}
export interface Block extends Span {
  readonly k: "block"
  readonly body: readonly Stmt[]
}
export interface ExprStmt extends Span {
  readonly k: "expr"
  readonly value: Expr
}

export interface FileAst {
  readonly body: readonly Stmt[]
}

/** An `if` and every `else if` behind it, in order. */
export function branchesOf(s: IfStmt): readonly IfStmt[] {
  const branches: IfStmt[] = []
  for (let at: IfStmt | null = s; at; at = at.otherwise?.k === "if" ? at.otherwise : null) branches.push(at)
  return branches
}

/** How tightly an operator binds, from 1 to 5 (SPEC 3.3). */
export function strengthOf(op: BinaryOp): number {
  return op === "or" ? 1 : op === "and" ? 2 : op === "+" || op === "-" ? 4 : op === "*" || op === "/" || op === "%" ? 5 : 3
}

/** The operations that an operation begins with, in the order in which they happen: `a + b`, `a + b + c`. Chains may be long. */
export function chainOf(e: Binary): readonly Binary[] {
  const chain: Binary[] = []
  for (let at: Expr = e; at.k === "binary"; at = at.left) chain.push(at)
  return chain.reverse()
}

/** The expression without parentheses around it. */
export function bare(e: Expr): Expr {
  let inner = e
  while (inner.k === "paren") inner = inner.inner
  return inner
}
