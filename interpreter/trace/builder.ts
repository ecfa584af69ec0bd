// Writes a trace by hand, event by event, with the words of a program instead of numbers: for tests of everything that
// reads traces, for the gallery that shows each form of the timeline, and for benchmarks. It records what the kernel
// would record and keeps its order; it runs nothing.
import type { Range } from "../source/text.ts"
import {
  ANSWER_SOURCES,
  type AnswerSource,
  FINISHES,
  type Finish,
  Kind,
  OUTCOMES,
  type OutcomeName,
  SUSPEND_REASONS,
  type SuspendReason,
  TASK_ENDS,
  type TaskEnd,
} from "./event.ts"
import { Recorder } from "./recorder.ts"
import { Trace } from "./trace.ts"

export class TraceBuilder {
  nowUs = 0
  /** Who answers the calls that are sent from now on. */
  source: AnswerSource = "simulated"
  private readonly recorder = new Recorder()
  private tasks = 0
  private ids = 0
  private readonly sites: Range[] = []

  constructor(language = "vibe") {
    this.record(Kind.RunBegin, -1, -1, this.text(language), 0)
  }

  private record(kind: Kind, task: number, site: number, a: number, b: number): this {
    this.recorder.event(kind, this.nowUs, task, site, a, b)
    return this
  }

  private text(value: string): number {
    return this.recorder.text(value)
  }

  /** The clock moves on to `us`. */
  at(us: number): this {
    if (us < this.nowUs) throw new RangeError(`time cannot go back from ${this.nowUs} to ${us}`)
    this.nowUs = us
    return this
  }

  /** A range of the source that events may point at. */
  site(file: string, from: number, to: number): number {
    return this.sites.push({ file, from, to }) - 1
  }

  /** A task; its parent is -1 for the first. It has not run yet. */
  spawn(parent: number, name: string, site = -1): number {
    const task = this.tasks++
    this.record(Kind.TaskSpawn, parent, site, task, this.text(name))
    return task
  }

  start(task: number): this {
    return this.record(Kind.TaskStart, task, -1, 0, 0)
  }

  /** Spawns and starts. */
  run(parent: number, name: string, site = -1): number {
    const task = this.spawn(parent, name, site)
    this.start(task)
    return task
  }

  suspend(task: number, reason: SuspendReason, on = -1, site = -1, name = ""): this {
    if (name !== "") this.record(Kind.WaitName, task, site, this.text(name), 0)
    return this.record(Kind.TaskSuspend, task, site, SUSPEND_REASONS.indexOf(reason), on)
  }

  ready(task: number, by = -1): this {
    return this.record(Kind.TaskReady, task, -1, by, 0)
  }

  resume(task: number): this {
    return this.record(Kind.TaskResume, task, -1, 0, 0)
  }

  /** Ready and running again in the same instant. */
  wake(task: number, by = -1): this {
    return this.ready(task, by).resume(task)
  }

  end(task: number, how: TaskEnd = "ok", text = ""): this {
    return this.record(Kind.TaskEnd, task, -1, TASK_ENDS.indexOf(how), this.text(text))
  }

  collected(task: number, producer: number): this {
    return this.record(Kind.Collected, task, -1, producer, 0)
  }

  /** The task sleeps from now for `us`; the clock is there afterwards. */
  sleep(task: number, us: number, reason: SuspendReason = "sleep"): this {
    this.suspend(task, reason)
    return this.at(this.nowUs + us).wake(task)
  }

  queued(task: number, prompt: string, site = -1, model = ""): number {
    const call = this.ids++
    const request = { language: "vibe", turns: [{ role: "user", text: prompt }], model }
    this.record(Kind.CallQueued, task, site, call, this.text(JSON.stringify(request)))
    return call
  }

  sent(task: number, call: number, attempt = 1): this {
    this.record(Kind.CallSent, task, -1, call, attempt)
    return this.record(Kind.CallSource, task, -1, call, ANSWER_SOURCES.indexOf(this.source))
  }

  firstToken(task: number, call: number): this {
    return this.record(Kind.CallFirstToken, task, -1, call, 0)
  }

  /** A cell of a notebook begins or ends. */
  section(name: string, begins: boolean): this {
    return this.record(Kind.Section, -1, -1, this.text(name), begins ? 0 : 1)
  }

  chunk(task: number, call: number, units: number): this {
    return this.record(Kind.CallChunk, task, -1, call, units)
  }

  tool(task: number, call: number, name: string, args: unknown): this {
    return this.record(Kind.CallTool, task, -1, call, this.text(JSON.stringify({ name, args })))
  }

  toolResult(task: number, call: number, name: string, result: string): this {
    return this.record(Kind.CallToolResult, task, -1, call, this.text(JSON.stringify({ name, result })))
  }

  replied(task: number, call: number, text: string, tokensIn: number, tokensOut: number, estimated = false): this {
    this.record(Kind.CallTokensIn, task, -1, call, tokensIn)
    this.record(Kind.CallTokensOut, task, -1, call, estimated ? -1 - tokensOut : tokensOut)
    return this.record(Kind.CallReply, task, -1, call, this.text(text))
  }

  /** How the reply that `replied` records next ended, where it did not simply end. */
  finish(task: number, call: number, finish: Finish): this {
    return this.record(Kind.CallFinish, task, -1, call, FINISHES.indexOf(finish))
  }

  failed(task: number, call: number, status: number, message: string, what = ""): this {
    const failure = what === "" ? { status, message } : { status, message, what }
    return this.record(Kind.CallFailed, task, -1, call, this.text(JSON.stringify(failure)))
  }

  retry(task: number, call: number, reason: string): this {
    return this.record(Kind.CallRetry, task, -1, call, this.text(reason))
  }

  closed(task: number, call: number, shown: string): this {
    return this.record(Kind.CallEnd, task, -1, call, this.text(shown))
  }

  gaveUp(task: number, call: number, message: string): this {
    return this.record(Kind.CallGivenUp, task, -1, call, this.text(message))
  }

  /**
   * A whole call of `us` microseconds with its answer, in a task that does nothing else: first token after 40 %, tokens
   * evenly, none of the other tasks' events between. The clock is at its end afterwards.
   */
  call(task: number, prompt: string, reply: string, us: number, tokens: { in: number; out: number } = { in: 10, out: 20 }): number {
    const call = this.queued(task, prompt)
    this.sent(task, call).suspend(task, "call", call)
    const sentUs = this.nowUs
    const firstUs = Math.floor(us * 0.4)
    this.at(sentUs + firstUs).firstToken(task, call)
    const count = Math.max(1, Math.min(tokens.out, reply.length))
    for (let i = 1; i <= count; i++) {
      const afterUs = count === 1 ? us : Math.floor(firstUs + ((us - firstUs) * (i - 1)) / (count - 1))
      this.at(sentUs + afterUs).chunk(task, call, Math.floor((reply.length * i) / count))
    }
    this.at(sentUs + us).replied(task, call, reply, tokens.in, tokens.out)
    this.wake(task).closed(task, call, reply)
    return call
  }

  channel(task: number, name: string): number {
    const channel = this.ids++
    this.record(Kind.ChannelOpen, task, -1, channel, this.text(name))
    return channel
  }

  send(task: number, channel: number, value: string): this {
    return this.record(Kind.ChannelSend, task, -1, channel, this.text(value))
  }

  receive(task: number, channel: number, value: string): this {
    return this.record(Kind.ChannelReceive, task, -1, channel, this.text(value))
  }

  closeChannel(task: number, channel: number): this {
    return this.record(Kind.ChannelClose, task, -1, channel, 0)
  }

  print(task: number, text: string): this {
    return this.record(Kind.Print, task, -1, this.text(text), 0)
  }

  notice(task: number, text: string): this {
    return this.record(Kind.Notice, task, -1, this.text(text), 0)
  }

  fault(task: number, kind: string, message: string): this {
    return this.record(Kind.Fault, task, -1, this.text(JSON.stringify({ kind, message })), 0)
  }

  endRun(outcome: OutcomeName = "done", message = ""): this {
    return this.record(Kind.RunEnd, -1, -1, OUTCOMES.indexOf(outcome), this.text(message))
  }

  /** What was written so far as a trace that grows by what is written until the next call. */
  trace(onto: Trace = new Trace(this.sites)): Trace {
    for (const chunk of this.recorder.flush()) onto.append(chunk)
    return onto
  }
}
