// Writes the JavaScript of expressions; `emit.ts` writes statements and functions around them and says what the words of the
// text mean. What is slow must be rare: the test for two numbers and the operator stand inline, so that each place in the
// program has type feedback of its own (one shared helper costs up to 4.5 times as much), and operands are named directly
// where nothing can change them meanwhile, so that a generator has few registers to save when it yields.
import type { Expr, IrFunction, Shape, Variable } from "./ir.ts"
import { PLAIN_CALLS, type PlainKind } from "./plain.ts"
import { childrenOf } from "./walk.ts"

/** The globals object's key for a variable. */
export function globalKey(variable: Variable): string {
  return emittedName(variable.name, variable.id)
}

function emittedName(name: string, id: number): string {
  return `$${name.replace(/[^A-Za-z0-9_]/g, "_")}_${id}`
}

const MAX_SAFE = "9007199254740991"
const ARITH: Record<string, string> = { add: "+", sub: "-", mul: "*" }

/** Operands as text: `before` must be evaluated first, then `texts` name their values. */
interface Held {
  readonly before: string[]
  readonly texts: string[]
  readonly temporaries: string[]
}

export abstract class ExpressionEmitter {
  /** Temporaries of the function being written: in use now, and the most at once. */
  protected inUse = 0
  protected mostUsed = 0
  /** The text being written is that of a plain function of this kind, or (null) of a generator. */
  protected plain: PlainKind | null = null
  /** The test that a bounded function may be called plainly here. */
  protected hasRoom = `S.fuel>${PLAIN_CALLS}&&S.depth<S.room`
  /** How functions of the program may be called without a generator. */
  protected abstract readonly plainKinds: ReadonlyMap<number, PlainKind>

  protected abstract functionText(fn: IrFunction, name: string): string
  protected abstract plainFunctionText(fn: IrFunction, name: string): string

  // ---- names ----------------------------------------------------------------------------------------------------------

  protected shapeName(shape: Shape): string {
    return `C${emittedName(shape.name, shape.id)}`
  }

  /** `f`: the generator; `p`: the plain function; `w`: the plain function from outside, which may be abandoned. */
  protected functionName(fn: IrFunction, form: "f" | "p" | "w" = "f"): string {
    return `${form}${emittedName(fn.name, fn.id)}`
  }

  protected localName(variable: Variable): string {
    return variable.id < 0 ? `h${-variable.id}` : emittedName(variable.name, variable.id)
  }

  private place(variable: Variable): string {
    return variable.storage === "global" ? `G.${globalKey(variable)}` : this.localName(variable)
  }

  // ---- operands -------------------------------------------------------------------------------------------------------

  private temporary(): string {
    const name = `t${this.inUse++}`
    if (this.inUse > this.mostUsed) this.mostUsed = this.inUse
    return name
  }

  private free(temporaries: readonly string[]): void {
    this.inUse -= temporaries.length
  }

  /** Operands in order of evaluation; the caller frees their temporaries once the text that names them is written. */
  private hold(list: readonly Expr[]): Held {
    const held: Held = { before: [], texts: [], temporaries: [] }
    list.forEach((e, i) => {
      if (e.k === "lit" || (e.k === "var" && e.variable.storage === "local" && list.slice(i + 1).every(isQuiet))) {
        held.texts.push(this.expression(e))
        return
      }
      const t = this.temporary()
      held.temporaries.push(t)
      held.before.push(`${t}=${this.expression(e)}`)
      held.texts.push(t)
    })
    return held
  }

  private args(list: readonly Expr[]): string {
    return list.map((e) => this.expression(e)).join(",")
  }

  // ---- calls ----------------------------------------------------------------------------------------------------------

  /** Runs the generator that `text` makes: a call through the trampoline. */
  private run(text: string, site: number): string {
    const t = this.temporary()
    this.free([t])
    return `(${t}=${text},S.at=${site},yield ${t})`
  }

  /** The value of `text`, unless that is a wait or a generator: then what comes of it. */
  private mayRun(text: string, site: number): string {
    const t = this.temporary()
    this.free([t])
    return `((${t}=${text})===W||${t} instanceof N?(S.at=${site},yield ${t}):${t})`
  }

  private call(e: Expr & { k: "call" }): string {
    const kind = this.plainKinds.get(e.fn.id)
    const at = `S.at=${e.site}`
    if (!kind) return this.run(`${this.functionName(e.fn)}(${["G", ...e.args.map((a) => this.expression(a))].join(",")})`, e.site)
    const held = this.hold(e.args)
    const t = this.temporary()
    this.free([t])
    this.free(held.temporaries)
    const args = held.texts.map((text) => `,${text}`).join("")
    const before = held.before.map((text) => `${text},`).join("")
    if (this.plain) return `(${before}${at},${this.functionName(e.fn, "p")}(G,d+1${args}))`
    const asGenerator = `(${t}=${this.functionName(e.fn)}(G${args}),${at},yield ${t})`
    if (kind === "bounded") return `(${before}${this.hasRoom}?(${at},${this.functionName(e.fn, "p")}(G,0${args})):${asGenerator})`
    return `(${before}${at},(${t}=${this.functionName(e.fn, "w")}(G${args}))===B?${asGenerator}:${t})`
  }

  /** A function that is a value has its plain form, if any, as its property `$plain`. */
  private callValue(e: Expr & { k: "callValue" }): string {
    if (this.plainKinds.size === 0)
      return this.run(`${this.expression(e.callee)}(${["G", ...e.args.map((a) => this.expression(a))].join(",")})`, e.site)
    const held = this.hold([e.callee, ...e.args])
    const t = this.temporary()
    this.free([t])
    this.free(held.temporaries)
    const [callee, ...texts] = held.texts
    const args = texts.map((text) => `,${text}`).join("")
    const before = held.before.map((text) => `${text},`).join("")
    return `(${before}${callee}.$plain!==void 0&&${this.hasRoom}?(S.at=${e.site},${callee}.$plain(G,0${args})):(${t}=${callee}(G${args}),S.at=${e.site},yield ${t}))`
  }

  // ---- expressions ----------------------------------------------------------------------------------------------------

  protected expression(e: Expr): string {
    switch (e.k) {
      case "lit":
        return literal(e.value)
      case "var":
        return this.place(e.variable)
      case "set": {
        const value = this.expression(e.to)
        return `(${this.place(e.variable)}=${value})`
      }
      case "op": {
        const args = e.site === -1 ? this.args(e.args) : this.args([...e.args, { k: "lit", value: e.site }])
        const text = `R.${operation(e.name)}(${args})`
        return e.mode === "pure" ? text : e.mode === "gen" ? this.run(text, e.site) : this.mayRun(text, e.site)
      }
      case "call":
        return this.call(e)
      case "callValue":
        return this.callValue(e)
      case "ref":
        return this.functionName(e.fn)
      case "closure": {
        const generator = `(${this.functionText(e.fn, "")})`
        return this.plainKinds.has(e.fn.id) ? `S.twin(${generator},(${this.plainFunctionText(e.fn, "")}))` : generator
      }
      case "js":
        return `(${this.expression(e.left)}${e.op}${negativeApart(this.expression(e.right))})`
      case "arith":
        return this.arith(e)
      case "numbers":
        return this.numbers(e, (slow) => slow)
      case "typed":
        return this.typed(e)
      case "and":
        return `(${this.expression(e.left)}&&${this.expression(e.right)})`
      case "or":
        return `(${this.expression(e.left)}||${this.expression(e.right)})`
      case "not":
        return `(!${this.expression(e.value)})`
      case "cond":
        return `(${this.expression(e.test)}?${this.expression(e.then)}:${this.expression(e.else)})`
      case "defined": {
        const t = this.temporary()
        const value = this.expression(e.value)
        const rest = this.args([...e.args, { k: "lit", value: e.site }])
        this.free([t])
        return `((${t}=${value})===void 0?R.${operation(e.name)}(${rest}):${t})`
      }
      case "force": {
        const t = this.temporary()
        const value = this.expression(e.value)
        const rest = [t, ...e.args.map((a) => this.expression(a)), String(e.site)].join(",")
        this.free([t])
        // The first test is for the interpreter and the baseline compiler of the host, to whom `instanceof` is a call.
        return `(typeof(${t}=${value})==="object"&&${t} instanceof R.Pending&&((${t}=R.${operation(e.name)}(${rest}))===W||${t} instanceof N)?(S.at=${e.site},yield ${t}):${t})`
      }
      case "array":
        return `[${this.args(e.items)}]`
      case "new":
        return `new ${this.shapeName(e.shape)}(${this.args(e.args)})`
      case "field":
        return `${this.expression(e.object)}.$${e.name}`
      case "setField": {
        const object = this.expression(e.object)
        return `(${object}.$${e.name}=${this.expression(e.to)})`
      }
      case "globals":
        return "G"
      case "block":
        throw new RangeError("a block expression reached the emitter unhoisted")
    }
  }

  // ---- operators ------------------------------------------------------------------------------------------------------

  private arith(e: Expr & { k: "arith" }): string {
    const { before, texts, temporaries } = this.hold([e.left, e.right])
    const [a, b] = texts as [string, string]
    const c = this.temporary()
    this.free([c])
    this.free(temporaries)
    const slow = `R.${e.op}(${a},${b},${e.site})`
    const test = (rest: string, value: string) =>
      `(${before.map((text) => `${text},`).join("")}${[...areNumbers(e, a, b), rest].join("&&")}?${value}:${slow})`
    const sign = ARITH[e.op]
    if (sign) {
      // `+0` turns the -0 of `0 * -5` into 0, which is the only zero an integer has.
      const value = e.op === "mul" && !isPositive(e.left) && !isPositive(e.right) ? `${c}+0` : c
      return test(`((${c}=${a}${sign}${negativeApart(b)})===(${c}|0)||${c}<=${MAX_SAFE}&&${c}>=-${MAX_SAFE})`, value)
    }
    const positive = [...(isPositive(e.left) ? [] : [`${a}>=0`]), ...(isPositive(e.right) ? [] : [`${b}>0`])].join("&&")
    if (e.op === "rem") return test(positive === "" ? "true" : positive, `${a}%${b}`)
    // Larger dividends would need more bits than the quotient has.
    return test([`${a}===(${a}|0)`, ...(positive === "" ? [] : [positive])].join("&&"), `(${a}/${b})|0`)
  }

  /** `wrap` is put around what the operation of the runtime gives. */
  private numbers(e: Expr & { k: "numbers" }, wrap: (slow: string) => string): string {
    const { before, texts, temporaries } = this.hold([e.left, e.right])
    const [a, b] = texts as [string, string]
    const call = `R.${operation(e.name)}(${a},${b},${e.site})`
    const slow = wrap(e.mode === "may" ? this.mayRun(call, e.site) : call)
    this.free(temporaries)
    const fast = `${a}${e.op}${negativeApart(b)}`
    const tests = areNumbers(e, a, b)
    const chosen = tests.length > 0 ? `${tests.join("&&")}?${fast}:${slow}` : fast
    return `(${before.map((text) => `${text},`).join("")}${chosen})`
  }

  private typed(e: Expr & { k: "typed" }): string {
    const rest = (value: string) => [value, ...e.args.map((a) => this.expression(a)), String(e.site)].join(",")
    const slow = (value: string) => `R.${operation(e.name)}(${rest(value)})`
    // A comparison of numbers is a boolean already: only what the slow path gives is looked at.
    if (e.type === "boolean" && !e.only && e.value.k === "numbers" && COMPARES.has(e.value.op)) return this.numbers(e.value, slow)
    const t = this.temporary()
    const value = this.expression(e.value)
    const finite = e.finite ? `&&${t}-${t}===0` : ""
    const only = e.only ? `&&${this.place(e.only)}===${JSON.stringify(e.type)}` : ""
    const text = `(typeof(${t}=${value})===${JSON.stringify(e.type)}${finite}${only}?${t}:${slow(t)})`
    this.free([t])
    return text
  }
}

const COMPARES: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "===", "!=="])

/** Tests that both operands are numbers, as far as that is not written in the program. */
function areNumbers(e: { readonly left: Expr; readonly right: Expr }, a: string, b: string): string[] {
  const tests: string[] = []
  if (!isNumber(e.left)) tests.push(`typeof ${a}==="number"`)
  if (!isNumber(e.right) && a !== b) tests.push(`typeof ${b}==="number"`)
  return tests
}

function isNumber(e: Expr): boolean {
  return e.k === "lit" && typeof e.value === "number"
}

function isPositive(e: Expr): boolean {
  return e.k === "lit" && typeof e.value === "number" && e.value > 0
}

/** Evaluating it changes no variable: what was read before still holds after it. */
function isQuiet(e: Expr): boolean {
  switch (e.k) {
    case "lit":
    case "var":
    case "ref":
    case "globals":
      return true
    case "js":
    case "arith":
    case "and":
    case "or":
    case "not":
    case "cond":
    case "field":
      return childrenOf(e).every(isQuiet)
    case "numbers":
      return e.mode === "pure" && childrenOf(e).every(isQuiet)
    default:
      return false
  }
}

function operation(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
    throw new RangeError(`an operation of a runtime must be a plain name, not ${JSON.stringify(name)}`)
  return name
}

function negativeApart(text: string): string {
  return text.startsWith("-") ? ` ${text}` : text
}

function literal(value: number | bigint | string | boolean | null | undefined): string {
  if (value === undefined) return "void 0"
  if (typeof value === "bigint") return value < 0n ? `(${value}n)` : `${value}n`
  if (typeof value === "number") {
    if (Number.isNaN(value)) return "(0/0)"
    if (value === Number.POSITIVE_INFINITY) return "(1/0)"
    if (value === Number.NEGATIVE_INFINITY) return "(-1/0)"
    return Object.is(value, -0) ? "(-0)" : value < 0 ? `(${value})` : String(value)
  }
  // U+2028 and U+2029 are legal in strings since ES2019; "</script" never matters in a module's text.
  return JSON.stringify(value)
}
