// What the parts of Vibe's runtime share in one run: the host, the slots, what each task has started and seen, and how
// values are waited for (SPEC 11.3, 11.4). Waiting is written as `function*` with the machine's protocol: it yields
// SUSPENDED and gets what the kernel wakes it with.
import { Fault } from "../../../engine/fault.ts"
import type { Frame } from "../../../engine/machine.ts"
import { Gate } from "../../../kernel/gate.ts"
import type { Kernel } from "../../../kernel/kernel.ts"
import { LimitReached } from "../../../kernel/limits.ts"
import { Cancelled, SUSPENDED } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import type { Host } from "../../host.ts"
import type { ContextFrame } from "./context.ts"
import { limitedItems } from "./sizes.ts"
import { Answered, ErrorValue, HoleyArray, isObject, type ModelValue, PendingCopy, PendingValue, type Unready } from "./values.ts"

const DEFAULT_SLOTS = 4

/** What the runtime notes for each task of the kernel. */
export class TaskNotes {
  /** Operations this task started and has not yet waited for, oldest first. */
  readonly started: PendingValue[] = []

  constructor(
    readonly globals: object,
    readonly frames: ContextFrame[],
    public lastModel: ModelValue | null,
    readonly isMain: boolean,
  ) {}

  get frame(): ContextFrame {
    return this.frames[this.frames.length - 1] as ContextFrame
  }
}

export class Room {
  readonly kernel: Kernel
  /** Places for model operations, async ts blocks and async TypeScript functions (SPEC 11.7). */
  readonly slots: Gate
  /** Arrays that have placeholders now, and how many. */
  private readonly holes = new Map<HoleyArray, number>()

  constructor(
    readonly host: Host,
    /** What a failure of whatever kind is told as. */
    private readonly faultOf: (failure: unknown) => Fault,
  ) {
    this.kernel = host.kernel
    this.slots = new Gate(host.kernel, host.options.maxParallel > 0 ? host.options.maxParallel : DEFAULT_SLOTS)
  }

  get notes(): TaskNotes {
    return this.kernel.current?.data as TaskNotes
  }

  location(site: number): ErrorValue["location"] {
    return { ...this.host.sitePosition(site), file: this.host.siteRange(site)?.file ?? "" }
  }

  /** The error value of a failure that an async operation ended with. */
  errorOf(failure: unknown): ErrorValue {
    if (failure instanceof ErrorValue) return failure
    const fault = this.faultOf(failure)
    // An error value that was returned or thrown knows better where it was made.
    if (fault.payload instanceof ErrorValue) return fault.payload
    return new ErrorValue(fault.kind, fault.message, this.location(fault.site))
  }

  // ---- waiting --------------------------------------------------------------------------------------------------------

  /** What emitted code asks of whatever is `Unready`: its plain value. */
  ready(it: Unready, name: string, site: number): unknown {
    if (it instanceof PendingValue) return it.settled ? this.plain(this.collect(it)) : this.wait(it, name, site, true)
    if (it instanceof Answered) return it.value
    return this.waitForHoles(it as HoleyArray, name, site)
  }

  /** The same, but an answer keeps its tool calls. */
  readyKept(it: Unready, name: string, site: number): unknown {
    if (it instanceof PendingValue) return it.settled ? this.collect(it) : this.wait(it, name, site, false)
    return it instanceof HoleyArray ? this.waitForHoles(it, name, site) : it
  }

  /** The same, but an array may keep its placeholders. */
  readyReceiver(it: Unready, name: string, site: number): unknown {
    return it instanceof HoleyArray ? it : this.ready(it, name, site)
  }

  private plain(value: unknown): unknown {
    return value instanceof Answered ? value.value : value
  }

  private collect(pending: PendingValue): unknown {
    if (!pending.collected) {
      pending.collected = true
      this.kernel.record(Kind.Collected, -1, pending.taskId, 0)
    }
    return pending.value
  }

  /** The value is promised to an array. Who reads the array from then on cannot be told from any other reader. */
  handOver(pending: PendingValue): void {
    this.kernel.record(Kind.Collected, -1, pending.taskId, 0)
  }

  *wait(pending: PendingValue, name: string, site: number, plain: boolean): Frame {
    this.kernel.record(Kind.WaitName, site, this.kernel.text(name || pending.name), 0)
    const source = pending instanceof PendingCopy ? pending.original : pending
    const now = this.kernel.wait(source.future, "await", pending.taskId, site)
    if (now === SUSPENDED) yield SUSPENDED
    const value = this.collect(pending)
    return plain ? this.plain(value) : value
  }

  /** Waits for every placeholder of an array, in order; its value is the array. */
  *waitForHoles(list: HoleyArray, name: string, site: number): Frame {
    for (let i = 0; i < list.length; i++) {
      const item = list[i]
      if (item instanceof PendingValue) yield this.wait(item, name, site, true)
    }
    return list
  }

  /** Something to wait for inside a value, at any depth; undefined if there is nothing (the usual case costs one comparison). */
  holesIn(value: unknown): HoleyArray | undefined {
    if (this.holes.size === 0 || typeof value !== "object" || value === null) return undefined
    // A stack of our own: values may be nested as deeply as a program likes.
    const seen = new Set<unknown>()
    const left: unknown[] = [value]
    while (left.length > 0) {
      const it = left.pop()
      if (typeof it !== "object" || it === null || seen.has(it)) continue
      if (it instanceof HoleyArray) return it
      seen.add(it)
      if (Array.isArray(it)) for (let i = limitedItems(it.length) && it.length - 1; i >= 0; i--) left.push(it[i])
      else if (isObject(it)) for (const field of Object.values(it).reverse()) left.push(field)
    }
    return undefined
  }

  /** Waits until no placeholder is left anywhere in the values. */
  *settleDeep(values: readonly unknown[], site: number): Frame {
    for (const value of values) {
      for (let hole = this.holesIn(value); hole; hole = this.holesIn(value)) yield this.waitForHoles(hole, "", site)
    }
    return null
  }

  // ---- placeholders ---------------------------------------------------------------------------------------------------

  /** Adds a pending value to an array without waiting for it. */
  pushPlaceholder(list: unknown[], pending: PendingValue): void {
    const target = list as unknown as HoleyArray
    const index = target.length
    target[index] = pending
    const before = this.holes.get(target) ?? 0
    if (before === 0) Object.setPrototypeOf(list, HoleyArray.prototype)
    this.holes.set(target, before + 1)
    if (pending.places) pending.places.push({ list: target, index })
    else {
      pending.places = [{ list: target, index }]
      const source = pending instanceof PendingCopy ? pending.original : pending
      source.future.whenSettled(() => this.fill(pending))
    }
  }

  /** A settled value takes its places; a failed one leaves null. Elements before it may only have been popped with it. */
  private fill(pending: PendingValue): void {
    const value = this.plain(pending.value)
    const filled = value instanceof ErrorValue ? null : value
    for (const { list, index } of pending.places ?? []) {
      if (list[index] !== pending) continue
      list[index] = filled
      this.oneLess(list)
    }
    pending.places = null
  }

  /** A placeholder is gone; an array without any is an ordinary one again. */
  oneLess(list: HoleyArray): void {
    const left = (this.holes.get(list) ?? 1) - 1
    if (left > 0) this.holes.set(list, left)
    else {
      this.holes.delete(list)
      Object.setPrototypeOf(list, Array.prototype)
    }
  }

  // ---- operations -----------------------------------------------------------------------------------------------------

  /**
   * Starts an operation as a task of its own, which runs up to its first wait before the caller goes on. Gives what stands
   * for its value. `notes` are the new task's, the pending value is the running one's. `body` may throw: the value is then
   * an error value, and the task ends as failed.
   */
  *start(name: string, taskName: string, notes: TaskNotes, site: number, body: () => Frame): Frame {
    const pending = new PendingValue(name || taskName)
    this.notes.started.push(pending)
    const { task } = this.kernel.spawnAndRun(taskName, this.host.machine.coroutine(this.failing(body), 2), site, notes)
    pending.taskId = task.id
    pending.future.producer = task
    task.future.whenSettled((ended) => {
      if (ended.state === "failed" && (ended.failure instanceof LimitReached || ended.failure instanceof Cancelled)) return
      this.kernel.settle(pending.future, ended.state === "ok" ? ended.value : this.errorOf(ended.failure))
    })
    yield SUSPENDED
    return pending
  }

  /** An error value as the result makes the task one that failed. */
  private *failing(body: () => Frame): Frame {
    const value = yield body()
    if (value instanceof ErrorValue) throw new Fault(value.type, value.message, -1, value)
    return value
  }

  /** Waits for everything the running task started from `since` on, and forgets it. */
  *settleStarted(since: number, site: number): Frame {
    const { started } = this.notes
    for (let i = since; i < started.length; i++) {
      const pending = started[i]
      if (!pending || pending.settled) continue
      this.kernel.record(Kind.WaitName, site, this.kernel.text(pending.name), 0)
      if (this.kernel.wait(pending.future, "await", pending.taskId, site) === SUSPENDED) yield SUSPENDED
    }
    started.length = Math.min(started.length, since)
    return null
  }

  hasOpenSince(since: number): boolean {
    const { started } = this.notes
    for (let i = since; i < started.length; i++) if (!started[i]?.settled) return true
    started.length = Math.min(started.length, since)
    return false
  }
}
