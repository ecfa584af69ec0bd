// Proves that emitted text names nothing but its own: a tokenizer for the small part of JavaScript that the emitter
// writes, and the list of words it may use. Tests run it over every case and over fuzzed programs (design: engine,
// safety by construction); it is no part of a run.

const KEYWORDS = new Set(
  "use strict class constructor this new return function yield let const if else for of while break continue throw try catch finally typeof instanceof void true false null".split(
    " ",
  ),
)
/** The factory's parameters, `newGlobals` and the keys of what it returns, the caught value. */
const OWN = new Set(["R", "S", "N", "W", "F", "P", "B", "G", "d", "e", "Globals", "functions", "newGlobals", "shapes"])
const EMITTED = /^(?:t\d+|h\d+|a\d+|u\d+|[LM]\d+|[fpw]?\$\w*_\d+|C\$\w*_\d+|\$\w*)$/
const MEMBERS = /^(?:\$\w*|[A-Za-z][A-Za-z0-9_]*)$/

/** Every word of the text that is neither a keyword, nor the emitter's own, nor a member of an object of ours. */
export function foreignWords(text: string): string[] {
  const found: string[] = []
  const token = /\s+|"(?:[^"\\]|\\.)*"|\d[\w.]*|\/\*\d+\*\/|([A-Za-z_$][\w$]*)|(.)/gs
  let previous = ""
  let beforePrevious = ""
  for (const match of text.matchAll(token)) {
    const word = match[1]
    if (word !== undefined) {
      const isMember = previous === "."
      const fine = isMember
        ? MEMBERS.test(word) && (word.startsWith("$") || beforePrevious === "R" || beforePrevious === "S")
        : KEYWORDS.has(word) || OWN.has(word) || EMITTED.test(word)
      if (!fine) found.push(word)
    }
    if (!/^\s/.test(match[0])) {
      beforePrevious = previous
      previous = match[0]
    }
  }
  return found
}
