// What a trace event is. A run's trace is a sequence of these, recorded by the kernel, the model calls and the
// languages' runtimes, and read by everyone who shows a run: spans, totals, goldens, exporters, the page.
//
// An event is six numbers: its kind, the virtual time in microseconds, the task it belongs to, the site (an index into
// the run's table of source ranges; -1 where there is none) and two arguments whose meaning the kind decides. Texts are
// interned: an argument that is a text is an index into the trace's strings. The numbers below are the file format:
// never renumber; add at the end and raise `TRACE_VERSION` with a step in `format.ts`'s upgrade chain.

export const TRACE_VERSION = 2

/** `a` and `b` are explained behind each kind; "text" means an index into the strings, "-" unused (0). */
export const Kind = {
  /** a: text, the program's language; b: - */
  RunBegin: 0,
  /** a: an index into OUTCOMES; b: text, the outcome's message ("" where there is nothing to say). */
  RunEnd: 1,
  /** task: the parent (-1 for the first task); a: the new task; b: text, its name. */
  TaskSpawn: 2,
  /** The task runs for the first time. a, b: - */
  TaskStart: 3,
  /** The task cannot go on. a: an index into SUSPEND_REASONS; b: what it waits for (task, call, channel, gate id, or text for `input`). */
  TaskSuspend: 4,
  /** The task could go on: it is ready. a: the task that woke it (-1: time or the outside); b: - */
  TaskReady: 5,
  /** A ready task runs again. a, b: - */
  TaskResume: 6,
  /** a: an index into TASK_ENDS; b: text, a preview of the value or the message of the fault. */
  TaskEnd: 7,
  /** The name a task reads when it waits (Vibe's auto-await), just before its TaskSuspend. a: text, the name; b: - */
  WaitName: 8,
  /** A model call exists and asks for a place. a: call; b: text, the request as JSON (models/request.ts). */
  CallQueued: 10,
  /** An attempt leaves. a: call; b: the attempt, from 1. */
  CallSent: 11,
  /** The first token of an attempt is there. a: call; b: - */
  CallFirstToken: 12,
  /** More of the reply is there. a: call; b: UTF-16 units of the reply received so far in this attempt. */
  CallChunk: 13,
  /** The model asks for a tool. a: call; b: text, JSON { name, args }. */
  CallTool: 14,
  /** A tool's answer. a: call; b: text, JSON { name, result } or { name, error }. */
  CallToolResult: 15,
  /** An attempt was not good enough and another follows. a: call; b: text, the reason. */
  CallRetry: 16,
  /** Tokens of the attempt that just ended. a: call; b: tokens in. */
  CallTokensIn: 17,
  /** a: call; b: tokens out, negative (-1 - n) where they are an estimate. */
  CallTokensOut: 18,
  /** An attempt's reply is complete. a: call; b: text, the reply. */
  CallReply: 19,
  /** The call is over. a: call; b: text, what became of it (the typed value, as the language prints it). */
  CallEnd: 20,
  /** An attempt failed. a: call; b: text, JSON { status, message }. */
  CallFailed: 21,
  /** The call is over and failed for good. a: call; b: text, the message. */
  CallGivenUp: 22,
  /** Where the answer came from. a: call; b: an index into ANSWER_SOURCES. */
  CallSource: 23,
  /** a: channel; b: text, the value as the language prints it. */
  ChannelSend: 30,
  /** a: channel; b: text, the value; "" and nothing received where the channel is closed. */
  ChannelReceive: 31,
  /** a: channel; b: - */
  ChannelClose: 32,
  /** The request of a later attempt, where it differs from the first (tools' results, corrections). a: call; b: text, JSON. */
  CallRequest: 24,
  /** How an attempt's reply ended, just before it; not there where it simply ended or asks for tools. a: call; b: an index into FINISHES. */
  CallFinish: 25,
  /** A channel was made. a: channel; b: text, its name. */
  ChannelOpen: 33,
  /** Output. a: text, the piece exactly as written (line ends included); b: - */
  Print: 40,
  /** Something the reader should know that is no output. a: text; b: - */
  Notice: 41,
  /** A fault ended the task or the run. a: text, JSON { kind, message }; b: - */
  Fault: 42,
  /** A line of input was read. a: text; b: - */
  Input: 43,
  /** Tokens enter a program's own counter (Jade's `__tokens__`). a: tokens added; b: the counter's new value. */
  TokensCounted: 44,
  /** A choice between ready tasks that was a choice. a: which was taken, from 0; b: of how many. */
  Choice: 50,
  /** The value of a future was collected. task: who; a: the task that produced it; b: - */
  Collected: 51,
  /** The task keeps a private copy of something. a: text, its name; b: text, its value as printed. */
  PrivateCopy: 52,
  /** A named bit of a task's life begins and ends; cells of a notebook use it. a: text; b: 0 begin, 1 end. */
  Section: 53,
  /** Output that belongs on the error stream. a: text; b: - */
  PrintError: 54,
} as const
export type Kind = (typeof Kind)[keyof typeof Kind]

export const OUTCOMES = ["done", "failed", "rejected", "deadlock", "stopped", "limit"] as const
export type OutcomeName = (typeof OUTCOMES)[number]

export const TASK_ENDS = ["ok", "failed", "cancelled", "abandoned"] as const
export type TaskEnd = (typeof TASK_ENDS)[number]

/** Why a task cannot go on. `gate` is a limit's queue, `call` a model call in flight, `host` a promise of a ts block. */
export const SUSPEND_REASONS = ["await", "sleep", "call", "gate", "send", "receive", "input", "host", "turn", "backoff"] as const
export type SuspendReason = (typeof SUSPEND_REASONS)[number]

export const ANSWER_SOURCES = ["simulated", "replayed", "live", "scripted"] as const
export type AnswerSource = (typeof ANSWER_SOURCES)[number]

/** How a reply ended: by itself, at the limit of tokens, asking for tools, or because the model (or a filter) would not answer. */
export const FINISHES = ["stop", "length", "tools", "refused"] as const
export type Finish = (typeof FINISHES)[number]

export interface TraceEvent {
  readonly kind: Kind
  readonly atUs: number
  readonly task: number
  readonly site: number
  readonly a: number
  readonly b: number
}

/** A batch of events as it travels: times as Float64 (microseconds pass 2^31 after 36 minutes), the rest as Int32, five
 * a row in the order kind, task, site, a, b; `strings` are the texts first used in this batch, to be appended. */
export interface TraceChunk {
  readonly count: number
  readonly times: Float64Array
  readonly words: Int32Array
  readonly strings: readonly string[]
}

export const WORDS_PER_EVENT = 5
