// What `print(?p |> grammar)` shows of a reply (SPEC 15.6): a region is muted; reading the reply as a value gives it whole.
import type { Grammar } from "./values.ts"

/** Without an anchor only what follows `stop`; with one everything outside `anchor … stop`, anchors excluded. */
export function muted(reply: string, grammar: Grammar): string {
  const { anchor, stop } = grammar
  if (anchor === null) {
    const at = stop === null ? -1 : reply.indexOf(stop)
    return at < 0 || stop === null ? "" : reply.slice(at + stop.length)
  }
  let shown = ""
  for (let at = 0; ; ) {
    const begin = reply.indexOf(anchor, at)
    if (begin < 0) return shown + reply.slice(at)
    shown += reply.slice(at, begin)
    const end = stop === null ? -1 : reply.indexOf(stop, begin + anchor.length)
    if (end < 0 || stop === null) return shown
    at = end + stop.length
  }
}
