// Types of expressions and what they forbid (SPEC 4). Reads and fills the types of a program for one point of the walk that
// infer.ts makes through its statements, which extends this class.
import type { Fix } from "../../../source/diagnostic.ts"
import { globals as builtins, methods, packages } from "../library/index.ts"
import { type Block, type Closure, type Expr, type FunctionStmt, isDereference, type Node, type Stmt } from "../syntax/ast.ts"
import { fieldFixes, iterableFixes, literalFixes, operandFixes, promptFixes, withoutAwait } from "./fixes.ts"
import { type FileModel, isNewGrammar, isReply, type ProgramModel, type Report, type StructModel, type Variable } from "./model.ts"
import { binaryResult, mismatchHint, unaryResult } from "./operators.ts"
import {
  BOOL,
  CALLABLE,
  FLOAT,
  INT,
  isKnown,
  isNumber,
  isText,
  joined,
  madeOf,
  NIL,
  plain,
  REPLY,
  STR,
  sameType,
  type Type,
  typeName,
  typeOfKind,
  UNKNOWN,
} from "./types.ts"

/** Variables whose types are known here; a missing one is unknown. */
export type Env = Map<Variable, Type>

/** What is known at a point. Blocks that end by return, raise, break or continue tell nothing to what comes after. */
export interface Flow {
  env: Env
  ended: boolean
}

export abstract class ExpressionInference {
  protected current: FileModel
  protected flow: Flow = { env: new Map(), ended: false }
  /** Results of the function being walked; null at top level. */
  protected results: Type[] | null = null
  /** Above zero nothing is reported: the walk only wants types. */
  protected silent = 0
  protected loops = 0
  /** Arrays keep the type of their elements only in programs that never add or replace one. */
  protected readonly elementsStay: boolean

  constructor(
    protected readonly program: ProgramModel,
    protected readonly report: Report,
  ) {
    this.current = program.entry
    this.elementsStay = !program.files.some((file) => /\.\s*push\b|\]\s*=[^=]|\bpush\b/.test(file.parsed.file.text))
  }

  /** The type of what a function gives back (for an async one its future). */
  protected abstract resultOf(fn: FunctionStmt, file: FileModel): Type
  protected abstract statements(body: readonly Stmt[]): void
  protected abstract refuseYieldAndReturn(body: Block, at: Node, who: string): void

  protected refuse(kind: string, at: Node, message: string, fixes: readonly Fix[] = []): void {
    if (this.silent === 0) this.report.add(this.current, kind, at, message, fixes.length > 0 ? { fixes } : {})
  }

  protected typeOf(e: Expr): Type {
    return this.program.types.get(e) ?? UNKNOWN
  }

  protected type(e: Expr): Type {
    const type = this.infer(e)
    this.program.types.set(e, type)
    return type
  }

  private infer(e: Expr): Type {
    switch (e.k) {
      case "int":
        return INT
      case "float":
        return FLOAT
      case "text":
        return STR
      case "bool":
        return BOOL
      case "format":
        for (const part of e.parts) if (typeof part !== "string") this.type(part)
        return STR
      case "name":
        return this.nameType(e)
      case "array": {
        const items = e.items.map((item) => this.type(item))
        return { k: "array", of: items.length > 0 ? items.reduce(joined) : UNKNOWN }
      }
      case "dict":
        for (const { key, value } of e.entries) {
          this.type(key)
          this.type(value)
        }
        return plain("dict")
      case "struct":
        return this.structLiteral(e)
      case "self":
        return UNKNOWN
      case "deref": {
        const prompt = this.type(e.prompt)
        if (isKnown(prompt) && prompt.k !== "prompt") {
          this.refuse("TypeMismatch", e, `type mismatch: '?' needs a prompt, this is ${typeName(prompt)}`, promptFixes(e.prompt, prompt))
          return UNKNOWN
        }
        return REPLY
      }
      case "fieldDeref":
        this.type(e.object)
        return REPLY
      case "call":
        return this.callType(e)
      case "index":
        return this.indexType(e)
      case "member":
        return this.memberType(e)
      case "unary":
        return this.unaryType(e)
      case "await": {
        const value = this.type(e.value)
        if (isReply(this.current, e.value) || this.isConstrained(e.value)) return value
        if (value.k === "future") return madeOf(value.of, value)
        if (value.k !== "unknown" && this.silent === 0) {
          const message = `await needs a future, this is ${typeName(value)}: NotAFuture when it runs`
          this.report.add(this.current, "NotAFuture", e, message, { severity: "warning", fixes: withoutAwait(e) })
        }
        return UNKNOWN
      }
      case "binary":
        return this.binaryType(e)
      case "pipe":
        return this.pipeType(e)
      case "prompt": {
        const text = this.type(e.text)
        if (!isKnown(text) || isText(text)) return plain("prompt")
        this.refuse("TypeMismatch", e, `type mismatch: a prompt needs a str, this is ${typeName(text)}`)
        return UNKNOWN
      }
      case "closure":
        this.closure(e)
        return CALLABLE
    }
  }

  private closure(e: Closure): void {
    const outer = { flow: this.flow, results: this.results, loops: this.loops }
    this.flow = { env: new Map(), ended: false }
    // A captured global keeps the type it has now, if it has a value now.
    for (const variable of this.current.captures.get(e) ?? []) {
      const type = outer.flow.env.get(variable)
      if (type) this.flow.env.set(variable, type)
    }
    this.results = []
    if (e.body.k === "block") {
      this.statements(e.body.body)
      if (e.generator) this.refuseYieldAndReturn(e.body, e, "this closure")
    } else this.type(e.body)
    this.flow = outer.flow
    this.results = outer.results
    this.loops = outer.loops
  }

  private nameType(e: Expr & { k: "name" }): Type {
    const binding = this.current.bindings.get(e)
    switch (binding?.k) {
      case "local":
        return this.flow.env.get(binding.variable) ?? UNKNOWN
      case "global": {
        const { variable } = binding
        if (variable.constant) return { k: "fn", fn: variable.constant, file: variable.file }
        if (variable.imported && variable.writes === 1) return this.importedType(variable)
        if (variable.writtenInFunction) return UNKNOWN
        return this.flow.env.get(variable) ?? (this.results ? variable.type : null) ?? UNKNOWN
      }
      case "struct":
        return { k: "structType", struct: binding.struct }
      case "session":
        return binding.name === "__model__" ? STR : binding.name === "__retry_log__" ? { k: "array", of: STR } : INT
      case "builtin": {
        if (binding.name === "nil" || binding.name === "None" || binding.name === "null") return NIL
        return binding.name === "Grammar" ? { k: "module" } : CALLABLE
      }
      default:
        return UNKNOWN
    }
  }

  private importedType(variable: Variable): Type {
    const { imported } = variable
    if (imported?.k !== "member") return { k: "module" }
    return imported.of.k === "std" ? CALLABLE : UNKNOWN
  }

  private structLiteral(e: Expr & { k: "struct" }): Type {
    if (e.base) this.type(e.base)
    const given = new Set<string>()
    const meant = new Set<string>()
    const binding = this.current.bindings.get(e.name)
    const struct = binding?.k === "struct" ? binding.struct : null
    for (const { name, value } of e.fields) {
      const type = this.type(value)
      if (given.has(name.text)) this.refuse("DuplicateField", e, `duplicate field: ${name.text} is given twice`)
      given.add(name.text)
      if (!struct) continue
      const field = struct.fields.find((it) => it.field.name.text === name.text)?.field
      if (!field) {
        const fixes = fieldFixes(name, struct)
        this.refuse("UndefinedField", e, `undefined field: ${struct.name.text} has no field ${name.text}`, fixes)
        // A slip of the pen is one mistake: the field that was meant is not missing too.
        for (const { edits } of fixes) for (const { insert } of edits) meant.add(insert)
      } else if (field.prompt && isKnown(type) && type.k !== "prompt" && !isText(type)) {
        this.refuse("PromptFieldNotStr", e, `the prompt field ${name.text} needs a str, this is ${typeName(type)}`)
      }
    }
    if (!struct) return UNKNOWN
    const isGiven = (name: string) => given.has(name) || meant.has(name)
    const missing = struct.fields.filter(({ field }) => !field.value && !isGiven(field.name.text)).map(({ field }) => field.name.text)
    if (missing.length > 0 && !e.base) this.missingFields(e, struct, missing)
    return struct.stmt.decorators.length > 0 ? UNKNOWN : { k: "struct", struct }
  }

  private missingFields(e: Expr & { k: "struct" }, struct: StructModel, missing: readonly string[]): void {
    if (this.silent > 0) return
    const last = e.fields[e.fields.length - 1]
    const insert = missing.map((name) => `${name}: nil`).join(", ")
    const edit = last
      ? { from: last.value.to, to: last.value.to, insert: `, ${insert}` }
      : { from: e.to - 1, to: e.to - 1, insert: `${insert} ` }
    const plural = missing.length === 1 ? "field" : "fields"
    const message = `missing ${plural}: ${struct.name.text} needs ${missing.join(", ")}`
    this.report.add(this.current, "MissingField", e, message, { fixes: [{ title: `Add ${missing.join(", ")}`, edits: [edit] }] })
  }

  private callType(e: Expr & { k: "call" }): Type {
    const callee = this.type(e.callee)
    const args = e.args.map((arg) => this.type(arg.value))
    if (callee.k === "fn") return this.resultOf(callee.fn, callee.file)
    if (callee.k === "structType") {
      const { struct } = callee
      const message = `not callable: ${struct.name.text} is a struct, write ${struct.name.text} { … }`
      this.refuse("NotCallable", e.callee, message, literalFixes(e, struct, this.current.parsed.file.text))
      return UNKNOWN
    }
    if (isKnown(callee) && callee.k !== "callable") {
      this.refuse("NotCallable", e.callee, `not callable: this is ${typeName(callee)}`)
      return UNKNOWN
    }
    return this.builtinResult(e, args)
  }

  private builtinResult(e: Expr & { k: "call" }, args: readonly Type[]): Type {
    const { callee } = e
    const binding = callee.k === "name" ? this.current.bindings.get(callee) : undefined
    let kind: string | undefined
    let receiver = UNKNOWN
    if (callee.k === "name" && binding?.k === "builtin") kind = builtins.get(callee.name)?.result
    else if (callee.k === "name" && binding?.k === "global" && binding.variable.writes === 1) {
      const { imported } = binding.variable
      if (imported?.k === "member" && imported.of.k === "std") kind = packages.get(imported.of.name)?.get(imported.name)?.result
    } else if (callee.k === "member") {
      const object = this.typeOf(callee.object)
      receiver = object
      if (object.k === "module") kind = this.packageOf(callee.object)?.get(callee.name.text)?.result
      else if (object.k !== "dict") kind = methods.get(object.k)?.get(callee.name.text)?.result
    }
    if (kind === "same") return args[0] && isNumber(args[0]) && args.every((arg) => sameType(arg, args[0] as Type)) ? args[0] : UNKNOWN
    return kind ? madeOf(typeOfKind(kind), receiver) : UNKNOWN
  }

  private packageOf(e: Expr) {
    const binding = this.current.bindings.get(e)
    if (binding?.k === "builtin") return packages.get(binding.name)
    const imported = binding?.k === "global" ? binding.variable.imported : null
    return imported?.k === "std" ? packages.get(imported.name) : undefined
  }

  private indexType(e: Expr & { k: "index" }): Type {
    const object = this.type(e.object)
    this.type(e.index)
    switch (object.k) {
      case "array":
        return this.elementsStay ? madeOf(object.of, object) : UNKNOWN
      case "str":
        return madeOf(plain("char"), object)
      case "bytes":
        return madeOf(INT, object)
      case "dict":
      case "stream":
      case "unknown":
        return UNKNOWN
      default:
        if (!isKnown(object)) return UNKNOWN
        this.refuse("TypeMismatch", e, `type mismatch: ${typeName(object)} cannot be indexed`)
        return UNKNOWN
    }
  }

  private memberType(e: Expr & { k: "member" }): Type {
    const object = this.type(e.object)
    if (object.k === "module" && this.packageOf(e.object)?.has(e.name.text)) return CALLABLE
    return UNKNOWN
  }

  private unaryType(e: Expr & { k: "unary" }): Type {
    const value = this.type(e.value)
    const { type, wanted } = unaryResult(e.op, value)
    if (wanted !== null) this.refuse("TypeMismatch", e, `type mismatch: '${e.op}' needs ${wanted}, this is ${typeName(value)}`)
    return type
  }

  private binaryType(e: Expr & { k: "binary" }): Type {
    const left = this.type(e.left)
    const right = this.type(e.right)
    const { type, fits } = binaryResult(e.op, left, right)
    if (!fits) {
      const message = `type mismatch: '${e.op}' does not go with ${typeName(left)} and ${typeName(right)}${mismatchHint(e.op, left, right)}`
      this.refuse("TypeMismatch", e, message, operandFixes(e, left, right))
    }
    return type
  }

  private pipeType(e: Expr & { k: "pipe" }): Type {
    const value = this.type(e.value)
    const { stage } = e
    const binding = stage.k === "name" ? this.current.bindings.get(stage) : undefined
    const sent = isDereference(e.value)
    if (stage.k === "name" && binding?.k === "builtin" && PIPE_TYPES[stage.name]) {
      return PIPE_TYPES[stage.name] ?? UNKNOWN
    }
    if (binding?.k === "struct") {
      if (!sent)
        this.refuse(
          "InvalidPipeStage",
          e,
          `invalid pipe stage: ${binding.struct.name.text} is a struct, only a reply of a model can become one`,
        )
      return binding.struct.stmt.decorators.length > 0 ? UNKNOWN : { k: "struct", struct: binding.struct }
    }
    if (stage.k === "call" && !this.isConstrained(e)) return this.pipedCall(stage, value)
    const type = this.type(stage)
    if (type.k === "grammar" && sent) return STR
    if (type.k === "fn") return this.resultOf(type.fn, type.file)
    const fine = !isKnown(type) || type.k === "callable" || type.k === "structType" || (type.k === "grammar" && sent)
    if (!fine) {
      const why =
        type.k === "grammar"
          ? "a grammar constrains only a reply of the model"
          : `a stage is a function, a type or a grammar, this is ${typeName(type)}`
      this.refuse("InvalidPipeStage", e, `invalid pipe stage: ${why}`)
    }
    return UNKNOWN
  }

  /** `?p |> g` with a grammar: a reply as `?p` is. */
  private isConstrained(e: Expr): boolean {
    if (e.k !== "pipe" || !isDereference(e.value)) return false
    return isNewGrammar(this.current, e.stage) || this.typeOf(e.stage).k === "grammar"
  }

  private pipedCall(stage: Expr & { k: "call" }, value: Type): Type {
    const callee = this.type(stage.callee)
    const args = [value, ...stage.args.map((arg) => this.type(arg.value))]
    if (callee.k === "fn") return this.resultOf(callee.fn, callee.file)
    if (isKnown(callee) && callee.k !== "callable") {
      this.refuse("NotCallable", stage.callee, `not callable: this is ${typeName(callee)}`)
      return UNKNOWN
    }
    return stage.callee.k === "member" ? UNKNOWN : this.builtinResult({ ...stage, args: [] }, args)
  }

  /** What a `for` at that keyword gives its variable. */
  protected elementOf(sequence: Type, at: Node, e: Expr): Type {
    switch (sequence.k) {
      case "array":
        return this.elementsStay ? madeOf(sequence.of, sequence) : UNKNOWN
      case "str":
        return madeOf(plain("char"), sequence)
      case "bytes":
        return madeOf(INT, sequence)
      case "stream":
      case "unknown":
        return UNKNOWN
      default: {
        if (!isKnown(sequence)) return UNKNOWN
        const hint = sequence.k === "dict" ? ": iterate its .keys() or .values()" : ""
        this.refuse("TypeError", at, `type error: cannot iterate over ${typeName(sequence)}${hint}`, iterableFixes(e, sequence))
        return UNKNOWN
      }
    }
  }
}

const PIPE_TYPES: Readonly<Record<string, Type>> = {
  int: INT,
  float: FLOAT,
  bool: BOOL,
  str: STR,
  char: plain("char"),
  array: { k: "array", of: UNKNOWN },
  dict: plain("dict"),
}
