// Lowers expressions. Every expression can be wanted in three ways: as a plain `value` (pending ones waited for, nothing
// wrapped around it), `kept` (an answer keeps its tool calls: what a variable stores), or as a `receiver` (an array may have
// placeholders in it: what push, len, pop and for work on). SPEC 3.3, 8.4, 11.3, 11.4.
import {
  array,
  call,
  callValue,
  globalsOf,
  type Expr as Ir,
  type JsBinary,
  lit,
  numbers,
  op,
  opGen,
  opMay,
  read,
  ref,
  set,
  typed,
  type Variable,
} from "../../../engine/ir.ts"
import { isContext } from "../check/expressions.ts"
import type { VibeSymbol } from "../check/symbols.ts"
import { type StaticType, typeOf } from "../check/types.ts"
import { META } from "../library/catalogue.ts"
import {
  type Ask,
  type Assign,
  type Binary,
  bare,
  type Call,
  chainOf,
  type Expr,
  type LoopMode,
  type Member,
  type Name,
  type Span,
  type StringLiteral,
  type TsBlock,
} from "../syntax/ast.ts"
import { isReservedInJs, namesIn } from "../tsblocks/names.ts"
import type { FunctionContext, Shared } from "./context.ts"
import { text } from "./context.ts"

const OPERATORS: Record<string, string> = { and: "both", or: "either" }
/** Operators of two numbers are the host's own; everything else is the operation's. */
const OF_NUMBERS: Record<string, readonly [JsBinary, string]> = {
  "-": ["-", "sub"],
  "*": ["*", "mul"],
  "/": ["/", "div"],
  "%": ["%", "rem"],
  "==": ["===", "same"],
  "!=": ["!==", "differs"],
  "<": ["<", "less"],
  ">": [">", "greater"],
  "<=": ["<=", "atMost"],
  ">=": [">=", "atLeast"],
}
/** Declared types that are the host's own: what is checked before anybody is called. */
export const HOST_TYPES: Record<string, "number" | "boolean" | "string"> = { text: "string", number: "number", boolean: "boolean" }
const metaNames = new Set<string>(META)

export class ExpressionLowering {
  constructor(
    protected readonly shared: Shared,
    protected readonly fn: FunctionContext,
  ) {}

  protected site(span: Span): number {
    return this.shared.site(this.fn.module, span)
  }

  protected symbol(node: object): VibeSymbol {
    const symbol = this.fn.module.meaning.get(node)
    if (!symbol) throw new RangeError("a name that was not resolved reached the lowering")
    return symbol
  }

  // ---- the three ways -------------------------------------------------------------------------------------------------

  value(e: Expr): Ir {
    switch (e.k) {
      case "number":
      case "boolean":
        return lit(e.value)
      case "null":
      case "missing":
        return lit(null)
      case "paren":
        return this.value(e.inner)
      case "string":
        return this.string(e)
      case "array":
        // As one array, not as arguments: a literal may have more elements than a call takes.
        return op("list", [array(e.items.map((item) => this.value(item)))])
      case "object":
        return op("object", [array(e.properties.map((it) => lit(it.key.text))), array(e.properties.map((it) => this.value(it.value)))])
      case "variable":
        return this.read(e, this.symbol(e), "ready")
      case "unary":
        return op(e.op === "not" ? "not" : "negate", [this.value(e.operand)], this.site(e))
      case "binary":
        return this.binary(e)
      case "range":
        return op("range", [this.value(e.start), this.value(e.end)], this.site(e))
      case "index":
        return this.plain(op("index", [this.value(e.object), this.value(e.index)], this.site(e)), e)
      case "slice":
        return op(
          "slice",
          [this.value(e.object), e.start ? this.value(e.start) : lit(null), e.end ? this.value(e.end) : lit(null)],
          this.site(e),
        )
      case "member":
        return this.isMeta(e) ? this.meta(e) : this.plain(op("member", [this.value(e.object), text(e.name.text)], this.site(e)), e)
      case "call":
      case "assign":
      case "ask":
      case "ts":
        return this.plain(this.kept(e), e)
    }
  }

  kept(e: Expr): Ir {
    switch (e.k) {
      case "paren":
        return this.kept(e.inner)
      case "variable":
        return this.read(e, this.symbol(e), "readyKept")
      case "call":
        return this.call(e)
      case "assign":
        return this.assign(e)
      case "ask":
        return this.ask(e, "", null)
      case "ts":
        return this.tsBlock(e)
      default:
        return this.value(e)
    }
  }

  receiver(e: Expr): Ir {
    const inner = bare(e)
    if (inner.k === "variable") return this.read(inner, this.symbol(inner), "readyReceiver")
    if (inner.k === "index") return this.unheld(op("index", [this.value(inner.object), this.value(inner.index)], this.site(inner)), inner)
    if (inner.k === "member" && !this.isMeta(inner)) {
      return this.unheld(op("member", [this.value(inner.object), text(inner.name.text)], this.site(inner)), inner)
    }
    if (inner.k === "call") return this.unheld(this.call(inner), inner)
    return this.value(inner)
  }

  /** A value without wrapping, of an expression that may give an answer with tool calls or an array with placeholders. */
  private plain(value: Ir, e: Span): Ir {
    if (!this.shared.waits) return value
    return { k: "force", value, name: "ready", args: [text("")], site: this.site(e) }
  }

  private unheld(value: Ir, e: Span): Ir {
    if (!this.shared.waits) return value
    return { k: "force", value, name: "readyReceiver", args: [text("")], site: this.site(e) }
  }

  // ---- names ----------------------------------------------------------------------------------------------------------

  protected read(node: Span, symbol: VibeSymbol, how: "ready" | "readyKept" | "readyReceiver"): Ir {
    switch (symbol.kind) {
      case "function":
        return op("functionValue", [ref(this.functionOf(symbol)), text(symbol.name)])
      case "builtin":
        return op("builtin", [text(symbol.systemModule ?? ""), text(symbol.name)])
      case "bundle":
        return op("bundle", [text(symbol.systemModule ?? ""), text(symbol.name)])
      case "external":
        return op("external", [text(symbol.external?.module ?? ""), text(symbol.external?.name ?? "")], this.site(node))
      case "model":
      case "tool":
        return read(this.shared.variable(symbol))
      default: {
        const value = read(this.shared.variable(symbol))
        if (!this.shared.waits) return value
        return { k: "force", value, name: how, args: [text(symbol.name)], site: this.site(node) }
      }
    }
  }

  functionOf(symbol: VibeSymbol): ReturnType<Shared["fn"]> {
    const params = () => (symbol.fn?.params ?? []).map((param) => this.shared.builder.local(param.name.text))
    return this.shared.fn(symbol, params, -1)
  }

  // ---- strings --------------------------------------------------------------------------------------------------------

  private string(e: StringLiteral): Ir {
    const isPrompt = this.fn.module.prompts.has(e)
    const pieces = e.parts.map((part): Ir => {
      if (part.k === "text") return text(part.text)
      const symbol = this.symbol(part.name)
      if (["function", "builtin", "model", "tool"].includes(symbol.kind)) return text(part.raw)
      const value = this.read(part.name, symbol, "ready")
      if (isPrompt && !part.expand) return op("keepSlot", [value, text(part.raw)])
      // `{x.err}`: the members that every variable has come first here too.
      const [head] = part.path
      const meta = head?.k === "member" && metaNames.has(head.name.text) ? head.name.text : ""
      const start = meta ? op("meta", [this.read(part.name, symbol, "readyKept"), text(meta)], this.site(part)) : value
      const path = (meta ? part.path.slice(1) : part.path).map((step): Ir => {
        if (step.k === "member") return text(step.name.text)
        if (step.k === "index") return lit(step.at)
        return array([step.start === null ? lit(null) : lit(step.start), step.end === null ? lit(null) : lit(step.end)])
      })
      return this.may("slotText", [start, array(path), text(part.raw)], this.site(part))
    })
    const [first] = pieces
    if (!first) return text("")
    return pieces.length === 1 ? first : op("joinTexts", [array(pieces)])
  }

  // ---- operators ------------------------------------------------------------------------------------------------------

  private binary(e: Binary): Ir {
    const chain = chainOf(e)
    let left = this.value((chain[0] as Binary).left)
    for (const link of chain) left = this.operation(link, left, this.value(link.right))
    return left
  }

  private operation(e: Binary, left: Ir, right: Ir): Ir {
    const site = this.site(e)
    const ofNumbers = OF_NUMBERS[e.op]
    if (ofNumbers) return numbers(ofNumbers[0], left, right, ofNumbers[1], "pure", site)
    if (e.op !== "+") return op(OPERATORS[e.op] ?? "both", [left, right], site)
    // Texts and arrays may have to wait for placeholders, where there can be any.
    if (!this.shared.waits)
      return isTextLiteral(e.left) || isTextLiteral(e.right)
        ? op("sum", [left, right], site)
        : numbers("+", left, right, "sum", "pure", site)
    return isTextLiteral(e.left) || isTextLiteral(e.right)
      ? opMay("add", [left, right], site)
      : numbers("+", left, right, "add", "may", site)
  }

  /** An operation that looks for placeholders in its operands: it cannot wait in a program that never does. */
  protected may(name: string, args: readonly Ir[], site: number): Ir {
    return this.shared.waits ? opMay(name, args, site) : op(name, args, site)
  }

  /** The value as one of a declared type; the usual case, a value of the host's type, is tested in place. */
  protected converted(value: Ir, type: string, name: string, site: number): Ir {
    const host = HOST_TYPES[type]
    const args = [text(type), text(name)]
    return host ? typed(host, value, "convert", args, site, { finite: true }) : op("convert", [value, ...args], site)
  }

  // ---- calls ----------------------------------------------------------------------------------------------------------

  call(e: Call): Ir {
    const site = this.site(e)
    const { callee } = e
    if (callee.k === "variable") {
      const symbol = this.symbol(callee)
      const args = this.args(e, symbol)
      if (symbol.kind === "function") return call(this.functionOf(symbol), args, site)
      if (symbol.kind === "builtin") return opMay("callBuiltin", [text(symbol.systemModule ?? ""), text(symbol.name), array(args)], site)
      if (symbol.kind === "external") {
        return opGen("callExternal", [text(symbol.external?.module ?? ""), text(symbol.external?.name ?? ""), array(args)], site)
      }
    }
    if (callee.k === "member") return this.method(e, callee)
    return callValue(
      op("callable", [this.value(callee)], site),
      e.args.map((arg) => this.value(arg)),
      site,
    )
  }

  /** The arguments of a call by name: an answer becomes a value of its parameter's type (SPEC 8.5). */
  private args(e: Call, symbol: VibeSymbol | null): Ir[] {
    return e.args.map((arg, i) => {
      const inner = bare(arg)
      const type = inner.k === "ask" ? typeOf(symbol?.fn?.params[i]?.type ?? null) : null
      return inner.k === "ask" && type !== null ? this.plain(this.ask(inner, type, null), arg) : this.value(arg)
    })
  }

  private method(e: Call, callee: Member): Ir {
    const site = this.site(e)
    const name = callee.name.text
    const receiver = this.receiver(callee.object)
    const [first] = e.args
    if (name === "push" && first) {
      // The bare name of a pending variable is stored without waiting (SPEC 11.4).
      const arg = first.k === "variable" ? this.raw(first) : this.value(first)
      return opMay("push", [receiver, arg, first.k === "variable" ? text(first.name) : text("")], site)
    }
    return opMay("method", [receiver, text(name), array(e.args.map((arg) => this.value(arg)))], site)
  }

  /** What a variable holds, pending or not. */
  protected raw(e: Expr & { k: "variable" }): Ir {
    const symbol = this.symbol(e)
    const stored = ["variable", "constant", "parameter", "loop"].includes(symbol.kind)
    return stored ? read(this.shared.variable(symbol)) : this.read(e, symbol, "ready")
  }

  private isMeta(e: Member): boolean {
    return metaNames.has(e.name.text) && ["variable", "call", "ask", "ts", "assign"].includes(bare(e.object).k)
  }

  private meta(e: Member): Ir {
    return op("meta", [this.kept(e.object), text(e.name.text)], this.site(e))
  }

  // ---- assignment -----------------------------------------------------------------------------------------------------

  private assign(e: Assign): Ir {
    const symbol = this.symbol(e.target)
    const variable = this.shared.variable(symbol)
    const site = this.site(e)
    const value = this.typed(e.value, symbol.declared)
    const checked = symbol.declared
      ? this.converted(value, symbol.declared, symbol.name, site)
      : this.keepsType(symbol)
        ? this.retyped(value, symbol, site)
        : value
    return this.noted(set(variable, checked), symbol, site, bare(e.value).k === "ask")
  }

  /** The value, checked against the type that the variable took from its first. Most often that is a number. */
  private retyped(value: Ir, symbol: VibeSymbol, site: number): Ir {
    const tag = this.shared.tag(symbol)
    return typed("number", value, "retype", [read(tag), text(symbol.name)], site, { only: tag })
  }

  /** A value for a declared type: a model's answer is converted as for a declaration (SPEC 8.5), anything else only checked. */
  protected typed(e: Expr, type: StaticType): Ir {
    const inner = bare(e)
    return inner.k === "ask" && type !== null ? this.ask(inner, type, null) : this.kept(e)
  }

  /** Untyped variables keep the type of their first value, where somebody could break it. */
  protected keepsType(symbol: VibeSymbol): boolean {
    return symbol.kind === "variable" && symbol.declared === null && symbol.assigned
  }

  /** The assignment, told to the model's context and, in an async function, to the trace. */
  protected noted(assignment: Ir, symbol: VibeSymbol, site: number, fromModel: boolean): Ir {
    const copied = this.fn.kind === "function" && symbol.global
    const value = copied && this.shared.starts ? op("privateCopy", [assignment, text(symbol.name)], site) : assignment
    return this.note(value, symbol, fromModel)
  }

  /** The value, entered into the context that models see (SPEC 8.7). */
  protected note(value: Ir, symbol: VibeSymbol, fromModel: boolean): Ir {
    const hidden = symbol.isPrivate || symbol.known === "prompt" || symbol.known === "model"
    return this.shared.asks && !hidden ? op("note", [value, text(symbol.name), text(symbol.declared ?? ""), lit(fromModel)]) : value
  }

  // ---- models ---------------------------------------------------------------------------------------------------------

  /** A blocking call. `type`: the declared type of the variable it is for, or "". `fields`: of a pattern. */
  ask(e: Ask, type: string, fields: Ir | null): Ir {
    return opGen(
      "ask",
      [text(e.word), this.prompt(e.prompt), this.modelOf(e), this.contextOf(e), text(type), fields ?? lit(null)],
      this.site(e),
    )
  }

  /** The prompt's text (SPEC 8.3: turned to text with `String`). */
  prompt(e: Expr): Ir {
    return opMay("promptText", [this.value(e)], this.site(e))
  }

  modelOf(e: Ask): Ir {
    return e.model && !this.loneContext(e) ? this.named(e.model) : lit(null)
  }

  named(name: Name): Ir {
    return this.read(name, this.symbol(name), "ready")
  }

  /** The name behind the prompt, where it is a context and no model. */
  private loneContext(e: Ask): Name | null {
    return e.model && !e.context && isContext(this.symbol(e.model)) ? e.model : null
  }

  contextOf(e: Ask): Ir {
    const lone = this.loneContext(e)
    if (lone) return this.read(lone, this.symbol(lone), "ready")
    if (!e.context) return text("default")
    return e.context.named ? this.read(e.context, this.symbol(e.context), "ready") : text(e.context.text)
  }

  compressArgs(mode: LoopMode): [Ir, Ir] {
    const { first, second } = mode
    const symbol = first?.k === "variable" ? this.symbol(first) : null
    const isModel = symbol?.known === "model"
    const prompt = first && !isModel ? this.prompt(first) : lit(null)
    const model = isModel && first ? this.value(first) : second ? this.value(second) : lit(null)
    return [prompt, model]
  }

  // ---- ts blocks ------------------------------------------------------------------------------------------------------

  tsBlock(e: TsBlock): Ir {
    const { id, params, scope } = this.blockParts(e)
    return opGen("runBlock", [lit(id), array(params), array(scope)], this.site(e))
  }

  /** Registers a block; its parameters' values and those of the variables its body names besides. */
  blockParts(e: TsBlock): { id: number; params: Ir[]; scope: Ir[] } {
    const listed = new Set(e.params.map((it) => it.text))
    const around = this.fn.module.blockScopes.get(e) ?? new Map<string, VibeSymbol>()
    const named = namesIn(e.body)
    const seen = [...around].filter(([name, symbol]) => {
      if (!named.has(name) || listed.has(name) || isReservedInJs(name)) return false
      return ["variable", "constant", "parameter", "loop", "external"].includes(symbol.kind)
    })
    const symbols = e.params.map((param) => this.symbol(param))
    const id = this.shared.block(this.fn.module, e, {
      params: e.params.map((it) => it.text),
      frozen: symbols.map((symbol) => symbol.kind === "constant"),
      scope: seen.map(([name]) => name),
      scopeFrozen: seen.map(([, symbol]) => symbol.kind === "constant"),
    })
    const params = e.params.map((param, i) => this.inBlock(param, symbols[i] as VibeSymbol))
    return { id, params, scope: seen.map(([, symbol]) => this.inBlock(e, symbol)) }
  }

  /** A variable's value for the code of a block; TypeScript functions as they are. */
  private inBlock(node: Span, symbol: VibeSymbol): Ir {
    if (symbol.kind !== "external") return this.read(node, symbol, "ready")
    return op("externalRaw", [text(symbol.external?.module ?? ""), text(symbol.external?.name ?? "")], this.site(node))
  }

  // ---- async ----------------------------------------------------------------------------------------------------------

  /** Starts an operation and gives what stands for its value until it is there; null where nothing is started (SPEC 11.1). */
  start(e: Expr, name: string, type: StaticType, fields: Ir | null): Ir {
    const site = this.site(e)
    const wanted = [text(name), text(type ?? "")]
    if (e.k === "ask") {
      return opGen(
        "startAsk",
        [text(e.word), this.prompt(e.prompt), this.modelOf(e), this.contextOf(e), ...wanted, fields ?? lit(null)],
        site,
      )
    }
    if (e.k === "ts") {
      const { id, params, scope } = this.blockParts(e)
      return opGen("startBlock", [lit(id), array(params), array(scope), ...wanted], site)
    }
    if (e.k !== "call") return this.value(e)
    const args = array(this.args(e, e.callee.k === "variable" ? this.symbol(e.callee) : null))
    if (e.callee.k === "variable") {
      const symbol = this.symbol(e.callee)
      if (symbol.kind === "function") {
        return opGen("startFunction", [ref(this.functionOf(symbol)), text(symbol.name), globalsOf(), args, ...wanted], site)
      }
      if (symbol.kind === "external") {
        return opGen("startExternal", [text(symbol.external?.module ?? ""), text(symbol.external?.name ?? ""), args, ...wanted], site)
      }
      if (symbol.kind === "builtin" && symbol.systemModule)
        return opGen("startBuiltin", [text(symbol.systemModule), text(symbol.name), args, ...wanted], site)
      if (symbol.kind !== "builtin") return opGen("startValue", [this.value(e.callee), globalsOf(), args, ...wanted], site)
    }
    return this.value(e)
  }

  protected declareLocal(name = ""): Variable {
    return this.shared.builder.local(name)
  }
}

function isTextLiteral(e: Expr): boolean {
  return bare(e).k === "string"
}
