// What names mean: symbols, the scopes they live in, and modules with what they export. Made by the checker; read by the
// lowering (which variable is meant), and by the editor (definition, references, rename, completion, hover).
import type { Diagnostic } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import type { Builtin } from "../library/catalogue.ts"
import type { AsyncStmt, FileAst, FunctionStmt, ModelStmt, Span, ToolStmt, TsBlock } from "../syntax/ast.ts"
import type { StaticType } from "./types.ts"

export type SymbolKind =
  | "variable"
  | "constant"
  | "parameter"
  | "loop"
  | "model"
  | "function"
  | "tool"
  /** A core function, or one of a system module. */
  | "builtin"
  /** A system module's list of tools. */
  | "bundle"
  /** A value of a TypeScript module. */
  | "external"

export interface VibeSymbol {
  readonly name: string
  readonly kind: SymbolKind
  /** Path of the declaring file; "" for what comes with the language. */
  readonly file: string
  /** The name where it is declared. */
  readonly span: Span
  /** From here on the name can be used (it must be declared above its use). */
  readonly visibleFrom: number
  /** The written type. */
  readonly declared: StaticType
  /** The written type, or the one of a literal it begins with. */
  readonly known: StaticType
  readonly isPrivate: boolean
  /** Declared at the top level of its file: functions see it. */
  readonly global: boolean
  /** The function or tool it is declared in. */
  readonly owner: FunctionStmt | ToolStmt | null
  /** An async declaration: reading it may wait. */
  readonly pending: AsyncStmt | null
  /** Assigned to somewhere after its declaration. */
  assigned: boolean
  readonly fn?: FunctionStmt
  readonly tool?: ToolStmt
  readonly model?: ModelStmt
  readonly builtin?: Builtin
  /** System module a builtin or bundle comes from; "" for core functions. */
  readonly systemModule?: string
  /** For `external`: the module's path and the export. */
  readonly external?: { readonly module: string; readonly name: string; readonly isFunction: boolean }
}

/** A name as one scope knows it: an import has its own span and the symbol of another file. */
export interface Binding {
  readonly symbol: VibeSymbol
  readonly imported: { readonly span: Span; readonly from: string } | null
}

/** A name that no statement declares: of no file, there from the beginning. */
export function blankSymbol(name: string): Omit<VibeSymbol, "kind"> {
  return {
    name,
    file: "",
    span: { from: 0, to: 0 },
    visibleFrom: 0,
    declared: null,
    known: null,
    isPrivate: false,
    global: true,
    owner: null,
    pending: null,
    assigned: false,
  }
}

export interface Scope {
  readonly parent: Scope | null
  readonly from: number
  readonly to: number
  readonly owner: FunctionStmt | ToolStmt | null
  readonly bindings: Map<string, Binding>
}

export interface Use {
  readonly file: string
  readonly from: number
  readonly to: number
  readonly symbol: VibeSymbol
  /** What the place does with the name. */
  readonly how: "declare" | "import" | "read" | "write" | "call" | "prompt" | "push"
}

/** A Vibe file and what is known about it. */
export interface CheckedModule {
  readonly file: SourceFile
  readonly ast: FileAst
  readonly scopes: Scope[]
  /** What each name in the tree means: Variable nodes, Name nodes of declarations, targets, slots, models. */
  readonly meaning: Map<object, VibeSymbol>
  readonly exports: Map<string, VibeSymbol>
  /** Declarations that the check lets pass and the run refuses: the name exists in an enclosing block (SPEC 4.3). */
  readonly clashes: Set<object>
  /** Names in scope at each ts block, innermost meaning of each. */
  readonly blockScopes: Map<TsBlock, ReadonlyMap<string, VibeSymbol>>
  /** String literals in which `{x}` stays and `!{x}` is replaced. */
  readonly prompts: Set<object>
}

export interface CheckedProgram {
  readonly entry: CheckedModule
  /** Imported Vibe files in the order in which they are loaded (dependencies first), the entry not among them. */
  readonly modules: readonly CheckedModule[]
  /** TypeScript files in import order. */
  readonly externals: readonly string[]
  readonly uses: readonly Use[]
  /** In the order of reporting: errors first, then warnings. */
  readonly diagnostics: readonly Diagnostic[]
  /** Some statement asks a model: the context must be kept. */
  readonly asks: boolean
}
