// Statements of one function, closure or file to the intermediate form. Locals live as long as their call (blocks make no
// storage of their own, SPEC 5) and are declared at its start; globals are in `G`; a closure's globals are parameters that
// it took along. Expressions are in expression.ts, which this class extends.
import {
  type Arm,
  array,
  choose,
  declare,
  expr,
  giveBack,
  type Expr as Ir,
  type Stmt as IrStmt,
  type Variable as IrVariable,
  js,
  type Loop,
  lit,
  not,
  op,
  raise,
  read,
  scope,
  set,
  statement,
  when,
} from "../../../engine/ir.ts"
import type { FileModel, FunctionLike, Variable } from "../check/model.ts"
import type { Block, Closure, FunctionStmt, Node, Stmt, TryStmt, UseStmt } from "../syntax/ast.ts"
import { isDereference } from "../syntax/ast.ts"
import { ExpressionLowering } from "./expression.ts"
import type { ProgramLowering } from "./program.ts"

export class FunctionLowering extends ExpressionLowering {
  private readonly loops: Loop[] = []
  /** Where a generator's yields go. */
  private collected: IrVariable | null = null

  constructor(
    program: ProgramLowering,
    file: FileModel,
    fn: FunctionLike | null,
    params: readonly IrVariable[],
    captured: ReadonlyMap<Variable, IrVariable> = new Map(),
  ) {
    super(program, file, fn, captured)
    const names = fn ? (fn.k === "fn" ? fn.params.map((param) => param.name) : fn.params) : []
    for (const local of fn ? (file.locals.get(fn) ?? []) : []) {
      const first = local.definitions[0]
      const at = first ? names.indexOf(first) : -1
      const own = at >= 0 ? params[at] : undefined
      this.locals.set(local, own ?? this.builder.local(local.name))
    }
  }

  // ---- bodies ---------------------------------------------------------------------------------------------------------

  functionBody(fn: FunctionStmt): IrStmt[] {
    const body = this.prologue()
    for (const param of fn.params) {
      const variable = param.value ? this.paramOf(param.name) : null
      if (variable && param.value)
        body.push(when(js("===", read(variable), lit(undefined)), [expr(set(variable, this.stored(param.value)))]))
    }
    for (const s of fn.generator ? this.collecting(fn.body) : this.lastIsResult(fn.body)) body.push(s)
    return body
  }

  /** The body of a generator: what it yields becomes its stream. */
  private collecting(block: Block): IrStmt[] {
    this.collected = this.builder.local("")
    return [declare(this.collected, array([])), ...this.statements(block.body), giveBack(op("stream", [read(this.collected)]))]
  }

  closureBody(e: Closure): IrStmt[] {
    const body = this.prologue()
    for (const [variable, own] of this.captured) if (variable.indexed) body.push(expr(set(own, op("stored", [read(own)]))))
    if (e.body.k === "block") for (const s of e.generator ? this.collecting(e.body) : this.lastIsResult(e.body)) body.push(s)
    else body.push(giveBack(this.expression(e.body)))
    return body
  }

  moduleBody(): IrStmt[] {
    this.atTopLevel = true
    return [...this.statements(this.file.parsed.ast?.body ?? []), giveBack(lit(null))]
  }

  mainBody(wantValue: boolean): IrStmt[] {
    this.atTopLevel = true
    const { cellStarts } = this.program
    const statements = this.file.parsed.ast?.body ?? []
    const result = this.builder.local("")
    const body: IrStmt[] = wantValue ? [declare(result, lit(null))] : []
    const last = statements[statements.length - 1]
    const lower = (list: readonly Stmt[]): IrStmt[] => {
      const ofCell = list[list.length - 1]
      return list.flatMap((s) => {
        if (!wantValue || s !== ofCell || s.k !== "expr") return this.statementAndHook(s)
        // What an entry of a console showed of a reply it shows again when later entries stand behind it.
        return s === last ? this.valued(s, result) : [statement(this.site(s)), expr(this.shown(s))]
      })
    }
    // Statement by statement: a program of 1 MB has more of them than a call takes arguments.
    if (cellStarts.length === 0) for (const s of lower(statements)) body.push(s)
    else {
      cellStarts.forEach((from, i) => {
        const to = cellStarts[i + 1] ?? Number.POSITIVE_INFINITY
        body.push(...this.cell(String(i), lower(statements.filter((s) => s.from >= from && s.from < to))))
      })
    }
    body.push(expr(op("finish", [])), giveBack(wantValue ? read(result) : lit(null)))
    return body
  }

  /** A cell of a notebook is a section of the trace, and its fault ends only itself. */
  private cell(name: string, body: IrStmt[]): IrStmt[] {
    const fault = this.builder.local("")
    return [
      expr(op("section", [lit(name), lit(0)])),
      { k: "try", body, variable: fault, handler: [expr(op("cellFailed", [read(fault)]))], finally: null },
      expr(op("section", [lit(name), lit(1)])),
    ]
  }

  private valued(s: Stmt & { k: "expr" }, result: IrVariable): IrStmt[] {
    return [statement(this.site(s)), expr(set(result, this.shown(s)))]
  }

  /** The value of a last expression; a dereference there shows its reply in a console. */
  private shown(s: Stmt & { k: "expr" }): Ir {
    const value = this.expression(s.value)
    return isDereference(s.value) ? op("streamed", [value], this.site(s)) : value
  }

  private prologue(): IrStmt[] {
    const params = new Set(this.fn ? (this.fn.k === "fn" ? this.fn.params.map((param) => param.name) : this.fn.params) : [])
    const body: IrStmt[] = []
    for (const [local, variable] of this.locals) {
      const first = local.definitions[0]
      if (!first || !params.has(first)) body.push(declare(variable))
    }
    return body
  }

  private lastIsResult(block: Block): IrStmt[] {
    const last = block.body[block.body.length - 1]
    if (last?.k !== "expr") return [...this.statements(block.body), giveBack(lit(null))]
    return [...this.statements(block.body.slice(0, -1)), statement(this.site(last)), giveBack(this.expression(last.value))]
  }

  // ---- statements -----------------------------------------------------------------------------------------------------

  private statements(list: readonly Stmt[]): IrStmt[] {
    return list.flatMap((s) => this.statementAndHook(s))
  }

  private statementAndHook(s: Stmt): IrStmt[] {
    return [statement(this.site(s)), ...this.statement(s)]
  }

  private statement(s: Stmt): IrStmt[] {
    switch (s.k) {
      case "expr":
        return [expr(this.expression(s.value))]
      case "let":
        return this.letStatement(s)
      case "assign":
        return [expr(this.assignment(s))]
      case "return": {
        if (this.collected) return [giveBack(op("stream", [read(this.collected)]))]
        return [giveBack(s.value ? this.expression(s.value) : lit(null))]
      }
      case "yield":
        return this.collected ? [expr(op("append", [read(this.collected), this.expression(s.value)], this.site(s)))] : []
      case "raise":
        return [raise(op("raised", [this.expression(s.value)], this.site(s)))]
      case "break": {
        const loop = this.loops[this.loops.length - 1]
        return loop ? [{ k: "break", loop }] : []
      }
      case "continue": {
        const loop = this.loops[this.loops.length - 1]
        return loop ? [{ k: "continue", loop }] : []
      }
      case "if":
        return [this.ifChain(s)]
      case "while": {
        const keyword = { from: s.from, to: s.from + "while".length }
        const loop = this.builder.loop(this.site(keyword))
        return [{ k: "loop", loop, test: this.truth(s.test, keyword), body: this.inLoop(loop, s.body), update: null }]
      }
      case "for":
        return this.forLoop(s)
      case "try":
        return [this.tryStatement(s)]
      case "use":
        return this.use(s)
      case "fn":
        return this.functionStatement(s)
      case "structDef":
      case "extend":
      case "interface":
        return []
    }
  }

  private letStatement(s: Stmt & { k: "let" }): IrStmt[] {
    let value = s.decorators.length > 0 ? this.expression(s.value) : s.prompt ? this.expression(s.value) : this.stored(s.value)
    for (const decorator of s.decorators) value = this.decorated(decorator, value)
    if (s.prompt) value = op("prompt", [value], this.site(s))
    else if (s.decorators.length > 0) value = op("stored", [value])
    return [expr(this.bind(s.name, value))]
  }

  private assignment(s: Stmt & { k: "assign" }): Ir {
    const { target } = s
    if (target.k === "name") {
      return this.file.bindings.get(target)?.k === "session" ? this.expression(s.value) : this.bind(target, this.stored(s.value))
    }
    if (target.k === "self") return op("setField", [this.selfValue(target), lit(target.name.text), this.expression(s.value)], this.site(s))
    const object = this.expression(target.object)
    if (target.k === "member") return op("setField", [object, lit(target.name.text), this.expression(s.value)], this.site(s))
    return op("setIndex", [object, this.expression(target.index), this.expression(s.value)], this.site(target))
  }

  private ifChain(s: Stmt & { k: "if" }): IrStmt {
    const arms = s.arms.map((arm) => ({ test: this.truth(arm.test, arm.keyword), body: this.statements(arm.body.body) }))
    return choose(arms, s.otherwise && this.statements(s.otherwise.body))
  }

  private inLoop(loop: Loop, body: Block): IrStmt[] {
    this.loops.push(loop)
    const statements = this.statements(body.body)
    this.loops.pop()
    return statements
  }

  private forLoop(s: Stmt & { k: "for" }): IrStmt[] {
    const items = this.builder.local("")
    const length = this.builder.local("")
    const at = this.builder.local("")
    const keyword: Node = { from: s.from, to: s.from + "for".length }
    const loop = this.builder.loop(this.site(keyword))
    return [
      scope([
        declare(items, op("iterable", [this.expression(s.sequence)], this.site(keyword))),
        declare(length, op("size", [read(items)])),
        declare(at, lit(0)),
        {
          k: "loop",
          loop,
          test: not(op("ended", [read(items), read(at), read(length)])),
          body: [expr(this.bind(s.name, op("element", [read(items), read(at)]))), ...this.inLoop(loop, s.body)],
          update: [expr(set(at, js("+", read(at), lit(1))))],
        },
      ]),
    ]
  }

  private tryStatement(s: TryStmt): IrStmt {
    const fault = this.builder.local("")
    const arms: Arm[] = []
    let otherwise: IrStmt[] = [raise(read(fault))]
    for (const arm of s.arms) {
      const body = [expr(this.bind(arm.name, op("exceptionValue", [read(fault)]))), ...this.statements(arm.body.body)]
      if (!arm.type) {
        otherwise = body
        break
      }
      const binding = this.file.bindings.get(arm.type)
      const test = binding?.k === "struct" ? op("catches", [read(fault), lit(binding.struct.id)]) : op("isRuntimeError", [read(fault)])
      arms.push({ test, body })
    }
    const body = this.statements(s.body.body)
    if (s.arms.length === 0) return scope(body)
    return { k: "try", body, variable: fault, handler: arms.length > 0 ? [choose(arms, otherwise)] : otherwise, finally: null }
  }

  private use(s: UseStmt): IrStmt[] {
    const target = this.file.uses.get(s)
    if (!target || target.k === "member") return []
    const body = target.k === "user" ? this.program.runModule(target.file, this.site(s)) : []
    const last = s.path[s.path.length - 1]
    const module =
      target.k === "user" ? op("userModule", [lit(last?.text ?? ""), lit(target.file.path)]) : op("packageModule", [lit(target.name)])
    if (!s.names) return last ? [...body, expr(this.bind(last, module))] : body
    for (const name of s.names) {
      if (this.file.bindings.get(name)?.k === "global") {
        body.push(expr(this.bind(name, op("stored", [op("field", [module, lit(name.text)], this.site(name))]))))
      }
    }
    return body
  }

  private functionStatement(s: FunctionStmt): IrStmt[] {
    const binding = this.file.bindings.get(s.name)
    if (binding?.k !== "global" || binding.variable.constant) return []
    let value: Ir = op("fn", [lit(this.program.functionOf(s).id)])
    for (const decorator of s.decorators) value = this.decorated(decorator, value)
    return [expr(this.bind(s.name, value))]
  }

  protected override lowerClosure(e: Closure): Ir {
    const captures = [...(this.file.captures.get(e) ?? [])].filter((variable) => !variable.constant)
    const own = captures.map((variable) => this.builder.local(variable.name))
    const params = e.params.map((param) => this.builder.local(param.text))
    const fn = this.builder.fn("closure", [...own, ...params], this.site(e))
    const inside = new FunctionLowering(
      this.program,
      this.file,
      e,
      params,
      new Map(captures.map((variable, i) => [variable, own[i] as IrVariable])),
    )
    fn.body = inside.closureBody(e)
    const taken = captures.map((variable) => this.captureValue(variable))
    return op("closure", [lit(e.params.length), { k: "ref", fn }, array(taken)], this.site(e))
  }
}
