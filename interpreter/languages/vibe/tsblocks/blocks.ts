// Runs ts blocks and functions of TypeScript files (SPEC 9, 11.7). Modules are loaded before the first task (`prepare`);
// calling one enters code of the host, so the kernel lets promises have their turn, and what the call gives back is awaited
// as a future. The one room of the interpreter where promises are met.
import { Fault } from "../../../engine/fault.ts"
import type { Frame } from "../../../engine/machine.ts"
import { Future } from "../../../kernel/future.ts"
import { LimitReached } from "../../../kernel/limits.ts"
import { SUSPENDED, type Task } from "../../../kernel/task.ts"
import { frozenCopy } from "../library/copies.ts"
import type { Room } from "../library/room.ts"
import { adopted, printed, shownCopy } from "../library/texts.ts"
import { ErrorValue, FunctionValue, KEY_TEXT, KeyMark, ModelValue, payload, ToolValue } from "../library/values.ts"
import type { BlockSpec, VibeExtra } from "../lower/unit.ts"
import type { Compiled } from "./compile.ts"
import type { ProgramErrors } from "./host-errors.ts"
import type { Surroundings } from "./surroundings.ts"
import { isThenable } from "./thenable.ts"

type BlockFunction = (...scope: unknown[]) => (...params: unknown[]) => unknown
type FileBody = (
  console: unknown,
  require: (path: string) => unknown,
  module: { exports: Record<string, unknown> },
  exports: Record<string, unknown>,
) => void
type Loaded<T> = { readonly fn: T } | { readonly problem: string }

const NOT_ALLOWED = "ts blocks run on the command line only with --allow-ts"

export class TsBlocks {
  private readonly blocks: (Loaded<BlockFunction> | null)[] = []
  private readonly files = new Map<string, Loaded<FileBody>>()
  private readonly exports = new Map<string, Record<string, unknown>>()
  /** null where the program has no blocks. */
  private errors: ProgramErrors | null = null
  /** Where promises are waited for, in the order in which that began. */
  private readonly unsettled: number[] = []
  private around: Surroundings = { names: [], values: [] }

  constructor(
    private readonly room: Room,
    private readonly extra: VibeExtra,
  ) {}

  /** Compiles and loads every block and file; what is wrong with one shows when it is run. */
  async prepare(): Promise<void> {
    const { blocks, externals } = this.extra
    if (blocks.length === 0 && externals.length === 0) return
    if (!this.room.host.options.allowTs) {
      for (const _ of blocks) this.blocks.push({ problem: NOT_ALLOWED })
      for (const file of externals) this.files.set(file.path, { problem: NOT_ALLOWED })
      return
    }
    const { arithmetic, power, compileBlock, compileFile, loadStripper, whyRefused, ProgramErrors, surroundings } = await import(
      "./workshop.ts"
    )
    const strip = await loadStripper()
    const { kernel, random, options } = this.room.host
    this.errors = new ProgramErrors()
    this.around = surroundings({ kernel, random, startMs: options.startMs, errors: this.errors, arithmetic, power })
    const { names } = this.around
    const load = async <T>(compiled: Compiled): Promise<Loaded<T>> => {
      if ("problem" in compiled) return compiled
      try {
        return { fn: await this.load<T>(compiled.text) }
      } catch {
        return { problem: await whyRefused(compiled.code, compiled.placeOf) }
      }
    }
    for (const spec of blocks) this.blocks.push(await load<BlockFunction>(await compileBlock(spec, names, strip)))
    for (const file of externals) this.files.set(file.path, await load<FileBody>(await compileFile(file.text, names, strip)))
  }

  private async load<T>(text: string): Promise<T> {
    const module = await this.room.host.loadModule(text)
    const wanted = module.names as readonly string[]
    const values = wanted.map((name) => this.around.values[this.around.names.indexOf(name)])
    return (module.default as (...values: unknown[]) => T)(...values)
  }

  private messageOf(thrown: unknown): string {
    return this.errors?.messageOf(thrown) ?? String(thrown)
  }

  // ---- blocks ---------------------------------------------------------------------------------------------------------

  /** Runs a block; its value is the result, awaited. */
  *run(id: number, params: readonly unknown[], scope: readonly unknown[], site: number): Frame {
    const spec = this.extra.blocks[id] as BlockSpec
    const loaded = this.blocks[id] ?? { problem: "the block was not loaded" }
    if ("problem" in loaded) {
      const isRefusal = loaded.problem === NOT_ALLOWED
      throw new Fault("TsBlockError", isRefusal ? loaded.problem : `ts block compilation error: ${loaded.problem}`, site, loaded.problem)
    }
    yield this.room.settleDeep([...params, ...scope], site)
    const given = params.map((value, i) => handedOver(value, spec.frozen[i] === true, site))
    const around = [
      this.consoleFor(this.room.kernel.current, site),
      ...scope.map((value, i) => handedOver(value, spec.scopeFrozen[i] === true, site)),
    ]
    return yield this.enter(
      () => loaded.fn(...around)(...given),
      site,
      (message) => new Fault("TsBlockError", `ts block runtime error: ${message}`, site, message),
    )
  }

  // ---- functions of TypeScript files ----------------------------------------------------------------------------------

  /** An export's value as a value of Vibe: functions can be called, other values are adopted. */
  external(path: string, name: string, site: number): unknown {
    const value = this.exportsOf(path, site)[name]
    if (typeof value === "function") return new FunctionValue(name, (_globals, ...args) => this.call(path, name, args, site))
    return adopted(value)?.value ?? null
  }

  /** An export as it is, for the code of a block. */
  externalRaw(path: string, name: string, site: number): unknown {
    return this.exportsOf(path, site)[name]
  }

  *call(path: string, name: string, args: readonly unknown[], site: number): Frame {
    yield this.room.settleDeep(args, site)
    const value = this.exportsOf(path, site)[name]
    if (typeof value !== "function")
      throw new Fault("TypeError", `TypeError: Cannot call non-function: '${name}' of '${path}' is no function`, site)
    const given = args.map((arg) => handedOver(arg, false, site))
    const failed = (message: string) => new Fault("TsBlockError", `Error in imported function '${name}': ${message}`, site, message)
    return yield this.enter(() => Reflect.apply(value, undefined, given) as unknown, site, failed)
  }

  /** Runs the top level of every TypeScript file, in import order, before the first statement (SPEC 4.6). */
  loadFiles(): void {
    for (const { path, site } of this.extra.externals) this.exportsOf(path, site)
  }

  private exportsOf(path: string, site: number): Record<string, unknown> {
    const known = this.exports.get(path)
    if (known) return known
    const loaded = this.files.get(path) ?? { problem: "the file was not loaded" }
    if ("problem" in loaded) throw new Fault("TsBlockError", `'${path}' cannot be loaded: ${loaded.problem}`, site, loaded.problem)
    const module: { exports: Record<string, unknown> } = { exports: {} }
    this.exports.set(path, module.exports)
    const imports = this.extra.externals.find((it) => it.path === path)?.imports ?? {}
    const require = (specifier: string): unknown => this.exportsOf(imports[specifier] ?? specifier, site)
    this.room.kernel.wantDrain()
    try {
      loaded.fn(this.consoleFor(this.room.kernel.current, site), require, module, module.exports)
    } catch (problem) {
      if (problem instanceof Fault || problem instanceof LimitReached) throw problem
      throw new Fault("TsBlockError", `'${path}' failed while it was loaded: ${this.messageOf(problem)}`, site)
    }
    this.exports.set(path, module.exports)
    return module.exports
  }

  /** The block or call whose promise has been waited for longest; -1 if there is none. */
  get waitingSite(): number {
    return this.unsettled[0] ?? -1
  }

  /** What is said of an exception that came out of a value while the program read it; null where no code could have made one. */
  readingProblem(thrown: unknown): string | null {
    if (!this.errors) return null
    return `a value that TypeScript code has changed cannot be read: ${this.errors.messageWhileReading(thrown)}`
  }

  // ---- entering the host ----------------------------------------------------------------------------------------------

  private *enter(call: () => unknown, site: number, failed: (message: string) => Fault): Frame {
    const { kernel } = this.room
    const wrap = (problem: unknown): unknown => {
      try {
        if (problem instanceof LimitReached || problem instanceof Fault) return problem
      } catch {
        // A proxy that does not even let itself be asked what it is.
      }
      return failed(this.messageOf(problem))
    }
    let result: unknown
    kernel.wantDrain()
    try {
      result = call()
    } catch (problem) {
      throw wrap(problem)
    }
    if (isThenable(result)) {
      const future = new Future()
      result.then(
        (value) => kernel.settle(future, value),
        (problem) => kernel.fail(future, wrap(problem)),
      )
      this.unsettled.push(site)
      try {
        result = kernel.wait(future, "host", -1, site)
        if (result === SUSPENDED) result = yield SUSPENDED
      } finally {
        this.unsettled.splice(this.unsettled.indexOf(site), 1)
      }
    }
    if (typeof result === "function" || typeof result === "symbol") throw failed(`a ${typeof result} cannot be a value of Vibe`)
    let value: ReturnType<typeof adopted>
    try {
      value = adopted(result)
    } catch (problem) {
      // Getters and proxies in the result are code of the program that runs here.
      throw wrap(problem)
    }
    if (!value) throw failed("the result is nested too deeply")
    return value.value ?? null
  }

  /** What `console` shows of a value, which stays as it is: the code goes on with it. */
  private shown(value: unknown): string {
    const copy = shownCopy(value, (error) => this.errors?.textOf(error) ?? String(error))?.value
    // An error by itself is told, not quoted.
    return typeof copy === "string" ? copy : printed(copy)
  }

  /** `console` for one call: its lines are the task's output. */
  private consoleFor(task: Task | null, site: number): object {
    const { kernel } = this.room
    const write = (...values: unknown[]) => {
      const line = values.map((value) => (typeof value === "string" ? value : this.shown(value))).join(" ")
      const before = kernel.current
      kernel.current = task
      try {
        kernel.print(`${line}\n`, site)
      } finally {
        kernel.current = before
      }
    }
    return Object.freeze({ log: write, info: write, debug: write, warn: write, error: write })
  }
}

/** A value as a block gets it: objects by reference, those of constants as a frozen copy, nothing that is the language's own. */
function handedOver(value: unknown, frozen: boolean, site: number): unknown {
  const plain = payload(value)
  if (typeof plain === "function") return plain
  if (plain instanceof FunctionValue || plain instanceof ModelValue || plain instanceof ToolValue || plain instanceof ErrorValue)
    return null
  if (plain instanceof KeyMark) return KEY_TEXT
  return frozen ? frozenCopy(plain, site) : plain
}
