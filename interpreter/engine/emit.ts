// Writes JavaScript text from the intermediate form. Every function is a generator and every call goes through the machine's
// trampoline (machine.ts), so a task can stop anywhere and depth is ours to limit; functions that provably never need that
// are written a second time, as plain functions (plain.ts). With `emit-expressions.ts` the only place that writes JavaScript.
//
// Safety by construction (design: engine): a user's name reaches the text only as `$name_id`, a field only as `$field`,
// everything else is numbers and JSON strings. The free names of the text are the factory's parameters:
//   R  the language's operations        S  the machine (fuel, step counter, place of the last call or costly turn)
//   G  the globals of the running function, its first parameter
//   N  generator objects' class         W, F, P  what a generator yields to wait, when out of fuel, to pause
//   B  what a plain call that was abandoned gives   d  how deep a plain function is below the generator that called one
// `engine.test.ts` tokenizes emitted text and fails on any other.
//
// Shape of a call: `(t0=f(G,a),S.at=12,yield t0)`; of a loop: `while(test){if(--S.fuel<0){S.at=12;yield F;}…}`. Plain ones:
// `(S.fuel>16&&S.depth<S.room?(S.at=12,p(G,0,a)):…)` where the function is bounded, `((t0=w(G,a))===B?…:t0)` where not.
import { ExpressionEmitter, globalKey } from "./emit-expressions.ts"
import { hasBlock, hoist } from "./hoist.ts"
import type { Expr, IrFunction, IrProgram, Loop, Shape, Stmt, Variable } from "./ir.ts"
import { type PlainKind, plainFunctions } from "./plain.ts"
import { recursiveFunctions } from "./recursion.ts"

export { globalKey }

export interface EmitOptions {
  /** Statement hooks: count statements, stop at one, offer the variables in scope (machine.ts: `watch`, `log`). */
  readonly hooks: boolean
}

/** The text of a factory: `(R,S,N,W,F,P,B)=>({functions: {id: function*}, newGlobals, shapes})`. */
export function emitProgram(program: IrProgram, options: EmitOptions): string {
  return new Emitter(program, options).program()
}

/** Variables that a stop offers, the innermost: each hook of a function names those before it, which must not grow without end. */
const MOST_SHOWN = 200

/** Arms of an `if` that are written as `else if`, which nests for the host; longer chains are left by `break`. */
const MOST_NESTED_ARMS = 64

class Emitter extends ExpressionEmitter {
  private readonly out: string[] = []
  private readonly counted: ReadonlySet<number>
  protected readonly plainKinds: ReadonlyMap<number, PlainKind>
  private readonly mostStatements: number
  /** User's variables in scope where the text stands, innermost last (hooks show them). */
  private visible: Variable[] = []
  private readonly entries = new Map<Variable, string>()
  private nextLocal = 0
  private nextChoice = 0

  constructor(
    private readonly ir: IrProgram,
    private readonly options: EmitOptions,
  ) {
    super()
    this.counted = recursiveFunctions(ir)
    const { kinds, mostStatements } = plainFunctions(ir)
    this.plainKinds = kinds
    if (options.hooks) this.hasRoom = `${this.hasRoom}&&S.ahead>${mostStatements}`
    this.mostStatements = mostStatements
  }

  /** Locals made while hoisting; ids below zero cannot meet those of the lowering. */
  readonly local = (name = ""): Variable => ({ id: --this.nextLocal, name, storage: "local" })

  program(): string {
    this.out.push('(R,S,N,W,F,P,B)=>{"use strict";\n')
    if (this.options.hooks) this.out.push(`S.mostStatements=${this.mostStatements};\n`)
    for (const shape of this.ir.shapes) this.shape(shape)
    const globals = this.ir.globals.map((variable) => `this.${globalKey(variable)}=void 0`).join(";")
    this.out.push(`class Globals{constructor(){${globals}}}\n`)
    for (const fn of this.ir.functions) {
      this.out.push(this.functionText(fn, this.functionName(fn)), "\n")
      if (this.plainKinds.has(fn.id)) this.out.push(this.plainText(fn))
    }
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

  // ---- functions ------------------------------------------------------------------------------------------------------

  protected functionText(fn: IrFunction, name: string): string {
    return `function*${name ? ` ${name}` : ""}(${["G", ...this.params(fn)].join(",")}){${this.bodyText(fn, "if(--S.fuel<0)yield F;")}}`
  }

  protected plainFunctionText(fn: IrFunction, name: string): string {
    const outer = this.plain
    this.plain = this.plainKinds.get(fn.id) ?? null
    const deep = this.plain === "free" ? "if(d>S.deepest)throw B;" : ""
    const text = `function${name ? ` ${name}` : ""}(${["G", "d", ...this.params(fn)].join(",")}){${deep}${this.bodyText(fn, "if(--S.fuel<0)S.refuel();")}}`
    this.plain = outer
    return text
  }

  /** The function without a generator, and what calls it: a property of the generator function, or a function that may give B. */
  private plainText(fn: IrFunction): string {
    const name = this.functionName(fn, "p")
    const text = `${this.plainFunctionText(fn, name)}\n`
    if (this.plainKinds.get(fn.id) !== "free") return `${text}${this.functionName(fn)}.$plain=${name};\n`
    const params = this.params(fn)
    const call = `${name}(${["G", "0", ...params].join(",")})`
    return `${text}function ${this.functionName(fn, "w")}(${["G", ...params].join(",")}){if(S.skips())return B;try{return S.finished(${call})}catch{return S.abandoned()}}\n`
  }

  private params(fn: IrFunction): string[] {
    return fn.params.map((param) => this.localName(param))
  }

  private bodyText(fn: IrFunction, entry: string): string {
    const outer = { inUse: this.inUse, mostUsed: this.mostUsed, visible: this.visible }
    this.inUse = 0
    this.mostUsed = 0
    this.visible = [...outer.visible, ...fn.params]
    const body = this.statements(fn.body)
    const temporaries = this.mostUsed > 0 ? `let ${Array.from({ length: this.mostUsed }, (_, i) => `t${i}`).join(",")};` : ""
    this.inUse = outer.inUse
    this.mostUsed = outer.mostUsed
    this.visible = outer.visible
    return `${temporaries}${this.counted.has(fn.id) ? entry : ""}${body}`
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
      case "if":
        return this.choice(s)
      case "loop":
        return this.loop(s)
      case "each": {
        const { before, value } = this.prepared(s.iterable)
        const name = this.localName(s.variable)
        const iterable = this.expression(value)
        this.visible.push(s.variable)
        const body = this.statements(s.body)
        this.visible.pop()
        return `${before}${this.label(s.loop)}:for(const ${name} of ${iterable}){${this.fuel(s.loop)}${body}}\n`
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

  private choice({ arms, else: last }: Stmt & { k: "if" }): string {
    const otherwise = last && last.length > 0 ? this.statements(last) : ""
    const parts = arms.map((arm) => {
      const { before, value } = this.prepared(arm.test)
      return { before, test: this.expression(value), body: this.statements(arm.body) }
    })
    if (arms.length <= MOST_NESTED_ARMS && parts.every((part, i) => i === 0 || part.before === "")) {
      const chain = parts.map(({ before, test, body }) => `${before}if(${test}){${body}}`).join("else ")
      return `${chain}${otherwise === "" ? "" : `else{${otherwise}}`}\n`
    }
    const label = `M${this.nextChoice++}`
    return `${label}:{${parts.map(({ before, test, body }) => `${before}if(${test}){${body}break ${label};}\n`).join("")}${otherwise}}\n`
  }

  private loop(s: Stmt & { k: "loop" }): string {
    const label = this.label(s.loop)
    let test = "true"
    let testInside = ""
    if (s.test) {
      const { before, value } = this.prepared(s.test)
      if (before === "") test = this.expression(value)
      else testInside = `${before}if(!(${this.expression(value)}))break;`
    }
    const body = this.statements(s.body)
    const update = this.options.hooks ? s.update : (s.update?.filter((it) => it.k !== "statement") ?? null)
    if (!update) return `${label}:while(${test}){${this.fuel(s.loop)}${testInside}${body}}\n`
    if (testInside === "" && update.every((it) => it.k === "expr" && !hasBlock(it.value))) {
      const each = update.map((it) => (it.k === "expr" ? this.expression(it.value) : "")).join(",")
      return `${label}:for(;${test};${each}){${this.fuel(s.loop)}${body}}\n`
    }
    // `continue` must run the update, whose statements stand at the beginning of every turn but the first.
    const flag = `u${s.loop.id}`
    return `let ${flag}=false;${label}:for(;;){if(${flag}){${this.statements(update)}}${flag}=true;${testInside}if(!(${test}))break;${this.fuel(s.loop)}${body}}\n`
  }

  /** Counts a turn of a loop. Its place is told only where the fuel is used up: then a limit may strike. */
  private fuel(loop: Loop): string {
    return `if(--S.fuel<0){S.at=${loop.site};${this.plain ? "S.refuel()" : "yield F"};}`
  }

  private label(loop: Loop): string {
    return `L${loop.id}`
  }

  /** Counts a statement. One to stop at is always met by a generator: a bounded function is not called so near, a free one abandoned. */
  private hook(site: number): string {
    if (this.plain === "bounded") return "--S.ahead;\n"
    if (this.plain === "free") return "if(--S.ahead<0)throw B;\n"
    // Values, not a closure over the variables: that would keep them out of the host's registers in the whole function.
    const shown = new Set<string>()
    const entries: string[] = []
    for (let i = this.visible.length - 1; i >= 0 && entries.length < MOST_SHOWN; i--) {
      const variable = this.visible[i] as Variable
      if (variable.name === "" || variable.storage === "global" || shown.has(variable.name)) continue
      shown.add(variable.name)
      entries.push(this.entryOf(variable))
    }
    entries.reverse()
    return `if(--S.ahead<0&&S.stops(${site})){S.scope=[${entries.join(",")}];S.globals=G;yield P;}\n`
  }

  /** A variable with its value, as text; kept, since every hook behind its declaration names it. */
  private entryOf(variable: Variable): string {
    let text = this.entries.get(variable)
    if (text === undefined) {
      text = `[${JSON.stringify(variable.name)},${this.localName(variable)}]`
      this.entries.set(variable, text)
    }
    return text
  }
}
