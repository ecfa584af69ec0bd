// ard/async/channel: values from fiber to fiber (section 14.8). What is sent is deep-copied, so that nothing mutable is
// shared. A channel is made by the runtime, which knows its name and the type it carries; the rest is here.
import { Fault } from "../../../engine/fault.ts"
import { type Channel, CLOSED } from "../../../kernel/channel.ts"
import { SUSPENDED } from "../../../kernel/task.ts"
import type { LibraryContext } from "./context.ts"
import { visible } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { deepCopy, Handle, NONE, some } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>

export class ChannelHandle extends Handle {
  constructor(
    readonly channel: Channel,
    readonly name: string,
  ) {
    super()
  }
  describe(): string {
    return `channel ${this.name}`
  }
}

function channelOf(handle: unknown, site: number): Channel {
  if (handle instanceof ChannelHandle) return handle.channel
  throw new Fault("Panic", "this Channel was never made: channels come from channel::new", site)
}

/** Where nobody looks for other orders there is no generator: a message that finds its partner costs no switch. */
function send(rt: Rt, [handle, value]: readonly [unknown, unknown], site: number): unknown {
  const channel = channelOf(handle, site)
  if (rt.kernel.explores) return sendAfterOthers(rt, channel, value, site)
  rt.kernel.choicePoint()
  rt.waitsAt(site)
  return channel.send(deepCopy(value, site), site)
}

function* sendAfterOthers(rt: Rt, channel: Channel, value: unknown, site: number): Steps {
  if (rt.kernel.choicePoint() !== undefined) yield SUSPENDED
  rt.waitsAt(site)
  const sent = channel.send(deepCopy(value, site), site)
  return sent === SUSPENDED ? yield SUSPENDED : sent
}

function receive(rt: Rt, [handle]: readonly [unknown], site: number): unknown {
  const channel = channelOf(handle, site)
  if (rt.kernel.explores) return receiveAfterOthers(rt, channel, site)
  rt.kernel.choicePoint()
  rt.waitsAt(site)
  const value = channel.receive(site)
  return value === SUSPENDED ? received() : taken(value)
}

function* receiveAfterOthers(rt: Rt, channel: Channel, site: number): Steps {
  if (rt.kernel.choicePoint() !== undefined) yield SUSPENDED
  rt.waitsAt(site)
  const value = channel.receive(site)
  return value === SUSPENDED ? yield received() : taken(value)
}

/** What the kernel wakes the receiver with. */
function* received(): Steps {
  return taken(yield SUSPENDED)
}

function taken(value: unknown): unknown {
  return value === CLOSED ? NONE : some(value)
}

const made = (_rt: Rt, _args: readonly unknown[], site: number): never => {
  throw new Fault("Internal", "a channel can only be made where the call is written", site)
}

export const channel: LibraryModule = {
  path: "ard/async/channel",
  doc: "Channels hand values from fiber to fiber, in order.",
  declarations: "struct Channel<$T> {}\n",
  entries: [
    {
      name: "new",
      signature: "fn new(size: Int?) Channel<$T>",
      doc: "A channel for values of the given type; without a size a send waits for its receiver.",
      example: "let ch = channel::new<Int>(size: 4)",
      since: "2026-06-02",
      mode: "pure",
      run: made,
    },
    {
      name: "send",
      owner: "Channel",
      signature: "fn send(value: $T) Bool",
      doc: "Sends a copy of the value; waits until it is taken or there is room. False if the channel is or becomes closed.",
      example: "ch.send(5)",
      since: "2026-06-02",
      mode: "may",
      run: send,
    },
    {
      name: "recv",
      owner: "Channel",
      signature: "fn recv() $T?",
      doc: "The next value; waits for one. None when the channel is closed and empty.",
      example: "ch.recv().or(0)",
      since: "2026-06-02",
      mode: "may",
      run: receive,
    },
    {
      name: "close",
      owner: "Channel",
      signature: "fn close() Bool",
      doc: "Closes the channel; false if it was closed before.",
      example: "ch.close()",
      since: "2026-06-02",
      mode: "may",
      run: (rt: Rt, [handle]: readonly [unknown], site: number) => {
        const channel = channelOf(handle, site)
        return visible(rt, () => channel.close(site))
      },
    },
  ],
}
