// Lowers statements and bodies: declarations, blocks, loops with their barrier and context mode, returns that leave loops on
// their way out, async statements (SPEC 4, 6, 8.7, 11).
import {
  type Arm,
  array,
  choose,
  declare,
  expr,
  giveBack,
  type Expr as Ir,
  type Stmt as IrStmt,
  js,
  lit,
  op,
  opMay,
  raise,
  read,
  scope,
  set,
  statement,
  typed,
  type Variable,
} from "../../../engine/ir.ts"
import { isVariableStatement } from "../check/bodies.ts"
import type { VibeSymbol } from "../check/symbols.ts"
import { typeOf } from "../check/types.ts"
import {
  type AsyncStmt,
  type Block,
  bare,
  type Expr,
  type ForStmt,
  type IfStmt,
  type LoopMode,
  type ModelStmt,
  type Span,
  type Stmt,
  type ToolStmt,
  type TsBlock,
  type VarStmt,
  type VarTarget,
  type WhileStmt,
} from "../syntax/ast.ts"
import { text } from "./context.ts"
import { ExpressionLowering } from "./expressions.ts"

type Pattern = VarTarget & { k: "pattern" }

export class StatementLowering extends ExpressionLowering {
  /** A body in which the last statement may be the result (functions). */
  body(list: readonly Stmt[], isResult: boolean): IrStmt[] {
    const out: IrStmt[] = []
    list.forEach((s, i) => {
      const last = isResult && i === list.length - 1
      out.push(statement(this.site(head(s))))
      if (last && s.k === "expr") this.leave(this.typed(s.value, this.fn.returns), s, out)
      else if (last && s.k === "if") for (const inner of this.ifStatement(s, true)) out.push(inner)
      else if (last && s.k === "block") out.push(scope(this.body(s.body, true)))
      else this.statement(s, out)
    })
    return out
  }

  private block(block: Block): IrStmt[] {
    return this.body(block.body, false)
  }

  private statement(s: Stmt, out: IrStmt[]): void {
    if (this.fn.module.clashes.has(s)) {
      out.push(raise(op("alreadyDeclared", [text(declaredName(s))], this.site(s))))
      return
    }
    switch (s.k) {
      case "import":
        break
      case "export":
        this.statement(s.declaration, out)
        break
      case "async":
        this.asyncStatement(s, out)
        break
      case "let":
      case "const":
        this.variableStatement(s, out)
        break
      case "model":
        this.model(s, out)
        break
      case "function":
        break
      case "tool":
        this.tool(s, out)
        break
      case "return":
        this.leave(s.value ? this.typed(s.value, this.fn.kind === "function" ? this.fn.returns : null) : lit(null), s, out)
        break
      case "break": {
        const open = this.fn.loops[this.fn.loops.length - 1]
        if (open) out.push({ k: "break", loop: open.loop })
        break
      }
      case "throw":
        this.depart(opMay("thrown", [this.value(s.value)], this.site(s)), out)
        break
      case "if":
        out.push(...this.ifStatement(s, false))
        break
      case "for":
        this.forStatement(s, out)
        break
      case "while":
        this.whileStatement(s, out)
        break
      case "block":
        out.push(scope(this.block(s)))
        break
      case "expr":
        this.expressionStatement(s.value, out)
        break
    }
  }

  /** At the top level of the entry the value becomes the program's result so far. */
  private expressionStatement(value: Expr, out: IrStmt[]): void {
    const evaluated = this.kept(value)
    out.push(expr(this.fn.kind === "entry" ? set(this.shared.result, evaluated) : evaluated))
  }

  // ---- declarations ---------------------------------------------------------------------------------------------------

  private bind(symbol: VibeSymbol, value: Ir, out: IrStmt[]): void {
    const variable = this.shared.variable(symbol)
    out.push(symbol.global ? expr(set(variable, value)) : declare(variable, value))
  }

  private bindTag(symbol: VibeSymbol, isAnswer: boolean, out: IrStmt[]): void {
    if (!this.keepsType(symbol)) return
    const tag = this.shared.tag(symbol)
    const value = isAnswer ? text("text") : op("typeTag", [read(this.shared.variable(symbol))])
    out.push(symbol.global ? expr(set(tag, value)) : declare(tag, value))
  }

  private variableStatement(s: VarStmt, out: IrStmt[]): void {
    const { target, init } = s
    if (target.k === "pattern") {
      this.pattern(target, init, s, out)
      return
    }
    const symbol = this.symbol(target.name)
    const site = this.site(s)
    const declared = symbol.declared
    const inner = init ? bare(init) : null
    let value: Ir
    if (!init || !inner) value = lit(null)
    else if (inner.k === "ask") value = this.ask(inner, declared ?? "text", null)
    else if (declared) value = this.converted(this.kept(init), declared, symbol.name, site)
    else value = this.kept(init)
    this.bind(symbol, this.note(value, symbol, inner?.k === "ask"), out)
    this.bindTag(symbol, inner?.k === "ask", out)
    if (this.fn.kind === "entry" && init) out.push(expr(set(this.shared.result, read(this.shared.variable(symbol)))))
  }

  private fields(target: Pattern): Ir {
    return array(target.fields.flatMap((field) => [text(field.name.text), text(typeOf(field.type) ?? "json")]))
  }

  /** A field whose name an enclosing block has ends the program once the value is there. */
  private clashing(field: Pattern["fields"][number], s: Span, out: IrStmt[]): boolean {
    if (!this.fn.module.clashes.has(field)) return false
    out.push(raise(op("alreadyDeclared", [text(field.name.text)], this.site(s))))
    return true
  }

  private pattern(target: Pattern, init: Expr | null, s: Span, out: IrStmt[]): void {
    const inner = init ? bare(init) : null
    const source = this.declareLocal()
    const isAsk = inner?.k === "ask"
    const value = isAsk ? this.ask(inner, "", this.fields(target)) : init ? this.value(init) : lit(null)
    out.push(declare(source, value))
    for (const field of target.fields) {
      if (this.clashing(field, s, out)) return
      const symbol = this.symbol(field.name)
      const part = op("pick", [read(source), text(field.name.text), text(symbol.declared ?? "")], this.site(s))
      this.bind(symbol, this.note(part, symbol, isAsk), out)
    }
  }

  private asyncStatement(s: AsyncStmt, out: IrStmt[]): void {
    if (!isVariableStatement(s.what)) {
      const started = this.start(s.what, "", null, null)
      out.push(expr(started))
      return
    }
    const { target, init } = s.what
    if (!init) return
    if (target.k === "pattern") {
      const source = this.declareLocal()
      out.push(declare(source, this.start(init, target.fields.map((it) => it.name.text).join(", "), null, this.fields(target))))
      for (const field of target.fields) {
        if (this.clashing(field, s, out)) return
        const symbol = this.symbol(field.name)
        const part = op("pickLater", [read(source), text(field.name.text), text(symbol.declared ?? "")], this.site(s))
        this.bind(symbol, this.note(part, symbol, init.k === "ask"), out)
      }
      return
    }
    const symbol = this.symbol(target.name)
    const type = symbol.declared ?? (init.k === "ask" ? "text" : null)
    this.bind(symbol, this.note(this.start(init, symbol.name, type, null), symbol, init.k === "ask"), out)
    this.bindTag(symbol, init.k === "ask", out)
    if (this.fn.kind === "entry") out.push(expr(set(this.shared.result, read(this.shared.variable(symbol)))))
  }

  private model(s: ModelStmt, out: IrStmt[]): void {
    const symbol = this.symbol(s.name)
    const keys = s.config.properties.map((it) => lit(it.key.text))
    const values = s.config.properties.map((it) => {
      const inner = bare(it.value)
      const fromEnv = it.key.text === "apiKey" && inner.k === "call" && inner.callee.k === "variable" && inner.callee.name === "env"
      return fromEnv ? op("keyOrSettings", [this.value(it.value)]) : this.value(it.value)
    })
    this.bind(symbol, op("model", [array(keys), array(values)], this.site(s)), out)
  }

  private tool(s: ToolStmt, out: IrStmt[]): void {
    const symbol = this.symbol(s.name)
    const block = firstBlock(s.body.body)
    const site = this.site(s)
    const params = array(
      s.params.flatMap((param) => [
        lit(param.name.text),
        lit(typeOf(param.type) ?? "json"),
        lit(s.paramDocs.find((it) => it.name.text === param.name.text)?.text ?? ""),
      ]),
    )
    if (!block) {
      out.push(raise(op("toolWithoutBlock", [text(s.name.text)], site)))
      return
    }
    const runner = this.shared.builder.fn(
      s.name.text,
      s.params.map((param) => this.shared.variable(this.symbol(param.name))),
      site,
    )
    runner.body.push(...this.inTool(s, block))
    this.bind(
      symbol,
      op(
        "tool",
        [text(s.name.text), text(s.description), params, { k: "ref", fn: runner }, text(s.returns ? (typeOf(s.returns) ?? "") : "")],
        site,
      ),
      out,
    )
  }

  /** The body of a tool is its first ts block, run with the model's arguments. */
  private inTool(s: ToolStmt, block: TsBlock): IrStmt[] {
    const inside = new StatementLowering(this.shared, {
      module: this.fn.module,
      kind: "function",
      name: s.name.text,
      returns: null,
      frame: null,
      loops: [],
    })
    return [giveBack(inside.tsBlock(block))]
  }

  // ---- control flow ---------------------------------------------------------------------------------------------------

  private condition(test: Expr, word: string): Ir {
    const inner = bare(test)
    if (inner.k === "boolean") return lit(inner.value)
    return typed("boolean", this.value(test), "test", [text(word)], this.site(test))
  }

  private ifStatement(s: IfStmt, isResult: boolean): IrStmt[] {
    const arms: Arm[] = []
    let at = s
    for (;;) {
      arms.push({ test: this.condition(at.test, "if"), body: this.body(at.body.body, isResult) })
      if (at.otherwise?.k !== "if") break
      at = at.otherwise
    }
    return [choose(arms, at.otherwise && this.body(at.otherwise.body, isResult))]
  }

  private openLoop(s: ForStmt | WhileStmt, label: string, out: IrStmt[]): Variable | null {
    const site = this.site(head(s))
    const loop = this.shared.builder.loop(site)
    let mark: Variable | null = null
    if (this.shared.starts || this.shared.asks) {
      mark = this.declareLocal()
      out.push(declare(mark, op("loopEnter", [text(label)])))
    }
    this.fn.loops.push({ loop, mark, mode: s.mode, site })
    return mark
  }

  private closeLoop(out: IrStmt[]): void {
    const open = this.fn.loops.pop()
    if (open?.mark) this.exitLoop(open.mark, open.mode, open.site, out)
  }

  /** What leaving a loop brings: waiting for what it started, and its context mode. */
  private exitLoop(mark: Variable, mode: LoopMode | null, site: number, out: IrStmt[]): void {
    const [prompt, model] = mode?.k === "compress" ? this.compressArgs(mode) : [lit(null), lit(null)]
    out.push(expr(opMay("loopExit", [read(mark), text(mode?.k ?? "verbose"), prompt, model], mode ? this.site(mode) : site)))
  }

  private forStatement(s: ForStmt, out: IrStmt[]): void {
    const inside: IrStmt[] = []
    const sequence = this.declareLocal()
    const position = this.declareLocal()
    const symbol = this.symbol(s.name)
    const variable = this.shared.variable(symbol)
    const iterable = bare(s.iterable)
    const site = this.site(s.iterable)
    const isRange = iterable.k === "range"
    const over = isRange
      ? op("span", [this.value(iterable.start), this.value(iterable.end)], site)
      : op("sequence", [this.receiver(s.iterable)], site)
    inside.push(declare(sequence, over), declare(position, lit(0)))
    let item: Ir = op("element", [read(sequence), read(position)])
    let count: Ir = op("count", [read(sequence)])
    if (isRange) {
      // Its numbers are known now; what an array holds is asked in every turn.
      const start = this.declareLocal()
      const length = this.declareLocal()
      inside.push(declare(start, op("spanStart", [read(sequence)])), declare(length, count))
      item = js("+", read(start), read(position))
      count = read(length)
    }
    this.openLoop(s, `for ${s.name.text}`, inside)
    const open = this.fn.loops[this.fn.loops.length - 1]
    if (!open) return
    const element: Ir = this.shared.waits && !isRange ? { k: "force", value: item, name: "ready", args: [text("")], site } : item
    const isShown = this.shared.asks && !(iterable.k === "variable" && this.symbol(iterable).isPrivate)
    const shown = isShown ? [expr(op("loopTurn", [text(s.name.text), read(variable)]))] : []
    const body = [declare(variable, element), ...shown, expr(set(position, js("+", read(position), lit(1)))), scope(this.block(s.body))]
    inside.push({ k: "loop", loop: open.loop, test: js("<", read(position), count), body, update: null })
    this.closeLoop(inside)
    out.push(scope(inside))
  }

  private whileStatement(s: WhileStmt, out: IrStmt[]): void {
    const inside: IrStmt[] = []
    this.openLoop(s, "while", inside)
    const open = this.fn.loops[this.fn.loops.length - 1]
    if (!open) return
    inside.push({ k: "loop", loop: open.loop, test: this.condition(s.test, "while"), body: this.block(s.body), update: null })
    this.closeLoop(inside)
    out.push(scope(inside))
  }

  /** `return value`: checked against the return type, then out. */
  private leave(value: Ir, s: Span, out: IrStmt[]): void {
    const { returns, name, kind } = this.fn
    this.depart(returns && kind === "function" ? this.converted(value, returns, `return value of ${name}`, this.site(s)) : value, out)
  }

  /** Leaves the function: the value first, then every loop around, innermost first. */
  private depart(value: Ir, out: IrStmt[]): void {
    const marked = this.fn.loops.filter((it) => it.mark)
    const { frame } = this.fn
    if (marked.length === 0 && !frame) {
      out.push(giveBack(value))
      return
    }
    const result = this.declareLocal()
    out.push(declare(result, value))
    for (const open of [...marked].reverse()) this.exitLoop(open.mark as Variable, open.mode, open.site, out)
    if (frame) out.push(expr(op("leaveFrame", [read(frame)])))
    out.push(giveBack(read(result)))
  }
}

/** The part of a statement that a person points at: its first line, not its block. */
function head(s: Stmt): Span {
  switch (s.k) {
    case "if":
    case "while":
      return { from: s.from, to: s.test.to }
    case "for":
      return { from: s.from, to: s.iterable.to }
    default:
      return s
  }
}

function declaredName(s: Stmt): string {
  const inner = s.k === "export" ? s.declaration : s.k === "async" && isVariableStatement(s.what) ? s.what : s
  if (inner.k === "model") return inner.name.text
  if ((inner.k === "let" || inner.k === "const") && inner.target.k === "name") return inner.target.name.text
  return ""
}

function firstBlock(body: readonly Stmt[]): TsBlock | null {
  for (const s of body) {
    const value = s.k === "expr" || s.k === "return" ? s.value : null
    if (value && bare(value).k === "ts") return bare(value) as TsBlock
  }
  return null
}
