// What names mean in one Vibe file: scopes, declarations, look-ups, and what is reported of names that are not there, with
// advice (SPEC 4.3, 12.2). expressions.ts builds on it, and checker.ts on that.
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { CORE } from "../library/catalogue.ts"
import type { FileAst, FunctionStmt, Name, Span, ToolStmt } from "../syntax/ast.ts"
import { isVariableStatement } from "./bodies.ts"
import { HINTS, isNear } from "./hints.ts"
import { type Binding, blankSymbol, type CheckedModule, type Scope, type SymbolKind, type Use, type VibeSymbol } from "./symbols.ts"

export const KIND_WORDS: Record<SymbolKind, string> = {
  variable: "variable",
  constant: "constant",
  parameter: "parameter",
  loop: "variable",
  model: "model",
  function: "function",
  tool: "tool",
  builtin: "function",
  bundle: "constant",
  external: "function",
}

/** Errors of one file that are told at all: nobody reads more, and an editor marks every one. */
const MAX_REPORTED = 1_000

const NUMBERS = "a number is written in digits, with at most one '.' between them"

/** Errors that are told with advice. */
const MAX_ADVISED = 20

const core = new Map<string, Binding>(
  CORE.map((builtin) => [
    builtin.name,
    {
      imported: null,
      symbol: { ...blankSymbol(builtin.name), kind: "builtin", builtin, systemModule: "" },
    },
  ]),
)

export class NameChecker {
  protected readonly diagnostics: Diagnostic[] = []
  protected readonly warnings: Diagnostic[] = []
  protected readonly uses: Use[] = []
  protected readonly module: CheckedModule
  protected readonly top: Scope

  constructor(
    protected readonly file: SourceFile,
    protected readonly ast: FileAst,
    /** Where the cells of a notebook begin; empty for a file that is none. */
    private readonly cellStarts: readonly number[] = [],
  ) {
    this.top = { parent: null, from: 0, to: file.text.length, owner: null, bindings: new Map() }
    this.module = {
      file,
      ast,
      scopes: [this.top],
      meaning: new Map(),
      exports: new Map(),
      clashes: new Set(),
      blockScopes: new Map(),
      prompts: new Set(),
    }
  }

  // ---- reporting ------------------------------------------------------------------------------------------------------

  protected report(span: Span, message: string, kind = "SemanticError", fixes?: readonly Fix[]): void {
    if (this.diagnostics.length >= MAX_REPORTED) return
    this.diagnostics.push({
      phase: "check",
      severity: "error",
      kind,
      message,
      file: this.file.path,
      from: span.from,
      to: span.to,
      ...(fixes ? { fixes } : {}),
    })
  }

  protected warn(span: Span, message: string): void {
    if (this.warnings.length >= MAX_REPORTED) return
    this.warnings.push({
      phase: "check",
      severity: "warning",
      kind: "Suspicious",
      message,
      file: this.file.path,
      from: span.from,
      to: span.to,
    })
  }

  // ---- names ----------------------------------------------------------------------------------------------------------

  protected lookup(scope: Scope, name: string): Binding | undefined {
    for (let at: Scope | null = scope; at; at = at.parent) {
      const found = at.bindings.get(name)
      if (found) return found
    }
    return core.get(name)
  }

  protected use(node: Span & object, symbol: VibeSymbol, how: Use["how"], span: Span = node): void {
    this.module.meaning.set(node, symbol)
    this.uses.push({ file: this.file.path, from: span.from, to: span.to, symbol, how })
  }

  /** The symbol of a name that is used here; reports one that is not declared. */
  protected resolve(
    node: Span & object,
    name: string,
    scope: Scope,
    how: Use["how"],
    unknown = (text: string) => `'${text}' is not defined`,
  ): VibeSymbol | null {
    if (name === "") return null
    const binding = this.lookup(scope, name)
    if (!binding) {
      this.report(node, this.withHint(unknown(name), name, scope, node), "SemanticError", this.nearest(node, name, scope))
      return null
    }
    this.use(node, binding.symbol, how)
    return binding.symbol
  }

  protected withHint(message: string, name: string, scope: Scope, span: Span): string {
    const hint = HINTS.get(name)
    if (hint) return `${message}: ${hint}`
    // Looking for a better name means looking at all of them: worth it for the mistakes somebody reads.
    if (this.diagnostics.length > MAX_ADVISED) return message
    if (/\d/.test(this.file.text.charAt(span.from - 1))) return `${message}: ${NUMBERS}`
    const near = this.similar(name, scope)
    if (near) return `${message}: did you mean '${near}'?`
    const declared = this.declaredAt(name)
    if (!declared) return message
    if (declared.from < span.from && span.from < declared.to) return `${message} yet: its own first value cannot read it`
    return `${message} yet: it is declared further down, and a name must be declared above its use`
  }

  /** The statement at the top level that declares the name. */
  private declaredAt(name: string): Span | undefined {
    return this.ast.body.find((it) => {
      const statement = it.k === "export" ? it.declaration : it.k === "async" && isVariableStatement(it.what) ? it.what : it
      if (statement.k === "function" || statement.k === "tool" || statement.k === "model") return statement.name.text === name
      return (statement.k === "let" || statement.k === "const") && statement.target.k === "name" && statement.target.name.text === name
    })
  }

  protected nearest(node: Span, name: string, scope: Scope): readonly Fix[] | undefined {
    const near = HINTS.has(name) || this.diagnostics.length > MAX_ADVISED ? null : this.similar(name, scope)
    return near ? [{ title: `Change to '${near}'`, edits: [{ from: node.from, to: node.to, insert: near }] }] : undefined
  }

  protected similar(name: string, scope: Scope): string | null {
    const names = new Set<string>(core.keys())
    for (let at: Scope | null = scope; at; at = at.parent) for (const key of at.bindings.keys()) names.add(key)
    for (const candidate of names) if (candidate !== name && isNear(candidate, name)) return candidate
    return null
  }

  protected declare(name: Name, scope: Scope, rest: Partial<VibeSymbol> & { kind: SymbolKind }, statement: Span & object): VibeSymbol {
    const symbol: VibeSymbol = {
      ...blankSymbol(name.text),
      file: this.file.path,
      span: { from: name.from, to: name.to },
      visibleFrom: statement.to,
      global: scope === this.top,
      owner: scope.owner,
      ...rest,
    }
    if (name.text === "") return symbol
    const earlier = scope.bindings.get(name.text)
    if (earlier && !this.isOfLaterCell(name, earlier, scope)) this.report(statement, `'${name.text}' is already declared`)
    else {
      if (symbol.kind !== "loop" && this.inEnclosingBlock(name.text, scope)) this.module.clashes.add(statement)
      scope.bindings.set(name.text, { symbol, imported: null })
    }
    this.use(name, symbol, "declare")
    return symbol
  }

  /** A later cell of a notebook may declare a name again: it shadows. */
  private isOfLaterCell(name: Name, earlier: Binding, scope: Scope): boolean {
    if (scope !== this.top) return false
    const from = earlier.imported?.span.from ?? earlier.symbol.span.from
    return this.cellStarts.some((start) => from < start && start <= name.from)
  }

  /** Is the name declared in a block around this one, in the same function (or at the top level, for both)? */
  protected inEnclosingBlock(name: string, scope: Scope): boolean {
    for (let at = scope.parent; at && at.owner === scope.owner; at = at.parent) if (at.bindings.has(name)) return true
    return false
  }

  protected scopeIn(parent: Scope, span: Span, owner: FunctionStmt | ToolStmt | null = parent.owner): Scope {
    const scope: Scope = { parent, from: span.from, to: span.to, owner, bindings: new Map() }
    this.module.scopes.push(scope)
    return scope
  }
}
