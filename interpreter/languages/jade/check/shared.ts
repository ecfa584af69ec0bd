// Shared mutation (SPEC 16.9): no function that runs as a task, nor anything it calls, may change what the task did not
// make itself. A walk of each started function in order of the text with, for every local, how much of its value is its
// own; calls are followed into functions and methods with the ownership of their arguments.
//
// Levels: 0 made here; 1 made here, but what it contains may come from elsewhere; 2 from elsewhere.
import { methods as builtinMethods } from "../library/index.ts"
import {
  type Block,
  childExpressions,
  type Expr,
  type FunctionStmt,
  isDereference,
  type Node,
  type Stmt,
  statementBlocks,
  statementExpressions,
} from "../syntax/ast.ts"
import { type FileModel, type Import, isReply, type ProgramModel, type Report, type Variable } from "./model.ts"

type Level = 0 | 1 | 2
const OWN: Level = 0
const MIXED: Level = 1
const SHARED: Level = 2

const FIELD_DEED = "assigns into a shared collection (a field of a struct)"

/** Functions of packages that change their first argument. */
const MUTATING_FUNCTIONS = new Set(["array.push", "array.pop", "random.shuffle"])

const MUTATING = new Set(["push", "pop", "insert", "remove", "clear", "sort", "reverse", "extend", "set", "update"])

export function checkSharedMutation(program: ProgramModel, report: Report): void {
  const sharing = new Sharing(report)
  for (const file of program.files) {
    for (const variable of file.globals.values()) {
      const started = variable.references.length > 0 || namedElsewhere(program, file, variable.name)
      for (const fn of variable.functions) if (fn.async && started) sharing.task(fn, file)
    }
  }
}

/** Another file may start it: it names something of that name. */
function namedElsewhere(program: ProgramModel, home: FileModel, name: string): boolean {
  const named = new RegExp(`(?:\\.|\\buse\\b[^\\n]*\\b)${name}\\b`)
  return program.files.some((file) => file !== home && named.test(file.parsed.file.text))
}

interface Summary {
  result: Level
  /** Parameters (by position) that are changed when they come from elsewhere. */
  readonly mutated: Set<number>
  done: boolean
}

interface Frame {
  readonly file: FileModel
  readonly levels: Map<Variable, Level>
  /** Which parameter a variable's shared value came from, so that callers hear of it. */
  readonly origins: Map<Variable, number>
  readonly summary: Summary
  /** Names of the functions from the task to here. */
  readonly path: readonly string[]
}

class Sharing {
  private readonly summaries = new Map<FunctionStmt, Map<string, Summary>>()
  private frame!: Frame

  constructor(private readonly report: Report) {}

  task(fn: FunctionStmt, file: FileModel): void {
    this.run(
      fn,
      file,
      fn.params.map(() => SHARED),
      [fn.name.text],
    )
  }

  private run(fn: FunctionStmt, file: FileModel, args: readonly Level[], path: readonly string[]): Summary {
    const key = fn.params.map((_, i) => args[i] ?? OWN).join("")
    let known = this.summaries.get(fn)
    if (!known) {
      known = new Map()
      this.summaries.set(fn, known)
    }
    const summary = known.get(key)
    if (summary) return summary
    const fresh: Summary = { result: OWN, mutated: new Set(), done: false }
    known.set(key, fresh)
    const outer = this.frame
    const levels = new Map<Variable, Level>()
    const origins = new Map<Variable, number>()
    const locals = file.locals.get(fn) ?? []
    fn.params.forEach((param, i) => {
      const variable = locals.find((local) => local.definitions[0] === param.name)
      if (!variable) return
      levels.set(variable, args[i] ?? OWN)
      origins.set(variable, i)
    })
    this.frame = { file, levels, origins, summary: fresh, path }
    this.block(fn.body)
    const last = fn.body.body[fn.body.body.length - 1]
    if (last?.k === "expr") this.returns(this.level(last.value))
    this.frame = outer
    fresh.done = true
    return fresh
  }

  private returns(level: Level): void {
    if (level > this.frame.summary.result) this.frame.summary.result = level
  }

  // ---- statements -----------------------------------------------------------------------------------------------------

  private block(block: Block): void {
    for (const s of block.body) this.statement(s)
  }

  private statement(s: Stmt): void {
    switch (s.k) {
      case "let":
        for (const decorator of s.decorators) for (const arg of decorator.args) this.level(arg.value)
        this.bind(s.name, s.prompt ? OWN : this.level(s.value), s.value)
        return
      case "assign":
        this.assignment(s)
        return
      case "return":
        if (s.value) this.returns(this.level(s.value))
        return
      case "for": {
        const sequence = this.level(s.sequence)
        this.loop(s.body, () => this.bind(s.name, sequence === OWN ? OWN : SHARED, s.sequence))
        return
      }
      case "while":
        this.loop(s.body, () => this.level(s.test))
        return
      case "if":
      case "try": {
        if (s.k === "if") for (const arm of s.arms) this.level(arm.test)
        const before = new Map(this.frame.levels)
        const after = new Map(before)
        for (const block of statementBlocks(s)) {
          this.restore(before)
          this.block(block)
          for (const [variable, level] of this.frame.levels) after.set(variable, worst(after.get(variable) ?? OWN, level))
        }
        this.restore(after)
        return
      }
    }
    for (const e of statementExpressions(s)) this.level(e)
  }

  private loop(body: Block, each: () => void): void {
    for (let round = 0; round < 3; round++) {
      const before = new Map(this.frame.levels)
      each()
      this.block(body)
      for (const [variable, level] of before) this.frame.levels.set(variable, worst(level, this.frame.levels.get(variable) ?? OWN))
    }
  }

  private restore(levels: ReadonlyMap<Variable, Level>): void {
    this.frame.levels.clear()
    for (const [variable, level] of levels) this.frame.levels.set(variable, level)
  }

  private bind(at: Node, level: Level, from: Expr): void {
    const binding = this.frame.file.bindings.get(at)
    if (binding?.k !== "local") return
    this.frame.levels.set(binding.variable, level)
    const origin = this.originOf(from)
    if (origin === undefined) this.frame.origins.delete(binding.variable)
    else this.frame.origins.set(binding.variable, origin)
  }

  private assignment(s: Stmt & { k: "assign" }): void {
    const value = this.level(s.value)
    const { target } = s
    if (target.k === "name") {
      const binding = this.frame.file.bindings.get(target)
      if (binding?.k === "global") this.refuse(s, `writes to the global ${target.name}`)
      else this.bind(target, value, s.value)
      return
    }
    if (target.k === "self") {
      const binding = this.frame.file.bindings.get(target)
      const level = binding?.k === "local" ? (this.frame.levels.get(binding.variable) ?? OWN) : SHARED
      if (level === SHARED) this.mutates(binding?.k === "local" ? this.frame.origins.get(binding.variable) : undefined, s, FIELD_DEED)
      return
    }
    const level = this.level(target.object)
    if (target.k === "index") this.level(target.index)
    if (level === SHARED) {
      this.mutates(this.originOf(target.object), s, target.k === "index" ? "assigns into a shared collection" : FIELD_DEED)
    } else if (value !== OWN) this.taint(target.object)
  }

  /** An own container now holds something from elsewhere. */
  private taint(object: Expr): void {
    const binding = this.frame.file.bindings.get(object)
    if (binding?.k === "local") this.frame.levels.set(binding.variable, worst(this.frame.levels.get(binding.variable) ?? OWN, MIXED))
  }

  // ---- expressions ----------------------------------------------------------------------------------------------------

  private level(e: Expr): Level {
    switch (e.k) {
      case "name": {
        const binding = this.frame.file.bindings.get(e)
        if (binding?.k === "local") return this.frame.levels.get(binding.variable) ?? OWN
        return binding?.k === "builtin" || binding?.k === "session" ? OWN : SHARED
      }
      case "self": {
        const binding = this.frame.file.bindings.get(e)
        const level = binding?.k === "local" ? (this.frame.levels.get(binding.variable) ?? OWN) : SHARED
        return level === OWN ? OWN : SHARED
      }
      case "array":
      case "dict":
      case "struct": {
        const parts = childExpressions(e).map((part) => this.level(part))
        return parts.some((part) => part !== OWN) ? MIXED : OWN
      }
      case "member":
        return this.level(e.object) === OWN ? OWN : SHARED
      case "index":
        this.level(e.index)
        return this.level(e.object) === OWN ? OWN : SHARED
      case "await": {
        const value = this.level(e.value)
        return isReply(this.frame.file, e.value) ? OWN : value
      }
      case "call":
        return this.call(e, [])
      case "pipe":
        return this.pipe(e)
      case "closure":
        this.closure(e, SHARED)
        return OWN
      default:
        for (const child of childExpressions(e)) this.level(child)
        return OWN
    }
  }

  private pipe(e: Expr & { k: "pipe" }): Level {
    const value = this.level(e.value)
    if (e.stage.k === "call") return this.call(e.stage, [{ value: e.value, level: value }])
    if (e.stage.k === "name" || e.stage.k === "member") {
      return this.call({ k: "call", callee: e.stage, args: [], from: e.from, to: e.to }, [{ value: e.value, level: value }])
    }
    this.level(e.stage)
    return isDereference(e.value) ? OWN : SHARED
  }

  private call(e: Expr & { k: "call" }, first: readonly { value: Expr; level: Level }[]): Level {
    const { callee } = e
    if (callee.k === "member") return this.methodCall(e, callee, first)
    const args = [...first, ...e.args.map((arg) => ({ value: arg.value, level: this.argument(arg.value, OWN) }))]
    if (callee.k === "name") {
      const binding = this.frame.file.bindings.get(callee)
      if (binding?.k === "builtin") return binding.name === "join" ? worstOf(args.map((arg) => arg.level)) : OWN
      if (binding?.k === "global") {
        const { variable } = binding
        const [fn] = variable.functions
        if (fn && variable.functions.length === 1) return this.known(fn, variable.file, placed(fn, args, e, first.length), e)
        const imported = variable.imported
        if (imported?.k === "member" && imported.of.k === "user") return this.ofModule(imported.of.file, imported.name, args, e)
        if (imported?.k === "member") return this.packageCall(imported.of, imported.name, args, e)
      }
    } else this.level(callee)
    return SHARED
  }

  private argument(value: Expr, element: Level): Level {
    if (value.k !== "closure") return this.level(value)
    this.closure(value, element)
    return OWN
  }

  private methodCall(e: Expr & { k: "call" }, callee: Expr & { k: "member" }, first: readonly { value: Expr; level: Level }[]): Level {
    const name = callee.name.text
    const binding = this.frame.file.bindings.get(callee.object)
    const imported = binding?.k === "global" ? binding.variable.imported : null
    const receiver = imported ? OWN : this.level(callee.object)
    const args = [
      ...first,
      ...e.args.map((arg) => ({ value: arg.value, level: this.argument(arg.value, receiver === OWN ? OWN : SHARED) })),
    ]
    if (imported?.k === "user") return this.ofModule(imported.file, name, args, e)
    if (imported) return this.packageCall(imported, name, args, e)
    const own = [...this.frame.file.structs.values()].flatMap((struct) => {
      const method = struct.methods.get(name)
      return method ? [{ method, file: struct.file }] : []
    })
    if (own.length > 0) {
      const all = [{ value: callee.object, level: receiver }, ...args]
      return worstOf(own.map(({ method, file }) => this.known(method, file, all, e)))
    }
    if (MUTATING.has(name)) {
      if (receiver === SHARED) this.mutates(this.originOf(callee.object), e, `calls \`${name}()\` on a shared collection`)
      else if (args.some((arg) => arg.level !== OWN)) this.taint(callee.object)
      return name === "pop" && receiver !== OWN ? SHARED : OWN
    }
    if (name === "map" || name === "filter" || name === "values") return receiver === OWN ? OWN : MIXED
    if (name === "get") return receiver === OWN ? OWN : SHARED
    const builtin = [...builtinMethods.values()].some((table) => table.has(name))
    return builtin ? OWN : SHARED
  }

  private packageCall(home: Import, name: string, args: readonly { value: Expr; level: Level }[], e: Node): Level {
    const [changed] = args
    if (changed && home.k === "std" && MUTATING_FUNCTIONS.has(`${home.name}.${name}`)) {
      if (changed.level === SHARED) this.mutates(this.originOf(changed.value), e, `calls \`${name}()\` on a shared collection`)
      else if (args.some((arg) => arg.level !== OWN)) this.taint(changed.value)
      return name === "pop" && changed.level !== OWN ? SHARED : OWN
    }
    const holds = args.some((arg) => arg.level !== OWN)
    return holds && ["sort", "reverse", "map", "filter", "values", "merge"].includes(name)
      ? MIXED
      : holds && name === "choice"
        ? SHARED
        : OWN
  }

  private ofModule(file: FileModel, name: string, args: readonly { value: Expr; level: Level }[], e: Expr & { k: "call" }): Level {
    const variable = file.globals.get(name)
    const [fn] = variable?.functions ?? []
    return fn && variable?.functions.length === 1 ? this.known(fn, file, placed(fn, args, e, 0), e) : SHARED
  }

  private known(fn: FunctionStmt, file: FileModel, args: readonly { value: Expr; level: Level }[], at: Node): Level {
    const { frame } = this
    const summary = this.run(
      fn,
      file,
      args.map((arg) => arg.level),
      [...frame.path, fn.name.text],
    )
    for (const i of summary.mutated) {
      const arg = args[i]
      if (arg && arg.level === SHARED)
        this.mutates(this.originOf(arg.value), at, `passes a shared value to \`${fn.name.text}\`, which mutates it`)
    }
    return summary.result
  }

  private closure(e: Expr & { k: "closure" }, element: Level): void {
    const { frame } = this
    const before = new Map(frame.levels)
    const locals = frame.file.locals.get(e) ?? []
    for (const param of e.params) {
      const variable = locals.find((local) => local.definitions[0] === param)
      if (variable) frame.levels.set(variable, element)
    }
    if (e.body.k === "block") this.closureBlock(e.body)
    else this.level(e.body)
    this.restore(before)
  }

  /** What a closure assigns to globals is undone when it ends; what it returns is not the function's result. */
  private closureBlock(block: Block): void {
    for (const s of block.body) {
      if (s.k === "return") {
        if (s.value) this.level(s.value)
      } else if (s.k === "assign" && s.target.k === "name") this.bind(s.target, this.level(s.value), s.value)
      else this.statement(s)
    }
  }

  /** The parameter that a shared value came in by, if it did. */
  private originOf(e: Expr): number | undefined {
    if (e.k === "member" || e.k === "index") return this.originOf(e.object)
    if (e.k !== "name" && e.k !== "self") return undefined
    const binding = this.frame.file.bindings.get(e)
    return binding?.k === "local" ? this.frame.origins.get(binding.variable) : undefined
  }

  /** A change of a shared value: the task's own deed is an error; a helper's is told to its callers by parameter. */
  private mutates(origin: number | undefined, at: Node, deed: string): void {
    if (origin !== undefined && this.frame.path.length > 1) this.frame.summary.mutated.add(origin)
    else this.refuse(at, deed)
  }

  private refuse(at: Node, deed: string): void {
    const { path, file } = this.frame
    const [task = "", ...rest] = path
    const way = rest.length > 0 ? ` (by way of ${path.join(" → ")})` : ""
    this.report.add(
      file,
      "SharedMutation",
      at,
      `shared mutation: task ${task} ${deed}${way}. Return the change and apply it after the await`,
    )
  }
}

function placed(fn: FunctionStmt, args: readonly { value: Expr; level: Level }[], e: Expr & { k: "call" }, skipped: number) {
  const named = e.args.some((arg) => arg.name)
  if (!named) return args
  const result: { value: Expr; level: Level }[] = []
  args.forEach((arg, i) => {
    const name = e.args[i - skipped]?.name?.text
    const at = name ? fn.params.findIndex((param) => param.name.text === name) : i
    if (at >= 0) result[at] = arg
  })
  return Array.from({ length: result.length }, (_, i) => result[i] ?? { value: e, level: OWN })
}

function worst(a: Level, b: Level): Level {
  return a > b ? a : b
}

function worstOf(levels: readonly Level[]): Level {
  return levels.reduce(worst, OWN)
}
