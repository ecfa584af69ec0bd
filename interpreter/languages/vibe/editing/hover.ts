// Hover: what a name is, its type and comment, and whether reading it here waits, and for what; methods, members, model
// keys, types and words from their entries.
import type { Program } from "../../../source/text.ts"
import type { Hover } from "../../editing.ts"
import { CORE, META, METHODS, MODEL_KEYS, signatureOf } from "../library/catalogue.ts"
import { type Analysis, analyse, useAt } from "./analysis.ts"
import { docOf, META_WORDS, MODEL_KEY_WORDS, methodDoc, TYPE_DOCS } from "./catalogue-words.ts"
import { codeOf, sentenceOf } from "./describe.ts"
import { openAt, regionAt, regionsOf } from "./regions.ts"
import { asksHere, leavingOf, waitingOf } from "./waiting.ts"
import { WORDS } from "./words.ts"

export function hover(program: Program, offset: number): Hover | null {
  const { text, path } = program.entry
  const from = offset - (/\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0)
  const word = /^[A-Za-z_]\w*/.exec(text.slice(from))?.[0]
  const all = regionsOf(text)
  if (!word || regionAt(all, offset, "comment")) return null
  const to = from + word.length
  const analysis = analyse(program)
  const use = useAt(analysis, path, from)
  if (use && use.from === from) {
    const waiting = waitingOf(program, analysis, use)
    return { from, to, code: codeOf(use.symbol), text: [sentenceOf(program, use.symbol), waiting].filter(Boolean).join("\n\n") }
  }
  if (regionAt(all, offset, "string") || regionAt(all, offset, "ts")) return null
  return (
    memberHover(text, from, to, word) ??
    keyHover(text, from, to, word) ??
    metaHover(text, from, to, word) ??
    wordHover(program, analysis, from, to, word)
  )
}

function memberHover(text: string, from: number, to: number, word: string): Hover | null {
  if (!/\.\s*$/.test(text.slice(Math.max(0, from - 20), from))) return null
  const meta = META.find((it) => it === word)
  if (meta) return { from, to, code: `${meta}: ${META_WORDS[meta].type}`, text: META_WORDS[meta].doc }
  const methods = METHODS.filter((it) => it.name === word)
  const [first] = methods
  if (!first || !/^\s*\(/.test(text.slice(to))) return null
  return {
    from,
    to,
    code: signatureOf(first),
    text: methods.map((it) => (methods.length > 1 ? `On ${it.on}: ${methodDoc(it)}` : methodDoc(it))).join("\n\n"),
  }
}

function keyHover(text: string, from: number, to: number, word: string): Hover | null {
  const key = MODEL_KEYS.find((it) => it === word)
  if (!key || !/^\s*:/.test(text.slice(to))) return null
  const open = openAt(regionsOf(text), from)
  const brace = open[open.length - 1]
  if (brace?.char !== "{" || !/\bmodel\s+\w+\s*=\s*$/.test(text.slice(0, brace.at))) return null
  return { from, to, code: `${key}: ${MODEL_KEY_WORDS[key].type}`, text: MODEL_KEY_WORDS[key].doc }
}

/** `@description` and `@param` in the head of a tool. */
function metaHover(text: string, from: number, to: number, word: string): Hover | null {
  const doc = text[from - 1] === "@" ? TOOL_META.get(word) : undefined
  return doc ? { from: from - 1, to, code: `@${word}`, text: doc } : null
}

const TOOL_META = new Map([
  ["description", "What the tool does: the model reads it."],
  ["param", "What a parameter of the tool means: the model reads it."],
])

function wordHover(program: Program, analysis: Analysis, from: number, to: number, word: string): Hover | null {
  const known = WORDS.find((it) => it.word === word)
  if (known) return { from, to, code: word, text: [known.doc, wordWaiting(program, analysis, from, word)].filter(Boolean).join("\n\n") }
  const type = Object.hasOwn(TYPE_DOCS, word) ? TYPE_DOCS[word] : undefined
  if (type) return { from, to, code: word, text: type }
  const builtin = CORE.find((it) => it.name === word)
  return builtin ? { from, to, code: signatureOf(builtin), text: docOf(builtin) } : null
}

/** What waits where a word stands. */
function wordWaiting(program: Program, analysis: Analysis, from: number, word: string): string {
  if (word === "for" || word === "while") return leavingOf(program, analysis, from)
  if (word !== "do" && word !== "vibe") return ""
  return asksHere(analysis, from)
    ? "The program waits here for the answer."
    : "The program goes on at once; reading the answer waits for it."
}
