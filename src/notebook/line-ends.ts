// Line ends of prose that is edited: a text field knows "\n" only, so what comes back from it gets the ends that the lines had.
// The law: lines that nobody touched stay byte for byte. Pure.

/** The text as a text field holds it. */
export function inField(raw: string): string {
  return raw.includes("\r") ? raw.replace(/\r\n?/g, "\n") : raw
}

/**
 * What a field holds now, with the line ends of `raw`, which it held before: lines before and behind the change keep theirs,
 * new ones get those of the text's first line.
 */
export function fromField(raw: string, typed: string): string {
  if (!raw.includes("\r")) return typed
  const before = linesOf(raw)
  const after = linesOf(typed)
  const most = Math.min(before.length, after.length)
  const isSame = (a: string | undefined, b: string | undefined) => inField(a ?? "") === b
  let top = 0
  while (top < most && isSame(before[top], after[top])) top++
  let bottom = 0
  while (bottom < most - top && isSame(before[before.length - 1 - bottom], after[after.length - 1 - bottom])) bottom++
  const end = /\r\n?|\n/.exec(raw)?.[0] ?? "\n"
  const changed = after.slice(top, after.length - bottom).map((line) => line.replace(/\n$/, end))
  return [...before.slice(0, top), ...changed, ...before.slice(before.length - bottom)].join("")
}

/** Each line with its end. */
const linesOf = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? []
