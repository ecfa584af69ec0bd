// Checks one Vibe file: every name is declared above its use, constants stay constant, known types fit, statements stand
// where they may (SPEC 4, 6, 7, 8, 12.2). Works on any tree, also of broken texts, and notes what every name means; the
// modules around it are modules.ts's.
import type { Diagnostic } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { MODEL_KEYS, PROVIDERS } from "../library/catalogue.ts"
import {
  type AsyncStmt,
  type Block,
  bare,
  branchesOf,
  type Expr,
  type FileAst,
  type FunctionStmt,
  type IfStmt,
  type ImportStmt,
  type LoopMode,
  type ModelStmt,
  type Name,
  type ObjectLiteral,
  type Span,
  type Stmt,
  type ToolStmt,
  type VarStmt,
} from "../syntax/ast.ts"
import { TYPE_WORDS } from "../syntax/rules.ts"
import { alwaysEnds, isVariableStatement, isWrittenText, resultsOf, startsSomething, suspects } from "./bodies.ts"
import { ExpressionChecker, type Place } from "./expressions.ts"
import { KIND_WORDS } from "./names.ts"
import { blankSymbol, type CheckedModule, type Scope, type SymbolKind, type Use, type VibeSymbol } from "./symbols.ts"
import { EMPTY_ARRAY, mayBecome, type StaticType, typeOf } from "./types.ts"

/** What importing gives: asked for each import statement where it stands. */
export interface Importer {
  /** The symbol for each name, null for those that could not be had (a diagnostic was made). */
  importFrom(statement: ImportStmt, report: (span: Span, kind: string, message: string) => void): ReadonlyMap<string, VibeSymbol>
}

export interface CheckedFile {
  readonly module: CheckedModule
  readonly diagnostics: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly uses: readonly Use[]
  readonly asks: boolean
}

export function checkFile(file: SourceFile, ast: FileAst, importer: Importer, cellStarts: readonly number[] = []): CheckedFile {
  return new Checker(file, ast, importer, cellStarts).run()
}

const NO_STATEMENTS: ReadonlySet<Stmt> = new Set()

class Checker extends ExpressionChecker {
  /** Statements that are the result of the function around, which has a return type. */
  private results = NO_STATEMENTS

  constructor(
    file: SourceFile,
    ast: FileAst,
    private readonly importer: Importer,
    cellStarts: readonly number[],
  ) {
    super(file, ast, cellStarts)
  }

  run(): CheckedFile {
    this.statements(this.ast.body, { scope: this.top, inLoop: false })
    const doubt = "this is a statement of its own and does nothing: is an operator, a comma, '=' or a bracket missing before it?"
    suspects(
      this.ast.body,
      (offset) => this.file.lineAt(offset),
      (span) => this.warn(span, doubt),
    )
    return { module: this.module, diagnostics: this.diagnostics, warnings: this.warnings, uses: this.uses, asks: this.asks }
  }

  // ---- statements -----------------------------------------------------------------------------------------------------

  private statements(list: readonly Stmt[], place: Place): void {
    for (const statement of list) this.statement(statement, place)
  }

  private statement(s: Stmt, place: Place): void {
    const { scope } = place
    switch (s.k) {
      case "import":
        this.importStatement(s, scope)
        break
      case "export":
        this.exportStatement(s.declaration, s, place)
        break
      case "async":
        this.asyncStatement(s, place)
        break
      case "let":
      case "const":
        this.variable(s, place, null, s)
        break
      case "model":
        this.model(s, place)
        break
      case "function":
        this.functionDeclaration(s, scope)
        break
      case "tool":
        this.tool(s, scope)
        break
      case "return":
        if (!scope.owner) this.report(s, "return outside of function")
        if (s.value) {
          const asPrompt = scope.owner?.k === "function" && typeOf(scope.owner.returns) === "prompt" && isWrittenText(s.value)
          const type = this.inPrompt(asPrompt, () => this.expr(s.value as Expr, place))
          this.gives(type, scope, s.value)
        }
        break
      case "break":
        if (!place.inLoop) this.report(s, "break outside of loop")
        break
      case "throw":
        this.expr(s.value, place)
        break
      case "if":
        this.ifStatement(s, place)
        break
      case "for": {
        this.expr(s.iterable, place)
        const outer = this.scopeIn(scope, s.body)
        this.declare(s.name, outer, { kind: "loop", visibleFrom: s.body.from, global: false }, s.name)
        this.statements(s.body.body, { scope: this.scopeIn(outer, s.body), inLoop: true })
        if (s.mode) this.loopMode(s.mode, scope)
        break
      }
      case "while":
        this.condition(s.test, "while", place)
        this.block(s.body, { scope, inLoop: true })
        if (s.mode) this.loopMode(s.mode, scope)
        break
      case "block":
        this.block(s, place)
        break
      case "expr": {
        const isResult = this.results.has(s)
        const asPrompt = isResult && scope.owner !== null && typeOf(scope.owner.returns) === "prompt" && isWrittenText(s.value)
        const type = this.inPrompt(asPrompt, () => this.expr(s.value, place))
        if (isResult) this.gives(type, scope, s.value)
        break
      }
    }
  }

  private block(block: Block, place: Place): void {
    this.statements(block.body, { ...place, scope: this.scopeIn(place.scope, block) })
  }

  private ifStatement(s: IfStmt, place: Place): void {
    for (const at of branchesOf(s)) {
      this.condition(at.test, "if", place)
      this.block(at.body, place)
      if (at.otherwise?.k === "block") this.block(at.otherwise, place)
    }
  }

  private condition(test: Expr, word: string, place: Place): void {
    const type = this.expr(test, place)
    if (type === null || type === "boolean" || type === "null") return
    const hint = bare(test).k === "assign" ? ": '=' assigns, '==' compares" : ""
    this.report(test, `${word} condition must be boolean, got ${type}${hint}`)
  }

  private importStatement(s: ImportStmt, scope: Scope): void {
    if (scope !== this.top) {
      this.report(s, "Imports can only be declared at global scope")
      return
    }
    const report = (span: Span, kind: string, message: string) => this.report(span, message, kind)
    const found = this.importer.importFrom(s, report)
    for (const name of s.names) {
      const earlier = scope.bindings.get(name.text)
      if (earlier?.imported) {
        this.report(name, `'${name.text}' is already imported from another module`)
        continue
      }
      if (earlier) {
        this.report(name, `Import '${name.text}' conflicts with existing ${KIND_WORDS[earlier.symbol.kind]}`)
        continue
      }
      const symbol = found.get(name.text) ?? unknownImport(name, this.file.path)
      scope.bindings.set(name.text, { symbol, imported: { span: { from: name.from, to: name.to }, from: s.path } })
      this.use(name, symbol, "import")
    }
  }

  private exportStatement(declaration: VarStmt | ModelStmt | FunctionStmt, s: Span, place: Place): void {
    if (place.scope !== this.top) this.report(s, "Exports can only be declared at global scope")
    this.statement(declaration, place)
    const names =
      "name" in declaration
        ? [declaration.name]
        : declaration.target.k === "name"
          ? [declaration.target.name]
          : declaration.target.fields.map((it) => it.name)
    for (const name of names) {
      if (declaration.k === "let") this.report(s, `Cannot export mutable variable '${name.text}'. Only constants can be exported.`)
      const symbol = this.module.meaning.get(name)
      if (symbol) this.module.exports.set(name.text, symbol)
    }
  }

  private asyncStatement(s: AsyncStmt, place: Place): void {
    if (isVariableStatement(s.what)) {
      const { init } = s.what
      if (init && !startsSomething(init)) this.report(s, "async declarations require a single do, vibe, ts block, or function call")
      this.variable(s.what, place, s, s)
    } else {
      if (!startsSomething(s.what)) this.report(s, "async declarations require a single do, vibe, ts block, or function call")
      this.expr(s.what, place)
    }
  }

  private variable(s: VarStmt, place: Place, pending: AsyncStmt | null, statement: Span & object): void {
    const { target, init } = s
    const kind: SymbolKind = s.k === "let" ? "variable" : "constant"
    if (target.k === "pattern") {
      if (init) {
        this.expr(init, place)
        this.patternSource(init, statement)
      }
      const seen = new Set<string>()
      for (const field of target.fields) {
        if (seen.has(field.name.text)) {
          this.report(field, `Duplicate field '${field.name.text}' in destructuring pattern`)
          continue
        }
        seen.add(field.name.text)
        const declared = typeOf(field.type)
        const symbol = { kind, declared, known: declared, isPrivate: field.isPrivate, pending, visibleFrom: statement.to }
        this.declare(field.name, place.scope, symbol, field)
      }
      return
    }
    const declared = typeOf(target.type)
    if (declared === "model" && s.k === "let") {
      this.report(statement, "Variables with type 'model' must be declared with 'const', not 'let'")
    }
    const asPrompt = declared === "prompt" && init !== null && isWrittenText(init)
    const type = init ? this.inPrompt(asPrompt, () => this.expr(init, place)) : null
    if (init) {
      this.withoutResult(init, statement)
      this.initialType(s, init, type, declared, statement)
    }
    const known = declared ?? (init && bare(init).k === "ask" ? "text" : type === "null" || type === EMPTY_ARRAY ? null : type)
    this.declare(target.name, place.scope, { kind, declared, known, isPrivate: target.isPrivate, pending }, statement)
  }

  private initialType(s: VarStmt, init: Expr, type: StaticType, declared: StaticType, statement: Span): void {
    const name = s.target.k === "name" ? s.target.name.text : ""
    if (type === "null") {
      if (s.k === "const")
        this.report(statement, `Cannot initialize const with null - a constant keeps its value: write let ${name}: text = null`)
      else if (declared === null) this.report(statement, `Cannot infer type from null - write the type: let ${name}: text = null`)
      else this.mayAssign(type, declared, init, statement)
    } else if (type === EMPTY_ARRAY && declared === null) {
      this.report(statement, `Cannot infer type from empty array - write the type: ${s.k} ${name}: text[] = []`)
    } else this.mayAssign(type, declared, init, statement)
  }

  private patternSource(init: Expr, statement: Span): void {
    const source = bare(init)
    const message = "Destructuring assignment requires a do/vibe expression, json variable, or function call"
    if (source.k === "missing") return
    if (source.k === "variable") {
      const known = this.module.meaning.get(source)?.known ?? null
      if (known !== null && known !== "json") this.report(statement, message)
    } else if (source.k !== "ask" && source.k !== "call" && source.k !== "ts") this.report(statement, message)
  }

  private functionDeclaration(s: FunctionStmt, scope: Scope): void {
    if (scope !== this.top) this.report(s, "Functions can only be declared at global scope")
    this.declare(s.name, scope, { kind: "function", fn: s, visibleFrom: s.name.to }, s)
    if (s.returns) this.results = resultsOf(s.body.body)
    this.callableBody(s, scope)
    this.results = NO_STATEMENTS
    if (s.returns && !alwaysEnds(s.body.body)) {
      this.report(s, `Function '${s.name.text}' has return type '${typeOf(s.returns)}' but not all code paths return or throw`)
    }
  }

  /** Results are validated when they are there (SPEC 4.1); that one will be refused is worth a warning where it is known. */
  private gives(type: StaticType, { owner }: Scope, value: Span): void {
    const returns = owner?.k === "function" ? typeOf(owner.returns) : null
    if (owner?.k !== "function" || type === null || returns === null || mayBecome(type, returns)) return
    const what = type === EMPTY_ARRAY ? "array" : type
    this.warn(value, `'${owner.name.text}' gives ${returns}, and this is ${what}: it will be refused when it is returned`)
  }

  private callableBody(s: FunctionStmt | ToolStmt, scope: Scope): void {
    const inside = this.scopeIn(scope, s.body, s)
    for (const param of s.params) {
      const declared = typeOf(param.type)
      this.declare(param.name, inside, { kind: "parameter", declared, known: declared, visibleFrom: s.body.from }, param)
    }
    this.statements(s.body.body, { scope: inside, inLoop: false })
  }

  private tool(s: ToolStmt, scope: Scope): void {
    if (scope !== this.top) this.report(s, "Tools can only be declared at global scope")
    for (const param of s.params) {
      if (!this.toolType(param.type.base, scope))
        this.report(param, `Unknown type '${param.type.base}' in tool parameter '${param.name.text}'`)
    }
    if (s.returns && !this.toolType(s.returns.base, scope))
      this.report(s.returns, `Unknown return type '${s.returns.base}' in tool '${s.name.text}'`)
    const names = s.params.map((param) => param.name.text)
    for (const doc of s.paramDocs) {
      if (names.includes(doc.name.text)) continue
      const list = names.length > 0 ? `The parameters are: ${names.join(", ")}` : "The tool has no parameters"
      this.report(doc.name, `@param '${doc.name.text}' does not match any parameter in tool '${s.name.text}'. ${list}`)
    }
    this.declare(s.name, scope, { kind: "tool", tool: s, visibleFrom: s.name.to }, s)
    this.callableBody(s, scope)
    for (const doc of s.paramDocs) {
      const param = s.params.find((it) => it.name.text === doc.name.text)
      const symbol = param ? this.module.meaning.get(param.name) : undefined
      if (symbol) this.use(doc.name, symbol, "read")
    }
    if (s.returns && !alwaysEnds(s.body.body)) {
      this.report(s, `Tool '${s.name.text}' has return type '${typeOf(s.returns)}' but not all code paths return or throw`)
    }
  }

  private toolType(base: string, scope: Scope): boolean {
    return base === "" || (base !== "model" && TYPE_WORDS.includes(base)) || this.lookup(scope, base)?.imported != null
  }

  private model(s: ModelStmt, place: Place): void {
    this.modelConfig(s.name.text, s.config, s)
    for (const property of s.config.properties) this.expr(property.value, place)
    this.declare(s.name, place.scope, { kind: "model", declared: "model", known: "model", model: s }, s)
  }

  private modelConfig(name: string, config: ObjectLiteral, statement: Span): void {
    const keys = config.properties.map((property) => property.key.text)
    for (const property of config.properties) {
      const key = property.key.text
      if (!MODEL_KEYS.some((it) => it === key)) {
        this.report(property, `Model '${name}' has unknown field '${key}'. The fields are: ${MODEL_KEYS.join(", ")}`)
      }
      const value = bare(property.value)
      if (
        key === "provider" &&
        value.k === "string" &&
        value.parts.length === 1 &&
        value.parts[0]?.k === "text" &&
        !PROVIDERS.includes(value.parts[0].text)
      ) {
        this.report(property, `Invalid provider '${value.parts[0].text}'. Must be: ${PROVIDERS.join(", ")}`)
      }
      if (key === "maxRetriesOnError" && value.k === "number" && !(Number.isInteger(value.value) && value.value >= 0)) {
        this.report(property, `maxRetriesOnError must be a non-negative integer, got ${value.value}`)
      }
    }
    if (!keys.includes("name")) this.report(statement, `Model '${name}' is missing required field 'name'`)
  }

  private loopMode(mode: LoopMode, scope: Scope): void {
    if (mode.k !== "compress") return
    this.asks = true
    const { first, second } = mode
    if (first?.k === "string") this.inPrompt(true, () => this.expr(first, { scope, inLoop: false }))
    else if (first) {
      const symbol = this.resolve(first, first.name, scope, "read", (name) => `compress argument '${name}' is not declared`)
      const type = symbol?.known ?? null
      if (symbol && type !== "prompt" && type !== "model") {
        this.report(first, `compress argument '${first.name}' must be prompt or model type, got ${type ?? KIND_WORDS[symbol.kind]}`)
      }
    }
    if (second) {
      const symbol = this.resolve(second, second.name, scope, "read", (name) => `compress model '${name}' is not declared`)
      if (symbol && symbol.known !== "model") {
        this.report(second, `compress argument '${second.name}' must be model type, got ${symbol.known ?? KIND_WORDS[symbol.kind]}`)
      }
    }
  }
}

function unknownImport(name: Name, file: string): VibeSymbol {
  return { ...blankSymbol(name.text), kind: "external", file, span: { from: name.from, to: name.to }, visibleFrom: name.to }
}
