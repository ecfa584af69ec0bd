// Checks one Vibe file: every name is declared above its use, constants stay constant, known types fit, statements stand
// where they may (SPEC 4, 6, 7, 8, 12.2). Works on any tree, also of broken texts, and notes what every name means; the
// modules around it are modules.ts's.
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { CORE, MODEL_KEYS, PROVIDERS } from "../library/catalogue.ts"
import {
  type Ask,
  type AsyncStmt,
  type Block,
  bare,
  type Call,
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
  type StringLiteral,
  type ToolStmt,
  type TsBlock,
  type VarStmt,
} from "../syntax/ast.ts"
import { TYPE_WORDS } from "../syntax/rules.ts"
import type { Binding, CheckedModule, Scope, SymbolKind, Use, VibeSymbol } from "./symbols.ts"
import { assignable, EMPTY_ARRAY, isArrayType, type StaticType, typeOf } from "./types.ts"

/** What importing gives: asked for each import statement where it stands. */
export interface Importer {
  /** The symbol for each name, null for those that could not be had (a diagnostic was made). */
  importFrom(statement: ImportStmt, report: (span: Span, kind: string, message: string) => void): ReadonlyMap<string, VibeSymbol>
}

const KIND_WORDS: Record<SymbolKind, string> = {
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

/** Words of other languages, and where Vibe has the thing. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ["await", "reading an async variable waits by itself"],
  ["continue", "there is no 'continue': put the rest of the body into an if"],
  ["undefined", "write null"],
  ["None", "write null"],
  ["nil", "write null"],
  ["True", "write true"],
  ["False", "write false"],
  ["var", "write let"],
  ["console", "print(value) writes to the output; console exists inside ts blocks"],
  ["Math", "use a ts block: ts(x) { return Math.round(x) }"],
  ["JSON", 'import { jsonParse } from "system/utils"'],
  ["length", "write .len()"],
])

export interface CheckedFile {
  readonly module: CheckedModule
  readonly diagnostics: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly uses: readonly Use[]
  readonly asks: boolean
}

interface Place {
  readonly scope: Scope
  readonly inLoop: boolean
}

export function checkFile(file: SourceFile, ast: FileAst, importer: Importer): CheckedFile {
  return new Checker(file, ast, importer).run()
}

const core = new Map<string, Binding>(
  CORE.map((builtin) => [
    builtin.name,
    {
      imported: null,
      symbol: {
        name: builtin.name,
        kind: "builtin",
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
        builtin,
        systemModule: "",
      },
    },
  ]),
)

class Checker {
  private readonly diagnostics: Diagnostic[] = []
  private readonly warnings: Diagnostic[] = []
  private readonly uses: Use[] = []
  private readonly module: CheckedModule
  private readonly top: Scope
  private asks = false
  private inTool: ToolStmt | null = null
  /** How many prompt expressions are around: string literals in them are prompts. */
  private promptDepth = 0

  constructor(
    private readonly file: SourceFile,
    private readonly ast: FileAst,
    private readonly importer: Importer,
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

  run(): CheckedFile {
    this.statements(this.ast.body, { scope: this.top, inLoop: false })
    this.suspects(this.ast.body)
    return { module: this.module, diagnostics: this.diagnostics, warnings: this.warnings, uses: this.uses, asks: this.asks }
  }

  // ---- reporting ------------------------------------------------------------------------------------------------------

  private report(span: Span, message: string, kind = "SemanticError", fixes?: readonly Fix[]): void {
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

  private warn(span: Span, message: string): void {
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

  private lookup(scope: Scope, name: string): Binding | undefined {
    for (let at: Scope | null = scope; at; at = at.parent) {
      const found = at.bindings.get(name)
      if (found) return found
    }
    return core.get(name)
  }

  private use(node: Span & object, symbol: VibeSymbol, how: Use["how"], span: Span = node): void {
    this.module.meaning.set(node, symbol)
    this.uses.push({ file: this.file.path, from: span.from, to: span.to, symbol, how })
  }

  /** The symbol of a name that is used here; reports one that is not declared. */
  private resolve(
    node: Span & object,
    name: string,
    scope: Scope,
    how: Use["how"],
    unknown = (text: string) => `'${text}' is not defined`,
  ): VibeSymbol | null {
    if (name === "") return null
    const binding = this.lookup(scope, name)
    if (!binding) {
      this.report(node, this.withHint(unknown(name), name, scope), "SemanticError", this.nearest(node, name, scope))
      return null
    }
    this.use(node, binding.symbol, how)
    return binding.symbol
  }

  private withHint(message: string, name: string, scope: Scope): string {
    const hint = HINTS.get(name)
    if (hint) return `${message}: ${hint}`
    const near = this.similar(name, scope)
    if (near) return `${message}: did you mean '${near}'?`
    return this.declaredBelow(name) ? `${message} yet: it is declared further down, and a name must be declared above its use` : message
  }

  private declaredBelow(name: string): boolean {
    return this.ast.body.some((it) => {
      const statement = it.k === "export" ? it.declaration : it.k === "async" && isVariableStatement(it.what) ? it.what : it
      if (statement.k === "function" || statement.k === "tool" || statement.k === "model") return statement.name.text === name
      return (statement.k === "let" || statement.k === "const") && statement.target.k === "name" && statement.target.name.text === name
    })
  }

  private nearest(node: Span, name: string, scope: Scope): readonly Fix[] | undefined {
    const near = HINTS.has(name) ? null : this.similar(name, scope)
    return near ? [{ title: `Change to '${near}'`, edits: [{ from: node.from, to: node.to, insert: near }] }] : undefined
  }

  private similar(name: string, scope: Scope): string | null {
    const names = new Set<string>(core.keys())
    for (let at: Scope | null = scope; at; at = at.parent) for (const key of at.bindings.keys()) names.add(key)
    for (const candidate of names) if (candidate !== name && isNear(candidate, name)) return candidate
    return null
  }

  private declare(name: Name, scope: Scope, rest: Partial<VibeSymbol> & { kind: SymbolKind }, statement: Span & object): VibeSymbol {
    const symbol: VibeSymbol = {
      name: name.text,
      file: this.file.path,
      span: { from: name.from, to: name.to },
      visibleFrom: statement.to,
      declared: null,
      known: null,
      isPrivate: false,
      global: scope === this.top,
      owner: scope.owner,
      pending: null,
      assigned: false,
      ...rest,
    }
    if (name.text === "") return symbol
    if (scope.bindings.has(name.text)) this.report(statement, `'${name.text}' is already declared`)
    else {
      if (symbol.kind !== "loop" && this.inEnclosingBlock(name.text, scope)) this.module.clashes.add(statement)
      scope.bindings.set(name.text, { symbol, imported: null })
    }
    this.use(name, symbol, "declare")
    return symbol
  }

  /** Is the name declared in a block around this one, in the same function (or at the top level, for both)? */
  private inEnclosingBlock(name: string, scope: Scope): boolean {
    for (let at = scope.parent; at && at.owner === scope.owner; at = at.parent) if (at.bindings.has(name)) return true
    return false
  }

  private scopeIn(parent: Scope, span: Span, owner: FunctionStmt | ToolStmt | null = parent.owner): Scope {
    const scope: Scope = { parent, from: span.from, to: span.to, owner, bindings: new Map() }
    this.module.scopes.push(scope)
    return scope
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
          const asPrompt = scope.owner?.k === "function" && typeOf(scope.owner.returns) === "prompt" && bare(s.value).k === "string"
          this.inPrompt(asPrompt, () => this.expr(s.value as Expr, place))
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
      case "expr":
        this.expr(s.value, place)
        break
    }
  }

  private block(block: Block, place: Place): void {
    this.statements(block.body, { ...place, scope: this.scopeIn(place.scope, block) })
  }

  private ifStatement(s: IfStmt, place: Place): void {
    for (let at: IfStmt | null = s; at; ) {
      this.condition(at.test, "if", place)
      this.block(at.body, place)
      if (at.otherwise?.k === "block") this.block(at.otherwise, place)
      at = at.otherwise?.k === "if" ? at.otherwise : null
    }
  }

  private condition(test: Expr, word: string, place: Place): void {
    const type = this.expr(test, place)
    if (type !== null && type !== "boolean" && type !== "null") this.report(test, `${word} condition must be boolean, got ${type}`)
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
    const asPrompt = declared === "prompt" && init !== null && bare(init).k === "string"
    const type = init ? this.inPrompt(asPrompt, () => this.expr(init, place)) : null
    if (init) {
      this.withoutResult(init, statement)
      this.initialType(s, init, type, declared, statement)
    }
    const known = declared ?? (init && bare(init).k === "ask" ? "text" : type === "null" || type === EMPTY_ARRAY ? null : type)
    this.declare(target.name, place.scope, { kind, declared, known, isPrivate: target.isPrivate, pending }, statement)
  }

  /** A function without return type has nothing to assign. */
  private withoutResult(value: Expr, statement: Span): void {
    const call = bare(value)
    if (call.k !== "call" || call.callee.k !== "variable") return
    const symbol = this.module.meaning.get(call.callee)
    if (symbol?.fn && symbol.kind === "function" && !symbol.fn.returns) {
      this.report(statement, `Cannot assign result of '${symbol.name}()' to a variable - function has no return type`)
    }
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

  private mayAssign(source: StaticType, target: StaticType, value: Expr, span: Span): void {
    if (source === null || target === null) return
    if (target === "json" && (isArrayType(source) || source === EMPTY_ARRAY)) {
      this.report(span, "json type expects an object, not an array. Use json[] for arrays.")
      return
    }
    if (!assignable(source, target)) {
      this.report(span, `Type error: cannot assign ${source === EMPTY_ARRAY ? "array" : source} to ${target}`)
      return
    }
    const literal = bare(value)
    if (target === "json" && literal.k === "string" && literal.parts.every((part) => part.k === "text")) {
      if (!isJsonObject(literal.parts.map((part) => (part.k === "text" ? part.text : "")).join("")))
        this.report(span, "Invalid JSON literal")
    }
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
    this.callableBody(s, scope)
    if (s.returns && !alwaysEnds(s.body.body)) {
      this.report(s, `Function '${s.name.text}' has return type '${typeOf(s.returns)}' but not all code paths return or throw`)
    }
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
    const outer = this.inTool
    this.inTool = s
    this.callableBody(s, scope)
    this.inTool = outer
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
      if (!MODEL_KEYS.some((it) => it.name === key)) {
        this.report(property, `Model '${name}' has unknown field '${key}'. The fields are: ${MODEL_KEYS.map((it) => it.name).join(", ")}`)
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

  // ---- expressions ----------------------------------------------------------------------------------------------------

  private inPrompt<T>(is: boolean, work: () => T): T {
    if (is) this.promptDepth++
    const result = work()
    if (is) this.promptDepth--
    return result
  }

  private expr(e: Expr, place: Place): StaticType {
    const { scope } = place
    switch (e.k) {
      case "number":
        return "number"
      case "boolean":
        return "boolean"
      case "null":
        return "null"
      case "missing":
        return null
      case "string":
        this.string(e, scope)
        return this.promptDepth > 0 ? "prompt" : "text"
      case "paren":
        return this.expr(e.inner, place)
      case "array":
        return this.array(e.items, place)
      case "object":
        for (const property of e.properties) this.expr(property.value, place)
        return "json"
      case "variable": {
        const symbol = this.resolve(e, e.name, scope, "read")
        return symbol ? symbol.known : null
      }
      case "unary":
        this.expr(e.operand, place)
        return e.op === "not" ? "boolean" : null
      case "binary":
        return this.binary(e, place)
      case "range": {
        this.expr(e.start, place)
        this.expr(e.end, place)
        const [start, end] = [numberOf(e.start), numberOf(e.end)]
        if (start !== null && end !== null && start > end) this.report(e, `Range start (${start}) must be <= end (${end})`)
        return "number[]"
      }
      case "call":
        return this.call(e, place)
      case "index":
        this.expr(e.object, place)
        this.expr(e.index, place)
        return null
      case "slice":
        this.expr(e.object, place)
        if (e.start) this.expr(e.start, place)
        if (e.end) this.expr(e.end, place)
        return null
      case "member":
        this.expr(e.object, place)
        return null
      case "assign":
        return this.assign(e, place)
      case "ask":
        return this.ask(e, place)
      case "ts":
        this.tsBlock(e, scope)
        return null
    }
  }

  private string(e: StringLiteral, scope: Scope): void {
    const prompt = this.promptDepth > 0
    if (prompt) this.module.prompts.add(e)
    for (const part of e.parts) {
      if (part.k !== "slot") continue
      if (part.expand && !prompt) {
        this.report(
          part,
          `Expansion syntax !{${part.name.text}} is only valid in prompt strings (do, vibe, or a prompt variable). Use {${part.name.text}} here`,
        )
      }
      this.resolve(part.name, part.name.text, scope, prompt ? "prompt" : "read")
    }
  }

  private array(items: readonly Expr[], place: Place): StaticType {
    let first: StaticType = null
    let known = items.length > 0
    items.forEach((item, i) => {
      const type = this.expr(item, place)
      if (type === null || type === "null" || type === EMPTY_ARRAY) {
        if (type === null) known = false
        return
      }
      if (first === null) first = type
      else if (type !== first && !assignable(type, first))
        this.report(item, `Mixed array types: element ${i} is ${type} but expected ${first}`)
    })
    if (items.length === 0) return EMPTY_ARRAY
    return known && first !== null ? `${first}[]` : null
  }

  private binary(e: Expr & { k: "binary" }, place: Place): StaticType {
    const left = this.expr(e.left, place)
    const right = this.expr(e.right, place)
    if (e.op === "+" && left !== null && right !== null) {
      const [a, b] = [isArray(left), isArray(right)]
      if (a !== b) this.report(e, "Cannot concatenate array with non-array using +")
      else if (a && left !== right && left !== EMPTY_ARRAY && right !== EMPTY_ARRAY) {
        this.report(e, `Cannot concatenate ${left} with ${right}: array types must match`)
      }
    }
    return null
  }

  private call(e: Call, place: Place): StaticType {
    const callee = e.callee
    let symbol: VibeSymbol | null = null
    if (callee.k === "variable") {
      symbol = this.resolve(callee, callee.name, place.scope, "call")
      if (symbol?.kind === "tool") {
        this.report(e, `Cannot call tool '${symbol.name}' directly. Give it to a model: tools: [${symbol.name}]`)
      }
    } else if (callee.k === "member") this.expr(callee.object, place)
    else this.expr(callee, place)
    const isPush = callee.k === "member" && callee.name.text === "push"
    e.args.forEach((arg, i) => {
      const type = this.expr(arg, place)
      const target = symbol?.kind === "function" ? typeOf(symbol.fn?.params[i]?.type ?? null) : null
      this.mayAssign(type, target, arg, arg)
      if (isPush && arg.k === "variable") this.markPush(arg)
    })
    if (symbol?.kind === "function") return typeOf(symbol.fn?.returns ?? null)
    return symbol?.builtin && TYPE_WORDS.includes(symbol.builtin.returns) && symbol.kind === "builtin" ? symbol.builtin.returns : null
  }

  /** `list.push(x)` stores a pending x without waiting: the editor says so. */
  private markPush(arg: Expr & { k: "variable" }): void {
    const at = this.uses.findLastIndex((use) => use.from === arg.from && use.to === arg.to)
    const use = this.uses[at]
    if (use) this.uses[at] = { ...use, how: "push" }
  }

  private assign(e: Expr & { k: "assign" }, place: Place): StaticType {
    const symbol = this.resolve(e.target, e.target.text, place.scope, "write")
    const asPrompt = symbol?.declared === "prompt" && bare(e.value).k === "string"
    const type = this.inPrompt(asPrompt, () => this.expr(e.value, place))
    if (!symbol) return type
    const binding = this.lookup(place.scope, e.target.text)
    if (binding?.imported) this.report(e, `Cannot reassign imported '${symbol.name}'`)
    else if (!["variable", "parameter", "loop"].includes(symbol.kind))
      this.report(e, `Cannot reassign ${KIND_WORDS[symbol.kind]} '${symbol.name}'`)
    else {
      symbol.assigned = true
      this.withoutResult(e.value, e)
      this.mayAssign(type, symbol.declared, e.value, e)
    }
    return symbol.declared ?? type
  }

  private ask(e: Ask, place: Place): StaticType {
    this.asks = true
    this.inPrompt(true, () => this.expr(e.prompt, place))
    const prompt = bare(e.prompt)
    if (prompt.k === "variable") {
      const symbol = this.module.meaning.get(prompt)
      if (symbol?.known === "model") this.report(prompt, `Cannot use model '${symbol.name}' as prompt`)
      else if (symbol && (symbol.kind === "function" || symbol.kind === "builtin" || symbol.kind === "tool")) {
        this.report(prompt, `Cannot use ${KIND_WORDS[symbol.kind]} '${symbol.name}' as prompt`)
      } else if (symbol?.declared === "json") this.report(prompt, `Cannot use json typed variable '${symbol.name}' as prompt`)
    }
    if (e.model) {
      const symbol = this.resolve(e.model, e.model.text, place.scope, "read")
      if (symbol && symbol.known !== "model" && symbol.kind !== "external") {
        this.report(e.model, `Expected model, got ${KIND_WORDS[symbol.kind]} '${symbol.name}'`)
      }
    }
    if (e.context?.named) {
      const symbol = this.resolve(e.context, e.context.text, place.scope, "read")
      if (symbol && symbol.known !== null && !isArray(symbol.known)) {
        this.report(e.context, `Expected an array as context, got ${symbol.known} '${symbol.name}'`)
      }
    }
    return null
  }

  private tsBlock(e: TsBlock, scope: Scope): void {
    for (const param of e.params) this.resolve(param, param.text, scope, "read")
    const names = new Map<string, VibeSymbol>()
    for (let at: Scope | null = scope; at; at = at.parent) {
      for (const [name, { symbol }] of at.bindings) if (!names.has(name)) names.set(name, symbol)
    }
    this.module.blockScopes.set(e, names)
  }

  // ---- suspicious statements ------------------------------------------------------------------------------------------

  /** Statements need no separator, so a missing comma or operator makes two statements of one (`print "x"`): warn. */
  private suspects(list: readonly Stmt[]): void {
    let previous: Stmt | null = null
    for (const s of list) {
      const value = s.k === "expr" ? s.value : null
      const idle = value !== null && ["number", "string", "boolean", "null", "variable", "array", "object"].includes(value.k)
      if (previous && idle && value && this.file.lineAt(previous.to) === this.file.lineAt(value.from)) {
        this.warn(value, "this is a statement of its own and does nothing: is an operator, a comma, '=' or a bracket missing before it?")
      }
      previous = s
      if (s.k === "function" || s.k === "tool" || s.k === "for" || s.k === "while") this.suspects(s.body.body)
      else if (s.k === "block") this.suspects(s.body)
      else if (s.k === "if") {
        for (let at: IfStmt | null = s; at; at = at.otherwise?.k === "if" ? at.otherwise : null) {
          this.suspects(at.body.body)
          if (at.otherwise?.k === "block") this.suspects(at.otherwise.body)
        }
      } else if (s.k === "export" && s.declaration.k === "function") this.suspects(s.declaration.body.body)
    }
  }
}

/** Every path returns, throws, or ends in an expression, which is then the result (SPEC 4.5). */
function alwaysEnds(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1]
  if (!last) return false
  if (last.k === "return" || last.k === "throw" || last.k === "expr") return true
  if (last.k === "block") return alwaysEnds(last.body)
  if (last.k !== "if") return false
  for (let at: IfStmt = last; ; ) {
    if (!alwaysEnds(at.body.body) || !at.otherwise) return false
    if (at.otherwise.k === "block") return alwaysEnds(at.otherwise.body)
    at = at.otherwise
  }
}

export function isVariableStatement(what: VarStmt | Expr): what is VarStmt {
  return what.k === "let" || what.k === "const"
}

/** What `async` may start (SPEC 11.1). */
export function startsSomething(e: Expr): boolean {
  return e.k === "ask" || e.k === "ts" || e.k === "call" || e.k === "missing"
}

const isArray = (type: string) => isArrayType(type) || type === EMPTY_ARRAY

function numberOf(e: Expr): number | null {
  const inner = bare(e)
  if (inner.k === "number") return inner.value
  if (inner.k === "unary" && inner.op === "-") {
    const value = numberOf(inner.operand)
    return value === null ? null : -value
  }
  return null
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function unknownImport(name: Name, file: string): VibeSymbol {
  return {
    name: name.text,
    kind: "external",
    file,
    span: { from: name.from, to: name.to },
    visibleFrom: name.to,
    declared: null,
    known: null,
    isPrivate: false,
    global: true,
    owner: null,
    pending: null,
    assigned: false,
  }
}

/** One edit apart (also two letters swapped), in words of three letters or more. */
function isNear(a: string, b: string): boolean {
  if (a.length < 3 || b.length < 3 || Math.abs(a.length - b.length) > 1) return a.toLowerCase() === b.toLowerCase()
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  let [endA, endB] = [a.length, b.length]
  while (endA > i && endB > i && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  if (endA - i <= 1 && endB - i <= 1) return true
  return endA - i === 2 && endB - i === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]
}
