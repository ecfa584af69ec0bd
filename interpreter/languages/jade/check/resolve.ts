// What every name of a file means (SPEC 5, 6.3, 11): walks the file in order of the text with the names that are visible at
// each point, after declare.ts has collected what the file declares. Fills the file's model; unknown-names.ts says what is
// wrong with names that mean nothing.
import { globals as builtins, SESSION_VARIABLES, TYPE_NAMES } from "../library/index.ts"
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
  statementBlocks,
  statementExpressions,
} from "../syntax/ast.ts"
import { declareFile, globalOf, isSession, newVariable } from "./declare.ts"
import type { Binding, FileModel, FunctionLike, Report, StructModel, Variable } from "./model.ts"
import { unknownName, unknownStruct } from "./unknown-names.ts"

/** Declares and resolves a file whose modules have been resolved before; gives its struct types ids from `firstStruct` on. */
export function resolveFile(file: FileModel, firstStruct: number, report: Report): StructModel[] {
  const structs = declareFile(file, firstStruct, report)
  const resolver = new Resolver(file, report)
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

class Resolver {
  private context: Context | null = null
  /** Names visible at the top level, for each open block. */
  private readonly visible: Set<string>[] = [new Set()]
  /** The name of the `let` whose value is being read. */
  private defining: Name | null = null
  /** Inside an expression that is evaluated later than its place in the text tells. */
  private later = false

  constructor(
    private readonly file: FileModel,
    private readonly report: Report,
  ) {}

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
        for (const field of s.fields) if (field.value) this.default(field.value)
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
    if (isSession(this.file, name)) {
      this.file.bindings.set(at, { k: "session", name })
      this.report.add(this.file, "SessionVariable", at, `${name} is kept by the session: assigning it has no effect`, {
        severity: "warning",
      })
      return null
    }
    const definition = { text: name, from: at.from, to: at.to }
    const variable = globalOf(this.file, name, definition)
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
    for (const param of s.params) if (param.value) this.default(param.value)
    this.inside(
      s,
      s.params.map((param) => param.name),
      () => {
        for (const inner of s.body.body) this.statement(inner)
      },
    )
  }

  /** A default is evaluated where it is needed: it may name a global that is declared further down, as a body may, and no local. */
  private default(value: Expr): void {
    const { context, later } = this
    this.context = null
    this.later = true
    this.expression(value)
    this.context = context
    this.later = later
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
    if (binding.k === "unknown") {
      const locals = this.context?.all.keys() ?? []
      unknownName(this.file, this.report, { name, at, defining: this.defining, locals })
    }
  }

  private lookUp(name: string): Binding {
    const { context } = this
    if (context && isVisible(context, name)) return { k: "local", variable: context.all.get(name) as Variable }
    const variable = this.file.globals.get(name)
    if (variable && (context || this.later || this.topVisible(name, variable))) return { k: "global", variable }
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
    unknownStruct(this.file, this.report, name)
  }

  private caughtType(name: Name): void {
    if (name.text !== "RuntimeError") this.structType(name)
  }
}

function isVisible(context: Context, name: string): boolean {
  return context.scopes.some((scope) => scope.has(name))
}
