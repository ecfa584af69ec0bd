// What is wrong with the YAML of a front matter, in our words: what was found, what was expected, what to do. The library's
// own sentences speak of its grammar (implicit keys, flow collections); its code says which mistake it met, and the text
// around the place says the rest. One problem a line: what follows from the first would only hide it.
import { type Document, isScalar, type LineCounter, visit, type YAMLError } from "yaml"

export interface YamlProblem {
  /** 1-based, in the YAML. */
  readonly line: number
  readonly message: string
}

/** The problems of a document that was read, in order of their lines; empty if it is good YAML. */
export function yamlProblems(document: Document.Parsed, yaml: string, lines: LineCounter): YamlProblem[] {
  const found = new Map<number, string>()
  for (const error of document.errors) {
    const at = placeOf(error, document)
    const { line } = lines.linePos(at)
    if (!found.has(line)) found.set(line, sentenceOf(error, yaml, at))
  }
  return [...found].sort(([a], [b]) => a - b).map(([line, message]) => ({ line, message }))
}

/** Why a value that is good YAML cannot be made: it repeats others without end, or one that is not there. */
export function aliasProblem(error: unknown, most: number): string {
  return error instanceof ReferenceError && error.message.startsWith("Excessive")
    ? `found too many repetitions of other values (*name); expected at most ${most}: write the values out`
    : "found a repetition (*name) of a value that is not marked before it (&name); expected the value itself, or quotes around a text that begins with *"
}

/** A quote that nothing closes is told where it is opened. */
function placeOf(error: YAMLError, document: Document.Parsed): number {
  const [at] = error.pos
  if (!isUnclosedQuote(error)) return at
  let opened = at
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && node.range && (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE") && node.range[1] >= at)
        opened = node.range[0]
    },
  })
  return opened
}

const isUnclosedQuote = ({ code, message }: YAMLError) => code === "MISSING_CHAR" && message.startsWith("Missing closing")

const KEY = "`key: value`"

function sentenceOf(error: YAMLError, yaml: string, at: number): string {
  const { code, message } = error
  const line = yaml.slice(yaml.lastIndexOf("\n", at - 1) + 1).split("\n", 1)[0] ?? ""
  const letter = yaml.slice(at, at + 1)
  const unclosed = /end with a (.)/.exec(message)?.[1]
  if (unclosed) return `found no ${unclosed} for a bracket that is opened here or before; expected ${unclosed} behind its last value`
  if (isUnclosedQuote(error)) return `found a text without its closing quote; expected ${letter} at its end`
  switch (code) {
    case "BLOCK_AS_IMPLICIT_KEY":
      return /:\s.*:(?:\s|$)/.test(line)
        ? `found a second colon in one line; expected ${KEY}: put quotes around a value that has a colon`
        : `found a next line that is indented as if it belonged to this value; expected it to begin where this line begins`
    case "BAD_INDENT":
      return "found a line that is indented otherwise than those beside it; expected all keys, and all items of a list, to begin at one column"
    case "TAB_AS_INDENT":
      return "found a tab before the first letter; expected spaces: YAML indents with spaces alone"
    case "DUPLICATE_KEY":
      return `found the key ${keyAt(yaml, at)} a second time; expected each key once: take one of them away`
    case "MULTILINE_IMPLICIT_KEY":
      return `found a line that is no key with a value; expected ${KEY}: is a colon, a quote or an indent missing?`
    case "BAD_SCALAR_START":
      return `found a value that begins with ${letter}, which has a meaning of its own in YAML; expected quotes around it`
    case "BAD_DQ_ESCAPE":
      return `found ${yaml.slice(at, at + 2)} in a text, which is no sign that YAML knows; expected \\\\ for a backslash, or single quotes around the text`
    case "BLOCK_IN_FLOW":
      return `found ${KEY} on lines of its own between brackets; expected the closing bracket before it`
    case "MULTIPLE_DOCS":
      return "found a second document; expected the options in one: take the line of dots or dashes away"
    case "TAG_RESOLVE_FAILED":
    case "MULTIPLE_TAGS":
      return "found a tag (a word that begins with !); expected a plain value, or quotes around it"
    case "MISSING_CHAR":
      return missingIn(message)
    case "UNEXPECTED_TOKEN":
      return `found ${letter.trim() === "" ? "the end of the line" : letter} where it cannot stand; expected ${KEY}, or quotes around a text that has such a sign`
    default:
      return `found text that cannot be read as YAML; expected ${KEY} on each line`
  }
}

function missingIn(message: string): string {
  if (message.includes("between")) return "found two entries without a comma between them; expected a comma"
  if (message.startsWith("Missing space after :")) return "found a colon with its value right behind it; expected a space between them"
  if (message.startsWith("Comments")) return "found # right behind a value; expected a space before it, or quotes around a text that has #"
  if (message.includes("without -"))
    return "found a line in a list that is no item of it; expected `- ` before it, or the indent of the keys above it"
  return `found a key without a value; expected ${KEY}: is the colon missing, or the space behind it?`
}

function keyAt(yaml: string, at: number): string {
  return /^["']?([^:"'\r\n]{1,60})/.exec(yaml.slice(at))?.[1]?.trim() ?? ""
}
