// What the output panel shows at a moment of a run: what was printed when, what the models said so far, notices and faults, in
// the order in which they began. Pure, from the folded trace; nothing after the moment is in it, so scrubbing back un-types.
import { type CallAttempt, type CallSpan, failureText, finishText } from "../../../interpreter/trace/call-spans.ts"
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import { lastAtOrBefore } from "../../../interpreter/trace/series.ts"

export interface PrintEntry {
  readonly kind: "print"
  readonly key: string
  readonly atUs: number
  readonly task: number
  readonly by: string
  readonly text: string
  readonly error: boolean
}

export type CallStatus = "queued" | "waiting" | "streaming" | "tools" | "backing off" | "done" | "failed" | "cut"

export interface CallEntry {
  readonly kind: "call"
  readonly key: string
  readonly atUs: number
  readonly call: number
  readonly task: number
  readonly by: string
  readonly prompt: string
  readonly status: CallStatus
  /** The reply as far as it is there. */
  readonly text: string
  readonly tokens: number
  /** Of all tokens of the reply, while it streams; 0 where that is not known. */
  readonly tokensOf: number
  readonly estimated: boolean
  /** How long it has taken; 0 while it only stands in a queue. */
  readonly tookUs: number
  readonly retries: number
  /** What the last failed attempt said; "" without one. */
  readonly failure: string
  /** How the answer ended, where it was cut off at a limit or refused; "" elsewhere. */
  readonly ended: string
}

export interface NoteEntry {
  readonly kind: "notice" | "fault" | "input"
  readonly key: string
  readonly atUs: number
  readonly task: number
  readonly by: string
  readonly text: string
}

export type Entry = PrintEntry | CallEntry | NoteEntry

export interface Feed {
  readonly entries: readonly Entry[]
  /** Older entries that are left out. */
  readonly omitted: number
}

/** Entries that are shown at most: of a run at rest until the reader asks for more, and while it plays and every frame counts. */
export const MOST_AT_REST = 300
export const MOST_PLAYING = 120
const LONGEST_TEXT = 20_000

/** The feed at `atUs`, after the event at `atStep`. With `printedOnly`, what the program wrote and nothing else. */
export function feedAt(fold: TraceFold, atUs: number, printedOnly: boolean, most = MOST_AT_REST, atStep = fold.eventsAtUs(atUs) - 1): Feed {
  const { totals, spans, trace } = fold
  const nameOf = (task: number) => fold.lanes[task]?.label ?? "main"
  // Entries are made only for those that are shown in the end: a run may have ten thousand calls, and this is asked every frame.
  const found: { step: number; make: () => Entry }[] = []
  let omitted = 0

  const pieces = totals.output
  let end = pieces.length
  while (end > 0 && (pieces[end - 1]?.step ?? 0) > atStep) end--
  let begin = Math.max(0, end - most * 2)
  // A line that began before the cut is left out with it.
  while (begin > 0 && begin < end && !pieces[begin - 1]?.text.endsWith("\n")) begin++
  omitted += begin
  const typed = inputsOf(fold).filter((input) => input.step <= atStep)
  for (const { step, atUs: typedUs, task, text } of typed)
    found.push({ step, make: () => ({ kind: "input", key: `i${step}`, atUs: typedUs, task, by: nameOf(task), text: trace.text(text) }) })
  let nextTyped = 0
  let open: { entry: PrintEntry } | null = null
  for (let i = begin; i < end; i++) {
    const piece = pieces[i]
    if (!piece) break
    // What was typed stands between what was printed before and after it.
    while ((typed[nextTyped]?.step ?? Number.POSITIVE_INFINITY) < piece.step) {
      open = null
      nextTyped++
    }
    const last: PrintEntry | undefined = open?.entry
    if (open && last && last.task === piece.task && last.error === piece.error && last.atUs === piece.atUs && !last.text.endsWith("\n")) {
      open.entry = { ...last, text: last.text + piece.text }
      continue
    }
    const text = piece.text.length > LONGEST_TEXT ? `${piece.text.slice(0, LONGEST_TEXT)} …` : piece.text
    const { atUs: printedUs, task, error, step } = piece
    const line: { entry: PrintEntry } = { entry: { kind: "print", key: `p${step}`, atUs: printedUs, task, by: nameOf(task), text, error } }
    open = line
    found.push({ step, make: () => line.entry })
  }

  // A fault that goes from task to task is one entry: where it arose, and whom it reached.
  let spreading = { text: "", atUs: -1, tasks: [] as number[] }
  for (const fault of totals.faults) {
    if (fault.step > atStep) break
    const { step, task, kind, message } = fault
    const text = kind === "" ? message : `${kind}: ${message}`
    if (spreading.text === text && spreading.atUs === fault.atUs && !spreading.tasks.includes(task)) {
      spreading.tasks.push(task)
      continue
    }
    const tasks: number[] = [task]
    spreading = { text, atUs: fault.atUs, tasks }
    const by = () => tasks.map(nameOf).join(" → ")
    found.push({ step, make: () => ({ kind: "fault", key: `f${step}`, atUs: fault.atUs, task, by: by(), text }) })
  }

  if (!printedOnly) {
    for (const notice of totals.notices) {
      if (notice.step > atStep) break
      const { step, task, text } = notice
      found.push({ step, make: () => ({ kind: "notice", key: `n${step}`, atUs: notice.atUs, task, by: nameOf(task), text }) })
    }
    const calls = callsOf(spans.calls)
    const asked = countBy(calls, atStep)
    const first = Math.max(0, asked - most)
    omitted += first
    for (const call of calls.slice(first, asked)) {
      found.push({ step: call.queuedStep, make: () => callEntry(call, atUs, nameOf(call.task), (index) => trace.text(index), atStep) })
    }
  }

  found.sort((a, b) => a.step - b.step)
  const surplus = Math.max(0, found.length - most)
  return { entries: found.slice(surplus).map(({ make }) => make()), omitted: omitted + surplus }
}

const callLists = new WeakMap<ReadonlyMap<number, CallSpan>, readonly CallSpan[]>()

/** The calls of a run in the order in which they were made. */
function callsOf(calls: ReadonlyMap<number, CallSpan>): readonly CallSpan[] {
  let list = callLists.get(calls)
  if (list?.length !== calls.size) callLists.set(calls, (list = [...calls.values()]))
  return list
}

/** How many calls had been made once the event at a step had happened. */
function countBy(calls: readonly CallSpan[], step: number): number {
  let low = 0
  let high = calls.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((calls[middle] as CallSpan).queuedStep <= step) low = middle + 1
    else high = middle
  }
  return low
}

/** As many of the last entries as hold at most `fresh` that are not among the known ones: what is made in one go. */
export function tailOf(entries: readonly Entry[], known: ReadonlySet<string>, fresh: number): readonly Entry[] {
  let from = entries.length
  for (let left = fresh; from > 0; from--) {
    if (known.has((entries[from - 1] as Entry).key)) continue
    if (left-- <= 0) break
  }
  return entries.slice(from)
}

/** Nothing that is shown of an entry has changed. */
export function sameEntry(a: Entry, b: Entry): boolean {
  const before = Object.entries(a)
  const now: Readonly<Record<string, unknown>> = { ...b }
  return before.length === Object.keys(now).length && before.every(([field, value]) => now[field] === value)
}

interface TypedLine {
  readonly step: number
  readonly atUs: number
  readonly task: number
  readonly text: number
}

/** Tasks among whose marks typed lines are looked for. */
const MOST_READERS = 200
const typedLines = new WeakMap<TraceFold, { readonly lines: TypedLine[]; readonly looked: number[] }>()

/** The lines that were typed so far, in order; looks only at what came since it was last asked. */
function inputsOf(fold: TraceFold): readonly TypedLine[] {
  let known = typedLines.get(fold)
  if (!known) typedLines.set(fold, (known = { lines: [], looked: [] }))
  for (let task = 0; task < Math.min(MOST_READERS, fold.lanes.length); task++) {
    const marks = fold.lanes[task]?.marks ?? []
    for (let i = known.looked[task] ?? 0; i < marks.length; i++) {
      const mark = marks[i]
      if (mark?.what === "input") known.lines.push({ step: mark.step, atUs: mark.atUs, task, text: mark.text })
    }
    known.looked[task] = marks.length
  }
  return known.lines.sort((a, b) => a.step - b.step)
}

const prompts = new Map<string, string>()

/** The prompt of a request as JSON: its last user turn. */
export function promptOf(requestJson: string): string {
  const known = prompts.get(requestJson)
  if (known !== undefined) return known
  const prompt = readPrompt(requestJson)
  if (prompts.size > 2000) prompts.clear()
  prompts.set(requestJson, prompt)
  return prompt
}

function readPrompt(requestJson: string): string {
  try {
    const request = JSON.parse(requestJson) as { turns?: readonly { role?: string; text?: string }[] }
    return request.turns?.findLast((turn) => turn.role === "user")?.text ?? ""
  } catch {
    return ""
  }
}

/** A call as it stands at `atUs`, after the event at `atStep`. */
export function callEntry(
  call: CallSpan,
  atUs: number,
  by: string,
  text: (index: number) => string,
  atStep = Number.POSITIVE_INFINITY,
): CallEntry {
  const over = call.endUs >= 0 && call.endUs <= atUs && call.endStep <= atStep
  const attempts = call.attempts.filter((attempt) => attempt.sentUs <= atUs && attempt.sentStep <= atStep)
  const status = over ? endStatus(call) : statusAt(call, atUs, atStep)
  const reply = call.replyText >= 0 ? text(call.replyText) : ""
  const units =
    status === "streaming"
      ? unitsAt(call, attempts[attempts.length - 1]?.sentUs ?? 0, atUs)
      : over && call.state === "done"
        ? reply.length
        : 0
  const shown = reply.slice(0, units)
  const tokensOf = status === "streaming" && attempts.length === call.attempts.length ? call.tokensOut : 0
  return {
    kind: "call",
    key: `c${call.id}`,
    atUs: call.queuedUs,
    call: call.id,
    task: call.task,
    by,
    prompt: promptOf(text(call.requestText)),
    status,
    text: shown,
    tokens: over ? call.tokensOut : reply.length > 0 ? Math.ceil((call.tokensOut * units) / reply.length) : Math.ceil(units / 4),
    tokensOf,
    estimated: call.estimated,
    tookUs: status === "queued" ? 0 : (over ? call.endUs : atUs) - call.queuedUs,
    retries: Math.max(0, attempts.length - 1),
    failure: over && call.state === "failed" && call.endText >= 0 ? text(call.endText) : why(attempts, atUs),
    ended: over && call.attempt ? finishText(call.attempt.finish) : "",
  }
}

/** Why the last attempt that is over was not the last: its failure, or what was wrong with its reply. */
function why(attempts: readonly CallAttempt[], atUs: number): string {
  const over = attempts.findLast(
    (attempt) => attempt.endUs >= 0 && attempt.endUs <= atUs && (attempt.failure !== null || attempt.retryReason !== ""),
  )
  if (!over) return ""
  if (!over.failure) return over.retryReason
  return failureText(over.failure)
}

function endStatus(call: CallSpan): CallStatus {
  return call.state === "failed" ? "failed" : call.state === "cut" ? "cut" : "done"
}

function statusAt(call: CallSpan, atUs: number, atStep: number): CallStatus {
  const phase = Math.min(lastAtOrBefore(call.phaseUs, atUs), lastAtOrBefore(call.phaseSteps, atStep))
  switch (call.phases[phase]) {
    case "tokens":
      return "streaming"
    case "tools":
      return "tools"
    case "backoff":
    case "between":
      return "backing off"
    case "waiting":
      return "waiting"
    default:
      return "queued"
  }
}

/** Units of the reply that were there, of the attempt that was sent at `sentUs`. */
function unitsAt(call: CallSpan, sentUs: number, atUs: number): number {
  const row = lastAtOrBefore(call.chunkUs, atUs)
  return row >= 0 && (call.chunkUs[row] ?? 0) >= sentUs ? (call.chunkUnits[row] ?? 0) : 0
}
