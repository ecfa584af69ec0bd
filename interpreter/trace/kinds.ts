// What each kind of event is called and what its two arguments are, as data: one table for everyone who handles events
// without caring which (the text form, the strict reader, exporters). The kinds themselves are in `event.ts`.
import { ANSWER_SOURCES, FINISHES, Kind, OUTCOMES, SUSPEND_REASONS, TASK_ENDS } from "./event.ts"

/** `text`: an index into the strings. `task`: a task or -1. Lists: an index into one. `count`: a number from 0. */
export type Argument = "none" | "text" | "task" | "id" | "count" | "number" | "outcome" | "reason" | "on" | "taskEnd" | "source" | "finish"

export interface KindInfo {
  readonly name: string
  readonly a: Argument
  readonly b: Argument
}

const kind = (name: string, a: Argument = "none", b: Argument = "none"): KindInfo => ({ name, a, b })

export const KINDS: ReadonlyMap<number, KindInfo> = new Map<number, KindInfo>([
  [Kind.RunBegin, kind("run-begin", "text")],
  [Kind.RunEnd, kind("run-end", "outcome", "text")],
  [Kind.TaskSpawn, kind("spawn", "id", "text")],
  [Kind.TaskStart, kind("start")],
  [Kind.TaskSuspend, kind("suspend", "reason", "on")],
  [Kind.TaskReady, kind("ready", "task")],
  [Kind.TaskResume, kind("resume")],
  [Kind.TaskEnd, kind("end", "taskEnd", "text")],
  [Kind.WaitName, kind("wait-name", "text")],
  [Kind.CallQueued, kind("call-queued", "id", "text")],
  [Kind.CallSent, kind("call-sent", "id", "count")],
  [Kind.CallFirstToken, kind("call-first-token", "id")],
  [Kind.CallChunk, kind("call-chunk", "id", "count")],
  [Kind.CallTool, kind("call-tool", "id", "text")],
  [Kind.CallToolResult, kind("call-tool-result", "id", "text")],
  [Kind.CallRetry, kind("call-retry", "id", "text")],
  [Kind.CallTokensIn, kind("call-tokens-in", "id", "count")],
  [Kind.CallTokensOut, kind("call-tokens-out", "id", "number")],
  [Kind.CallReply, kind("call-reply", "id", "text")],
  [Kind.CallEnd, kind("call-end", "id", "text")],
  [Kind.CallFailed, kind("call-failed", "id", "text")],
  [Kind.CallGivenUp, kind("call-given-up", "id", "text")],
  [Kind.CallSource, kind("call-source", "id", "source")],
  [Kind.CallRequest, kind("call-request", "id", "text")],
  [Kind.CallFinish, kind("call-finish", "id", "finish")],
  [Kind.ChannelSend, kind("send", "id", "text")],
  [Kind.ChannelReceive, kind("receive", "id", "text")],
  [Kind.ChannelClose, kind("close", "id")],
  [Kind.ChannelOpen, kind("channel", "id", "text")],
  [Kind.Print, kind("print", "text")],
  [Kind.Notice, kind("notice", "text")],
  [Kind.Fault, kind("fault", "text")],
  [Kind.Input, kind("input", "text")],
  [Kind.TokensCounted, kind("tokens-counted", "number", "number")],
  [Kind.Choice, kind("choice", "count", "count")],
  [Kind.Collected, kind("collected", "task")],
  [Kind.PrivateCopy, kind("private-copy", "text", "text")],
  [Kind.Section, kind("section", "text", "count")],
  [Kind.PrintError, kind("print-error", "text")],
])

/** The names that an argument of a list kind is an index into; undefined for other arguments. */
export function namesOf(argument: Argument): readonly string[] | undefined {
  switch (argument) {
    case "outcome":
      return OUTCOMES
    case "reason":
      return SUSPEND_REASONS
    case "taskEnd":
      return TASK_ENDS
    case "source":
      return ANSWER_SOURCES
    case "finish":
      return FINISHES
    default:
      return undefined
  }
}

/** Tokens as `CallTokensOut` carries them: an estimate is -1 - n. */
export function tokensOutOf(argument: number): { readonly tokens: number; readonly estimated: boolean } {
  return argument < 0 ? { tokens: -1 - argument, estimated: true } : { tokens: argument, estimated: false }
}

/** JSON of an event's text that must be an object; an empty one where a hostile or damaged trace holds something else. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // No JSON: as good as empty.
  }
  return {}
}

export function textField(object: Readonly<Record<string, unknown>>, name: string): string {
  const value = object[name]
  return typeof value === "string" ? value : ""
}

export function numberField(object: Readonly<Record<string, unknown>>, name: string): number {
  const value = object[name]
  return typeof value === "number" ? value : 0
}
