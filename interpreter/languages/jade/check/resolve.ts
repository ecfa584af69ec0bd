// What every name of a file means (SPEC 5, 6.3, 11): collects what the file declares, then walks it in order of the text
// with the names that are visible at each point. Fills the file's model; reports names that mean nothing.
import type { Fix } from "../../../source/diagnostic.ts"
import { globals as builtins, packages, SESSION_VARIABLES, STANDARD_PACKAGES, TYPE_NAMES } from "../library/index.ts"
import {
  type Argument,
  type Block,
  type Closure,
  childExpressions,
  type Decorator,
  type Expr,
  type FunctionStmt,
  type Name,
  type Node,
  type Stmt,
  type StructStmt,
  statementBlocks,
  statementExpressions,
  type UseStmt,
} from "../syntax/ast.ts"
import type { Binding, FileModel, FunctionLike, Import, Report, StructModel, Variable } from "./model.ts"

/** Declares and resolves a file whose modules have been resolved before; gives its struct types ids from `firstStruct` on. */
export function resolveFile(file: FileModel, firstStruct: number, report: Report): StructModel[] {
  const resolver = new Resolver(file, report)
  const structs = resolver.declare(firstStruct)
  resolver.walkFile()
  resolver.finish()
  return structs
}

interface Context {
  readonly fn: FunctionLike
  readonly outer: Context | null
  /** Locals by name, visible or not. */
  readonly all: Map<string, Variable>
  /** Names visible in each open block, innermost last. */
  readonly scopes: Set<string>[]
}

const MAX_SUGGESTIONS = 30

/** Names of other languages: what they are here, and what to write instead where one word will do. */
const FOREIGN_NAMES: ReadonlyMap<string, { readonly hint: string; readonly instead?: string }> = new Map([
  ["True", { hint: "write true", instead: "true" }],
  ["False", { hint: "write false", instead: "false" }],
  ["undefined", { hint: "write nil", instead: "nil" }],
  ["this", { hint: "methods call it self", instead: "self" }],
  ["println", { hint: "write print", instead: "print" }],
  ["console", { hint: "write print(…)" }],
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

function foreignFix(name: string, at: Node): Fix | null {
  const instead = FOREIGN_NAMES.get(name)?.instead
  return instead ? { title: `Write ${instead}`, edits: [{ from: at.from, to: at.to, insert: instead }] } : null
}

/** The import that brings a name in: a standard package, or a function that one of them alone has. */
function importOf(name: string): string | null {
  if (STANDARD_PACKAGES.includes(name)) return `use std::${name}`
  if (name === "llm") return "use llm"
  const homes = STANDARD_PACKAGES.filter((home) => NAMED_ALONE.has(home) && packages.get(home)?.has(name))
  return homes.length === 1 ? `from std::${homes[0]} use ${name}` : null
}

/** Packages whose functions have telling names; `get`, `read` and `run` of the others say nothing by themselves. */
const NAMED_ALONE = new Set(["math", "json", "time", "random"])

class Resolver {
  private context: Context | null = null
  /** Names visible at the top level, for each open block. */
  private readonly visible: Set<string>[] = [new Set()]
  private readonly structs: StructModel[] = []
  /** The name of the `let` whose value is being read. */
  private defining: Name | null = null

  constructor(
    private readonly file: FileModel,
    private readonly report: Report,
  ) {}

  // ---- declarations ---------------------------------------------------------------------------------------------------

  declare(firstStruct: number): StructModel[] {
    this.declareIn(this.file.parsed.ast?.body ?? [], firstStruct, true)
    return this.structs
  }

  private declareIn(body: readonly Stmt[], firstStruct: number, top: boolean): void {
    for (const s of body) {
      switch (s.k) {
        case "let":
          this.defineGlobal(s.name)
          break
        case "fn":
          this.declareFunction(s, top)
          break
        case "for":
          this.defineGlobal(s.name)
          break
        case "try":
          for (const arm of s.arms) this.defineGlobal(arm.name)
          break
        case "assign":
          if (s.target.k === "name" && !this.isSession(s.target.name))
            this.global(s.target.name, { text: s.target.name, from: s.target.from, to: s.target.to }).writes++
          break
        case "use":
          this.declareUse(s)
          break
        case "structDef":
          this.declareStruct(s, firstStruct)
          break
        case "extend":
          for (const method of s.methods) this.declareWritten(method)
          break
        case "interface":
          this.file.interfaces.set(s.name.text, s)
          break
      }
      for (const block of statementBlocks(s)) this.declareIn(block.body, firstStruct, false)
    }
  }

  private declareFunction(s: FunctionStmt, top: boolean): void {
    const variable = this.defineGlobal(s.name)
    variable.functions.push(s)
    if (top && s.decorators.length === 0) variable.constant = s
    else variable.writes++
    this.declareWritten(s)
  }

  /** Globals that come into being by an assignment inside a function. */
  private declareWritten(fn: FunctionStmt): void {
    const own = new Set(fn.params.map((param) => param.name.text))
    const written: Name[] = []
    const visit = (body: readonly Stmt[]): void => {
      for (const s of body) {
        if (s.k === "let" || s.k === "for") own.add(s.name.text)
        if (s.k === "try") for (const arm of s.arms) own.add(arm.name.text)
        if (s.k === "assign" && s.target.k === "name") written.push({ text: s.target.name, from: s.target.from, to: s.target.to })
        for (const block of statementBlocks(s)) visit(block.body)
      }
    }
    visit(fn.body.body)
    for (const name of written) if (!own.has(name.text) && !this.isSession(name.text)) this.global(name.text, name).madeInFunction = true
  }

  /** A session variable that the file declares no variable of its own for: assigning it has no effect (SPEC 15.8). */
  private isSession(name: string): boolean {
    return SESSION_VARIABLES.has(name) && !this.file.globals.has(name)
  }

  private declareUse(s: UseStmt): void {
    const target = this.file.uses.get(s)
    const last = s.path[s.path.length - 1]
    if (s.names) for (const name of s.names) this.declareMember(s, target, name)
    else if (last && !s.quoted && !s.alias) {
      const variable = this.defineGlobal(last)
      if (target) variable.imported = target
    }
  }

  private declareMember(_s: UseStmt, target: Import | undefined, name: Name): void {
    if (target?.k === "user") {
      const struct = target.file.structs.get(name.text)
      if (struct) {
        this.file.structs.set(name.text, struct)
        struct.references.push(name)
        return
      }
      if (target.file.parsed.ast && !target.file.globals.has(name.text)) {
        this.report.add(this.file, "UndefinedVariable", name, `module ${target.file.path} has no ${name.text}`)
      }
    }
    if (target?.k === "std" && !packages.get(target.name)?.has(name.text)) {
      this.report.add(this.file, "UndefinedVariable", name, `module ${target.name} has no ${name.text}`)
    }
    const variable = this.defineGlobal(name)
    if (target) variable.imported = { k: "member", of: target, name: name.text }
  }

  private declareStruct(s: StructStmt, firstStruct: number): void {
    const struct: StructModel = {
      id: firstStruct + this.structs.length,
      name: s.name,
      file: this.file,
      stmt: s,
      parents: [],
      fields: [],
      methods: new Map(),
      extensions: [],
      references: [],
    }
    this.structs.push(struct)
    this.file.structs.set(s.name.text, struct)
  }

  private global(name: string, at: Name): Variable {
    let variable = this.file.globals.get(name)
    if (!variable) {
      variable = newVariable(name, "global", null, this.file)
      variable.definitions.push(at)
      this.file.globals.set(name, variable)
    }
    return variable
  }

  private defineGlobal(name: Name): Variable {
    const variable = this.global(name.text, name)
    if (!variable.definitions.includes(name)) variable.definitions.push(name)
    variable.writes++
    this.file.bindings.set(name, { k: "global", variable })
    return variable
  }

  // ---- the walk -------------------------------------------------------------------------------------------------------

  walkFile(): void {
    for (const s of this.file.parsed.ast?.body ?? []) this.statement(s)
  }

  finish(): void {
    for (const variable of this.file.globals.values()) if (variable.writes !== 1 || variable.writtenInFunction) variable.constant = null
  }

  private block(block: Block, first?: Name): void {
    const scope = new Set<string>()
    const scopes = this.context ? this.context.scopes : this.visible
    scopes.push(scope)
    if (first) this.bind(first)
    for (const s of block.body) this.statement(s)
    scopes.pop()
  }

  private statement(s: Stmt): void {
    switch (s.k) {
      case "let":
        this.defining = s.name
        this.decorators(s.decorators)
        this.expression(s.value)
        this.defining = null
        this.bind(s.name)
        return
      case "assign":
        this.assignment(s)
        return
      case "for":
        this.expression(s.sequence)
        this.block(s.body, s.name)
        return
      case "try":
        this.block(s.body)
        for (const arm of s.arms) {
          if (arm.type) this.caughtType(arm.type)
          this.block(arm.body, arm.name)
        }
        return
      case "fn":
        this.decorators(s.decorators)
        this.makeVisible(s.name.text)
        this.fn(s)
        return
      case "use":
        if (this.context)
          this.report.add(this.file, "UnexpectedToken", s, "expected a statement, found an import: imports stand at top level")
        for (const name of s.names ?? s.path.slice(-1)) this.makeVisible(name.text)
        return
      case "structDef":
        this.decorators(s.decorators)
        for (const field of s.fields) if (field.value) this.expression(field.value)
        return
      case "extend":
        for (const decorator of s.decorators) this.args(decorator.args)
        for (const method of s.methods) this.fn(method)
        return
      case "interface":
        return
    }
    for (const e of statementExpressions(s)) this.expression(e)
    for (const block of statementBlocks(s)) this.block(block)
  }

  private assignment(s: Stmt & { k: "assign" }): void {
    this.expression(s.value)
    const { target } = s
    if (target.k === "name") {
      const variable = this.assigned(target.name, target)
      if (variable) variable.references.push(target)
      return
    }
    if (target.k === "self") {
      this.selfName(target)
      return
    }
    this.expression(target.object)
    if (target.k === "index") {
      this.expression(target.index)
      const binding = this.file.bindings.get(target.object)
      if (binding?.k === "local" || binding?.k === "global") binding.variable.indexed = true
    }
  }

  private assigned(name: string, at: Node): Variable | null {
    const { context } = this
    if (context && isVisible(context, name)) {
      const variable = context.all.get(name) as Variable
      variable.writes++
      this.file.bindings.set(at, { k: "local", variable })
      return variable
    }
    if (this.isSession(name)) {
      this.file.bindings.set(at, { k: "session", name })
      this.report.add(this.file, "SessionVariable", at, `${name} is kept by the session: assigning it has no effect`, {
        severity: "warning",
      })
      return null
    }
    const definition = { text: name, from: at.from, to: at.to }
    const variable = this.global(name, definition)
    if (context) {
      variable.writes++
      if (context.fn.k === "fn") variable.writtenInFunction = true
      else this.capture(variable)
    } else this.makeVisible(name)
    this.file.bindings.set(at, { k: "global", variable })
    return variable
  }

  /** A definition: a local inside a function, a global outside. */
  private bind(name: Name): void {
    const { context } = this
    if (!context) {
      this.makeVisible(name.text)
      return
    }
    let variable = context.all.get(name.text)
    if (!variable) {
      variable = newVariable(name.text, "local", context.fn, this.file)
      context.all.set(name.text, variable)
      this.file.locals.get(context.fn)?.push(variable)
    }
    variable.definitions.push(name)
    variable.writes++
    context.scopes[context.scopes.length - 1]?.add(name.text)
    this.file.bindings.set(name, { k: "local", variable })
  }

  private makeVisible(name: string): void {
    if (!this.context) this.visible[this.visible.length - 1]?.add(name)
  }

  private fn(s: FunctionStmt): void {
    this.file.functions.push(s)
    for (const param of s.params) if (param.value) this.expression(param.value)
    this.inside(
      s,
      s.params.map((param) => param.name),
      () => {
        for (const inner of s.body.body) this.statement(inner)
      },
    )
  }

  private closure(e: Closure): void {
    this.file.captures.set(e, new Set())
    this.inside(e, e.params, () => {
      if (e.body.k === "block") for (const inner of e.body.body) this.statement(inner)
      else this.expression(e.body)
    })
  }

  private inside(fn: FunctionLike, params: readonly Name[], walk: () => void): void {
    const outer = this.context
    this.context = { fn, outer, all: new Map(), scopes: [new Set()] }
    this.file.locals.set(fn, [])
    for (const param of params) this.bind(param)
    walk()
    this.context = outer
  }

  private decorators(decorators: readonly Decorator[]): void {
    for (const decorator of decorators) {
      const [first] = decorator.path
      if (first) this.name(first.text, first)
      this.args(decorator.args)
    }
  }

  private args(args: readonly Argument[]): void {
    for (const arg of args) this.expression(arg.value)
  }

  private expression(e: Expr): void {
    switch (e.k) {
      case "name":
        this.name(e.name, e)
        return
      case "closure":
        this.closure(e)
        return
      case "self":
        this.selfName(e)
        return
      case "struct":
        this.structName(e.module, e.name)
        break
      case "pipe":
        this.expression(e.value)
        if (e.stage.k === "name" && TYPE_NAMES.has(e.stage.name)) this.file.bindings.set(e.stage, { k: "builtin", name: e.stage.name })
        else if (e.stage.k === "name" && this.file.structs.has(e.stage.name) && !this.local(e.stage.name))
          this.structName(null, { text: e.stage.name, from: e.stage.from, to: e.stage.to }, e.stage)
        else this.expression(e.stage)
        return
    }
    for (const child of childExpressions(e)) this.expression(child)
  }

  private local(name: string): boolean {
    return this.context !== null && isVisible(this.context, name)
  }

  /** `.x` means `self.x`: the first parameter of the method around it, whatever it is called, or a variable `self`. */
  private selfName(e: Node): void {
    const { context } = this
    const first = context?.fn.k === "fn" ? context.fn.params[0] : undefined
    const variable = context?.all.get("self") ?? (first ? context?.all.get(first.name.text) : undefined)
    if (variable) this.file.bindings.set(e, { k: "local", variable })
    else this.name("self", e)
  }

  private name(name: string, at: Node): void {
    const binding = this.lookUp(name)
    this.file.bindings.set(at, binding)
    if (binding.k === "local" || binding.k === "global" || binding.k === "captured") binding.variable.references.push(at)
    if (binding.k === "struct") binding.struct.references.push(at)
    if (binding.k === "global") this.capture(binding.variable)
    if (binding.k === "captured") {
      const message = `undefined variable: a closure cannot see ${name}, a local of the function around it. Pass it as an argument`
      this.report.add(this.file, "UndefinedVariable", at, message, { severity: "warning" })
    }
    if (binding.k === "unknown") this.unknown(name, at)
  }

  private lookUp(name: string): Binding {
    const { context } = this
    if (context && isVisible(context, name)) return { k: "local", variable: context.all.get(name) as Variable }
    const variable = this.file.globals.get(name)
    if (variable && (context || this.topVisible(name, variable))) return { k: "global", variable }
    for (let outer = context?.outer ?? null; outer; outer = outer.outer) {
      if (isVisible(outer, name)) return { k: "captured", variable: outer.all.get(name) as Variable }
    }
    const struct = this.file.structs.get(name)
    if (struct) return { k: "struct", struct }
    if (SESSION_VARIABLES.has(name)) return { k: "session", name }
    if (builtins.has(name)) return { k: "builtin", name }
    return { k: "unknown" }
  }

  private topVisible(name: string, variable: Variable): boolean {
    return this.visible.some((scope) => scope.has(name)) || variable.functions.length > 0 || variable.madeInFunction
  }

  private capture(variable: Variable): void {
    for (let context = this.context; context; context = context.outer) {
      if (context.fn.k === "closure") this.file.captures.get(context.fn)?.add(variable)
    }
  }

  private unknown(name: string, at: Node): void {
    const declared = this.file.globals.get(name)
    const first = declared?.definitions[0]
    const why = !declared
      ? ""
      : first && first.from > at.from
        ? " here: it is declared further down"
        : this.defining === first
          ? " here: this is the statement that declares it"
          : " here: it is first declared inside a block and unknown after it. Declare it before the block"
    // Looking for likely names takes time: in a text full of unknown names nobody reads the later suggestions.
    const use = declared || FOREIGN_NAMES.has(name) ? null : importOf(name)
    const fix =
      declared || this.report.found.length > MAX_SUGGESTIONS
        ? null
        : use
          ? this.importFix(use)
          : (foreignFix(name, at) ?? this.likelyFix(name, at))
    const hint = declared ? undefined : use ? `it comes with ${use}` : FOREIGN_NAMES.get(name)?.hint
    const message = `undefined variable: ${name} is not declared${why}${hint ? `: ${hint}` : fix ? `. Did you mean ${fix.edits[0]?.insert}?` : ""}`
    const severity = this.file.lenient && !declared ? "warning" : "error"
    this.report.add(this.file, "UndefinedVariable", at, message, { severity, ...(fix ? { fixes: [fix] } : {}) })
  }

  /** Brings an import in before the first statement, behind the imports that stand there. */
  private importFix(use: string): Fix {
    const body = this.file.parsed.ast?.body ?? []
    const after = body.findIndex((s) => s.k !== "use")
    const last = after > 0 ? body[after - 1] : undefined
    const at = last ? last.to : (body[0]?.from ?? 0)
    return { title: `Add "${use}"`, edits: [{ from: at, to: at, insert: last ? `\n${use}` : `${use}\n` }] }
  }

  private likelyFix(name: string, at: Node): Fix | null {
    const names = new Set([...this.file.globals.keys(), ...this.file.structs.keys(), ...builtins.keys()])
    for (let context = this.context; context; context = null) for (const local of context.all.keys()) names.add(local)
    const near = nearest(name, names)
    return near ? { title: `Change to ${near}`, edits: [{ from: at.from, to: at.to, insert: near }] } : null
  }

  // ---- types ----------------------------------------------------------------------------------------------------------

  private structName(module: Name | null, name: Name, at: Node = name): void {
    if (!module) {
      this.structType(name, at)
      return
    }
    this.name(module.text, module)
    const binding = this.file.bindings.get(module)
    const imported = binding?.k === "global" ? binding.variable.imported : null
    const struct = imported?.k === "user" ? imported.file.structs.get(name.text) : undefined
    if (struct) {
      struct.references.push(name)
      this.file.bindings.set(at, { k: "struct", struct })
    } else this.report.add(this.file, "UndefinedType", name, `undefined type: module ${module.text} has no struct ${name.text}`)
  }

  private structType(name: Name, at: Node = name): void {
    const struct = this.file.structs.get(name.text)
    if (struct) {
      struct.references.push(name)
      this.file.bindings.set(at, { k: "struct", struct })
      return
    }
    const near = nearest(name.text, new Set(this.file.structs.keys()))
    const fixes = near ? [{ title: `Change to ${near}`, edits: [{ from: name.from, to: name.to, insert: near }] }] : []
    const word = FOREIGN_BLOCKS.get(name.text)
    const hint = word ? `: ${word}` : near ? `. Did you mean ${near}?` : ""
    this.report.add(this.file, "UndefinedType", name, `undefined type: there is no struct ${name.text}${hint}`, { fixes })
  }

  private caughtType(name: Name): void {
    if (name.text !== "RuntimeError") this.structType(name)
  }
}

function isVisible(context: Context, name: string): boolean {
  return context.scopes.some((scope) => scope.has(name))
}

export function newVariable(name: string, scope: Variable["scope"], owner: FunctionLike | null, file: FileModel): Variable {
  return {
    name,
    scope,
    owner,
    file,
    definitions: [],
    references: [],
    functions: [],
    imported: null,
    writes: 0,
    writtenInFunction: false,
    madeInFunction: false,
    indexed: false,
    constant: null,
    type: null,
  }
}

/** The name that differs least, if by little; ties go to the first in code point order. */
export function nearest(name: string, among: ReadonlySet<string>): string | null {
  let best: string | null = null
  // A name of one or two letters is near to every other such name.
  let least = name.length < 3 ? 0.5 : name.length < 4 ? 1.5 : 2.5
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

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
