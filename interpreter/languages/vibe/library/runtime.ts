// The runtime of a Vibe program: the operations that the lowering names, put together from the parts of this folder, the
// first task (SPEC 4.6, 11.5: imported files first, then the entry, then everything that was started), and what a session
// asks about values and failures.
import { Fault } from "../../../engine/fault.ts"
import type { Frame } from "../../../engine/machine.ts"
import { tooManyCalls } from "../../../kernel/limits.ts"
import type { Coroutine } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import type { Host } from "../../host.ts"
import type { CompiledUnit, LinkedProgram, Runtime } from "../../language.ts"
import { extraOf } from "../lower/unit.ts"
import { TsBlocks } from "../tsblocks/blocks.ts"
import { Asking } from "./asking.ts"
import { Builtins } from "./builtins.ts"
import { systemModule } from "./catalogue.ts"
import { addEntry } from "./context.ts"
import { contextOperations } from "./context-operations.ts"
import { convert, retype, typeTag } from "./conversions.ts"
import { listOperations } from "./lists.ts"
import { modelOf } from "./model-value.ts"
import { operators } from "./operators.ts"
import { pick, pickLater, slotAt } from "./parts.ts"
import { Room, TaskNotes } from "./room.ts"
import { joined } from "./sizes.ts"
import { type Starters, startOperations } from "./starting.ts"
import { jsonText, plainText, printed, scalar, slotText } from "./texts.ts"
import { Answered, ErrorValue, FunctionValue, PendingValue, payload, ToolValue, Unready, type VibeFunction } from "./values.ts"

export function createRuntime(host: Host, unit: CompiledUnit): Runtime {
  return new VibeRuntime(host, unit)
}

class VibeRuntime implements Runtime, Starters {
  readonly operations: Record<string, unknown>
  readonly room: Room
  readonly asking: Asking
  readonly blocks: TsBlocks
  readonly builtins: Builtins
  private readonly functions = new Map<VibeFunction, FunctionValue>()
  readonly globalsUsed = new Map<VibeFunction, readonly string[]>()

  constructor(
    private readonly host: Host,
    private readonly unit: CompiledUnit,
  ) {
    this.room = new Room(host, (failure) => this.faultOf(failure))
    this.asking = new Asking(this.room)
    this.blocks = new TsBlocks(this.room, extraOf(unit))
    this.builtins = new Builtins(this.room)
    host.machine.depthFailure = (site) =>
      new Fault("RuntimeError", `Maximum call depth exceeded: ${tooManyCalls(host.kernel.limits.depth)}`, site)
    this.operations = Object.assign(
      Object.create(null) as Record<string, unknown>,
      this.waiting(),
      this.values(),
      this.functionsAndModules(),
      startOperations(this),
      contextOperations(this.room, this.asking),
    )
  }

  prepare(): Promise<void> {
    return this.blocks.prepare()
  }

  main(link: LinkedProgram): Coroutine {
    const globals = link.newGlobals()
    const main = link.fn(this.unit.ir.main.id)
    for (const [id, keys] of extraOf(this.unit).globalsUsed) this.globalsUsed.set(link.fn(id), keys)
    return this.host.machine.coroutine(this.program(globals, main), 2)
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
      joinTexts: (pieces: readonly string[], site: number) => {
        let whole = ""
        for (const piece of pieces) whole = joined(whole, piece, site)
        return whole
      },
      slotText: (value: unknown, path: readonly unknown[], raw: string, site: number) => {
        const text = (it: unknown) => slotAt(it, path, raw, site)
        return room.holesIn(value) ? textLater(value, site, text) : text(value)
      },
      promptText: (value: unknown, site: number) => {
        const text = (it: unknown) => (it instanceof ErrorValue ? "null" : plainText(it, site))
        return room.holesIn(value) ? textLater(value, site, text) : text(value)
      },
      /** A field of a destructured value. */
      pick,
      pickLater: (source: unknown, name: string, type: string, site: number) => pickLater(room, source, name, type, site),
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

  // ---- operations: functions, tools, models ---------------------------------------------------------------------------

  private functionsAndModules() {
    const { blocks, builtins, asking } = this
    return {
      functionValue: (fn: VibeFunction, name: string) => this.functionValue(fn, name),
      callable: (value: unknown, site: number): VibeFunction => {
        if (value instanceof FunctionValue) return value.fn
        if (value instanceof ErrorValue) throw new Fault(value.type, `${value.type}: ${value.message}`, site)
        throw new Fault("TypeError", "TypeError: Cannot call non-function", site)
      },
      builtin: (module: string, name: string) => builtins.builtin(module, name),
      bundle: (module: string, name: string) => (systemModule(module)?.bundles[name] ?? []).map((tool) => builtins.systemTool(tool)),
      callBuiltin: (module: string, name: string, args: unknown[], site: number) => builtins.callBuiltin(module, name, args, site),
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
      model: (keys: readonly string[], values: readonly unknown[], site: number) => {
        const model = modelOf(keys, values, (name) => builtins.toolNamed(name), site)
        asking.declare(model)
        return model
      },
      ask: asking.ask.bind(asking),
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
}
