// The text of a typed answer without its packing: the object around a list (`{"value": …}`), and the Markdown fence that
// models like to put around JSON. Works on the stream, so that the text grows while it comes.

const OPENING = /^\s*\{\s*"value"\s*:\s*/
const FENCE = /^\s*```[A-Za-z]*[ \t]*\r?\n/
/** Longer than any opening: what has not become one by then is none. */
const LONGEST_OPENING = 40

export class TypedText {
  private held = ""
  private opened = false
  private closing: "none" | "object" | "fence" = "none"

  constructor(
    /** Whether a list was asked for as an object with a value. */
    private readonly wrapped: boolean,
    /** Prose is left as it is. */
    private readonly typed: boolean,
  ) {}

  take(piece: string): string {
    if (!this.typed) return piece
    this.held += piece
    if (!this.opened && !this.open()) return ""
    // What could be the end of the packing is held back.
    const tail = this.closing === "object" ? /[\s}]*$/ : this.closing === "fence" ? /[\s`]*$/ : /\s*$/
    const at = tail.exec(this.held)?.index ?? this.held.length
    const out = this.held.slice(0, at)
    this.held = this.held.slice(at)
    return out
  }

  end(): string {
    if (!this.typed) return ""
    this.opened = true
    const rest = this.held
    this.held = ""
    if (this.closing === "object") return rest.replace(/\s*\}\s*$/, "")
    if (this.closing === "fence") return rest.replace(/\s*```\s*$/, "")
    return rest
  }

  /** True once it is clear how the text begins. */
  private open(): boolean {
    const fence = FENCE.exec(this.held)
    if (fence) {
      this.closing = "fence"
      this.held = this.held.slice(fence[0].length)
    } else if (this.wrapped) {
      const opening = OPENING.exec(this.held)
      if (opening) {
        this.closing = "object"
        this.held = this.held.slice(opening[0].length)
      } else if (this.held.length < LONGEST_OPENING && mayBegin(this.held, '{"value":')) return false
    } else if (this.held.length < LONGEST_OPENING && (this.held.trim() === "" || /^\s*`{1,3}[A-Za-z]*[ \t]*\r?$/.test(this.held)))
      return false
    this.opened = true
    return true
  }
}

/** The text, less its spaces, could become something that begins with `start`. */
function mayBegin(text: string, start: string): boolean {
  const plain = text.replace(/\s+/g, "")
  return plain.length < start.length ? start.startsWith(plain) || "```".startsWith(plain.slice(0, 3)) : plain.startsWith(start)
}
