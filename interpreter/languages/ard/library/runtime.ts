// What an emitted Ard program runs on: the operations that the lowering names, fibers, the end of main. Every effect goes
// through the kernel and the host; the standard library's functions get this object as their context.
import { Fault } from "../../../engine/fault.ts"
import type { Frame } from "../../../engine/machine.ts"
import { Channel } from "../../../kernel/channel.ts"
import { Gate } from "../../../kernel/gate.ts"
import type { Kernel } from "../../../kernel/kernel.ts"
import { type LimitName, limitAt, tooManyCalls } from "../../../kernel/limits.ts"
import { Cancelled, type Coroutine, SUSPENDED, type Task } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import type { Host } from "../../host.ts"
import type { CompiledUnit, LinkedProgram, Runtime } from "../../language.ts"
import type { Type } from "../check/types.ts"
import { parseJson } from "../lower/json-decode.ts"
import { plainJson, show, shown } from "../lower/show.ts"
import type { ArdUnit } from "../lower/unit.ts"
import { ChannelHandle } from "./channel.ts"
import { type LibraryContext, NOT_NOW, visible } from "./context.ts"
import { FiberHandle } from "./fibers.ts"
import { floatText } from "./floats.ts"
import { addInts, divideInts, type Int, multiplyInts, remainderOfInts, subtractInts } from "./integers.ts"
import { printLine } from "./io.ts"
import { listAt, listPush, listSet } from "./list.ts"
import { mapGet, mapSet } from "./map.ts"
import { joined } from "./sizes.ts"
import { codePoints, utf8Size } from "./text.ts"
import { type ArdFunction, Behind, Cell, deepCopy, equalMaybes, err, FieldCell, Member, NONE, ok, some, unwrapped } from "./values.ts"

const DEFAULT_MAX_PARALLEL = 8
/** Variables of modules that a fiber's lane lists. */
const MAX_STATE_SHOWN = 32
/** Blocked fibers that a deadlock's message tells of. */
const MAX_BLOCKED_TOLD = 6

/** As emitted programs give them: `index` is the fiber's among those of the program. */
type SpawnArguments = [
  fn: ArdFunction,
  prepare: ArdFunction | null,
  shared: readonly string[],
  globals: Record<string, unknown>,
  index: number,
  site: number,
]

/** What the kernel's task carries for us. */
class FiberState {
  /** The fiber's function has given its value. */
  hasReturned = false

  constructor(
    readonly globals: Record<string, unknown>,
    readonly resultType: Type | null,
  ) {}
}

/** What a script gives: the value of its last expression, and its text where the program says how it prints. */
class ProgramValue {
  constructor(
    readonly value: unknown,
    readonly text: string | null,
  ) {}
}

type Operation = (...args: never[]) => unknown

export function createRuntime(host: Host, unit: CompiledUnit): Runtime {
  return new ArdRuntime(host, unit.extra as ArdUnit)
}

class ArdRuntime implements Runtime, LibraryContext {
  readonly operations: Record<string, unknown>
  readonly kernel: Kernel
  readonly callGate: Gate
  readonly directories = new Set<string>()
  private readonly channelNames = new Map<number, string>()
  private program: LinkedProgram | null = null
  private methodTables: Readonly<Record<string, ArdFunction>>[] = []
  /** Where main waits, or waited last. */
  private mainWaitsAt = -1

  constructor(
    readonly host: Host,
    private readonly unit: ArdUnit,
  ) {
    this.kernel = host.kernel
    this.callGate = new Gate(host.kernel, host.options.maxParallel > 0 ? host.options.maxParallel : DEFAULT_MAX_PARALLEL)
    host.machine.depthFailure = (site) => new Fault("StackOverflow", `stack overflow: ${tooManyCalls(host.kernel.limits.depth)}`, site)
    const operations: Record<string, Operation> = { ...this.valueOperations(), ...this.effectOperations() }
    unit.entries.forEach((entry, i) => {
      const run = entry.run as (rt: LibraryContext, args: readonly unknown[], site: number) => unknown
      operations[`l${i}`] = (...args: unknown[]) => {
        const site = args.pop() as number
        try {
          return run(this, args, site)
        } catch (problem) {
          throw limitAt(site, problem)
        }
      }
    })
    this.operations = Object.assign(Object.create(null) as Record<string, unknown>, operations)
  }

  // ---- operations -----------------------------------------------------------------------------------------------------

  /** What the cells of a notebook need: they alone catch, and only faults of the program. */
  private cellOperations(): Record<string, Operation> {
    return {
      caught: (problem: unknown) => {
        if (problem instanceof Fault) return problem
        throw problem
      },
      section: (name: string, end: number) => this.kernel.record(Kind.Section, -1, this.kernel.text(name), end),
      cellFailed: (fault: Fault) => {
        const { line } = this.host.sitePosition(fault.site)
        this.recordFault(fault)
        this.kernel.printError(`${line > 0 ? `line ${line}: ` : ""}${fault.kind}: ${fault.message}\n`, fault.site)
      },
    }
  }

  private valueOperations(): Record<string, Operation> {
    return {
      ...this.cellOperations(),
      add: (a: Int, b: Int) => addInts(a, b),
      sub: (a: Int, b: Int) => subtractInts(a, b),
      mul: (a: Int, b: Int) => multiplyInts(a, b),
      div: divideInts,
      rem: remainderOfInts,
      concat: (a: string, b: string, site: number) => joined(this, a, b, site),
      intText: String,
      floatText,
      anyText: (value: unknown) => show(value, null, 0),
      copy: deepCopy,
      cell: (value: unknown) => new Cell(value),
      toCell: (value: unknown) => (value instanceof Cell || value instanceof FieldCell ? value : new Cell(value)),
      fromCell: (value: unknown) => (value instanceof Cell || value instanceof FieldCell ? value.$value : value),
      fieldCell: (object: Record<string, unknown>, key: string) => new FieldCell(object, key),
      ok,
      err,
      some,
      unwrap: unwrapped,
      equalMaybes,
      member: (tag: number, value: unknown) => new Member(tag, value),
      behind: (table: number, value: unknown) => new Behind(this.methodTables[table] ?? {}, value),
      callBehind: (self: Behind, name: string, globals: object, args: readonly unknown[], site = -1) =>
        this.host.machine.call(self.methods[name] as ArdFunction, globals, [self.$value, ...args], site),
      listSize: (list: readonly unknown[]) => list.length,
      listAt,
      listPush: (list: unknown[], value: unknown, site: number) => listPush(this, list, value, site),
      listSet,
      item: (list: readonly unknown[], index: number) => list[index],
      newMap: (...entries: unknown[]) => {
        const map = new Map<unknown, unknown>()
        for (let i = 0; i < entries.length; i += 2) map.set(entries[i], entries[i + 1])
        return map
      },
      mapSize: (map: Map<unknown, unknown>) => map.size,
      mapHas: (map: Map<unknown, unknown>, key: unknown) => map.has(key),
      mapSet: (map: Map<unknown, unknown>, key: unknown, value: unknown, site: number) => mapSet(this, map, key, value, site),
      mapGet,
      mapKeys: (map: Map<unknown, unknown>) => [...map.keys()],
      mapValues: (map: Map<unknown, unknown>) => [...map.values()],
      codePoints,
      utf8Size,
      programValue: (value: unknown, text: string | null) => new ProgramValue(value, text),
      unset: (name: string, site: number) => {
        throw new Fault("Panic", `${name} is used before it has a value`, site)
      },
      panic: (message: string, site: number) => {
        throw new Fault("Panic", message, site)
      },
      noMatch: (...args: unknown[]) => {
        const site = args.pop() as number
        throw new Fault("NoMatch", `No matching case for ${args.length > 0 ? `value ${show(args[0], null, 1)}` : "these conditions"}`, site)
      },
      // Without a site of its own it is the call that the machine made last.
      externUnavailable: (binding: string, site = this.host.machine.at) => {
        throw new Fault("ExternUnavailable", `External function not found: ${binding}`, site)
      },
      jsonParse: (text: string, type: number) =>
        parseJson(text, this.unit.types[type] as Type, (struct, fields) => {
          const maker = this.linked.fn(this.unit.makers.get(struct) ?? -1)
          return maker({}, ...fields).next().value
        }),
    }
  }

  private effectOperations(): Record<string, Operation> {
    return {
      print: (text: string, site: number) => printLine(this, text, site),
      newChannel: (size: Int | null, name: string, type: number, site: number) =>
        this.newChannel(size === NONE ? 0 : size, name, this.unit.types[type] as Type, site),
      spawn: (...fiber: SpawnArguments) => visible(this, () => this.spawn(...fiber)),
    }
  }

  private newChannel(size: Int, name: string, type: Type, site: number): ChannelHandle {
    const capacity = size <= 0 ? 0 : typeof size === "bigint" ? Number.MAX_SAFE_INTEGER : size
    const called = name === "" ? "channel" : name
    const channel = new Channel(this.kernel, capacity, called, (value) => shown(value, type), site)
    this.channelNames.set(channel.id, called)
    return new ChannelHandle(channel, called)
  }

  // ---- context of the library -----------------------------------------------------------------------------------------

  call(fn: ArdFunction, ...args: unknown[]): Frame {
    const state = this.kernel.current?.data as FiberState
    return fn(state.globals, ...args)
  }

  callNow(fn: ArdFunction, first: unknown, second?: unknown): unknown {
    if (fn.$plain === undefined || !this.host.machine.hasRoom) return NOT_NOW
    const state = this.kernel.current?.data as FiberState
    return fn.$plain(state.globals, 0, first, second)
  }

  waitsAt(site: number): void {
    if (this.kernel.current?.id === 0) this.mainWaitsAt = site
  }

  private get linked(): LinkedProgram {
    if (!this.program) throw new RangeError("the program is not linked yet")
    return this.program
  }

  // ---- fibers ---------------------------------------------------------------------------------------------------------

  private spawn(...[fn, prepare, shared, globals, index, site]: SpawnArguments): FiberHandle {
    const fiber = this.unit.fibers[index]
    const own = this.linked.newGlobals()
    for (const key of shared) own[key] = globals[key]
    const name = fiber && fiber.name !== "" ? fiber.name : `fiber#${this.kernel.tasks.length}`
    const body = this.host.machine.coroutine(this.fiberBody(fn, prepare, own, index), 2)
    return new FiberHandle(this.kernel.spawn(name, body, site, new FiberState(own, fiber?.isEval ? fiber.resultType : null)))
  }

  private *fiberBody(fn: ArdFunction, prepare: ArdFunction | null, own: Record<string, unknown>, index: number): Frame {
    try {
      if (prepare) yield prepare(own)
      const copied = this.unit.fibers[index]?.state ?? []
      for (let i = 0; i < copied.length && i < MAX_STATE_SHOWN; i++) {
        const { name, key, type } = copied[i] as (typeof copied)[number]
        this.kernel.record(Kind.PrivateCopy, -1, this.kernel.text(name), this.kernel.text(shown(own[key], type)))
      }
      const value = yield fn(own)
      const state = this.kernel.current?.data
      if (state instanceof FiberState) state.hasReturned = true
      // That it has ended is something others can see.
      if (this.kernel.choicePoint() !== undefined) yield SUSPENDED
      return value
    } catch (failure) {
      if (failure instanceof Fault) {
        this.recordFault(failure)
        const name = this.kernel.current?.name ?? ""
        this.kernel.notice(`Panic in fiber ${name}: ${failure.message}`, failure.site)
      }
      throw failure
    }
  }

  private recordFault(fault: Fault): void {
    this.kernel.record(Kind.Fault, fault.site, this.kernel.text(JSON.stringify({ kind: fault.kind, message: fault.message })), 0)
  }

  // ---- the first fiber ------------------------------------------------------------------------------------------------

  main(link: LinkedProgram): Coroutine {
    this.program = link
    const tables = link.fn(this.unit.tables)({}).next().value as ArdFunction[][]
    this.methodTables = tables.map((functions, i) => {
      const table = Object.create(null) as Record<string, ArdFunction>
      const names = this.unit.tableNames[i] ?? []
      functions.forEach((fn, n) => {
        table[names[n] as string] = fn
      })
      return table
    })
    return this.host.machine.coroutine(this.mainBody(link), 3)
  }

  private *mainBody(link: LinkedProgram): Frame {
    const task = this.kernel.current as Task
    const globals = link.newGlobals()
    task.data = new FiberState(globals, null)
    try {
      if (!this.unit.hasMain && !this.host.options.wantValue) throw new Fault("NoMain", "No main function found", -1)
      const value = yield link.fn(this.unit.main)(globals)
      // Its end is something others can see.
      if (this.kernel.choicePoint() !== undefined) yield SUSPENDED
      if (this.othersAlive() > 0) {
        yield this.kernel.settleOthers(-1)
        const left = this.othersAlive()
        if (left > 0)
          this.kernel.notice(left === 1 ? "1 fiber was still running when main ended" : `${left} fibers were still running when main ended`)
      }
      return value
    } catch (failure) {
      if (failure instanceof Fault) {
        // It ends the others too, and they might have come first.
        if (this.kernel.choicePoint() !== undefined) yield SUSPENDED
        this.recordFault(failure)
      }
      throw failure
    }
  }

  private othersAlive(): number {
    let count = 0
    for (const task of this.kernel.tasks) if (task.id !== 0 && task.state !== "ended") count++
    return count
  }

  // ---- seen from outside ----------------------------------------------------------------------------------------------

  preview(value: unknown): string {
    if (value === undefined) return ""
    if (value instanceof ProgramValue) return shown(value.value, this.unit.valueType)
    const state = this.kernel.current?.data
    // Only what a fiber returns has a type that is known here; values that are looked into do not.
    return shown(value, state instanceof FiberState && state.hasReturned ? state.resultType : null)
  }

  faultOf(failure: unknown): Fault {
    if (failure instanceof Fault) return failure
    if (failure instanceof Cancelled) return new Fault("Stopped", "stopped", -1)
    return new Fault("Internal", "an error inside the interpreter: please report it with the program", -1, failure)
  }

  limitKind(limit: LimitName): string {
    return limit === "steps" ? "StepLimit" : "Limit"
  }

  deadlock(): Fault {
    const blocked = this.kernel.tasks.filter((task) => task.waiting !== null)
    const sentences = blocked.slice(0, MAX_BLOCKED_TOLD).map((task) => this.whyBlocked(task))
    if (blocked.length > MAX_BLOCKED_TOLD) sentences.push(`and ${blocked.length - MAX_BLOCKED_TOLD} more`)
    return new Fault("Deadlock", `all fibers are blocked: ${sentences.join(", ")}`, this.mainWaitsAt)
  }

  private whyBlocked(task: Task): string {
    const reason = task.waiting?.reason
    const on = task.waiting?.on ?? -1
    if (reason === "await") return `${task.name} waits for ${this.kernel.tasks[on]?.name ?? "a fiber"}`
    if (reason === "send") return `${task.name} waits for a receiver on ${this.channelNames.get(on)}`
    if (reason === "receive") return `${task.name} waits for a sender on ${this.channelNames.get(on)}`
    return `${task.name} waits`
  }

  valueOf(value: unknown): { readonly json: unknown; readonly printed: string } | null {
    const type = this.unit.valueType
    if (type === null || !(value instanceof ProgramValue)) return null
    return { json: plainJson(value.value), printed: value.text ?? show(value.value, type, 0, true) }
  }
}
