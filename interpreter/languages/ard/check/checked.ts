// What the checker hands to the lowering and to the editing functions. Decision: results live ON the AST nodes (the fields
// marked "checker" in syntax/ast.ts); this file has the symbols they point at and the program around the modules. Types are
// erased at run time: a generic function is compiled once; wherever a value enters a place of another static type (union,
// trait, nullable) the expression carries `coercions`, so a lowering can tag or box there and nowhere else.
import type { SourceFile } from "../../../source/text.ts"
import type { LibraryEntry } from "../library/entry.ts"
import type {
  EnumStatement,
  Expr,
  ExternExpr,
  FunctionExpr,
  ModuleNode,
  Node,
  StructStatement,
  TraitStatement,
  TypeStatement,
} from "../syntax/ast.ts"
import type { FunctionType, Type } from "./types.ts"

// ---- symbols --------------------------------------------------------------------------------------------------------

/** A local variable, parameter, cursor, pattern or catch name, `self`, or a function declared inside a function. */
export interface LocalSymbol {
  readonly kind: "local"
  readonly name: string
  type: Type
  readonly mutable: boolean
  readonly role: "let" | "mut" | "parameter" | "cursor" | "pattern" | "catch" | "self" | "function"
  /** Where its name stands. */
  readonly declared: Node
  readonly module: ModuleSymbol
  /** The function it belongs to; null for a local of the module's top level (inside a block there). */
  readonly owner: FunctionExpr | null
  /** Used inside a function (lambda, nested function) other than its owner. */
  captured: boolean
  /** Assigned after its declaration (`=`, `=+`, `=-`), not counting fields. */
  assigned: boolean
  /** Passed by reference to a `mut` parameter somewhere (or is a field's root there). */
  referenced: boolean
  /** Of a function declared inside a function. */
  readonly fn: FunctionExpr | null
}

/** A `let` or `mut` at the top level of a module. */
export interface ModuleVariable {
  readonly kind: "variable"
  readonly name: string
  type: Type
  readonly mutable: boolean
  readonly module: ModuleSymbol
  readonly declared: Node
  /** Set once the let statement's value is checked; the module's statements hold it. */
  readonly value: Expr
  assigned: boolean
  referenced: boolean
}

/** A function of a module, a method, a static function, an extern, or an entry of the library. */
export interface FunctionSymbol {
  readonly kind: "function"
  readonly name: string
  readonly module: ModuleSymbol
  /** The struct or enum: `role` tells whether it is a method or `fn Owner::name`. */
  readonly owner: StructSymbol | EnumSymbol | null
  readonly role: "function" | "static" | "method" | "extern"
  readonly isPrivate: boolean
  readonly isMutating: boolean
  readonly type: FunctionType
  /** Generic names in order of first appearance, without `$`; for a method those of its own and of its owner. */
  readonly generics: readonly string[]
  readonly declared: Node
  /** Null for library entries and externs. */
  readonly node: FunctionExpr | null
  readonly extern: ExternExpr | null
  readonly entry: LibraryEntry | null
  /** The trait whose implementation this method belongs to. */
  readonly trait: TraitSymbol | null
}

export interface FieldSymbol {
  readonly kind: "field"
  readonly name: string
  readonly owner: StructSymbol
  type: Type
  readonly declared: Node
}

export interface VariantSymbol {
  readonly kind: "variant"
  readonly name: string
  readonly owner: EnumSymbol
  /** Its number: its place, or the value written. */
  value: bigint
  readonly declared: Node
}

export interface StructSymbol {
  readonly kind: "struct"
  readonly name: string
  readonly module: ModuleSymbol
  readonly isPrivate: boolean
  readonly declared: Node
  readonly node: StructStatement
  readonly generics: string[]
  /** In the order of declaration. */
  readonly fields: Map<string, FieldSymbol>
  readonly methods: Map<string, FunctionSymbol>
  readonly statics: Map<string, FunctionSymbol>
  /** Complete once every module is checked. */
  readonly traits: Set<TraitSymbol>
}

export interface EnumSymbol {
  readonly kind: "enum"
  readonly name: string
  readonly module: ModuleSymbol
  readonly isPrivate: boolean
  readonly declared: Node
  readonly node: EnumStatement
  readonly variants: VariantSymbol[]
  readonly methods: Map<string, FunctionSymbol>
  readonly statics: Map<string, FunctionSymbol>
  readonly traits: Set<TraitSymbol>
}

/** `type A = T | U`. */
export interface UnionSymbol {
  readonly kind: "union"
  readonly name: string
  readonly module: ModuleSymbol
  readonly isPrivate: boolean
  readonly declared: Node
  readonly node: TypeStatement
  members: readonly Type[]
}

/** `type A = T`: stands for what it names; `generics` may be put in (`Decoder<Int>`). */
export interface AliasSymbol {
  readonly kind: "alias"
  readonly name: string
  readonly module: ModuleSymbol
  readonly isPrivate: boolean
  readonly declared: Node
  readonly node: TypeStatement
  /** Resolved when first asked for. */
  readonly type: Type
  readonly generics: readonly string[]
}

export interface TraitMethod {
  readonly kind: "traitMethod"
  readonly owner: TraitSymbol
  readonly name: string
  readonly isMutating: boolean
  readonly type: FunctionType
  readonly declared: Node
}

export interface TraitSymbol {
  readonly kind: "trait"
  readonly name: string
  readonly module: ModuleSymbol
  readonly isPrivate: boolean
  readonly declared: Node
  readonly node: TraitStatement
  readonly methods: Map<string, TraitMethod>
}

export type TypeSymbol = StructSymbol | EnumSymbol | UnionSymbol | AliasSymbol | TraitSymbol
/** What a bare name can stand for as a value. */
export type ValueSymbol = LocalSymbol | ModuleVariable | FunctionSymbol
export type AnySymbol = ValueSymbol | TypeSymbol | FieldSymbol | VariantSymbol | TraitMethod | ModuleSymbol

/** A use or the definition of a name in a module's text, for definition, references, rename and hover. */
export interface Occurrence extends Node {
  readonly symbol: AnySymbol
  readonly isDefinition: boolean
}

// ---- what uses mean -------------------------------------------------------------------------------------------------

/**
 * `function`: a function with `mut` parameters enters a place whose type has none: wrap it so that it takes plain values.
 * `union`: a member enters a union; `trait`: a value enters a trait; both know the static type it came from.
 * `some`: a plain value enters a nullable place (later addition) and is wrapped. `from` is the type before this step, `to` after it.
 */
export interface Coercion {
  readonly kind: "union" | "trait" | "some" | "function"
  readonly from: Type
  readonly to: Type
}

/** `v.name`: a field of a struct. */
export interface MemberTarget {
  readonly kind: "field"
  readonly struct: StructSymbol
  readonly name: string
}

export type PathTarget =
  | { readonly kind: "variable"; readonly variable: ModuleVariable }
  | { readonly kind: "function"; readonly fn: FunctionSymbol }
  | { readonly kind: "variant"; readonly enum: EnumSymbol; readonly index: number }

export type CallTarget =
  /** A function known by name: of a module, static, extern or of the library (`fn.entry`). */
  | { readonly kind: "function"; readonly fn: FunctionSymbol }
  /** A function value: evaluate the callee, call it. Functions declared inside functions are called so too (callee is a name with a local symbol). */
  | { readonly kind: "value" }
  /** A method of a struct or enum; the receiver is `callee.object`. Library methods (`fn.entry`) of lists, Str, Maybe, Fiber … too. */
  | { readonly kind: "method"; readonly fn: FunctionSymbol; readonly receiver: Expr }
  /** A method of whatever stands behind a trait; found at run time. */
  | { readonly kind: "traitMethod"; readonly trait: TraitSymbol; readonly name: string; readonly receiver: Expr }
  | { readonly kind: "panic" }

export interface ResolvedArgument {
  /** Index into `CallExpr.args`; -1 for a nullable argument that was left out (pass none). Evaluate in the order of `args`. */
  readonly index: number
  /**
   * `value`: pass it. `reference`: a mutable variable or field goes to a `mut` parameter; the callee's changes, assignment of the whole
   * parameter too, are seen by the caller. `copy`: deep-copied for a `mut` parameter (written `mut x`, or an immutable value given to a
   * method's `mut` parameter). `temporary`: goes to a `mut` parameter, needs no copy (a literal or the result of a call).
   */
  readonly mode: "value" | "reference" | "copy" | "temporary"
}

/** By what a match chooses (section 7). */
export type MatchForm = "bool" | "int" | "str" | "enum" | "union" | "maybe" | "result" | "conditions"

export type Pattern =
  | { readonly kind: "catchAll" }
  | { readonly kind: "bool"; readonly value: boolean }
  /** Int literal (from = to) or inclusive range; an enum variant in an Int match too. */
  | { readonly kind: "int"; readonly from: bigint; readonly to: bigint }
  | { readonly kind: "str"; readonly value: string }
  | { readonly kind: "variant"; readonly enum: EnumSymbol; readonly index: number }
  /** `Type(name)`: `name` null for `_`. */
  | { readonly kind: "member"; readonly type: Type; readonly symbol: LocalSymbol | null }
  /** The binding arm of a Maybe; the none arm is `catchAll`. */
  | { readonly kind: "some"; readonly symbol: LocalSymbol | null }
  | { readonly kind: "ok" | "err"; readonly symbol: LocalSymbol | null }
  /** The arm's `pattern` is a Bool expression. */
  | { readonly kind: "condition" }

/** What runs as a fiber (14.3), and the variables of its file that must be there, fresh, before it begins. */
export interface FiberBody {
  /** The argument's expression: a lambda (FunctionExpr), a name or path of a function. */
  readonly value: Expr
  readonly isEval: boolean
  /**
   * Variables of the module in which the fiber is started that the fiber may read, also through functions, in the order of their declaration:
   * evaluate each one's `value` anew in the fiber's globals. For imported modules everything is run again.
   */
  readonly constants: readonly ModuleVariable[]
  /** Locals around the lambda and module constants that are channels: the same channel inside (14.8). */
  readonly channels: readonly (LocalSymbol | ModuleVariable)[]
}

// ---- the program ----------------------------------------------------------------------------------------------------

export interface ModuleSymbol {
  readonly kind: "module"
  /** As written after `use`: `ard/io`, `shop/util/text`; "" for the entry file. */
  readonly path: string
  /** Null for modules of the library (their declarations are a text of their own). */
  readonly file: SourceFile | null
  readonly node: ModuleNode
  /** Names bound by `use`, and the prelude's. */
  readonly imports: Map<string, ModuleSymbol>
  readonly types: Map<string, TypeSymbol>
  /** Functions at module level by name; static functions as `Owner::name`. */
  readonly functions: Map<string, FunctionSymbol>
  /** In source order; a later one of the same name hides the earlier. */
  readonly variables: ModuleVariable[]
}

export interface CheckedProgram {
  readonly entry: ModuleSymbol
  /** Files of the program, dependencies first, the entry last. Library modules are not among them. */
  readonly modules: readonly ModuleSymbol[]
  /** Library modules in use (imported or of the prelude), by path. */
  readonly library: ReadonlyMap<string, ModuleSymbol>
  /** The entry's function `main`; null: the run fails with NoMain unless a value is wanted. */
  readonly main: FunctionSymbol | null
  /** Every function of that name in the entry, in source order: each cell of a notebook may have its own. */
  readonly mains: readonly FunctionSymbol[]
}
