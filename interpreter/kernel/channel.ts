// A channel hands values from task to task in order. Unbuffered (capacity 0), a send waits for its receiver; buffered, it
// waits for room. Closing wakes everybody: waiting senders learn that they failed, receivers drain what is left.
import { Kind } from "../trace/event.ts"
import type { Kernel } from "./kernel.ts"
import type { Suspended, Task } from "./task.ts"

/** What a receive gives when the channel is closed and empty. */
export const CLOSED: unique symbol = Symbol("closed")

export class Channel {
  readonly id: number
  closed = false
  private readonly buffer: unknown[] = []
  private readonly senders: { readonly task: Task; readonly value: unknown }[] = []
  private readonly receivers: { readonly task: Task; readonly site: number }[] = []

  constructor(
    private readonly kernel: Kernel,
    readonly capacity: number,
    name: string,
    /** How a value is shown in the trace. */
    private readonly show: (value: unknown) => string,
    site: number,
  ) {
    this.id = kernel.newId()
    kernel.record(Kind.ChannelOpen, site, this.id, kernel.text(name))
  }

  /** True once the value is taken or stored; false if the channel is, or while waiting becomes, closed. */
  send(value: unknown, site: number): boolean | Suspended {
    if (this.closed) return false
    this.kernel.record(Kind.ChannelSend, site, this.id, this.kernel.text(this.show(value)))
    const receiver = this.receivers.shift()
    if (receiver) {
      this.received(receiver.task, value, receiver.site)
      this.kernel.wake(receiver.task, value)
      return true
    }
    if (this.buffer.length < this.capacity) {
      this.buffer.push(value)
      return true
    }
    const entry = { task: this.kernel.current as Task, value }
    this.senders.push(entry)
    return this.kernel.suspend({ reason: "send", on: this.id, future: null, leave: () => remove(this.senders, entry) }, site)
  }

  /** The next value; CLOSED if there will be none. */
  receive(site: number): unknown {
    const task = this.kernel.current as Task
    if (this.buffer.length > 0) {
      const value = this.buffer.shift()
      const sender = this.senders.shift()
      if (sender) {
        this.buffer.push(sender.value)
        this.kernel.wake(sender.task, true)
      }
      this.received(task, value, site)
      return value
    }
    const sender = this.senders.shift()
    if (sender) {
      this.kernel.wake(sender.task, true)
      this.received(task, sender.value, site)
      return sender.value
    }
    if (this.closed) return CLOSED
    const entry = { task, site }
    this.receivers.push(entry)
    return this.kernel.suspend({ reason: "receive", on: this.id, future: null, leave: () => remove(this.receivers, entry) }, site)
  }

  /** True if this call closed it. */
  close(site: number): boolean {
    if (this.closed) return false
    this.closed = true
    this.kernel.record(Kind.ChannelClose, site, this.id, 0)
    for (const { task } of this.receivers.splice(0)) this.kernel.wake(task, CLOSED)
    for (const { task } of this.senders.splice(0)) this.kernel.wake(task, false)
    return true
  }

  private received(task: Task, value: unknown, site: number): void {
    this.kernel.recordFor(task, Kind.ChannelReceive, site, this.id, this.kernel.text(this.show(value)))
  }
}

function remove<T>(list: T[], entry: T): void {
  const at = list.indexOf(entry)
  if (at >= 0) list.splice(at, 1)
}
