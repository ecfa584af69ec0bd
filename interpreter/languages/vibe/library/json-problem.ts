// Why a text is no JSON, and where: engines say it each in their own words, and those may not enter a trace (design: the
// law). Asked for after the host has refused a text; used by `JSON.parse` in ts blocks and by system/utils.

const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
/** Control characters must be escaped. */
const TEXT = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const BLANKS = /[ \t\r\n]*/y

/** What is wrong with a text that is not valid JSON: "unexpected 'x' at line 1, column 2", lines and columns from 1. */
export function jsonProblem(text: string): string {
  const open: string[] = []
  let at = 0
  const reads = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const next = (): string => {
    reads(BLANKS)
    return text.charAt(at)
  }
  /** After each value: what closes, what goes on. True where another value is to be read. */
  const goesOn = (): boolean => {
    for (;;) {
      const c = next()
      const around = open[open.length - 1]
      if (around === undefined) return false
      if (c === around) {
        at++
        open.pop()
      } else if (c === ",") {
        at++
        return around === "]" || key()
      } else return false
    }
  }
  const key = (): boolean => {
    next()
    if (!reads(TEXT) || next() !== ":") return false
    at++
    return true
  }
  for (let more = true; more; ) {
    const c = next()
    if (c === "[" || c === "{") {
      at++
      const closer = c === "[" ? "]" : "}"
      open.push(closer)
      if (next() === closer) {
        at++
        open.pop()
        more = goesOn()
      } else more = c === "[" || key()
    } else more = (reads(TEXT) || reads(LITERAL)) && goesOn()
  }
  return problemAt(text, at)
}

function problemAt(text: string, at: number): string {
  if (text.trim() === "") return "the JSON text is empty"
  if (at >= text.length) return "the JSON text ends too early"
  const before = text.slice(0, at)
  const place = `line ${before.split("\n").length}, column ${at - before.lastIndexOf("\n")}`
  const c = text.charAt(at)
  if (c === '"') return `a text that is not closed, or holds what JSON does not allow in texts, begins at ${place} of the JSON text`
  return `unexpected '${String.fromCodePoint(text.codePointAt(at) ?? 0)}' at ${place} of the JSON text`
}
