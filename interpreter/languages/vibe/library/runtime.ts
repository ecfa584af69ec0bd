// The runtime of a Vibe program: the operations that the lowering names, put together from the parts of this folder, and
// the first task (SPEC 4.6, 11.5: imported files first, then the entry, then everything that was started).
import { Fault } from "../../../engine/fault.ts"
import { type Frame, GeneratorObject } from "../../../engine/machine.ts"
import { type Coroutine, SUSPENDED } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import type { Host } from "../../host.ts"
import type { CompiledUnit, LinkedProgram, Runtime } from "../../language.ts"
import { extraOf } from "../lower/unit.ts"
import { TsBlocks } from "../tsblocks/blocks.ts"
import { Asking } from "./asking.ts"
import { systemModule } from "./catalogue.ts"
import { addEntry, type Entry } from "./context.ts"
import { convert, retype, typeTag } from "./conversions.ts"
import { copier } from "./copies.ts"
import { listOperations } from "./lists.ts"
import { operators } from "./operators.ts"
import { Room, TaskNotes } from "./room.ts"
import { joined } from "./sizes.ts"
import { type SystemBody, SystemProblem, systemBodies } from "./system.ts"
import { jsonText, plainText, printed, scalar, slotText } from "./texts.ts"
import {
  Answered,
  ErrorValue,
  FunctionValue,
  isObject,
  KeyMark,
  kindWord,
  ModelValue,
  PendingValue,
  payload,
  property,
  ToolValue,
  Unready,
  type VibeFunction,
} from "./values.ts"

/** What a loop's entry hands to its exit. */
interface LoopMark {
  readonly started: number
  readonly head: Entry | null
  readonly label: string
}

export function createRuntime(host: Host, unit: CompiledUnit): Runtime {
  return new VibeRuntime(host, unit)
}

class VibeRuntime implements Runtime {
  readonly operations: Record<string, unknown>
  private readonly room: Room
  private readonly asking: Asking
  private readonly blocks: TsBlocks
  private readonly bodies: ReturnType<typeof systemBodies>
  private readonly functions = new Map<VibeFunction, FunctionValue>()
  /** Keys of the globals that a function can touch; builtins touch none. */
  private readonly globalsUsed = new Map<VibeFunction, readonly string[]>()
  private readonly builtins = new Map<string, FunctionValue>()
  private readonly tools = new Map<string, ToolValue>()
  private readonly keyMarks = new Map<string, KeyMark>()

  constructor(
    private readonly host: Host,
    private readonly unit: CompiledUnit,
  ) {
    this.room = new Room(host, (failure) => this.faultOf(failure))
    this.asking = new Asking(this.room)
    this.blocks = new TsBlocks(this.room, extraOf(unit))
    this.bodies = systemBodies(this.room)
    host.machine.depthFailure = (site) =>
      new Fault("RuntimeError", `Maximum call depth of ${host.kernel.limits.depth} exceeded: is there a recursion without end?`, site)
    this.operations = Object.assign(
      Object.create(null) as Record<string, unknown>,
      this.waiting(),
      this.values(),
      this.functionsAndModules(),
      this.starting(),
      this.loops(),
    )
  }

  prepare(): Promise<void> {
    return this.blocks.prepare()
  }

  main(link: LinkedProgram): Coroutine {
    const globals = link.newGlobals()
    const main = link.fn(this.unit.ir.main.id)
    for (const [id, keys] of extraOf(this.unit).globalsUsed) this.globalsUsed.set(link.fn(id), keys)
    return this.host.machine.coroutine(this.program(globals, main))
  }

  private *program(globals: object, main: (globals: object) => Frame): Frame {
    const { kernel } = this.room
    if (kernel.current) kernel.current.data = new TaskNotes(globals, [{ name: "", head: null }], null, true)
    this.blocks.loadFiles()
    const value = yield main(globals)
    yield this.room.settleStarted(0, -1)
    const result = this.settledValue(value)
    // A throw at the top level ends the program quietly; its message is the result, and nobody should have to look for it.
    if (result instanceof ErrorValue) kernel.notice(`the program's result is an error value: ${result.type}: ${result.message}`)
    return value instanceof PendingValue ? value.value : value
  }

  // ---- what the session asks ------------------------------------------------------------------------------------------

  preview(value: unknown): string {
    if (value instanceof PendingValue && !value.settled) return "pending"
    const plain = this.settledValue(value)
    if (plain === undefined) return ""
    if (plain instanceof ErrorValue) return `${plain.type}: ${plain.message}`
    let text: string
    try {
      // A long list is cut before it is written: only its beginning is shown.
      const short = Array.isArray(plain) && plain.length > 60 ? plain.slice(0, 60) : plain
      text = typeof short === "string" ? short : (jsonText(short) ?? scalar(short))
    } catch {
      text = "…"
    }
    return text.length > 200 ? `${text.slice(0, 199)}…` : text
  }

  faultOf(failure: unknown): Fault {
    if (failure instanceof Fault) return failure
    if (failure instanceof ErrorValue) return new Fault(failure.type, failure.message, -1, failure)
    // Values may be reached by the code of ts blocks at any time: getters and proxies in them answer where we read them.
    const foreign = this.blocks.readingProblem(failure)
    if (foreign !== null) return new Fault("TsBlockError", foreign, this.host.machine.at)
    const text = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure)
    return new Fault("InternalError", `the interpreter made a mistake (${text}); please report this program`, -1)
  }

  deadlock(message: string): Fault {
    return new Fault("RuntimeError", message, this.blocks.waitingSite)
  }

  valueOf(value: unknown): { readonly json: unknown; readonly printed: string } | null {
    const plain = this.settledValue(value)
    if (plain === undefined || plain === null) return null
    if (plain instanceof ErrorValue) return { json: null, printed: `${plain.type}: ${plain.message}` }
    try {
      const text = jsonText(plain)
      return { json: text === undefined ? null : (JSON.parse(text) as unknown), printed: printed(plain) }
    } catch {
      return { json: null, printed: "[nested too deeply]" }
    }
  }

  private settledValue(value: unknown): unknown {
    const inner = value instanceof PendingValue ? value.value : value
    return inner instanceof Answered ? inner.value : inner
  }

  // ---- operations: waiting and values ---------------------------------------------------------------------------------

  private waiting() {
    const { room } = this
    return {
      Pending: Unready,
      ready: (it: Unready, name: string, site: number) => room.ready(it, name, site),
      readyKept: (it: Unready, name: string, site: number) => room.readyKept(it, name, site),
      readyReceiver: (it: Unready, name: string, site: number) => room.readyReceiver(it, name, site),
      /** Only the cells of a notebook catch, and only faults of the program. */
      caught: (problem: unknown) => {
        if (problem instanceof Fault || problem instanceof ErrorValue) return problem
        throw problem
      },
      section: (name: string, end: number) => {
        room.kernel.record(Kind.Section, -1, room.kernel.text(name), end)
      },
      cellFailed: (problem: unknown) => {
        const { kind, message, site } = this.faultOf(problem)
        const { line } = room.location(site)
        room.kernel.record(Kind.Fault, site, room.kernel.text(JSON.stringify({ kind, message })), 0)
        room.kernel.printError(`${line > 0 ? `line ${line}: ` : ""}${kind}: ${message}\n`, site)
      },
    }
  }

  private values() {
    const { room } = this
    const arithmetic = operators((site) => room.location(site))
    const { sum } = arithmetic
    const addLater = function* (a: unknown, b: unknown, site: number): Frame {
      yield room.settleDeep([a, b], site)
      return sum(a, b, site)
    }
    const add = (a: unknown, b: unknown, site: number): unknown => {
      if (typeof a === "number" && typeof b === "number") return a + b
      return room.holesIn(a) || room.holesIn(b) ? addLater(a, b, site) : sum(a, b, site)
    }
    const textLater = function* (value: unknown, site: number, text: (value: unknown) => unknown): Frame {
      yield room.settleDeep([value], site)
      return text(value)
    }
    return {
      ...arithmetic,
      ...listOperations(room),
      add,
      convert,
      retype,
      typeTag: (value: unknown) => typeTag(value),
      /** A parameter at the beginning of its function: what does not fit is the call's mistake, and the call was the last thing done. */
      param: (value: unknown, type: string, name: string, site: number) => {
        const { at } = this.host.machine
        return convert(payload(value), type, name, at >= 0 ? at : site)
      },
      /** `{x}` in a prompt stays; the value was only waited for. */
      keepSlot: (_: unknown, raw: string) => raw,
      joinTexts: (pieces: readonly string[]) => {
        let whole = ""
        for (const piece of pieces) whole = joined(whole, piece)
        return whole
      },
      slotText: (value: unknown, path: readonly unknown[], raw: string, site: number) => {
        const text = (it: unknown) => this.slot(it, path, raw, site)
        return room.holesIn(value) ? textLater(value, site, text) : text(value)
      },
      promptText: (value: unknown, site: number) => {
        const text = (it: unknown) => (it instanceof ErrorValue ? "null" : plainText(it, site))
        return room.holesIn(value) ? textLater(value, site, text) : text(value)
      },
      /** A field of a destructured value. */
      pick: (source: unknown, name: string, type: string, site: number) => this.pick(source, name, type, site),
      pickLater: (source: unknown, name: string, type: string, site: number) => this.pickLater(source, name, type, site),
      alreadyDeclared: (name: string, site: number) => new Fault("RuntimeError", `Variable '${name}' is already declared`, site),
      /** `throw`: the error value that the function gives back, or at the top level ends the program with. */
      thrown: (value: unknown, site: number) => {
        const made = (it: unknown) => (it instanceof ErrorValue ? it : new ErrorValue("Error", slotText(it, site), room.location(site)))
        return room.holesIn(value) ? textLater(value, site, made) : made(value)
      },
      note: (value: unknown, name: string, type: string, fromModel: boolean) => {
        addEntry(room.notes.frame, fromModel ? "answer" : "variable", name, type, value)
        return value
      },
      privateCopy: (value: unknown, name: string, site: number) => {
        const { kernel, notes } = room
        if (!notes.isMain) kernel.record(Kind.PrivateCopy, site, kernel.text(name), kernel.text(this.preview(value)))
        return value
      },
    }
  }

  /** The text for `{name.path}`; what is written stays where the path leads nowhere. */
  private slot(value: unknown, path: readonly unknown[], raw: string, site: number): string {
    let at = payload(value)
    for (const step of path) {
      if (typeof step === "string") at = isObject(at) ? property(at, step) : undefined
      else if (typeof step === "number") at = Array.isArray(at) ? at[step] : undefined
      else if (Array.isArray(step)) {
        const [start, end] = step as [number | null, number | null]
        at = Array.isArray(at) ? at.slice(start ?? 0, end ?? undefined) : undefined
      }
      if (at === undefined) return raw
    }
    return at === undefined ? raw : slotText(payload(at), site)
  }

  private pick(source: unknown, name: string, type: string, site: number): unknown {
    if (source instanceof ErrorValue) return source
    if (!isObject(source)) throw new Fault("RuntimeError", `Destructuring requires an object, got ${kindWord(source ?? null)}`, site)
    const value = property(source, name)
    if (value === undefined) throw new Fault("RuntimeError", `Missing field '${name}' in destructuring result`, site)
    return type === "" ? value : convert(value, type, name, site)
  }

  /** A field of a value that is not there yet: pending by itself, reading it waits. */
  private pickLater(source: unknown, name: string, type: string, site: number): unknown {
    if (!(source instanceof PendingValue)) return this.pick(source instanceof Answered ? source.value : source, name, type, site)
    const field = new PendingValue(name)
    field.taskId = source.taskId
    field.future.producer = source.future.producer
    source.future.whenSettled(() => {
      let value: unknown
      try {
        const whole = source.value
        value = this.pick(whole instanceof Answered ? whole.value : whole, name, type, site)
      } catch (problem) {
        value = this.room.errorOf(problem)
      }
      this.room.kernel.settle(field.future, value)
    })
    return field
  }

  // ---- operations: functions, tools, models ---------------------------------------------------------------------------

  private functionsAndModules() {
    const { blocks } = this
    return {
      functionValue: (fn: VibeFunction, name: string) => this.functionValue(fn, name),
      callable: (value: unknown, site: number): VibeFunction => {
        if (value instanceof FunctionValue) return value.fn
        if (value instanceof ErrorValue) throw new Fault(value.type, `${value.type}: ${value.message}`, site)
        throw new Fault("TypeError", "TypeError: Cannot call non-function", site)
      },
      builtin: (module: string, name: string) => this.builtin(module, name),
      bundle: (module: string, name: string) => (systemModule(module)?.bundles[name] ?? []).map((tool) => this.systemTool(tool)),
      callBuiltin: (module: string, name: string, args: unknown[], site: number) => this.callBuiltin(module, name, args, site),
      external: (module: string, name: string, site: number) => blocks.external(module, name, site),
      externalRaw: (module: string, name: string, site: number) => blocks.externalRaw(module, name, site),
      callExternal: (module: string, name: string, args: unknown[], site: number) => blocks.call(module, name, args, site),
      runBlock: (id: number, params: unknown[], scope: unknown[], site: number) => blocks.run(id, params, scope, site),
      tool: (name: string, description: string, flat: readonly string[], fn: VibeFunction) => {
        const params: ToolValue["params"][number][] = []
        for (let i = 0; i + 2 < flat.length; i += 3) params.push({ name: flat[i] ?? "", type: flat[i + 1] ?? "", doc: flat[i + 2] ?? "" })
        return new ToolValue(name, description, params, fn)
      },
      toolWithoutBlock: (name: string, site: number) => new Fault("RuntimeError", `Tool '${name}' must have a ts block as its body`, site),
      /** A key that comes from a variable nobody set comes from the settings. */
      keyOrSettings: (value: unknown) => (value === "" ? null : value),
      model: (keys: readonly string[], values: readonly unknown[], site: number) => this.model(keys, values, site),
      ask: (
        word: "do" | "vibe",
        prompt: string,
        model: unknown,
        context: unknown,
        type: string,
        fields: readonly string[] | null,
        site: number,
      ) => this.asking.ask(word, prompt, model, context, type, fields, site),
    }
  }

  private functionValue(fn: VibeFunction, name: string): FunctionValue {
    let value = this.functions.get(fn)
    if (!value) {
      value = new FunctionValue(name, fn)
      this.functions.set(fn, value)
    }
    return value
  }

  private model(keys: readonly string[], values: readonly unknown[], site: number): ModelValue {
    const get = (key: string): unknown => payload(values[keys.indexOf(key)] ?? null)
    const text = (key: string): string => {
      const value = get(key)
      return value === null || value === undefined ? "" : plainText(value, site)
    }
    const retries = get("maxRetriesOnError")
    if (retries !== null && !(typeof retries === "number" && Number.isInteger(retries) && retries >= 0)) {
      throw new Fault("RuntimeError", `maxRetriesOnError must be a non-negative integer, got ${plainText(retries, site)}`, site)
    }
    const given = get("tools")
    if (given !== null && !Array.isArray(given))
      throw new Fault("RuntimeError", `tools must be an array of tools, got ${kindWord(given)}`, site)
    const tools: ToolValue[] = []
    for (const item of ((given ?? []) as readonly unknown[]).flat()) {
      const tool = item instanceof FunctionValue ? this.tools.get(item.name) : item
      if (!(tool instanceof ToolValue))
        throw new Fault("RuntimeError", `tools must be an array of tools, and one element is ${kindWord(item ?? null)}`, site)
      tools.push(tool)
    }
    const model = new ModelValue(
      text("name"),
      get("apiKey"),
      text("url"),
      text("provider"),
      typeof retries === "number" ? retries : 3,
      text("thinkingLevel"),
      tools,
    )
    this.asking.declare(model)
    return model
  }

  // ---- builtins -------------------------------------------------------------------------------------------------------

  private builtin(module: string, name: string): FunctionValue {
    const key = `${module} ${name}`
    let value = this.builtins.get(key)
    if (!value) {
      const run = (args: unknown[]): unknown => this.callBuiltin(module, name, args, -1)
      value = new FunctionValue(name, function* (_globals, ...args): Frame {
        const result = run(args)
        return result instanceof GeneratorObject ? yield result : result
      })
      this.builtins.set(key, value)
      if (systemModule(module)?.tools) this.systemTool(name)
    }
    return value
  }

  private systemTool(name: string): ToolValue {
    let tool = this.tools.get(name)
    if (!tool) {
      const builtin = systemModule("system/tools")?.functions.find((it) => it.name === name)
      const run = (args: unknown[]): unknown => this.callSystem("system/tools", name, args, -1)
      const params = (builtin?.params ?? []).map((param) => ({ name: param.name, type: param.type, doc: "" }))
      tool = new ToolValue(name, builtin?.doc ?? "", params, function* (_globals, ...args): Frame {
        const value = run(args)
        if (value instanceof ErrorValue) throw new Fault(value.type, value.message, -1, value.message)
        return value
      })
      this.tools.set(name, tool)
    }
    return tool
  }

  private callBuiltin(module: string, name: string, args: unknown[], site: number): unknown {
    const { room } = this
    if (args.some((arg) => room.holesIn(arg))) return this.callLater(module, name, args, site)
    if (module !== "") return this.callSystem(module, name, args, site)
    if (name === "print") {
      room.kernel.print(`${printed(args.length > 0 ? payload(args[0]) : null, site)}\n`, site)
      return null
    }
    const [key, otherwise] = args
    const variables = room.host.options.variables
    const wanted = plainText(payload(key) ?? "", site)
    if (Object.hasOwn(variables, wanted)) return variables[wanted] ?? ""
    return room.host.options.keyNames.includes(wanted) ? this.keyMark(wanted) : (payload(otherwise) ?? "")
  }

  /** One mark for each name: reading it twice gives equal values. */
  private keyMark(name: string): KeyMark {
    let mark = this.keyMarks.get(name)
    if (!mark) {
      mark = new KeyMark(name)
      this.keyMarks.set(name, mark)
    }
    return mark
  }

  private *callLater(module: string, name: string, args: unknown[], site: number): Frame {
    yield this.room.settleDeep(args, site)
    return this.callBuiltin(module, name, args, site)
  }

  private callSystem(module: string, name: string, args: readonly unknown[], site: number): unknown {
    const body: SystemBody | undefined = this.bodies[module]?.[name]
    if (!body) throw new Fault("ReferenceError", `ReferenceError: '${name}' is not defined`, site)
    try {
      return body(args.map(payload), site)
    } catch (problem) {
      if (!(problem instanceof SystemProblem)) throw problem
      throw new Fault("TsBlockError", `Error in imported function '${name}': ${problem.message}`, site, problem.message)
    }
  }

  // ---- operations: async ----------------------------------------------------------------------------------------------

  private starting() {
    const { room, blocks } = this
    const checked = (value: unknown, type: string, name: string, site: number) => (type === "" ? value : convert(value, type, name, site))
    /** Runs in a task of its own with a slot (SPEC 11.7). */
    const slotted = (name: string, taskName: string, type: string, site: number, body: () => Frame): Frame => {
      const run = function* (): Frame {
        if (room.slots.acquire(site) === SUSPENDED) yield SUSPENDED
        try {
          return checked(yield body(), type, name, site)
        } finally {
          room.slots.release(room.kernel.current)
        }
      }
      return room.start(name, name || taskName, room.notes, site, run)
    }
    return {
      startAsk: (
        word: "do" | "vibe",
        prompt: string,
        model: unknown,
        context: unknown,
        name: string,
        type: string,
        fields: readonly string[] | null,
        site: number,
      ) => this.asking.start(word, prompt, model, context, name, type, fields, site),
      startBlock: (id: number, params: unknown[], scope: unknown[], name: string, type: string, site: number) =>
        slotted(name, "ts", type, site, () => blocks.run(id, params, scope, site)),
      startExternal: (module: string, fn: string, args: unknown[], name: string, type: string, site: number) =>
        slotted(name, fn, type, site, () => blocks.call(module, fn, args, site)),
      startBuiltin: (module: string, fn: string, args: unknown[], name: string, type: string, site: number) => {
        const body = this.builtin(module, fn).fn
        return slotted(name, fn, type, site, () => body(room.notes.globals, ...args))
      },
      startFunction: (fn: VibeFunction, fnName: string, globals: object, args: unknown[], name: string, type: string, site: number) =>
        this.startFunction(fn, fnName, globals, args, name, type, site),
      startValue: (callee: unknown, globals: object, args: unknown[], name: string, type: string, site: number) => {
        if (!(callee instanceof FunctionValue)) throw new Fault("TypeError", "TypeError: Cannot call non-function", site)
        return this.startFunction(callee.fn, callee.name, globals, args, name, type, site)
      },
    }
  }

  /** An async call of a Vibe function: a task of its own on copied globals that ends when all it started has ended (SPEC 11.6). */
  private startFunction(
    fn: VibeFunction,
    fnName: string,
    globals: object,
    args: unknown[],
    name: string,
    type: string,
    site: number,
  ): Frame {
    const { room } = this
    const { notes } = room
    const copy = copier(room, site)
    const own = copy.globals(globals, this.globalsUsed.get(fn) ?? [])
    const ownArgs = args.map((arg) => copy.value(arg))
    const frames = notes.frames.map((frame) => ({ name: frame.name, head: frame.head }))
    const ownNotes = new TaskNotes(own, frames, notes.lastModel, false)
    const body = function* (): Frame {
      const value = yield fn(own, ...ownArgs)
      yield room.settleStarted(0, site)
      return type === "" ? value : convert(value, type, name, site)
    }
    return room.start(name, name || fnName, ownNotes, site, body)
  }

  // ---- operations: loops ----------------------------------------------------------------------------------------------

  private loops() {
    const { room, asking } = this
    const exit = function* (mark: LoopMark, mode: string, prompt: unknown, model: unknown, site: number): Frame {
      yield room.settleStarted(mark.started, site)
      const { frame } = room.notes
      if (mode === "forget") frame.head = mark.head
      else if (mode === "compress") yield asking.compress(mark.head, prompt, model, site)
      else addEntry(frame, "loop", `<== ${mark.label}`)
      return null
    }
    return {
      loopEnter: (label: string): LoopMark => {
        const { notes } = room
        const mark: LoopMark = { started: notes.started.length, head: notes.frame.head, label }
        addEntry(notes.frame, "loop", `==> ${label}`)
        return mark
      },
      loopExit: (mark: LoopMark, mode: string, prompt: unknown, model: unknown, site: number): unknown => {
        if (mode !== "verbose" || room.hasOpenSince(mark.started)) return exit(mark, mode, prompt, model, site)
        addEntry(room.notes.frame, "loop", `<== ${mark.label}`)
        return null
      },
      enterFrame: (name: string, params: readonly unknown[]): number => {
        const { frames } = room.notes
        const depth = frames.length
        frames.push({ name, head: null })
        for (let i = 0; i + 2 < params.length; i += 3)
          addEntry(room.notes.frame, "variable", String(params[i]), String(params[i + 1]), params[i + 2])
        return depth
      },
      leaveFrame: (depth: number): void => {
        room.notes.frames.length = depth
      },
    }
  }
}
