// What a link carries and how: `#v1.` + base64url(deflate-raw(JSON)). Inputs and a view only, never outputs and never a
// key (design: documents). The text of a link is untrusted: unpacking is bounded, every field is checked, what is unknown
// is dropped, and a link of a newer version says so. Short key names keep a 500-character program under 450 characters.
//
// A version is never changed once it is out: add version 2, and a step in UPGRADES from what 1 unpacks to.

export const LINK_VERSION = 1

export interface LinkView {
  /** The playhead, virtual microseconds. */
  readonly atUs: number
  /** The stretch of time that is shown; null: all of it. */
  readonly window: readonly [number, number] | null
  /** The selected task; null: none. */
  readonly task: number | null
}

export interface LinkContents {
  /** The document's Markdown, or a single program. */
  readonly document:
    | { readonly kind: "markdown"; readonly text: string }
    | { readonly kind: "program"; readonly language: string; readonly text: string }
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly seed: number
  readonly maxParallel: number
  /** A recorded schedule as text; "" for first ready, first run. */
  readonly schedule: string
  /** The model script as JSON; "" for none. Checked where it is read. */
  readonly rules: string
  /** A cassette as text, in links that carry recorded answers; "" for none. */
  readonly cassette: string
  readonly view: LinkView | null
}

export type LinkResult = { readonly ok: true; readonly contents: LinkContents } | { readonly ok: false; readonly sentence: string }

/** Longest text that is unpacked, in bytes: a link that holds more was made to hurt. */
const MAX_UNPACKED_BYTES = 4_000_000
const MAX_PACKED_LENGTH = 2_000_000

/** The wire form: short names, nothing that has its default. */
interface Wire {
  l?: string
  t?: string
  m?: string
  n?: string
  f?: Record<string, string>
  s?: number
  p?: number
  o?: string
  r?: string
  c?: string
  v?: [number, number, number, number]
}

/** The fragment of a link (`#v1.…`). */
export async function writeLink(contents: LinkContents): Promise<string> {
  const wire: Wire = {}
  if (contents.document.kind === "markdown") wire.m = contents.document.text
  else {
    wire.l = contents.document.language
    wire.t = contents.document.text
  }
  if (contents.title !== "") wire.n = contents.title
  if (Object.keys(contents.files).length > 0) wire.f = { ...contents.files }
  if (contents.seed !== 1) wire.s = contents.seed
  if (contents.maxParallel !== 0) wire.p = contents.maxParallel
  if (contents.schedule !== "") wire.o = contents.schedule
  if (contents.rules !== "") wire.r = contents.rules
  if (contents.cassette !== "") wire.c = contents.cassette
  const view = contents.view
  if (view) wire.v = [view.atUs, view.window?.[0] ?? -1, view.window?.[1] ?? -1, view.task ?? -1]
  const packed = await pack(new TextEncoder().encode(JSON.stringify(wire)))
  return `#v${LINK_VERSION}.${base64url(packed)}`
}

/** Reads a fragment; a sentence for the reader where it cannot be. Never throws. */
export async function readLink(fragment: string): Promise<LinkResult> {
  const match = /^#?v(\d{1,4})\.([A-Za-z0-9_-]*)$/.exec(fragment.trim())
  if (!match) return refused("This link is damaged: it does not have the form of a Counterpoint link. Ask for it again, copied whole.")
  const version = Number(match[1])
  if (version > LINK_VERSION)
    return refused("This link was made with a newer version. Reload the page to get that version, then open it again.")
  if (version < 1) return refused("This link is damaged: there is no such version.")
  const text = match[2] ?? ""
  if (text.length > MAX_PACKED_LENGTH) return refused("This link is too long to open. Ask for the file instead.")
  let wire: unknown
  try {
    const bytes = await unpacked(fromBase64url(text))
    if (bytes === null) return refused("This link unpacks to more than can be opened. It may have been made to do harm; nothing was run.")
    wire = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    return refused("This link is damaged or was cut. Ask for it again, copied whole.")
  }
  for (let from = version; from < LINK_VERSION; from++) wire = UPGRADES[from]?.(wire) ?? wire
  return checked(wire)
}

/** From the wire form of a version to that of the next. */
const UPGRADES: Readonly<Record<number, (wire: unknown) => unknown>> = {}

function checked(wire: unknown): LinkResult {
  if (typeof wire !== "object" || wire === null || Array.isArray(wire)) return refused("This link holds no document.")
  const fields = wire as Record<string, unknown>
  const text = (key: string) => (typeof fields[key] === "string" ? (fields[key] as string) : "")
  const whole = (key: string, otherwise: number, max: number) => {
    const value = fields[key]
    return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max ? (value as number) : otherwise
  }
  const markdown = typeof fields.m === "string"
  if (!markdown && (typeof fields.t !== "string" || !/^(vibe|jade|ard)$/.test(text("l"))))
    return refused("This link holds no program of a language that is known here.")
  const files: Record<string, string> = {}
  if (typeof fields.f === "object" && fields.f !== null && !Array.isArray(fields.f)) {
    for (const [path, content] of Object.entries(fields.f)) if (typeof content === "string" && isPlainPath(path)) files[path] = content
  }
  return {
    ok: true,
    contents: {
      document: markdown ? { kind: "markdown", text: text("m") } : { kind: "program", language: text("l"), text: text("t") },
      title: text("n").slice(0, 300),
      files,
      seed: whole("s", 1, Number.MAX_SAFE_INTEGER),
      maxParallel: whole("p", 0, 10_000),
      schedule: text("o"),
      rules: text("r"),
      cassette: text("c"),
      view: viewOf(fields.v),
    },
  }
}

function viewOf(value: unknown): LinkView | null {
  if (!Array.isArray(value) || value.length !== 4 || !value.every((part) => typeof part === "number" && Number.isFinite(part))) return null
  const [atUs, fromUs, toUs, task] = value as [number, number, number, number]
  return {
    atUs: Math.max(0, atUs),
    window: fromUs >= 0 && toUs > fromUs ? [fromUs, toUs] : null,
    task: Number.isInteger(task) && task >= 0 ? task : null,
  }
}

function isPlainPath(path: string): boolean {
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(path) && path.length <= 200
}

function refused(sentence: string): LinkResult {
  return { ok: false, sentence }
}

async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** null where more comes out than may; reading stops there. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > MAX_UNPACKED_BYTES) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function base64url(bytes: Uint8Array): string {
  let binary = ""
  for (let i = 0; i < bytes.length; i += 32_768) binary += String.fromCharCode(...bytes.subarray(i, i + 32_768))
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
