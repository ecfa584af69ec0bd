// Expressions of one function, closure or file to the intermediate form. Where the check knows the kinds of the operands,
// JavaScript's own operators are used; else the runtime's, which decide by the values. Evaluation is left to right.
import {
  type ArithOp,
  and,
  arith,
  array,
  block,
  call,
  declare,
  expr,
  type Expr as Ir,
  type IrFunction,
  type Stmt as IrStmt,
  type Variable as IrVariable,
  type JsBinary,
  js,
  lit,
  not,
  numbers,
  op,
  opGen,
  opMay,
  or,
  read,
} from "../../../engine/ir.ts"
import { isNewGrammar, isReply } from "../check/model.ts"
import { type Type, UNKNOWN } from "../check/types.ts"
import { packages } from "../library/index.ts"
import {
  type Argument,
  type Await,
  type Binary,
  type BinaryOp,
  type Closure,
  type Decorator,
  type Expr,
  type FunctionStmt,
  isDereference,
  type Node,
  type Pipe,
  type StructLiteral,
} from "../syntax/ast.ts"
import { NameLowering } from "./names.ts"

const ARITH: Partial<Record<BinaryOp, ArithOp>> = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "rem" }
const NAMED: Partial<Record<BinaryOp, string>> = {
  "<<": "shiftLeft",
  ">>": "shiftRight",
  "&": "bitAnd",
  "^": "bitXor",
  "|": "bitOr",
  "==": "eq",
  "!=": "ne",
  "<": "lt",
  ">": "gt",
  "<=": "le",
  ">=": "ge",
  in: "contains",
  "not in": "notContains",
}
const PLAIN: Partial<Record<BinaryOp, JsBinary>> = { "==": "===", "!=": "!==", "<": "<", ">": ">", "<=": "<=", ">=": ">=" }
const PIPE_TYPES = new Set(["int", "float", "bool", "str", "char", "array", "dict"])

export abstract class ExpressionLowering extends NameLowering {
  protected abstract lowerClosure(e: Closure): Ir

  private type(e: Expr): Type {
    return this.program.model.types.get(e) ?? UNKNOWN
  }

  /** The value for a variable, an argument, a container: a dict is copied (SPEC 3.1). */
  stored(e: Expr): Ir {
    const value = this.expression(e)
    return this.mayShareDict(e) ? op("stored", [value]) : value
  }

  private mayShareDict(e: Expr): boolean {
    if (e.k === "dict") return false
    const { k } = this.type(e)
    if (k !== "unknown" && k !== "dict") return false
    return e.k === "name" || e.k === "index" || e.k === "member" || e.k === "self" || e.k === "call" || e.k === "await" || e.k === "pipe"
  }

  /** A condition's value, a bool or a fault. */
  protected truth(e: Expr, at: Node = e): Ir {
    const value = this.expression(e)
    return this.type(e).k === "bool" ? value : op("truth", [value], this.site(at))
  }

  /** The value of an operand of `&&`, `||` or `!`. */
  private boolean(e: Expr, of: Expr & { k: "binary" | "unary" }): Ir {
    const value = this.expression(e)
    return this.type(e).k === "bool" ? value : op("boolean", [value, lit(of.op)], this.site(of))
  }

  expression(e: Expr): Ir {
    switch (e.k) {
      case "int":
        return lit(e.value <= 9007199254740991n ? Number(e.value) : e.value)
      case "float":
        return op("float", [lit(e.value)])
      case "text":
        return lit(e.value)
      case "bool":
        return lit(e.value)
      case "format":
        return op("text", [array(e.parts.map((part) => (typeof part === "string" ? lit(part) : this.expression(part))))], this.site(e))
      case "name":
        return this.name(e, e.name)
      case "array":
        return op("arr", [array(e.items.map((item) => this.stored(item)))], this.site(e))
      case "dict":
        return this.dict(e)
      case "struct":
        return this.structLiteral(e)
      case "self":
        return op("field", [this.selfValue(e), lit(e.name.text)], this.site(e))
      case "deref":
        return opGen("ask", [this.expression(e.prompt)], this.site(e))
      case "fieldDeref":
        return opGen("ask", [this.promptOf(e)], this.site(e))
      case "call":
        return this.call(e.callee, [], e.args, e)
      case "index":
        return op("index", [this.expression(e.object), this.expression(e.index)], this.site(e))
      case "member":
        return op("field", [this.expression(e.object), lit(e.name.text)], this.site(e))
      case "unary":
        return this.unary(e)
      case "await":
        return this.awaited(e)
      case "binary":
        return this.binary(e)
      case "pipe":
        return this.pipe(e)
      case "prompt":
        return op("prompt", [this.expression(e.text)], this.site(e))
      case "closure":
        return this.lowerClosure(e)
    }
  }

  // ---- literals -------------------------------------------------------------------------------------------------------

  private dict(e: Expr & { k: "dict" }): Ir {
    if (e.entries.length === 0) return op("dict", [array([]), array([])], this.site(e))
    const keys: Ir[] = []
    const values: Ir[] = []
    const body: IrStmt[] = []
    const simple = e.entries.every(({ key }) => key.k === "text" || key.k === "name")
    for (const { key, value } of e.entries) {
      if (simple) {
        keys.push(this.expression(key))
        values.push(this.stored(value))
        continue
      }
      // Key before value, entry by entry.
      const k = this.builder.local("")
      const v = this.builder.local("")
      body.push(declare(k, this.expression(key)), declare(v, this.stored(value)))
      keys.push(read(k))
      values.push(read(v))
    }
    const made = op("dict", [array(keys), array(values)], this.site(e))
    return body.length > 0 ? block(body, made) : made
  }

  private structLiteral(e: StructLiteral): Ir {
    const binding = this.file.bindings.get(e.name)
    const site = this.site(e)
    if (binding?.k !== "struct") return op("undefinedVariable", [lit(e.name.text)], site)
    const { struct } = binding
    const body: IrStmt[] = []
    let base: IrVariable | null = null
    if (e.base) {
      base = this.builder.local("")
      body.push(declare(base, this.expression(e.base)))
    }
    const given = new Map<string, Ir>()
    const order = struct.fields.map(({ field }) => field.name.text)
    const written = e.fields.map(({ name }) => order.indexOf(name.text))
    const inOrder = !base && written.every((at, i) => i === 0 || at > (written[i - 1] ?? -1))
    for (const { name, value } of e.fields) {
      const lowered = this.stored(value)
      if (inOrder) given.set(name.text, lowered)
      else {
        const held = this.builder.local("")
        body.push(declare(held, lowered))
        given.set(name.text, read(held))
      }
    }
    const values = struct.fields.map(({ field, owner }) => {
      const name = field.name.text
      const initial = field.value ? this.program.initialOf(field.value, owner.file) : null
      let value: Ir
      const own = given.get(name)
      if (own) value = own
      else if (base) value = opMay("spread", [read(base), lit(name), initial ? { k: "ref", fn: initial } : lit(null)], site)
      else value = initial && field.value ? (this.constant(field.value) ?? call(initial, [], site)) : lit(null)
      return field.prompt ? op("promptField", [value], site) : value
    })
    const made = op("make", [lit(struct.id), array(values)], this.site(e))
    const decorate = this.program.decorateOf(struct)
    const result = decorate ? call(decorate, [made], site) : made
    return body.length > 0 ? block(body, result) : result
  }

  /** Values that need no evaluation of their own. */
  private constant(e: Expr): Ir | null {
    return e.k === "int" || e.k === "text" || e.k === "bool" ? this.expression(e) : null
  }

  // ---- operators ------------------------------------------------------------------------------------------------------

  private unary(e: Expr & { k: "unary" }): Ir {
    if (e.op === "!") return not(this.boolean(e.value, e))
    if (e.op === "~") return op("bitNot", [this.expression(e.value)], this.site(e))
    if (e.value.k === "int") {
      const value = -e.value.value
      return lit(value >= -9007199254740991n ? Number(value) + 0 : value)
    }
    return op("neg", [this.expression(e.value)], this.site(e))
  }

  private binary(e: Binary): Ir {
    const site = this.site(e)
    if (e.op === "&&") return and(this.boolean(e.left, e), this.boolean(e.right, e))
    if (e.op === "||") return or(this.boolean(e.left, e), this.boolean(e.right, e))
    const left = this.expression(e.left)
    const right = this.expression(e.right)
    const arithmetic = ARITH[e.op]
    if (arithmetic) return arith(arithmetic, left, right, site)
    const plain = PLAIN[e.op]
    const a = this.type(e.left).k
    const b = this.type(e.right).k
    const equality = e.op === "==" || e.op === "!="
    if (plain && a === b && (a === "int" || (equality && (a === "str" || a === "bool")))) return js(plain, left, right)
    if (plain) return numbers(plain, left, right, NAMED[e.op] ?? "eq", "pure", site)
    return op(NAMED[e.op] ?? "eq", [left, right], site)
  }

  // ---- calls ----------------------------------------------------------------------------------------------------------

  /** A call with `first` before the written arguments (the piped value, the decorated thing). */
  protected call(callee: Expr, first: readonly Ir[], args: readonly Argument[], at: Node): Ir {
    const site = this.site(at)
    if (callee.k === "member") return this.methodCall(callee, first, args, site)
    if (callee.k === "name") {
      const binding = this.file.bindings.get(callee)
      if (binding?.k === "global" && binding.variable.constant) return this.directCall(binding.variable.constant, first, args, site)
      if (binding?.k === "builtin") {
        const special = callee.name === "print" ? this.printOfGrammar(first, args, site) : null
        if (special) return special
        if (callee.name === "len" && first.length + args.length === 1 && args.every((arg) => !arg.name)) {
          return op("len", [...first, ...args.map((arg) => this.expression(arg.value))], site)
        }
        if (args.every((arg) => !arg.name)) {
          return opMay("builtin", [lit(callee.name), array([...first, ...args.map((arg) => this.stored(arg.value))])], site)
        }
      }
    }
    const target = this.expression(callee)
    const values = [...first, ...args.map((arg) => this.stored(arg.value))]
    if (args.some((arg) => arg.name)) return opMay("callNamed", [target, array(values), lit(namesOf(first.length, args))], site)
    // A list of the arguments would cost more than most calls.
    if (values.length === 1 || values.length === 2) return opMay(`call${values.length}`, [target, ...values], site)
    return opMay("call", [target, array(values)], site)
  }

  private methodCall(callee: Expr & { k: "member" }, first: readonly Ir[], args: readonly Argument[], site: number): Ir {
    const name = callee.name.text
    const fullName = this.packaged(callee.object, name)
    const named = args.some((arg) => arg.name)
    if (fullName && !named) return opMay("builtin", [lit(fullName), array([...first, ...args.map((arg) => this.stored(arg.value))])], site)
    const object = this.expression(callee.object)
    const values = array([...first, ...args.map((arg) => this.stored(arg.value))])
    if (named) return opMay("invokeNamed", [object, lit(name), values, lit(namesOf(first.length, args))], site)
    return opMay("invoke", [object, lit(name), values], site)
  }

  /** The full name of a standard package's function, where the name certainly means the package. */
  private packaged(object: Expr, name: string): string | null {
    if (object.k !== "name") return null
    const binding = this.file.bindings.get(object)
    if (binding?.k !== "global" || binding.variable.writes !== 1 || binding.variable.imported?.k !== "std") return null
    const home = binding.variable.imported.name
    return packages.get(home)?.has(name) ? `${home}.${name}` : null
  }

  private directCall(fn: FunctionStmt, first: readonly Ir[], args: readonly Argument[], site: number): Ir {
    const given = first.length + args.length
    const target = this.program.functionOf(fn)
    if (args.some((arg) => arg.name)) return this.namedCall(fn, target, first, args, site)
    const required = fn.params.findLastIndex((param) => !param.value) + 1
    const values = [...first, ...args.map((arg) => this.stored(arg.value))]
    if (given < required || given > fn.params.length) return block(values.map(expr), op("arity", [lit(fn.params.length), lit(given)], site))
    for (let i = given; i < fn.params.length; i++) values.push(lit(undefined))
    return this.started(fn, target, values, site)
  }

  private started(fn: FunctionStmt, target: IrFunction, values: readonly Ir[], site: number): Ir {
    return fn.async ? opMay("spawn", [lit(target.id), array(values)], site) : call(target, values, site)
  }

  private namedCall(fn: FunctionStmt, target: IrFunction, first: readonly Ir[], args: readonly Argument[], site: number): Ir {
    const values: (Ir | undefined)[] = []
    const body: IrStmt[] = []
    const hold = (value: Ir): Ir => {
      const held = this.builder.local("")
      body.push(declare(held, value))
      return read(held)
    }
    let count = 0
    for (const value of first) values[count++] = hold(value)
    for (const arg of args) {
      const at = arg.name ? fn.params.findIndex((param) => param.name.text === arg.name?.text) : count++
      const value = hold(this.stored(arg.value))
      if (at < 0) return block(body, op("unknownKeyword", [lit(fn.name.text), lit(arg.name?.text ?? "")], site))
      if (values[at]) return block(body, op("repeatedKeyword", [lit(fn.name.text), lit(fn.params[at]?.name.text ?? "")], site))
      values[at] = value
    }
    const missing = fn.params.some((param, i) => !param.value && !values[i])
    if (missing || values.length > fn.params.length)
      return block(body, op("arity", [lit(fn.params.length), lit(first.length + args.length)], site))
    return block(
      body,
      this.started(
        fn,
        target,
        fn.params.map((_, i) => values[i] ?? lit(undefined)),
        site,
      ),
    )
  }

  /** `@name(args)` over a value (SPEC 12). */
  decorated(decorator: Decorator, value: Ir): Ir {
    const [first, second] = decorator.path
    if (!first) return value
    const at: Node = { from: decorator.from, to: decorator.to }
    // The binding of a decorator's name is kept under the name itself.
    const binding = this.file.bindings.get(first)
    const callee: Expr = { k: "name", name: first.text, from: first.from, to: first.to }
    if (binding) this.file.bindings.set(callee, binding)
    return this.call(
      second ? { k: "member", object: callee, name: second, from: first.from, to: second.to } : callee,
      [value],
      decorator.args,
      at,
    )
  }

  // ---- prompts and pipes ----------------------------------------------------------------------------------------------

  /** The prompt of a dereference, seen through `await`. */
  private promptOf(e: Expr): Ir {
    if (e.k === "await") return this.promptOf(e.value)
    if (e.k === "fieldDeref") return op("field", [this.expression(e.object), lit(e.name.text)], this.site(e))
    return e.k === "deref" ? this.expression(e.prompt) : this.expression(e)
  }

  private questionSite(e: Expr): number {
    return e.k === "await" ? this.questionSite(e.value) : this.site(e)
  }

  private pipe(e: Pipe): Ir {
    const { value, stage } = e
    const binding = stage.k === "name" ? this.file.bindings.get(stage) : undefined
    const sent = isDereference(value)
    const builtinType = stage.k === "name" && binding?.k === "builtin" && PIPE_TYPES.has(stage.name)
    if (sent && builtinType && stage.k === "name") return opGen("askAs", [this.promptOf(value), lit(stage.name)], this.questionSite(value))
    if (sent && binding?.k === "struct") return opGen("askStruct", [this.promptOf(value), lit(binding.struct.id)], this.questionSite(value))
    if (builtinType && (stage.name === "array" || stage.name === "dict"))
      return op("container", [lit(stage.name), this.expression(value)], this.site(e))
    if (builtinType && stage.k === "name")
      return opMay("call", [op("builtinValue", [lit(stage.name)]), array([this.expression(value)])], this.site(e))
    if (sent && this.isKnownLater(stage)) return opGen("askInto", [this.promptOf(value), this.expression(stage)], this.questionSite(value))
    if (stage.k === "call") return this.call(stage.callee, [this.stored(value)], stage.args, e)
    const known = (binding?.k === "global" && binding.variable.constant !== null) || binding?.k === "builtin"
    const method = stage.k === "member" && !this.isModule(stage.object)
    if (known || method) return this.call(stage, [this.stored(value)], [], e)
    return opMay("pipeInto", [this.stored(value), this.expression(stage)], this.site(e))
  }

  /** A stage behind a dereference that may turn out to be a grammar or a type: only its value tells (SPEC 8.1). */
  private isKnownLater(stage: Expr): boolean {
    if (stage.k === "call") return isNewGrammar(this.file, stage)
    if (stage.k === "member") return !this.packaged(stage.object, stage.name.text)
    if (stage.k !== "name") return true
    const binding = this.file.bindings.get(stage)
    return binding?.k === "local" || (binding?.k === "global" && binding.variable.constant === null)
  }

  /** `await e`. A dereference stands for its reply, also one whose stage is found to be a grammar or a type (SPEC 16.4). */
  private awaited(e: Await): Ir {
    const { value } = e
    if (isReply(this.file, value)) return this.expression(value)
    if (value.k !== "pipe" || !isDereference(value.value) || !this.isKnownLater(value.stage))
      return opMay("await", [this.expression(value)], this.site(e))
    const parts = [this.promptOf(value.value), this.expression(value.stage), lit(this.site(e))]
    return opGen("askAwaited", parts, this.questionSite(value.value))
  }

  private isModule(e: Expr): boolean {
    const binding = e.k === "name" ? this.file.bindings.get(e) : undefined
    return binding?.k === "global" && binding.variable.imported?.k === "user"
  }

  /** `print(?p |> g)` with something that may be a grammar: its muted region is not shown (SPEC 15.6). */
  private printOfGrammar(first: readonly Ir[], args: readonly Argument[], site: number): Ir | null {
    const [asked, end] = args
    if (first.length > 0 || args.length > 2 || !asked || asked.name || asked.value.k !== "pipe") return null
    if (end?.name && end.name.text !== "end") return null
    const { value, stage } = asked.value
    if (!isDereference(value) || !this.isKnownLater(stage)) return null
    return opGen("printAsked", [this.promptOf(value), this.expression(stage), end ? this.expression(end.value) : lit("\n")], site)
  }
}

function namesOf(first: number, args: readonly Argument[]): string {
  return [...Array.from({ length: first }, () => ""), ...args.map((arg) => arg.name?.text ?? "")].join(",")
}
