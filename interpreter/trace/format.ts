// The trace as a file. Little-endian, the same bytes for the same trace however it was chunked:
//
//   8 bytes  "CPTRACE" and a line feed
//   u32 x 6  version, files, sites, strings, events, bytes of texts
//   texts    the files' paths, then the strings: u32 byte length (top bit set: UTF-16, for texts that UTF-8 cannot hold), bytes
//   i32 x 3  for each site: file, from, to
//   zeros    up to a multiple of 8
//   f64      for each event: its time
//   i32 x 5  for each event: kind, task, site, a, b
//
// Reading trusts nothing: a file may come from anywhere. What it refuses, it refuses with a sentence for people.
import type { Range } from "../source/text.ts"
import { TRACE_VERSION, WORDS_PER_EVENT } from "./event.ts"
import { type Argument, KINDS, namesOf } from "./kinds.ts"
import { Trace } from "./trace.ts"

const MAGIC = [0x43, 0x50, 0x54, 0x52, 0x41, 0x43, 0x45, 0x0a]
const HEADER_BYTES = 32
const UTF16_FLAG = 0x8000_0000
const CHUNK_EVENTS = 16_384

/** A trace as its file holds it, before anything is believed. Steps of the upgrade chain change one into the next. */
export interface RawTrace {
  readonly version: number
  readonly files: readonly string[]
  /** Three numbers a site: file, from, to. */
  readonly sites: Int32Array
  readonly strings: readonly string[]
  readonly times: Float64Array
  readonly words: Int32Array
}

/** Step i turns a trace of version i + 1 into one of version i + 2. */
export const UPGRADES: readonly ((raw: RawTrace) => RawTrace)[] = [
  // 2 added how a reply ended, where it did not simply end: nothing that version 1 holds means anything else now.
  (raw) => ({ ...raw, version: 2 }),
]

export type ReadResult = { readonly ok: true; readonly trace: Trace } | { readonly ok: false; readonly sentence: string }

class Refused {
  constructor(readonly sentence: string) {}
}

/** The bytes of a trace's file. */
export function writeTrace(trace: Trace): Uint8Array<ArrayBuffer> {
  const files: string[] = []
  const fileIndex = new Map<string, number>()
  for (const site of trace.sites) {
    if (fileIndex.has(site.file)) continue
    fileIndex.set(site.file, files.length)
    files.push(site.file)
  }
  const texts = [...files, ...trace.strings].map(encodeText)
  const textBytes = texts.reduce((sum, text) => sum + 4 + text.bytes.length, 0)
  const eventsAt = aligned(HEADER_BYTES + textBytes + 12 * trace.sites.length)
  const wordsAt = eventsAt + 8 * trace.length
  const bytes = new Uint8Array(wordsAt + 4 * WORDS_PER_EVENT * trace.length)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  const header = [TRACE_VERSION, files.length, trace.sites.length, trace.strings.length, trace.length, textBytes]
  for (const [i, value] of header.entries()) view.setUint32(8 + 4 * i, value, true)
  let at = HEADER_BYTES
  for (const text of texts) {
    view.setUint32(at, text.bytes.length + (text.utf16 ? UTF16_FLAG : 0), true)
    bytes.set(text.bytes, at + 4)
    at += 4 + text.bytes.length
  }
  for (const site of trace.sites) {
    view.setInt32(at, fileIndex.get(site.file) ?? 0, true)
    view.setInt32(at + 4, site.from, true)
    view.setInt32(at + 8, site.to, true)
    at += 12
  }
  let timeAt = eventsAt
  let wordAt = wordsAt
  for (const chunk of trace.chunks) {
    for (let i = 0; i < chunk.count; i++, timeAt += 8) view.setFloat64(timeAt, chunk.times[i] as number, true)
    const words = chunk.count * WORDS_PER_EVENT
    for (let i = 0; i < words; i++, wordAt += 4) view.setInt32(wordAt, chunk.words[i] as number, true)
  }
  return bytes
}

/** The trace in a file's bytes, or a sentence that says why there is none. */
export function readTrace(bytes: Uint8Array): ReadResult {
  try {
    return { ok: true, trace: checkedTrace(upgraded(readRaw(bytes), UPGRADES, TRACE_VERSION)) }
  } catch (problem) {
    if (problem instanceof Refused) return { ok: false, sentence: problem.sentence }
    throw problem
  }
}

/** Takes a trace through the chain of steps up to a version. */
export function upgraded(raw: RawTrace, chain: readonly ((raw: RawTrace) => RawTrace)[], to: number): RawTrace {
  let now = raw
  while (now.version < to) {
    const step = chain[now.version - 1]
    if (!step) throw new Refused(`This trace is of version ${raw.version}, which this program cannot read any more.`)
    now = step(now)
  }
  return now
}

const aligned = (at: number): number => (at + 7) & ~7

function readRaw(bytes: Uint8Array): RawTrace {
  if (bytes.length < MAGIC.length || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    const start = MAGIC.every((byte, i) => i >= bytes.length || bytes[i] === byte)
    throw new Refused(start ? cutSentence(bytes.length, HEADER_BYTES) : "This file is not a trace of Counterpoint.")
  }
  if (bytes.length < HEADER_BYTES) throw new Refused(cutSentence(bytes.length, HEADER_BYTES))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const number = (i: number) => view.getUint32(8 + 4 * i, true)
  const version = number(0)
  if (version > TRACE_VERSION) {
    throw new Refused(
      `This trace was made with a newer version (${version}; this program reads up to ${TRACE_VERSION}). Reload or update to open it.`,
    )
  }
  if (version === 0) throw new Refused(damaged("its version is 0"))
  const [fileCount, siteCount, stringCount, eventCount, textBytes] = [number(1), number(2), number(3), number(4), number(5)]
  const eventsAt = Math.ceil((HEADER_BYTES + textBytes + 12 * siteCount) / 8) * 8
  const expected = eventsAt + (8 + 4 * WORDS_PER_EVENT) * eventCount
  if (bytes.length < expected) throw new Refused(cutSentence(bytes.length, expected))
  if (bytes.length > expected) throw new Refused(damaged(`it is ${bytes.length - expected} bytes longer than it says`))
  if (4 * (fileCount + stringCount) > textBytes) throw new Refused(damaged("it counts more texts than it holds"))
  let at = HEADER_BYTES
  const textsEnd = HEADER_BYTES + textBytes
  const readText = (): string => {
    if (at + 4 > textsEnd) throw new Refused(damaged("a text lies outside its place"))
    const word = view.getUint32(at, true)
    const utf16 = word >= UTF16_FLAG
    const length = utf16 ? word - UTF16_FLAG : word
    if (at + 4 + length > textsEnd) throw new Refused(damaged("a text lies outside its place"))
    const text = decodeText(bytes.subarray(at + 4, at + 4 + length), utf16)
    at += 4 + length
    return text
  }
  const files = Array.from({ length: fileCount }, readText)
  const strings = Array.from({ length: stringCount }, readText)
  if (at !== textsEnd) throw new Refused(damaged("its texts do not fill their place"))
  const sites = new Int32Array(siteCount * 3)
  for (let i = 0; i < sites.length; i++, at += 4) sites[i] = view.getInt32(at, true)
  const times = new Float64Array(eventCount)
  for (let i = 0, from = eventsAt; i < eventCount; i++, from += 8) times[i] = view.getFloat64(from, true)
  const words = new Int32Array(eventCount * WORDS_PER_EVENT)
  for (let i = 0, from = eventsAt + 8 * eventCount; i < words.length; i++, from += 4) words[i] = view.getInt32(from, true)
  return { version, files, sites, strings, times, words }
}

/** Believes a trace only if every number in it points at something that is there and time never goes back. */
function checkedTrace(raw: RawTrace): Trace {
  const sites: Range[] = []
  for (let i = 0; i < raw.sites.length; i += 3) {
    const file = raw.files[raw.sites[i] as number]
    const from = raw.sites[i + 1] as number
    const to = raw.sites[i + 2] as number
    if (file === undefined || from < 0 || to < from) throw new Refused(damaged(`site ${i / 3} is no range of a file`))
    sites.push({ file, from, to })
  }
  let lastUs = 0
  let tasks = 0
  for (let i = 0; i < raw.times.length; i++) {
    const atUs = raw.times[i] as number
    if (!Number.isSafeInteger(atUs) || atUs < lastUs) throw new Refused(damaged(`the time of event ${i} is not after the one before`))
    lastUs = atUs
    const at = i * WORDS_PER_EVENT
    const info = KINDS.get(raw.words[at] as number)
    if (!info) throw new Refused(damaged(`event ${i} is of an unknown kind`))
    const [task, site, a, b] = [
      raw.words[at + 1] as number,
      raw.words[at + 2] as number,
      raw.words[at + 3] as number,
      raw.words[at + 4] as number,
    ]
    if (info.name === "spawn" && a === tasks) tasks++
    if (task < -1 || task >= tasks) throw new Refused(damaged(`event ${i} belongs to no task`))
    if (site < -1 || site >= sites.length) throw new Refused(damaged(`event ${i} points outside the source`))
    if (!fits(info.a, a, raw, tasks) || !fits(info.b, b, raw, tasks))
      throw new Refused(damaged(`event ${i} (${info.name}) says something impossible`))
  }
  const trace = new Trace(sites)
  for (let from = 0; from < raw.times.length || from === 0; from += CHUNK_EVENTS) {
    const to = Math.min(raw.times.length, from + CHUNK_EVENTS)
    trace.append({
      count: to - from,
      times: raw.times.slice(from, to),
      words: raw.words.slice(from * WORDS_PER_EVENT, to * WORDS_PER_EVENT),
      strings: from === 0 ? raw.strings : [],
    })
  }
  return trace
}

function fits(argument: Argument, value: number, raw: RawTrace, tasks: number): boolean {
  switch (argument) {
    case "none":
    case "number":
    case "on":
      return true
    case "text":
      return value >= 0 && value < raw.strings.length
    case "task":
      return value >= -1 && value < tasks
    case "id":
    case "count":
      return value >= 0
    default:
      return value >= 0 && value < (namesOf(argument)?.length ?? 0)
  }
}

const damaged = (why: string): string => `This trace is damaged: ${why}.`
const cutSentence = (found: number, expected: number): string =>
  `This trace is cut off: it has ${found} bytes and should have ${expected === HEADER_BYTES ? "at least " : ""}${expected}.`

function encodeText(text: string): { bytes: Uint8Array; utf16: boolean } {
  if (!/\p{Surrogate}/u.test(text)) return { bytes: new TextEncoder().encode(text), utf16: false }
  const bytes = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    bytes[2 * i] = unit & 0xff
    bytes[2 * i + 1] = unit >> 8
  }
  return { bytes, utf16: true }
}

function decodeText(bytes: Uint8Array, utf16: boolean): string {
  if (!utf16) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      throw new Refused(damaged("a text is not valid UTF-8"))
    }
  }
  if (bytes.length % 2 === 1) throw new Refused(damaged("a text ends in half a character"))
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 2) parts.push(String.fromCharCode((bytes[i] as number) | ((bytes[i + 1] as number) << 8)))
  return parts.join("")
}
