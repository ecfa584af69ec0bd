// Links that carry a program, a moment of its run and, if asked to, the recorded answers it ran with: "#v1." +
// base64url(deflate-raw(JSON)). Never keys. What comes back is somebody else's text: every field is checked, and unpacking
// stops at a bound (a small link can hold a very large text). Later versions get a step each in `UPGRADES`, so that old
// links open for ever.

import { changedDials, dialsFrom } from "../../interpreter/models/dials.ts"
import { type Cassette, readCassette, writeCassette } from "../../interpreter/models/index.ts"
import { isRetries } from "../../interpreter/models/retries.ts"
import type { ModelDials, ModelRule } from "../../interpreter/models/script.ts"
import type { DocumentId, LanguageName, OpenDocument } from "../store/document.ts"
import { freshId } from "../store/fresh-id.ts"
import { readBounded } from "./bounded.ts"
import {
  isCount,
  type LinkedView,
  type PackedMarker,
  packedMarkers,
  packedSelection,
  unpackedMarkers,
  unpackedSelection,
  unpackedWindow,
} from "./view.ts"

const PREFIX = "#v"
const VERSION = 1
const MOST_BYTES = 2_000_000
/** Longer links are cut by chat programs and refused by servers; the recording is then sent as a file. */
export const MOST_RECORDED_LENGTH = 16_000

type Fields = Readonly<Record<string, unknown>>

/** The step at index i makes the fields of version i + 2 out of those of version i + 1. */
const UPGRADES: readonly ((fields: Fields) => Fields)[] = []

/** What a link says; short names, since links are read by people only when they are short. */
interface Content {
  readonly l: LanguageName
  readonly t: string
  readonly p: string
  readonly x: string
  readonly f?: Readonly<Record<string, string>>
  readonly r?: readonly ModelRule[]
  /** Dials of the simulated model that are not as every day. */
  readonly d?: Readonly<Partial<ModelDials>>
  readonly s: number
  readonly m?: number
  /** How often a reply that does not fit is asked for again. */
  readonly q?: number
  readonly u?: number
  /** Stretch of time on screen, in microseconds. */
  readonly w?: readonly [number, number]
  /** What was picked. */
  readonly k?: readonly unknown[]
  /** Markers: microseconds, events, and a note. */
  readonly n?: readonly PackedMarker[]
  /** A recording, as its file has it. */
  readonly c?: string
}

export interface LinkedMoment {
  readonly document: Omit<OpenDocument, "version" | "replaced">
  /** What its sender saw; null where the link is to the program as such. */
  readonly view: LinkedView | null
  /** The answers that its sender had; null where the simulated model answers. */
  readonly cassette: Cassette | null
}

/** Why a link does not open as it was meant; `document`: the program it holds, where that can still be read. */
export interface LinkProblem {
  readonly problem: string
  readonly document?: LinkedMoment["document"]
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, mostBytes: number): Promise<Uint8Array | null> {
  const writer = stream.writable.getWriter()
  // A damaged stream fails at both ends; the reading end tells.
  writer.write(bytes as BufferSource).catch(() => {})
  writer.close().catch(() => {})
  return readBounded(stream.readable as ReadableStream<Uint8Array>, mostBytes)
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = ""
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

/** The part of a link after the address: starts with "#v1.". */
export async function linkTo(document: OpenDocument, view: LinkedView | null, cassette: Cassette | null = null): Promise<string> {
  const selection = view && packedSelection(view.selection)
  const markers = view && packedMarkers(view.markers)
  const content: Content = {
    l: document.language,
    t: document.title,
    p: document.path,
    x: document.text,
    ...(Object.keys(document.files).length > 0 && { f: document.files }),
    ...(document.rules.length > 0 && { r: document.rules }),
    ...(document.dials && Object.keys(changedDials(document.dials)).length > 0 && { d: changedDials(document.dials) }),
    s: document.seed,
    ...(document.maxParallel > 0 && { m: document.maxParallel }),
    ...(document.maxRetries !== undefined && { q: document.maxRetries }),
    ...(view && { u: Math.round(view.atUs) }),
    ...(view?.window && { w: [Math.max(0, Math.round(view.window.fromUs)), Math.round(view.window.toUs)] as const }),
    ...(selection && { k: selection }),
    ...(markers && { n: markers }),
    ...(cassette && { c: writeCassette(cassette) }),
  }
  const packed = await through(
    new TextEncoder().encode(JSON.stringify(content)),
    new CompressionStream("deflate-raw"),
    Number.POSITIVE_INFINITY,
  )
  return `${PREFIX}${VERSION}.${toBase64Url(packed ?? new Uint8Array())}`
}

/** What can be read of a damaged or newer link: what unpacks until it breaks. Empty for nothing. */
async function readable(packed: string): Promise<string> {
  try {
    const stream = new DecompressionStream("deflate-raw")
    const writer = stream.writable.getWriter()
    const reader = stream.readable.getReader()
    const decoder = new TextDecoder()
    let text = ""
    // Letters that are none end what can be read; an odd one at the end is a part of a byte.
    const letters = /^[\w-]*/.exec(packed)?.[0] ?? ""
    const bytes = fromBase64Url(letters.length % 4 === 1 ? letters.slice(0, -1) : letters)
    // What came out is taken before the end is told: a stream that fails forgets what waits in it.
    writer.write(bytes as BufferSource).then(
      () => writer.close().catch(() => {}),
      () => {},
    )
    try {
      while (text.length < MOST_BYTES) {
        const { done, value } = await reader.read()
        if (done) break
        text += decoder.decode(value, { stream: true })
      }
      if (text.length >= MOST_BYTES) void reader.cancel().catch(() => {})
    } catch {
      // Until here.
    }
    return text.slice(0, MOST_BYTES)
  } catch {
    return ""
  }
}

/** The program in what could be read of a link's JSON: language, path and text, the text as far as it goes. */
function salvaged(json: string): LinkProblem["document"] {
  try {
    const whole = read(JSON.parse(json))
    if (whole) return whole.document
  } catch {
    // It is cut.
  }
  const field = (name: string): string | undefined => {
    const found = new RegExp(`"${name}":"((?:[^"\\\\]+|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)`).exec(json)?.[1]
    try {
      return found === undefined ? undefined : (JSON.parse(`"${found}"`) as string)
    } catch {
      return undefined
    }
  }
  const text = field("x")
  return text ? read({ l: field("l"), t: field("t"), p: field("p"), x: text })?.document : undefined
}

async function problemWith(packed: string, problem: string): Promise<LinkProblem> {
  const document = salvaged(await readable(packed))
  return document ? { problem: `${problem} What can be read of its program is shown.`, document } : { problem }
}

/** What a link's hash says; null where it is no link of ours at all. */
export async function openLink(hash: string): Promise<LinkedMoment | LinkProblem | null> {
  const match = /^#v(\d+)\.(.*)$/s.exec(hash)
  const packed = match?.[2] ?? ""
  if (!match) return /^#v\d*$/.test(hash) ? { problem: "This link is damaged: part of it is missing." } : null
  if (Number(match[1]) > VERSION)
    return problemWith(packed, "This link was made with a newer version of the page. Reload the page and open it again.")
  try {
    const bytes = await through(fromBase64Url(packed), new DecompressionStream("deflate-raw"), MOST_BYTES)
    if (!bytes) return { problem: "This link holds more than two megabytes, which is more than a program has." }
    let fields: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
    for (const upgrade of UPGRADES.slice(Number(match[1]) - 1)) if (isFields(fields)) fields = upgrade(fields)
    return read(fields) ?? { problem: "This link is damaged: it holds no program." }
  } catch {
    return problemWith(packed, "This link is damaged: part of it is missing or was changed.")
  }
}

function read(value: unknown): LinkedMoment | null {
  if (!isFields(value)) return null
  const { l, t, p, x, f, r, d, s, m, q, u, w, k, n, c } = value
  if (l !== "vibe" && l !== "jade" && l !== "ard") return null
  if (typeof x !== "string" || typeof p !== "string") return null
  const files =
    typeof f === "object" && f !== null ? Object.entries(f).filter((entry): entry is [string, string] => typeof entry[1] === "string") : []
  const dials = dialsFrom(d)
  const recording = typeof c === "string" ? readCassette(c) : null
  return {
    document: {
      ...(dials && { dials }),
      id: `link:${freshId()}` as DocumentId,
      title: typeof t === "string" ? t.slice(0, 200) : "shared program",
      language: l,
      path: p.slice(0, 200),
      text: x,
      files: Object.fromEntries(files),
      rules: Array.isArray(r) ? r.filter(isRule).slice(0, 1000) : [],
      seed: isCount(s) ? s : 7,
      maxParallel: isCount(m) ? m : 0,
      ...(isRetries(q) && { maxRetries: q }),
      exampleId: null,
      edited: false,
    },
    view: isCount(u) ? { atUs: u, selection: unpackedSelection(k), window: unpackedWindow(w), markers: unpackedMarkers(n) } : null,
    cassette: recording?.ok ? recording.cassette : null,
  }
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value)
const optional = (value: unknown, test: (value: unknown) => boolean) => value === undefined || test(value)
const isText = (value: unknown) => typeof value === "string"

/** A rule of a model script whose every field is what the simulated model takes it for. */
export function isRule(value: unknown): value is ModelRule {
  if (typeof value !== "object" || value === null) return false
  const { match, reply, replies, latencyMs, usage, finish, error } = value as Record<string, unknown>
  return (
    optional(match, isText) &&
    optional(reply, isReply) &&
    optional(replies, (list) => Array.isArray(list) && list.every(isReply)) &&
    optional(finish, (end) => end === "length" || end === "refused") &&
    optional(latencyMs, (ms) => typeof ms === "number" && ms >= 0 && ms < 1e9) &&
    optional(
      usage,
      (counts) =>
        typeof counts === "object" && counts !== null && isCount(Reflect.get(counts, "in")) && isCount(Reflect.get(counts, "out")),
    ) &&
    optional(
      error,
      (fail) => typeof fail === "object" && fail !== null && isCount(Reflect.get(fail, "status")) && isCount(Reflect.get(fail, "times")),
    )
  )
}

function isReply(value: unknown): boolean {
  if (typeof value === "string") return true
  if (typeof value !== "object" || value === null) return false
  const tools = Reflect.get(value, "tools") as unknown
  return Array.isArray(tools) && tools.every((tool) => typeof tool === "object" && tool !== null && isText(Reflect.get(tool, "name")))
}
