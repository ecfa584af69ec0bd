// Which of a program's variables a ts block names without listing them (SPEC 9): identifiers that occur in its body outside
// strings and comments and not behind a dot.
import { withoutCommentsAndStrings } from "../check/ts-exports.ts"

/** Words that JavaScript keeps for itself: a Vibe variable of that name cannot be seen in a block. */
const RESERVED = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof " +
    "undefined var void while with yield"
  ).split(" "),
)

export function isReservedInJs(name: string): boolean {
  return RESERVED.has(name)
}

/** Identifiers in a block's body. */
export function namesIn(body: string): ReadonlySet<string> {
  const names = new Set<string>()
  const code = withoutCommentsAndStrings(body)
  for (const match of code.matchAll(/(\.\.\.|\.)?\s*([A-Za-z_$][\w$]*)/g)) {
    if (match[1] !== "." && match[2] && !RESERVED.has(match[2])) names.add(match[2])
  }
  return names
}
