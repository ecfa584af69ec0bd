// Writes JavaScript text from the intermediate form, in full mode: every function is a generator and every call goes
// through the machine's trampoline (machine.ts), so a task can stop anywhere and depth is ours to limit. The only place
// that writes JavaScript.
//
// Safety by construction (design: engine): a user's name reaches the text only as `$name_id`, a field only as `$field`,
// everything else is numbers and JSON strings. The free names of the text are the factory's parameters:
//   R  the language's operations        S  the machine (fuel, step counter, place of the last call)
//   G  the globals of the running function, its first parameter
//   N  generator objects' class         W, F, P  what a generator yields to wait, when out of fuel, to pause
// `emit.test.ts` tokenizes emitted text and fails on any other.
//
// Shape of a call: `(t0=f(G,a),S.at=12,yield t0)`; of a loop: `while(test){if(--S.fuel<0)yield F;…}`.
import { hasBlock, hoist } from "./hoist.ts"
import type { Expr, IrFunction, IrProgram, Loop, Shape, Stmt, Variable } from "./ir.ts"
import { recursiveFunctions } from "./recursion.ts"

export interface EmitOptions {
  /** Statement hooks: count statements, stop at one, offer the variables in scope. */
  readonly hooks: boolean
}

/** The globals object's key for a variable. */
export function globalKey(variable: Variable): string {
  return emittedName(variable.name, variable.id)
}

/** The text of a factory: `(R,S,N,W,F,P)=>({functions: {id: function*}, newGlobals, shapes})`. */
export function emitProgram(program: IrProgram, options: EmitOptions): string {
  return new Emitter(program, options).program()
}

function emittedName(name: string, id: number): string {
  return `$${name.replace(/[^A-Za-z0-9_]/g, "_")}_${id}`
}

const MAX_SAFE = "9007199254740991"
const ARITH: Record<string, string> = { add: "+", sub: "-", mul: "*" }

class Emitter {
  private readonly out: string[] = []
  private readonly counted: ReadonlySet<number>
  /** Temporaries of the function being written: in use now, and the most at once. */
  private inUse = 0
  private mostUsed = 0
  /** User's variables in scope where the text stands, innermost last (hooks show them). */
  private visible: Variable[] = []
  private nextLocal = 0

  constructor(
    private readonly ir: IrProgram,
    private readonly options: EmitOptions,
  ) {
    this.counted = recursiveFunctions(ir)
  }

  /** Locals made while hoisting; ids below zero cannot meet those of the lowering. */
  readonly local = (name = ""): Variable => ({ id: --this.nextLocal, name, storage: "local" })

  program(): string {
    this.out.push('(R,S,N,W,F,P)=>{"use strict";\n')
    for (const shape of this.ir.shapes) this.shape(shape)
    const globals = this.ir.globals.map((variable) => `this.${globalKey(variable)}=void 0`).join(";")
    this.out.push(`class Globals{constructor(){${globals}}}\n`)
    for (const fn of this.ir.functions) this.out.push(this.functionText(fn, this.functionName(fn)), "\n")
    const table = this.ir.functions.map((fn) => `${fn.id}:${this.functionName(fn)}`).join(",")
    const shapes = this.ir.shapes.map((shape) => `${shape.id}:${this.shapeName(shape)}`).join(",")
    this.out.push(`return{functions:{${table}},newGlobals:()=>new Globals(),shapes:{${shapes}}}}`)
    return this.out.join("")
  }

  private shape(shape: Shape): void {
    const fields = shape.fields.map((field, i) => `this.$${field}=a${i}`).join(";")
    const params = shape.fields.map((_, i) => `a${i}`).join(",")
    this.out.push(`class ${this.shapeName(shape)}{constructor(${params}){${fields}}}\n`)
  }

  private shapeName(shape: Shape): string {
    return `C${emittedName(shape.name, shape.id)}`
  }

  private functionName(fn: IrFunction): string {
    return `f${emittedName(fn.name, fn.id)}`
  }

  private localName(variable: Variable): string {
    return variable.id < 0 ? `h${-variable.id}` : emittedName(variable.name, variable.id)
  }

  // ---- functions ------------------------------------------------------------------------------------------------------

  private functionText(fn: IrFunction, name: string): string {
    const outer = { inUse: this.inUse, mostUsed: this.mostUsed, visible: this.visible }
    this.inUse = 0
    this.mostUsed = 0
    this.visible = [...outer.visible, ...fn.params]
    const params = ["G", ...fn.params.map((param) => this.localName(param))].join(",")
    const entry = this.counted.has(fn.id) ? "if(--S.fuel<0)yield F;" : ""
    const body = this.statements(fn.body)
    const temporaries = this.mostUsed > 0 ? `let ${Array.from({ length: this.mostUsed }, (_, i) => `t${i}`).join(",")};` : ""
    this.inUse = outer.inUse
    this.mostUsed = outer.mostUsed
    this.visible = outer.visible
    return `function*${name ? ` ${name}` : ""}(${params}){${temporaries}${entry}${body}}`
  }

  // ---- statements -----------------------------------------------------------------------------------------------------

  private statements(list: readonly Stmt[]): string {
    const visibleBefore = this.visible.length
    const text = list.map((s) => this.statement(s)).join("")
    this.visible.length = Math.min(this.visible.length, visibleBefore)
    return text
  }

  /** Writes what must run before `e` and gives back the text of the rest. */
  private prepared(e: Expr): { before: string; value: Expr } {
    if (!hasBlock(e)) return { before: "", value: e }
    const statements: Stmt[] = []
    const value = hoist(e, statements, this)
    return { before: statements.map((s) => this.statement(s)).join(""), value }
  }

  private statement(s: Stmt): string {
    switch (s.k) {
      case "expr": {
        const { before, value } = this.prepared(s.value)
        return value.k === "lit" || value.k === "var" ? before : `${before}${this.expression(value)};\n`
      }
      case "let": {
        if (!s.value) {
          this.visible.push(s.variable)
          return `let ${this.localName(s.variable)};\n`
        }
        const { before, value } = this.prepared(s.value)
        const text = `${before}let ${this.localName(s.variable)}=${this.expression(value)};\n`
        this.visible.push(s.variable)
        return text
      }
      case "if": {
        const { before, value } = this.prepared(s.test)
        const otherwise = s.else && s.else.length > 0 ? `else{${this.statements(s.else)}}` : ""
        return `${before}if(${this.expression(value)}){${this.statements(s.then)}}${otherwise}\n`
      }
      case "loop":
        return this.loop(s)
      case "each": {
        const { before, value } = this.prepared(s.iterable)
        const name = this.localName(s.variable)
        const iterable = this.expression(value)
        this.visible.push(s.variable)
        const body = this.statements(s.body)
        this.visible.pop()
        return `${before}${this.label(s.loop)}:for(const ${name} of ${iterable}){if(--S.fuel<0)yield F;${body}}\n`
      }
      case "break":
        return `break ${this.label(s.loop)};\n`
      case "continue":
        return `continue ${this.label(s.loop)};\n`
      case "return": {
        if (!s.value) return "return;\n"
        const { before, value } = this.prepared(s.value)
        return `${before}return ${this.expression(value)};\n`
      }
      case "throw": {
        const { before, value } = this.prepared(s.value)
        return `${before}throw ${this.expression(value)};\n`
      }
      case "try": {
        const caught = s.variable ? `let ${this.localName(s.variable)}=R.caught(e);` : "R.caught(e);"
        let handler = ""
        if (s.handler) {
          const depth = this.visible.length
          if (s.variable) this.visible.push(s.variable)
          handler = `catch(e){${caught}${this.statements(s.handler)}}`
          this.visible.length = depth
        }
        const last = s.finally ? `finally{${this.statements(s.finally)}}` : ""
        return `try{${this.statements(s.body)}}${handler}${last}\n`
      }
      case "scope":
        return `{${this.statements(s.body)}}\n`
      case "statement":
        return this.options.hooks ? this.hook(s.site) : ""
    }
  }

  private loop(s: Stmt & { k: "loop" }): string {
    const label = this.label(s.loop)
    const fuel = "if(--S.fuel<0)yield F;"
    // `continue` leaves the inner block, so that the update runs; hoisted tests need a loop of their own shape.
    let test = "true"
    let testInside = ""
    if (s.test) {
      const { before, value } = this.prepared(s.test)
      if (before === "") test = this.expression(value)
      else testInside = `${before}if(!(${this.expression(value)}))break;`
    }
    const body = this.statements(s.body)
    if (!s.update) return `${label}:while(${test}){${fuel}${testInside}${body}}\n`
    const update = this.statements(s.update)
    const flag = `u${s.loop.id}`
    return `let ${flag}=false;${label}:for(;;){if(${flag}){${update}}${flag}=true;${testInside}if(!(${test}))break;${fuel}${body}}\n`
  }

  private label(loop: Loop): string {
    return `L${loop.id}`
  }

  private hook(site: number): string {
    const shown = new Map<string, string>()
    for (const variable of this.visible) {
      if (variable.name !== "" && variable.storage === "local") shown.set(variable.name, this.localName(variable))
    }
    const entries = [...shown].map(([name, local]) => `[${JSON.stringify(name)},${local}]`).join(",")
    return `S.last=${site};if(S.logging)S.log();if(++S.step===S.stopAt){S.scope=()=>[${entries}];S.globals=G;yield P;}\n`
  }

  // ---- expressions ----------------------------------------------------------------------------------------------------

  private temporary(): string {
    const name = `t${this.inUse++}`
    if (this.inUse > this.mostUsed) this.mostUsed = this.inUse
    return name
  }

  private free(..._names: string[]): void {
    this.inUse -= _names.length
  }

  private args(list: readonly Expr[]): string {
    return list.map((e) => this.expression(e)).join(",")
  }

  /** Runs the generator that `text` makes: a call through the trampoline. */
  private run(text: string, site: number): string {
    const t = this.temporary()
    this.free(t)
    return `(${t}=${text},S.at=${site},yield ${t})`
  }

  private expression(e: Expr): string {
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
        if (e.mode === "pure") return text
        if (e.mode === "gen") return this.run(text, e.site)
        const t = this.temporary()
        this.free(t)
        return `((${t}=${text})===W||${t} instanceof N?(S.at=${e.site},yield ${t}):${t})`
      }
      case "call":
        return this.run(`${this.functionName(e.fn)}(${["G", ...e.args.map((a) => this.expression(a))].join(",")})`, e.site)
      case "callValue":
        return this.run(`${this.expression(e.callee)}(${["G", ...e.args.map((a) => this.expression(a))].join(",")})`, e.site)
      case "ref":
        return this.functionName(e.fn)
      case "closure":
        return `(${this.functionText(e.fn, "")})`
      case "js":
        return `(${this.expression(e.left)}${e.op}${negativeApart(this.expression(e.right))})`
      case "arith":
        return this.arith(e)
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
        this.free(t)
        return `((${t}=${value})===void 0?R.${operation(e.name)}(${rest}):${t})`
      }
      case "force": {
        const t = this.temporary()
        const value = this.expression(e.value)
        const rest = [t, ...e.args.map((a) => this.expression(a)), String(e.site)].join(",")
        this.free(t)
        return `((${t}=${value})instanceof R.Pending&&((${t}=R.${operation(e.name)}(${rest}))===W||${t} instanceof N)?(S.at=${e.site},yield ${t}):${t})`
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

  private arith(e: Expr & { k: "arith" }): string {
    const a = this.temporary()
    const left = this.expression(e.left)
    const b = this.temporary()
    const right = this.expression(e.right)
    const c = this.temporary()
    this.free(a, b, c)
    const numbers = `typeof(${a}=${left})==="number"&typeof(${b}=${right})==="number"`
    const slow = `R.${e.op}(${a},${b},${e.site})`
    const sign = ARITH[e.op]
    if (sign) {
      // `+0` turns the -0 of `0 * -5` into 0, which is the only zero an integer has.
      const value = e.op === "mul" ? `${c}+0` : c
      return `(${numbers}&&((${c}=${a}${sign}${b})===(${c}|0)||${c}<=${MAX_SAFE}&&${c}>=-${MAX_SAFE})?${value}:${slow})`
    }
    const positive = `${a}===(${a}|0)&&${b}===(${b}|0)&&${a}>=0&&${b}>0`
    return e.op === "div" ? `(${numbers}&&${positive}?(${a}/${b})|0:${slow})` : `(${numbers}&&${positive}?${a}%${b}:${slow})`
  }

  private place(variable: Variable): string {
    return variable.storage === "global" ? `G.${globalKey(variable)}` : this.localName(variable)
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
