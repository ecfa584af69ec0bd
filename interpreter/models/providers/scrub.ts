// Takes secrets out of a provider's texts before anything of ours sees them: known keys, what looks like one, and the user
// and query parts of addresses. Errors are cut to 500 characters; answers that stream are scrubbed piece by piece.

const MAX_CHARACTERS = 500
export const KEY_MARK = "[key]"
/** What keys of the known providers look like, for one that is not ours. */
const KEY_LIKE =
  /\b(?:sk|gsk|rk|pk|xai|hf|key|api)[-_][A-Za-z0-9_*.-]{8,}|\bAIza[A-Za-z0-9_-]{10,}|\bBearer\s+\S+|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]+/g

/** A provider's text as it may be shown: no keys, no user or query parts of addresses, at most 500 characters. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  let clean = text.slice(0, 20_000)
  for (const secret of secrets) for (const form of formsOf(secret)) clean = clean.replaceAll(form, KEY_MARK)
  clean = clean
    .replace(/\b(\w+:\/\/)[^\s/@"']*@/g, "$1")
    .replace(/(\b\w+:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/g, "$1")
    .replace(KEY_LIKE, KEY_MARK)
    .replace(/\s+/g, " ")
    .trim()
  return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS - 1)}…` : clean
}

/** A key as it stands, as JSON and addresses write it, and in base64. */
function formsOf(secret: string): string[] {
  if (secret.length < 6) return []
  const forms = new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  try {
    forms.add(btoa(secret).replace(/=+$/, ""))
  } catch {
    // Not Latin-1: no header carries it in base64 either.
  }
  return [...forms]
}

/** Scrubs known keys out of a text that comes in pieces: a piece that could begin a key is held back until it is clear. */
export class StreamScrubber {
  private readonly forms: readonly string[]
  private held = ""

  constructor(secrets: readonly string[]) {
    this.forms = secrets.flatMap(formsOf)
  }

  /** What may go on of the text so far. */
  take(piece: string): string {
    if (this.forms.length === 0) return piece
    this.held += piece
    for (const form of this.forms) this.held = this.held.replaceAll(form, KEY_MARK)
    let keep = 0
    for (const form of this.forms)
      for (let length = Math.min(form.length - 1, this.held.length); length > keep; length--)
        if (this.held.endsWith(form.slice(0, length))) keep = length
    const out = this.held.slice(0, this.held.length - keep)
    this.held = this.held.slice(this.held.length - keep)
    return out
  }

  /** The rest, when no more comes. */
  end(): string {
    const rest = this.held
    this.held = ""
    return rest
  }
}

/** Scrubs every text inside a JSON value (arguments of tools). */
export function scrubbedValue(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (depth > 60) return null
  if (typeof value === "string") {
    let clean = value
    for (const secret of secrets) for (const form of formsOf(secret)) clean = clean.replaceAll(form, KEY_MARK)
    return clean
  }
  if (Array.isArray(value)) return value.map((item) => scrubbedValue(item, secrets, depth + 1))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [scrubbedValue(key, secrets), scrubbedValue(item, secrets, depth + 1)]),
  )
}
