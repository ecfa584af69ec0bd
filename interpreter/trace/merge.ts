// Traces of programs that run beside each other, as one trace: tasks, operations, sites and texts are numbered anew, times
// never go back. Task i below the number of programs is the first task of program i. Used by the session's group; pure, so
// the same chunks in the same order give the same bytes.
import { Kind, SUSPEND_REASONS, type TraceChunk } from "./event.ts"
import { type Argument, KINDS } from "./kinds.ts"
import { Recorder } from "./recorder.ts"
import { readEvent } from "./trace.ts"

const AWAIT = SUSPEND_REASONS.indexOf("await")

interface Part {
  readonly name: string
  /** What is added to its sites. */
  readonly firstSite: number
  readonly strings: string[]
  /** Its tasks, as the merged trace numbers them. */
  readonly tasks: number[]
}

export class TraceMerge {
  private readonly recorder = new Recorder()
  private readonly parts: readonly Part[]
  private tasks = 0
  private nowUs = 0

  /** `names`: what the first task of each program is called. `sites`: how many sites each has. */
  constructor(names: readonly string[], sites: readonly number[]) {
    let firstSite = 0
    this.parts = names.map((name, i) => {
      const part = { name, firstSite, strings: [], tasks: [] }
      firstSite += sites[i] ?? 0
      return part
    })
  }

  /** Takes what a program recorded since it was last asked; to be called in order of time. */
  add(index: number, chunks: readonly TraceChunk[]): void {
    const part = this.parts[index]
    if (!part) return
    const event = { kind: 0 as Kind, atUs: 0, task: 0, site: 0, a: 0, b: 0 }
    for (const chunk of chunks) {
      for (const text of chunk.strings) part.strings.push(text)
      for (let i = 0; i < chunk.count; i++) {
        readEvent(chunk, i, event)
        // One run begins and ends once.
        if (event.kind === Kind.RunEnd || (event.kind === Kind.RunBegin && index > 0)) continue
        this.event(part, index, event)
      }
    }
  }

  /** The end of the run, after everything else. */
  end(outcome: number, message: string): void {
    this.recorder.event(Kind.RunEnd, this.nowUs, -1, -1, outcome, this.recorder.text(message))
  }

  flush(): TraceChunk[] {
    return this.recorder.flush()
  }

  /** Events so far. */
  get count(): number {
    return this.recorder.count
  }

  /** A site of a program in the merged trace; -1 for none. */
  siteOf(index: number, site: number): number {
    return site < 0 ? site : site + (this.parts[index]?.firstSite ?? 0)
  }

  /** A task of a program in the merged trace; -1 for none. */
  taskOf(index: number, task: number): number {
    return task < 0 ? -1 : (this.parts[index]?.tasks[task] ?? -1)
  }

  /** A call, channel or gate of a program in the merged trace. */
  idOf(index: number, id: number): number {
    return id < 0 ? id : id * this.parts.length + index
  }

  private event(part: Part, index: number, event: { kind: Kind; atUs: number; task: number; site: number; a: number; b: number }): void {
    const { recorder } = this
    const info = KINDS.get(event.kind)
    this.nowUs = Math.max(this.nowUs, event.atUs)
    let { a, b } = event
    if (event.kind === Kind.TaskSpawn) {
      part.tasks[a] = this.tasks
      a = this.tasks++
      b = recorder.text(event.task < 0 ? part.name : (part.strings[b] ?? ""))
    } else if (event.kind === Kind.Section) {
      a = recorder.text(`${index}.${part.strings[a] ?? ""}`)
    } else {
      if (info) a = this.argument(part, index, info.a, a, event.a)
      if (info) b = this.argument(part, index, info.b, b, event.a)
    }
    recorder.event(event.kind, this.nowUs, this.taskOf(index, event.task), this.siteOf(index, event.site), a, b)
  }

  /** `reason`: the event's first argument, which says what the `on` of a suspended task names. */
  private argument(part: Part, index: number, kind: Argument, value: number, reason: number): number {
    switch (kind) {
      case "text":
        return this.recorder.text(part.strings[value] ?? "")
      case "task":
        return this.taskOf(index, value)
      case "id":
        return this.idOf(index, value)
      case "on":
        return reason === AWAIT ? this.taskOf(index, value) : this.idOf(index, value)
      default:
        return value
    }
  }
}
