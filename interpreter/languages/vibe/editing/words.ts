// Vibe's words, each with a sentence for hover and, where it begins a construct, a snippet for completion.
import type { Completion } from "../../editing.ts"

export interface Word {
  readonly word: string
  readonly doc: string
  /** Where it can be offered: at the beginning of a statement, in an expression, or only where it is looked for. */
  readonly at: "statement" | "expression" | "both" | "nowhere"
  readonly snippet?: string
}

export const WORDS: readonly Word[] = [
  {
    word: "let",
    at: "statement",
    doc: "Declares a variable. Its type is written or taken from its first value.",
    snippet: "let ${name} = ${}",
  },
  { word: "const", at: "statement", doc: "Declares a constant.", snippet: "const ${name} = ${}" },
  {
    word: "async",
    at: "statement",
    doc: "Starts an operation and goes on at once; reading the variable waits for its value.",
    snippet: 'async let ${name} = do "${prompt}"',
  },
  { word: "do", at: "both", doc: "Asks a model and gives its answer. Tools run for one round at most.", snippet: 'do "${prompt}"' },
  {
    word: "vibe",
    at: "both",
    doc: "Asks a model and runs the tools it asks for, up to ten rounds, until it answers.",
    snippet: 'vibe "${prompt}"',
  },
  {
    word: "model",
    at: "statement",
    doc: "Declares a model: a name, and what its provider needs.",
    snippet: 'model ${m} = { name: "${}" }',
  },
  {
    word: "function",
    at: "statement",
    doc: "Declares a function. Parameters need types.",
    snippet: "function ${name}(${param}: ${text}): ${text} {\n  ${}\n}",
  },
  {
    word: "tool",
    at: "statement",
    doc: "Declares a tool that a model may ask for; its body is a ts block.",
    snippet: 'tool ${name}(${param}: ${text}): ${text}\n  @description "${what it does}"\n{\n  ts(${param}) { return ${} }\n}',
  },
  {
    word: "if",
    at: "statement",
    doc: "Runs a block if a condition, which must be boolean, is true.",
    snippet: "if ${condition} {\n  ${}\n}",
  },
  { word: "else", at: "nowhere", doc: "The other branch of an if." },
  {
    word: "for",
    at: "statement",
    doc: "Goes through an array, a range or the numbers 1 to n. Leaving the loop waits for what it started.",
    snippet: "for ${item} in ${list} {\n  ${}\n}",
  },
  { word: "in", at: "nowhere", doc: "Between a loop's variable and what it goes through." },
  {
    word: "while",
    at: "statement",
    doc: "Repeats a block while a condition is true. Leaving the loop waits for what it started.",
    snippet: "while ${condition} {\n  ${}\n}",
  },
  { word: "break", at: "statement", doc: "Leaves the innermost loop." },
  { word: "return", at: "statement", doc: "Leaves the function with a value.", snippet: "return ${}" },
  {
    word: "throw",
    at: "statement",
    doc: "Leaves the function with an error value; at the top level, ends the program.",
    snippet: 'throw "${}"',
  },
  {
    word: "import",
    at: "statement",
    doc: "Takes names from another file or a system module.",
    snippet: 'import { ${} } from "${./file.vibe}"',
  },
  { word: "export", at: "statement", doc: "Lets other files import a function, constant or model." },
  { word: "from", at: "nowhere", doc: "Before the file that names are imported from." },
  { word: "private", at: "nowhere", doc: "Hides the variable from the context that models see." },
  {
    word: "ts",
    at: "both",
    doc: "A TypeScript block: names of variables in parentheses, code in braces, its return value as the value.",
    snippet: "ts(${}) { return ${} }",
  },
  { word: "and", at: "nowhere", doc: "Both sides, always both evaluated; the result is a boolean." },
  { word: "or", at: "nowhere", doc: "Either side, always both evaluated; the result is a boolean." },
  { word: "not", at: "expression", doc: "The opposite of a truth value.", snippet: "not ${}" },
  { word: "true", at: "expression", doc: "The truth value true." },
  { word: "false", at: "expression", doc: "The truth value false." },
  { word: "null", at: "expression", doc: "No value." },
  { word: "default", at: "nowhere", doc: "After a prompt: the model sees the whole context." },
  { word: "local", at: "nowhere", doc: "After a prompt: the model sees the running function's entries only." },
  { word: "forget", at: "nowhere", doc: "After a loop: what it left in the context is removed." },
  { word: "verbose", at: "nowhere", doc: "After a loop: the context keeps everything (as it does without a word)." },
  {
    word: "compress",
    at: "nowhere",
    doc: "After a loop: a model writes a summary that replaces what the loop left in the context.",
    snippet: 'compress("${what to keep}")',
  },
]

export function wordCompletion(word: Word): Completion {
  return { label: word.word, kind: "keyword", detail: "", info: word.doc, boost: -1, ...(word.snippet ? { snippet: word.snippet } : {}) }
}
