// The intermediate form: what every language lowers to and the one thing the emitter reads. It is a small tree of
// JavaScript-shaped statements and expressions over *variables* (never names), calls that may suspend, and operations of
// the language's own runtime `R`. Build it with the functions at the end; the node types are the reference.
//
// Two things JavaScript has no shape for are solved here once for all languages. `block` is an expression that runs
// statements first: the emitter hoists them, keeping the order of evaluation, so a lowering can put a `return`, a loop or
// a `let` inside an expression. And globals live in an object `G` that every function gets as its first argument, so that
// a task can run on its own copy (Vibe's async functions, Jade's closures, Ard's fibers).

/** A variable of the emitted program. `name` is the user's (shown when stepping); "" for one the lowering made up. */
export interface Variable {
  readonly id: number
  readonly name: string
  readonly storage: "local" | "global"
}

/** A function. Emitted as a generator function whose first parameter is the globals object. */
export interface IrFunction {
  readonly id: number
  readonly name: string
  readonly params: readonly Variable[]
  /** Filled in after construction, so that functions may refer to each other. */
  body: Stmt[]
  readonly site: number
}

/** A class of records with fixed fields, for languages whose field accesses are known statically. */
export interface Shape {
  readonly id: number
  readonly name: string
  readonly fields: readonly string[]
}

/** What `break` and `continue` leave or go on with. `site`: where the loop begins, for a limit that strikes in one of its turns. */
export interface Loop {
  readonly id: number
  readonly site: number
}

/** What an `if` does where the test holds and none before it did. */
export interface Arm {
  readonly test: Expr
  readonly body: readonly Stmt[]
}

/**
 * How a runtime operation gives back control.
 * `pure`: `R.f(…)` has its value at once (or throws).
 * `may`: it may also return SUSPENDED, or a generator to run; the value of the expression is what comes of that.
 * `gen`: it always returns a generator to run (a `function*` of the runtime, or a call of a language function).
 */
export type OpMode = "pure" | "may" | "gen"

export type ArithOp = "add" | "sub" | "mul" | "div" | "rem"
export type JsBinary = "+" | "-" | "*" | "/" | "%" | "<" | "<=" | ">" | ">=" | "===" | "!=="

export type Expr =
  | { readonly k: "lit"; readonly value: number | bigint | string | boolean | null | undefined }
  | { readonly k: "var"; readonly variable: Variable }
  | { readonly k: "set"; readonly variable: Variable; readonly to: Expr }
  /** `R.name(...args, site)`; `site` is appended if it is not -1. */
  | { readonly k: "op"; readonly name: string; readonly mode: OpMode; readonly args: readonly Expr[]; readonly site: number }
  /** Calls a function of the program: `fn(G, ...args)`. */
  | { readonly k: "call"; readonly fn: IrFunction; readonly args: readonly Expr[]; readonly site: number }
  /** The generator function itself (top-level functions by name), for the runtime to wrap or start. */
  | { readonly k: "ref"; readonly fn: IrFunction }
  /** The generator function made here, closing over the locals around it. */
  | { readonly k: "closure"; readonly fn: IrFunction }
  /** Calls a value that is such a generator function: `callee(G, ...args)`. */
  | { readonly k: "callValue"; readonly callee: Expr; readonly args: readonly Expr[]; readonly site: number }
  /** JavaScript's own operator, where the operands' types are known to make it right. */
  | { readonly k: "js"; readonly op: JsBinary; readonly left: Expr; readonly right: Expr }
  /** Integers as number-or-bigint: the fast path is emitted inline, else `R.<op>(left, right, site)` decides. */
  | { readonly k: "arith"; readonly op: ArithOp; readonly left: Expr; readonly right: Expr; readonly site: number }
  /** JavaScript's operator where both sides are numbers; else `R.name(left, right, site)` decides (mode `pure` or `may`). */
  | {
      readonly k: "numbers"
      readonly op: JsBinary
      readonly left: Expr
      readonly right: Expr
      readonly name: string
      readonly mode: "pure" | "may"
      readonly site: number
    }
  /** The value where it is of the host's type (a `finite` number only, where asked; only if `only` has the type's name, where
   * given); else `R.name(it, ...args, site)` decides. */
  | {
      readonly k: "typed"
      readonly type: "number" | "boolean" | "string"
      readonly finite: boolean
      readonly value: Expr
      readonly only: Variable | null
      readonly name: string
      readonly args: readonly Expr[]
      readonly site: number
    }
  /** JavaScript's `&&`, `||`, `!`, `?:` on values known to be booleans. */
  | { readonly k: "and" | "or"; readonly left: Expr; readonly right: Expr }
  | { readonly k: "not"; readonly value: Expr }
  | { readonly k: "cond"; readonly test: Expr; readonly then: Expr; readonly else: Expr }
  /** The value, unless it is `undefined`: then `R.name(...args, site)`, which throws or gives another value. */
  | { readonly k: "defined"; readonly value: Expr; readonly name: string; readonly args: readonly Expr[]; readonly site: number }
  /** The value, unless it is an instance of the runtime's class `R.Pending`: then what `R.name(it, ...args, site)` gives (mode `may`). */
  | { readonly k: "force"; readonly value: Expr; readonly name: string; readonly args: readonly Expr[]; readonly site: number }
  | { readonly k: "array"; readonly items: readonly Expr[] }
  | { readonly k: "new"; readonly shape: Shape; readonly args: readonly Expr[] }
  | { readonly k: "field"; readonly object: Expr; readonly name: string }
  | { readonly k: "setField"; readonly object: Expr; readonly name: string; readonly to: Expr }
  /** The globals object of the running function. */
  | { readonly k: "globals" }
  /** Statements, then a value. */
  | { readonly k: "block"; readonly body: readonly Stmt[]; readonly value: Expr }

export type Stmt =
  | { readonly k: "expr"; readonly value: Expr }
  /** Declares a local where it stands; it lives to the end of the statement list around it. */
  | { readonly k: "let"; readonly variable: Variable; readonly value: Expr | null }
  /** The first arm whose test holds, else `else`. A list, not ifs in ifs: the host's own parser could not read thousands of those. */
  | { readonly k: "if"; readonly arms: readonly Arm[]; readonly else: readonly Stmt[] | null }
  /** `while (test) body`, `update` before every further test (also after `continue`); a null test is true. */
  | {
      readonly k: "loop"
      readonly loop: Loop
      readonly test: Expr | null
      readonly body: readonly Stmt[]
      readonly update: readonly Stmt[] | null
    }
  /** `for (const variable of iterable)`: the value must be a JavaScript iterable made by the runtime. */
  | { readonly k: "each"; readonly loop: Loop; readonly variable: Variable; readonly iterable: Expr; readonly body: readonly Stmt[] }
  | { readonly k: "break"; readonly loop: Loop }
  | { readonly k: "continue"; readonly loop: Loop }
  | { readonly k: "return"; readonly value: Expr | null }
  | { readonly k: "throw"; readonly value: Expr }
  /** What is thrown goes through `R.caught(thrown)` first, which must throw on whatever the language may not catch. */
  | {
      readonly k: "try"
      readonly body: readonly Stmt[]
      readonly variable: Variable | null
      readonly handler: readonly Stmt[] | null
      readonly finally: readonly Stmt[] | null
    }
  | { readonly k: "scope"; readonly body: readonly Stmt[] }
  /** A statement of the source begins here: where stepping stops and breakpoints sit. */
  | { readonly k: "statement"; readonly site: number }

export interface IrProgram {
  /** Top-level functions; `main` among them. */
  readonly functions: readonly IrFunction[]
  readonly main: IrFunction
  readonly globals: readonly Variable[]
  readonly shapes: readonly Shape[]
  /** Names of operations that have no effect but their value, or fail: they may be run twice (plain.ts). */
  readonly effectFree: ReadonlySet<string>
}

/** Makes variables, functions, shapes and loops with ids that are unique in one program. */
export class IrBuilder {
  private nextId = 0
  readonly functions: IrFunction[] = []
  readonly globals: Variable[] = []
  readonly shapes: Shape[] = []

  local(name = ""): Variable {
    return { id: this.nextId++, name, storage: "local" }
  }

  global(name: string): Variable {
    const variable: Variable = { id: this.nextId++, name, storage: "global" }
    this.globals.push(variable)
    return variable
  }

  /** A top-level function; set its body later. */
  fn(name: string, params: readonly Variable[], site = -1): IrFunction {
    const fn: IrFunction = { id: this.nextId++, name, params, body: [], site }
    this.functions.push(fn)
    return fn
  }

  /** A function that is emitted where its `closure` expression stands. */
  lambda(name: string, params: readonly Variable[], site = -1): IrFunction {
    return { id: this.nextId++, name, params, body: [], site }
  }

  shape(name: string, fields: readonly string[]): Shape {
    const shape: Shape = { id: this.nextId++, name, fields }
    this.shapes.push(shape)
    return shape
  }

  loop(site: number): Loop {
    return { id: this.nextId++, site }
  }

  /** `effectFree`: see `IrProgram`. */
  program(main: IrFunction, effectFree: ReadonlySet<string> = new Set()): IrProgram {
    return { functions: this.functions, main, globals: this.globals, shapes: this.shapes, effectFree }
  }
}

// ---- short forms for lowerings --------------------------------------------------------------------------------------

export const lit = (value: number | bigint | string | boolean | null | undefined): Expr => ({ k: "lit", value })
export const read = (variable: Variable): Expr => ({ k: "var", variable })
export const set = (variable: Variable, to: Expr): Expr => ({ k: "set", variable, to })
export const op = (name: string, args: readonly Expr[], site = -1): Expr => ({ k: "op", name, mode: "pure", args, site })
export const opMay = (name: string, args: readonly Expr[], site = -1): Expr => ({ k: "op", name, mode: "may", args, site })
export const opGen = (name: string, args: readonly Expr[], site = -1): Expr => ({ k: "op", name, mode: "gen", args, site })
export const call = (fn: IrFunction, args: readonly Expr[], site = -1): Expr => ({ k: "call", fn, args, site })
export const callValue = (callee: Expr, args: readonly Expr[], site = -1): Expr => ({ k: "callValue", callee, args, site })
export const ref = (fn: IrFunction): Expr => ({ k: "ref", fn })
export const closure = (fn: IrFunction): Expr => ({ k: "closure", fn })
export const js = (operator: JsBinary, left: Expr, right: Expr): Expr => ({ k: "js", op: operator, left, right })
export const arith = (operator: ArithOp, left: Expr, right: Expr, site: number): Expr => ({ k: "arith", op: operator, left, right, site })
export const numbers = (operator: JsBinary, left: Expr, right: Expr, name: string, mode: "pure" | "may", site: number): Expr => ({
  k: "numbers",
  op: operator,
  left,
  right,
  name,
  mode,
  site,
})
export const typed = (
  type: "number" | "boolean" | "string",
  value: Expr,
  name: string,
  args: readonly Expr[],
  site: number,
  { finite = false, only = null }: { readonly finite?: boolean; readonly only?: Variable | null } = {},
): Expr => ({ k: "typed", type, finite: finite && type === "number", value, only, name, args, site })
export const cond = (test: Expr, then: Expr, otherwise: Expr): Expr => ({ k: "cond", test, then, else: otherwise })
export const and = (left: Expr, right: Expr): Expr => ({ k: "and", left, right })
export const or = (left: Expr, right: Expr): Expr => ({ k: "or", left, right })
export const not = (value: Expr): Expr => ({ k: "not", value })
export const array = (items: readonly Expr[]): Expr => ({ k: "array", items })
export const block = (body: readonly Stmt[], value: Expr): Expr => ({ k: "block", body, value })
export const globalsOf = (): Expr => ({ k: "globals" })

export const expr = (value: Expr): Stmt => ({ k: "expr", value })
export const declare = (variable: Variable, value: Expr | null = null): Stmt => ({ k: "let", variable, value })
export const when = (test: Expr, then: readonly Stmt[], otherwise: readonly Stmt[] | null = null): Stmt =>
  choose([{ test, body: then }], otherwise)
export const choose = (arms: readonly Arm[], otherwise: readonly Stmt[] | null = null): Stmt => ({ k: "if", arms, else: otherwise })
export const giveBack = (value: Expr | null = null): Stmt => ({ k: "return", value })
export const raise = (value: Expr): Stmt => ({ k: "throw", value })
export const statement = (site: number): Stmt => ({ k: "statement", site })
export const scope = (body: readonly Stmt[]): Stmt => ({ k: "scope", body })
