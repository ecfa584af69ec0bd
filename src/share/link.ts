// Links that carry a program and a moment of its run: "#v1." + base64url(deflate-raw(JSON)). Inputs only: never outputs, never
// keys. What comes back is somebody else's text: every field is checked, and unpacking stops at a bound (a small link can
// hold a very large text). Later versions get a step each in `upgrade`, so that old links open for ever.
import { changedDials, dialsFrom } from "../../interpreter/models/presets.ts"
import type { ModelDials, ModelRule } from "../../interpreter/models/script.ts"
import type { DocumentId, LanguageName, OpenDocument } from "../store/document.ts"

const PREFIX = "#v"
const VERSION = 1
const MOST_BYTES = 2_000_000

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
  readonly u?: number
}

export interface LinkedMoment {
  readonly document: Omit<OpenDocument, "version" | "replaced">
  /** Where the playhead was, in microseconds; null where the link is to the program as such. */
  readonly atUs: number | null
}

/** Why a link cannot be opened, as the reader is told. */
export type LinkProblem = { readonly problem: string }

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, mostBytes: number): Promise<Uint8Array | null> {
  const writer = stream.writable.getWriter()
  // A damaged stream fails at both ends; the reading end tells.
  writer.write(bytes as BufferSource).catch(() => {})
  writer.close().catch(() => {})
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > mostBytes) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
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
export async function linkTo(document: OpenDocument, atUs: number | null): Promise<string> {
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
    ...(atUs !== null && { u: atUs }),
  }
  const packed = await through(
    new TextEncoder().encode(JSON.stringify(content)),
    new CompressionStream("deflate-raw"),
    Number.POSITIVE_INFINITY,
  )
  return `${PREFIX}${VERSION}.${toBase64Url(packed ?? new Uint8Array())}`
}

/** What a link's hash says; null where it is no link of ours at all. */
export async function openLink(hash: string): Promise<LinkedMoment | LinkProblem | null> {
  const match = /^#v(\d+)\.([\w-]*)$/.exec(hash)
  if (!match) return hash.startsWith("#v") ? { problem: "This link is damaged: part of it is missing." } : null
  if (Number(match[1]) > VERSION) return { problem: "This link was made with a newer version. Reload the page and open it again." }
  try {
    const bytes = await through(fromBase64Url(match[2] ?? ""), new DecompressionStream("deflate-raw"), MOST_BYTES)
    if (!bytes) return { problem: "This link holds more than two megabytes, which is more than a program has." }
    return (
      read(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))) ?? { problem: "This link is damaged: it holds no program." }
    )
  } catch {
    return { problem: "This link is damaged: part of it is missing or was changed." }
  }
}

function read(value: unknown): LinkedMoment | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null
  const { l, t, p, x, f, r, d, s, m, u } = value as Record<string, unknown>
  if (l !== "vibe" && l !== "jade" && l !== "ard") return null
  if (typeof x !== "string" || typeof p !== "string") return null
  const files =
    typeof f === "object" && f !== null ? Object.entries(f).filter((entry): entry is [string, string] => typeof entry[1] === "string") : []
  const dials = dialsFrom(d)
  return {
    document: {
      ...(dials && { dials }),
      id: `link:${crypto.randomUUID()}` as DocumentId,
      title: typeof t === "string" ? t.slice(0, 200) : "shared program",
      language: l,
      path: p.slice(0, 200),
      text: x,
      files: Object.fromEntries(files),
      rules: Array.isArray(r) ? r.filter(isRule).slice(0, 1000) : [],
      seed: isCount(s) ? s : 7,
      maxParallel: isCount(m) ? m : 0,
      exampleId: null,
      edited: false,
    },
    atUs: isCount(u) ? u : null,
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const optional = (value: unknown, test: (value: unknown) => boolean) => value === undefined || test(value)
const isText = (value: unknown) => typeof value === "string"

/** A rule of a model script whose every field is what the simulated model takes it for. */
export function isRule(value: unknown): value is ModelRule {
  if (typeof value !== "object" || value === null) return false
  const { match, reply, replies, latencyMs, usage, error } = value as Record<string, unknown>
  return (
    optional(match, isText) &&
    optional(reply, isReply) &&
    optional(replies, (list) => Array.isArray(list) && list.every(isReply)) &&
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
