// Checks expressions: static types, assignability, calls, prompts, ts blocks (SPEC 3, 4.1, 8.3, 12.2). checker.ts adds the
// statements.

import { METHODS } from "../library/catalogue.ts"
import { type Ask, bare, type Call, chainOf, type Expr, type Span, type StringLiteral, type TsBlock } from "../syntax/ast.ts"
import { TYPE_WORDS } from "../syntax/rules.ts"
import { isWrittenText } from "./bodies.ts"
import { KIND_WORDS, NameChecker } from "./names.ts"
import type { Scope, VibeSymbol } from "./symbols.ts"
import { assignable, EMPTY_ARRAY, isArrayType, type StaticType, typeOf } from "./types.ts"

/** Where a statement or expression stands. */
export interface Place {
  readonly scope: Scope
  readonly inLoop: boolean
}

export class ExpressionChecker extends NameChecker {
  protected asks = false
  /** How many prompt expressions are around: string literals in them are prompts. */
  private promptDepth = 0

  /** A function without return type has nothing to assign. */
  protected withoutResult(value: Expr, statement: Span): void {
    const call = bare(value)
    if (call.k !== "call" || call.callee.k !== "variable") return
    const symbol = this.module.meaning.get(call.callee)
    if (symbol?.fn && symbol.kind === "function" && !symbol.fn.returns) {
      this.report(statement, `Cannot assign result of '${symbol.name}()' to a variable - function has no return type`)
    }
  }

  protected mayAssign(source: StaticType, target: StaticType, value: Expr, span: Span): void {
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

  // ---- expressions ----------------------------------------------------------------------------------------------------

  protected inPrompt<T>(is: boolean, work: () => T): T {
    if (is) this.promptDepth++
    const result = work()
    if (is) this.promptDepth--
    return result
  }

  protected expr(e: Expr, place: Place): StaticType {
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

  protected string(e: StringLiteral, scope: Scope): void {
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

  protected array(items: readonly Expr[], place: Place): StaticType {
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

  protected binary(e: Expr & { k: "binary" }, place: Place): StaticType {
    let left: StaticType = null
    chainOf(e).forEach((link, i) => {
      left = i === 0 ? this.expr(link.left, place) : null
      const right = this.expr(link.right, place)
      if (link.op !== "+" || left === null || right === null) return
      const [a, b] = [isArray(left), isArray(right)]
      if (a !== b) this.report(link, "Cannot concatenate array with non-array using +")
      else if (a && left !== right && left !== EMPTY_ARRAY && right !== EMPTY_ARRAY) {
        this.report(link, `Cannot concatenate ${left} with ${right}: array types must match`)
      }
    })
    return null
  }

  protected call(e: Call, place: Place): StaticType {
    const callee = e.callee
    let symbol: VibeSymbol | null = null
    if (callee.k === "variable") {
      symbol = this.resolve(callee, callee.name, place.scope, "call")
      if (symbol?.kind === "tool") {
        this.report(e, `Cannot call tool '${symbol.name}' directly. Give it to a model: tools: [${symbol.name}]`)
      }
    } else if (callee.k === "member") {
      const on = this.expr(callee.object, place)
      const method = on !== null && isArray(on) ? METHODS.find((it) => it.on === "array" && it.name === callee.name.text) : undefined
      if (method) this.ignored(method.name, method.params.length, e)
    } else this.expr(callee, place)
    if (symbol?.fn && symbol.kind === "function") this.ignored(symbol.name, symbol.fn.params.length, e)
    else if (symbol?.builtin && symbol.kind === "builtin") this.ignored(symbol.name, symbol.builtin.params.length, e)
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

  /** Arguments that nobody reads: the language allows them (SPEC 4.5), who writes them means something else. */
  private ignored(name: string, taken: number, e: Call): void {
    const first = e.args[taken]
    if (!first) return
    const instead = name === "print" && taken === 1 ? `: put the values into one text, "{a} {b}"` : ""
    this.warn(first, `'${name}' takes ${COUNTS[taken] ?? taken} argument${taken === 1 ? "" : "s"}, and this one is ignored${instead}`)
  }

  /** `list.push(x)` stores a pending x without waiting: the editor says so. */
  protected markPush(arg: Expr & { k: "variable" }): void {
    const at = this.uses.findLastIndex((use) => use.from === arg.from && use.to === arg.to)
    const use = this.uses[at]
    if (use) this.uses[at] = { ...use, how: "push" }
  }

  protected assign(e: Expr & { k: "assign" }, place: Place): StaticType {
    const symbol = this.resolve(e.target, e.target.text, place.scope, "write")
    const asPrompt = symbol?.declared === "prompt" && isWrittenText(e.value)
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

  protected ask(e: Ask, place: Place): StaticType {
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
      if (symbol && symbol.known !== "model" && symbol.kind !== "external" && !(e.context === null && isContext(symbol))) {
        const called =
          KIND_WORDS[symbol.kind] === "function" ? ": a name on the prompt's line is its model; begin the next statement on a new line" : ""
        this.report(e.model, `Expected model, got ${KIND_WORDS[symbol.kind]} '${symbol.name}'${called}`)
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

  protected tsBlock(e: TsBlock, scope: Scope): void {
    for (const param of e.params) this.resolve(param, param.text, scope, "read")
    const names = new Map<string, VibeSymbol>()
    for (let at: Scope | null = scope; at; at = at.parent) {
      for (const [name, { symbol }] of at.bindings) if (!names.has(name)) names.set(name, symbol)
    }
    this.module.blockScopes.set(e, names)
  }
}

const COUNTS = ["no", "one", "two", "three"]

/** Behind a prompt a lone name of an array is the context, not a model (SPEC 8.3: both may be left out). */
export function isContext(symbol: VibeSymbol): boolean {
  return symbol.known !== null && isArray(symbol.known)
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
