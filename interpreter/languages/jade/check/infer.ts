// Types through the statements of a program (SPEC 4; expressions are in infer-expressions.ts): a walk in order of the text that knows, at each point, the type of
// every variable where it is certain. Loops are walked until nothing changes; where two ways meet, only what both agree on
// is kept. Variables that a function may assign from elsewhere are never known. Results go into the program's `types`.
import { type Block, type Expr, type FunctionStmt, type Node, type Stmt, statementBlocks } from "../syntax/ast.ts"
import { fieldFixes } from "./fixes.ts"
import { type Env, ExpressionInference, type Flow } from "./infer-expressions.ts"
import type { FileModel, ProgramModel, Report, Variable } from "./model.ts"
import { isKnown, isText, joined, NIL, plain, sameType, type Type, typeName, UNKNOWN } from "./types.ts"

/** Walks all files; functions last, when the types of globals are known. */
export function inferProgram(program: ProgramModel, report: Report): void {
  const inference = new Inference(program, report)
  for (const file of program.files) inference.file(file)
  for (const file of program.files) inference.functions(file)
}

const MAX_NESTED_LOOPS = 3
/** Functions looked into inside one another for what they give back; of those they call in turn nothing is known there. */
const MAX_NESTED_FUNCTIONS = 64

class Inference extends ExpressionInference {
  private readonly resultTypes = new Map<FunctionStmt, Type | null>()
  private nestedFunctions = 0

  file(file: FileModel): void {
    this.current = file
    this.flow = { env: new Map(), ended: false }
    this.results = null
    for (const s of file.parsed.ast?.body ?? []) this.statement(s)
    for (const variable of file.globals.values()) {
      const only = variable.writes === 1 && !variable.writtenInFunction && variable.functions.length === 0 && !variable.imported
      if (only) variable.type = this.flow.env.get(variable) ?? null
    }
  }

  functions(file: FileModel): void {
    this.current = file
    for (const fn of file.functions) this.function(fn)
  }

  private function(fn: FunctionStmt): Type {
    const outer = { flow: this.flow, results: this.results, loops: this.loops }
    this.flow = { env: new Map(), ended: false }
    this.results = []
    this.loops = 0
    for (const param of fn.params) if (param.value) this.type(param.value)
    this.statements(fn.body.body)
    const last = fn.body.body[fn.body.body.length - 1]
    if (!this.flow.ended) this.results.push(last?.k === "expr" ? this.typeOf(last.value) : NIL)
    const result = fn.generator ? plain("stream") : this.results.length === 0 ? UNKNOWN : this.results.reduce(joined)
    if (fn.generator && this.silent === 0) this.refuseYieldAndReturn(fn.body, fn.name, fn.name.text)
    this.flow = outer.flow
    this.results = outer.results
    this.loops = outer.loops
    return fn.async ? { k: "future", of: result } : result
  }

  protected override resultOf(fn: FunctionStmt, file: FileModel): Type {
    const known = this.resultTypes.get(fn)
    if (known !== undefined) return known ?? UNKNOWN
    if (this.nestedFunctions === MAX_NESTED_FUNCTIONS) return UNKNOWN
    this.resultTypes.set(fn, null)
    const outer = this.current
    this.current = file
    this.silent++
    this.nestedFunctions++
    const result = this.function(fn)
    this.nestedFunctions--
    this.silent--
    this.current = outer
    this.resultTypes.set(fn, result)
    return result
  }

  protected override refuseYieldAndReturn(body: Block, at: Node, who: string): void {
    const visit = (block: Block): void => {
      for (const s of block.body) {
        if (s.k === "return" && s.value) this.refuse("YieldAndReturn", at, `${who} yields, so it cannot also return a value`)
        statementBlocks(s).forEach(visit)
      }
    }
    visit(body)
  }

  // ---- statements -----------------------------------------------------------------------------------------------------

  protected override statements(body: readonly Stmt[]): void {
    for (const s of body) this.statement(s)
  }

  private statement(s: Stmt): void {
    switch (s.k) {
      case "let":
        this.letStatement(s)
        return
      case "assign":
        this.assignment(s)
        return
      case "expr":
        this.type(s.value)
        return
      case "return": {
        const type = s.value ? this.type(s.value) : NIL
        this.results?.push(type)
        this.flow.ended = true
        return
      }
      case "raise":
        this.type(s.value)
        this.flow.ended = true
        return
      case "yield":
        this.type(s.value)
        return
      case "break":
      case "continue":
        this.flow.ended = true
        return
      case "if":
        this.ifStatement(s)
        return
      case "while":
        this.loop(s.body, null, () => this.condition(s.test, { from: s.from, to: s.from + "while".length }))
        return
      case "for": {
        const sequence = this.type(s.sequence)
        const element = this.elementOf(sequence, { from: s.from, to: s.from + "for".length }, s.sequence)
        this.loop(s.body, () => this.assignTo(s.name, element), null)
        this.afterFor(s.name, element)
        return
      }
      case "try":
        this.tryStatement(s)
        return
      case "structDef":
        for (const { value, name, prompt } of s.fields) {
          if (!value) continue
          const type = this.defaultType(value)
          if (prompt && isKnown(type) && !isText(type)) {
            this.refuse("PromptFieldNotStr", s, `the prompt field ${name.text} needs a str, this is ${typeName(type)}`)
          }
        }
        this.decorators(s)
        return
      case "extend":
      case "interface":
      case "use":
        return
      case "fn":
        this.decorators(s)
        return
    }
  }

  /** A default is evaluated for each instance: what a global holds here tells nothing about it. */
  private defaultType(value: Expr): Type {
    const outer = { flow: this.flow, results: this.results }
    this.flow = { env: new Map(), ended: false }
    this.results = []
    const type = this.type(value)
    this.flow = outer.flow
    this.results = outer.results
    return type
  }

  private decorators(s: { readonly decorators: readonly { readonly args: readonly { readonly value: Expr }[] }[] }): void {
    for (const decorator of s.decorators) for (const arg of decorator.args) this.type(arg.value)
  }

  private letStatement(s: Stmt & { k: "let" }): void {
    this.decorators(s)
    const type = this.type(s.value)
    if (s.prompt && s.decorators.length === 0 && isKnown(type) && !isText(type)) {
      this.refuse("TypeMismatch", s, `type mismatch: a prompt needs a str, this is ${typeName(type)}`)
    }
    this.assignTo(s.name, s.prompt ? plain("prompt") : s.decorators.length > 0 ? UNKNOWN : type)
  }

  private assignTo(at: Node, type: Type): void {
    const binding = this.current.bindings.get(at)
    if (binding?.k === "local" || binding?.k === "global") this.flow.env.set(binding.variable, type)
  }

  private assignment(s: Stmt & { k: "assign" }): void {
    const type = this.type(s.value)
    const { target } = s
    if (target.k === "name") {
      this.assignTo(target, type)
      return
    }
    if (target.k === "self") return
    const object = this.type(target.object)
    if (target.k === "index") {
      this.type(target.index)
      if (isKnown(object) && object.k !== "array" && object.k !== "dict" && object.k !== "bytes") {
        this.refuse("TypeMismatch", target.object, `type mismatch: ${typeName(object)} has no elements to assign to`)
      }
    } else if (object.k === "struct" && !object.struct.fields.some(({ field }) => field.name.text === target.name.text)) {
      const message = `undefined field: ${object.struct.name.text} has no field ${target.name.text}`
      this.refuse("UndefinedField", target, message, fieldFixes(target.name, object.struct))
    }
  }

  private ifStatement(s: Stmt & { k: "if" }): void {
    const ends: Flow[] = []
    for (const arm of s.arms) {
      this.condition(arm.test, arm.keyword)
      const otherwise = this.copy()
      this.statements(arm.body.body)
      ends.push(this.flow)
      this.flow = otherwise
    }
    if (s.otherwise) this.statements(s.otherwise.body)
    ends.push(this.flow)
    this.flow = merged(ends)
  }

  private tryStatement(s: Stmt & { k: "try" }): void {
    const before = this.copy()
    forget(before.env, this.writtenIn(s.body))
    this.statements(s.body.body)
    const ends = [this.flow]
    for (const arm of s.arms) {
      this.flow = { env: new Map(before.env), ended: before.ended }
      const struct = arm.type ? this.current.structs.get(arm.type.text) : undefined
      // A struct that inherits it is caught too, and may have more fields.
      const alone = struct && !this.program.structs.some((it) => it.parents.includes(struct))
      this.assignTo(arm.name, struct && alone ? { k: "struct", struct } : UNKNOWN)
      this.statements(arm.body.body)
      ends.push(this.flow)
    }
    this.flow = merged(ends)
  }

  private loop(body: Block, first: (() => void) | null, test: (() => void) | null): void {
    const written = this.writtenIn(body)
    if (this.loops >= MAX_NESTED_LOOPS) forget(this.flow.env, written)
    else {
      this.loops++
      for (;;) {
        const before = new Map(this.flow.env)
        this.silent++
        test?.()
        first?.()
        this.statements(body.body)
        this.silent--
        const entry: Env = new Map()
        let changed = false
        for (const [variable, type] of before) {
          // What `continue` brings back to the start is not in what the body ends with: every write counts.
          const both = written.has(variable) ? this.withWrites(body, variable, type) : type
          entry.set(variable, both)
          if (!sameType(both, type)) changed = true
        }
        this.flow = { env: entry, ended: false }
        if (!changed) break
      }
      this.loops--
    }
    // `break` and `continue` leave from anywhere: after the loop only what no write could change is known.
    test?.()
    const entry = new Map(this.flow.env)
    first?.()
    this.statements(body.body)
    const after = new Map(entry)
    for (const variable of written) {
      const before = entry.get(variable)
      const type = before ? this.withWrites(body, variable, before) : UNKNOWN
      if (type.k === "unknown") after.delete(variable)
      else after.set(variable, type)
    }
    this.flow = { env: after, ended: false }
  }

  /** A variable of that name keeps the last element, or what it was if there was none. */
  private afterFor(name: Node, element: Type): void {
    const binding = this.current.bindings.get(name)
    if (binding?.k !== "local" && binding?.k !== "global") return
    const before = this.flow.env.get(binding.variable)
    if (before) this.flow.env.set(binding.variable, joined(before, element))
  }

  /** What is certain of a variable of that type after any of the writes inside. */
  private withWrites(body: Block, variable: Variable, type: Type): Type {
    let all = type
    const isOurs = (at: Node): boolean => {
      const binding = this.current.bindings.get(at)
      return (binding?.k === "local" || binding?.k === "global") && binding.variable === variable
    }
    const visit = (block: Block): void => {
      for (const s of block.body) {
        if (s.k === "let" && isOurs(s.name)) {
          all = s.decorators.length > 0 && !s.prompt ? UNKNOWN : joined(all, s.prompt ? plain("prompt") : this.typeOf(s.value))
        } else if (s.k === "assign" && s.target.k === "name" && isOurs(s.target)) all = joined(all, this.typeOf(s.value))
        else if (s.k === "for" || s.k === "try") {
          const names = s.k === "for" ? [s.name] : s.arms.map((arm) => arm.name)
          if (names.some(isOurs)) all = UNKNOWN
        } else if ((s.k === "fn" || s.k === "use") && this.mayWrite(s, variable)) all = UNKNOWN
        statementBlocks(s).forEach(visit)
      }
    }
    visit(body)
    return all
  }

  private mayWrite(s: Stmt, variable: Variable): boolean {
    return s.k === "fn" ? s.name.text === variable.name : true
  }

  private writtenIn(block: Block): Set<Variable> {
    const written = new Set<Variable>()
    const note = (at: Node): void => {
      const binding = this.current.bindings.get(at)
      if (binding?.k === "local" || binding?.k === "global") written.add(binding.variable)
    }
    const visit = (inner: Block): void => {
      for (const s of inner.body) {
        if (s.k === "let" || s.k === "for" || s.k === "fn") note(s.name)
        if (s.k === "assign" && s.target.k === "name") note(s.target)
        if (s.k === "use") for (const name of s.names ?? s.path.slice(-1)) note(name)
        if (s.k === "try") for (const arm of s.arms) note(arm.name)
        statementBlocks(s).forEach(visit)
      }
    }
    visit(block)
    return written
  }

  private copy(): Flow {
    return { env: new Map(this.flow.env), ended: this.flow.ended }
  }

  private condition(test: Expr, keyword: Node): void {
    const type = this.type(test)
    if (isKnown(type) && type.k !== "bool") {
      this.refuse("TypeMismatch", keyword, `type mismatch: a condition must be bool, this is ${typeName(type)}`)
    }
  }
}

function forget(env: Env, variables: ReadonlySet<Variable>): void {
  for (const variable of variables) env.delete(variable)
}

/** What all ways that go on agree on. */
function merged(flows: readonly Flow[]): Flow {
  const open = flows.filter((flow) => !flow.ended)
  const [first, ...rest] = open
  if (!first) return { env: flows[0]?.env ?? new Map(), ended: true }
  const env: Env = new Map()
  for (const [variable, type] of first.env) {
    let both: Type | null = type
    for (const other of rest) {
      const there = other.env.get(variable)
      both = both && there ? joined(both, there) : null
    }
    if (both) env.set(variable, both)
  }
  return { env, ended: false }
}
