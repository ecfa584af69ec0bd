// The typed AST of Ard. `syntax/build.ts` makes it from a Lezer tree without error nodes; the checker fills in the fields
// marked "checker" (types, resolved symbols, kinds of calls); the lowering and the editing functions read both. Offsets are
// UTF-16 units in the module's own file. A node's `kind` is its discriminant; the comments name the spec's section.

import type {
  CallTarget,
  Coercion,
  FiberBody,
  FunctionSymbol,
  LocalSymbol,
  MatchForm,
  MemberTarget,
  ModuleVariable,
  PathTarget,
  Pattern,
  ResolvedArgument,
  ValueSymbol,
} from "../check/checked.ts"
import type { Type } from "../check/types.ts"

export interface Node {
  readonly from: number
  readonly to: number
}

/** A name as it stands in the text. */
export interface Ident extends Node {
  readonly name: string
}

// ---- types as written (section 4) -----------------------------------------------------------------------------------

export type TypeNode =
  | (Node & { readonly kind: "named"; readonly module: Ident | null; readonly name: Ident; readonly args: readonly TypeNode[] })
  | (Node & { readonly kind: "generic"; readonly name: string })
  | (Node & { readonly kind: "list"; readonly of: TypeNode })
  | (Node & { readonly kind: "map"; readonly key: TypeNode; readonly value: TypeNode })
  | (Node & { readonly kind: "nullable"; readonly of: TypeNode })
  | (Node & { readonly kind: "result"; readonly value: TypeNode; readonly error: TypeNode })
  | (Node & { readonly kind: "function"; readonly params: readonly TypeNode[]; readonly result: TypeNode | null })

// ---- expressions (section 6) ----------------------------------------------------------------------------------------

interface ExprBase extends Node {
  /** Checker: the expression's own static type, before `coercions`; generics of a call already put in. */
  type: Type
  /** Checker: what must happen to the value so that it fits the place it stands in; in this order. Null: nothing. */
  coercions: readonly Coercion[] | null
}

export interface IntLiteral extends ExprBase {
  readonly kind: "int"
  readonly value: bigint
}
export interface FloatLiteral extends ExprBase {
  readonly kind: "float"
  readonly value: number
}
export interface BoolLiteral extends ExprBase {
  readonly kind: "bool"
  readonly value: boolean
}
export interface VoidLiteral extends ExprBase {
  readonly kind: "void"
}

/** A string; `parts` are texts with their escapes resolved, and interpolated expressions. An empty interpolation is left out. */
export interface StringLiteral extends ExprBase {
  readonly kind: "string"
  readonly parts: readonly (string | Expr)[]
}

/** `x` where a value is meant; also a function by its bare name. */
export interface NameExpr extends ExprBase {
  readonly kind: "name"
  readonly name: string
  /** Checker. */
  symbol: ValueSymbol | null
}

/** `@` or `self`: the instance of the method around it; `symbol` is the method's `self` local. */
export interface SelfExpr extends ExprBase {
  readonly kind: "self"
  symbol: LocalSymbol | null
}

/** `v.name`, not called; `@name` has a SelfExpr as object. */
export interface MemberExpr extends ExprBase {
  readonly kind: "member"
  readonly object: Expr
  readonly name: Ident
  /** Checker. */
  target: MemberTarget | null
}

/** `a::b`, `a::b::c`, not called: a module's member, an enum variant, a static function as a value. */
export interface PathExpr extends ExprBase {
  readonly kind: "path"
  readonly parts: readonly Ident[]
  /** Checker. */
  target: PathTarget | null
}

export interface Argument extends Node {
  /** Written `mut x`: a deep copy is passed to a `mut` parameter (section 10). */
  readonly mutable: boolean
  readonly name: Ident | null
  readonly value: Expr
}

export interface CallExpr extends ExprBase {
  readonly kind: "call"
  /** A name, member (method) or path; nothing else can be called at once. */
  readonly callee: Expr
  readonly typeArgs: readonly TypeNode[]
  readonly args: readonly Argument[]
  /** Range of `(` … `)`. */
  readonly argsFrom: number
  readonly argsTo: number
  /** Checker: what is called. */
  target: CallTarget | null
  /** Checker: one element for each parameter, in the parameters' order. */
  resolved: readonly ResolvedArgument[]
  /** Checker: the function that becomes a fiber, for async::start and async::eval. */
  fiber: FiberBody | null
  /** Checker: what each generic name of the callee stands for here, by name without `$` (json::parse<T> reads it). */
  bindings: ReadonlyMap<string, Type> | null
}

export interface UnaryExpr extends ExprBase {
  readonly kind: "unary"
  readonly op: "-" | "not"
  readonly operand: Expr
}

export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "and" | "or" | "==" | "!="
export interface BinaryExpr extends ExprBase {
  readonly kind: "binary"
  readonly op: BinaryOp
  readonly opFrom: number
  readonly left: Expr
  readonly right: Expr
}

export type CompareOp = "<" | "<=" | ">" | ">="
/** `a < b`, also chained `a < b <= c`: operands are evaluated once each, left to right, until one comparison is false. */
export interface CompareExpr extends ExprBase {
  readonly kind: "compare"
  readonly operands: readonly Expr[]
  readonly ops: readonly CompareOp[]
}

/** `a..b`, inclusive; only as the iterable of a `for` and in patterns. */
export interface RangeExpr extends ExprBase {
  readonly kind: "range"
  readonly start: Expr
  readonly end: Expr
}

export interface ListExpr extends ExprBase {
  readonly kind: "list"
  readonly items: readonly Expr[]
}
export interface MapExpr extends ExprBase {
  readonly kind: "map"
  readonly entries: readonly { readonly key: Expr; readonly value: Expr }[]
}

export interface FieldValue extends Node {
  readonly name: Ident
  readonly value: Expr
}
/** `Name{…}`, `m::Name{…}`. Fields left out are none. Evaluate the values in the order written. `type` is the struct. */
export interface StructExpr extends ExprBase {
  readonly kind: "struct"
  readonly path: readonly Ident[]
  readonly fields: readonly FieldValue[]
}

export interface Arm extends Node {
  /** Null for `_`. A condition in a match without subject. */
  readonly pattern: Expr | null
  readonly patternFrom: number
  readonly patternTo: number
  readonly body: Expr
  /** Checker: what the pattern means. */
  meaning: Pattern | null
}

export interface MatchExpr extends ExprBase {
  readonly kind: "match"
  /** Null: the arms are conditions. */
  readonly subject: Expr | null
  readonly arms: readonly Arm[]
  /** Checker: by which rule of section 7 the arms are tried. */
  form: MatchForm | null
}

export interface CatchClause extends Node {
  /** `-> name { … }`; `_` is a name too. Null for `-> f`. */
  readonly name: Ident | null
  readonly block: BlockExpr | null
  /** `-> f`, `-> m::f`. */
  readonly handler: Expr | null
  /** Checker: the bound error (Result only). */
  symbol: LocalSymbol | null
  /** Checker: what happens to the error where it enters the handler's parameter. */
  errorCoercions: readonly Coercion[] | null
  /** Checker: what calling the handler gives is coerced so. */
  coercions: readonly Coercion[] | null
}

/** `try e [-> …]` (section 8). The catch value leaves the enclosing function. `type` is the unwrapped value's. */
export interface TryExpr extends ExprBase {
  readonly kind: "try"
  readonly operand: Expr
  readonly catch: CatchClause | null
  /** `try a?.b`: "link" is the `a?` in it, which leaves as the try around it does; "end" is that try. */
  readonly chain: "link" | "end" | null
  /** Checker: what the operand is; null for the end of a chain whose last member is no Maybe. */
  on: "result" | "maybe" | null
}

export interface IfExpr extends ExprBase {
  readonly kind: "if"
  readonly condition: Expr
  readonly body: BlockExpr
  readonly else: IfExpr | BlockExpr | null
}

/** `{ … }`: a scope. Its value is that of `last`, or Void. */
export interface BlockExpr extends ExprBase {
  readonly kind: "block"
  readonly statements: readonly Statement[]
}

export interface Param extends Node {
  readonly mutable: boolean
  readonly name: Ident
  /** Null only in lambdas. */
  readonly typeNode: TypeNode | null
  /** Checker. */
  symbol: LocalSymbol | null
}

/**
 * A lambda (`name` null) or a function with a name: of the module, of an impl (method), static (`owner`), or nested in another function.
 * As an expression its value is the function.
 */
export interface FunctionExpr extends ExprBase {
  readonly kind: "function"
  readonly isPrivate: boolean
  /** `fn mut`: `@` may be changed. */
  readonly isMutating: boolean
  /** `fn Owner::name`. */
  readonly owner: Ident | null
  readonly name: Ident | null
  readonly params: readonly Param[]
  readonly resultNode: TypeNode | null
  readonly body: BlockExpr
  /** Checker: the named function's symbol; null for lambdas. */
  symbol: FunctionSymbol | null
  /** Checker: a function with a name inside another function is also a local of its scope (a closure). */
  local: LocalSymbol | null
  /** Checker: parameters and result with inference done (for lambdas too). */
  params_: readonly { readonly type: Type; readonly mutable: boolean }[]
  result: Type
  /** Checker: the method's instance; null outside impl. */
  self: LocalSymbol | null
}

export interface ExternExpr extends ExprBase {
  readonly kind: "extern"
  readonly isPrivate: boolean
  readonly name: Ident
  readonly params: readonly Param[]
  readonly resultNode: TypeNode
  readonly binding: string
  /** Checker. */
  symbol: FunctionSymbol | null
}

export type Expr =
  | IntLiteral
  | FloatLiteral
  | BoolLiteral
  | VoidLiteral
  | StringLiteral
  | NameExpr
  | SelfExpr
  | MemberExpr
  | PathExpr
  | CallExpr
  | UnaryExpr
  | BinaryExpr
  | CompareExpr
  | RangeExpr
  | ListExpr
  | MapExpr
  | StructExpr
  | MatchExpr
  | TryExpr
  | IfExpr
  | BlockExpr
  | FunctionExpr
  | ExternExpr

// ---- statements (sections 5, 9, 11, 13) -----------------------------------------------------------------------------

export interface UseStatement extends Node {
  readonly kind: "use"
  readonly path: string
  readonly pathFrom: number
  readonly pathTo: number
  readonly alias: Ident | null
}

export interface LetStatement extends Node {
  readonly kind: "let"
  readonly mutable: boolean
  readonly name: Ident
  readonly typeNode: TypeNode | null
  readonly value: Expr
  /** Checker: a local, or a variable of the module at its top level. */
  symbol: LocalSymbol | ModuleVariable | null
  /** Checker: `mut b = a` of a struct, list, map …: the value is deep-copied (section 10). */
  copies: boolean
}

export interface AssignStatement extends Node {
  readonly kind: "assign"
  /** NameExpr or MemberExpr. */
  readonly target: Expr
  readonly op: "=" | "=+" | "=-"
  readonly value: Expr
}

export interface WhileStatement extends Node {
  readonly kind: "while"
  readonly condition: Expr | null
  readonly body: BlockExpr
}

export interface ForInStatement extends Node {
  readonly kind: "forIn"
  readonly cursor: Ident
  readonly index: Ident | null
  readonly iterable: Expr
  readonly body: BlockExpr
  /** Checker: `range` has a RangeExpr as iterable, `count` an Int. */
  over: "range" | "count" | "list" | "str" | "map" | null
  /** Checker: new in every turn. */
  cursorSymbol: LocalSymbol | null
  indexSymbol: LocalSymbol | null
}

export interface ForStatement extends Node {
  readonly kind: "for"
  readonly init: LetStatement
  readonly condition: Expr
  /** An AssignStatement in a checked program. */
  readonly update: Statement
  readonly body: BlockExpr
}

export interface BreakStatement extends Node {
  readonly kind: "break"
}
export interface ExprStatement extends Node {
  readonly kind: "expr"
  readonly value: Expr
}

export interface TypeStatement extends Node {
  readonly kind: "type"
  readonly isPrivate: boolean
  readonly name: Ident
  readonly members: readonly TypeNode[]
}
export interface Variant extends Node {
  readonly name: Ident
  readonly value: Expr | null
}
export interface EnumStatement extends Node {
  readonly kind: "enum"
  readonly isPrivate: boolean
  readonly name: Ident
  readonly variants: readonly Variant[]
}
export interface FieldNode extends Node {
  readonly name: Ident
  readonly typeNode: TypeNode
}
export interface StructStatement extends Node {
  readonly kind: "struct"
  readonly isPrivate: boolean
  readonly name: Ident
  readonly generics: readonly Ident[]
  readonly fields: readonly FieldNode[]
  /** `extern type Name`: values come from extern functions only; there are no fields and no literal (section 20). */
  readonly isExtern: boolean
}
export interface MethodSignature extends Node {
  readonly isMutating: boolean
  readonly name: Ident
  readonly params: readonly Param[]
  readonly resultNode: TypeNode | null
}
export interface TraitStatement extends Node {
  readonly kind: "trait"
  readonly isPrivate: boolean
  readonly name: Ident
  readonly methods: readonly MethodSignature[]
}
export interface ImplStatement extends Node {
  readonly kind: "impl"
  /** `impl Trait for Target`; one or two parts. Null: own methods. */
  readonly trait: readonly Ident[] | null
  readonly target: Ident
  readonly methods: readonly FunctionExpr[]
}
/** `extern type Name` and the like are not part of this; extern functions are expressions. */
export type Statement =
  | UseStatement
  | LetStatement
  | AssignStatement
  | WhileStatement
  | ForInStatement
  | ForStatement
  | BreakStatement
  | ExprStatement
  | TypeStatement
  | EnumStatement
  | StructStatement
  | TraitStatement
  | ImplStatement

/** A file. Functions and extern functions of the module are ExprStatements around FunctionExpr and ExternExpr. */
export interface ModuleNode extends Node {
  readonly imports: readonly UseStatement[]
  /** Everything but the imports. */
  readonly statements: readonly Statement[]
}
