// What readers are told of the things in library/catalogue.ts: sentences, examples, snippets. For completion, hover and
// signature help; no run needs it, so it comes with the editor. catalogue-words.test.ts sees that nothing lacks its words.
import type { Builtin, META, Method, MODEL_KEYS } from "../library/catalogue.ts"

const FUNCTION_DOCS: Readonly<Record<string, string>> = {
  print: "Writes one value to the output. A pending value is waited for; objects and arrays are laid out over lines.",
  env: "A variable that the reader typed for this document; the default (or an empty text) where there is none.",
  uuid: "A new random id (version 4), drawn from the run's seed.",
  now: "Milliseconds since 1970 on the run's virtual clock.",
  random: "A random number from 0 up to 1, or a whole number from min to max, both included. Drawn from the run's seed.",
  jsonParse: "The value that a JSON text stands for.",
  jsonStringify: "A value as JSON text; with pretty = true over several lines.",
}

const EXAMPLES: Readonly<Record<string, string>> = {
  print: 'print("total: {n}")',
  env: 'env("REGION", "eu")',
  uuid: "uuid()",
  now: "now()",
  random: "random(1, 6)",
  jsonParse: 'jsonParse("[1, 2]")',
  jsonStringify: "jsonStringify({ a: 1 })",
  readFile: 'readFile("notes.txt")',
  writeFile: 'writeFile("out.txt", "done")',
  appendFile: 'appendFile("log.txt", "one line")',
  fileExists: 'fileExists("a.txt")',
  listDir: 'listDir(".")',
  edit: 'edit("a.txt", "old", "new")',
  glob: 'glob("**/*.txt")',
  grep: 'grep("TODO", ".")',
  mkdir: 'mkdir("out")',
  dirExists: 'dirExists("out")',
  bash: 'bash("ls")',
  runCode: 'runCode("1 + 1")',
}

/** What a function does; tools say it to models and readers alike. */
export function docOf(builtin: Builtin): string {
  return builtin.doc ?? FUNCTION_DOCS[builtin.name] ?? ""
}

/** A call of a function, as code. */
export function exampleOf(builtin: Builtin): string {
  return EXAMPLES[builtin.name] ?? ""
}

export const MODULE_DOCS: Readonly<Record<string, string>> = {
  "system/utils": "Small things every program needs: ids, time, random numbers, JSON.",
  "system/tools": "Files of the document (kept in memory), as functions and as tools for models.",
}

const METHOD_DOCS: Readonly<Record<string, string>> = {
  "array.len": "How many elements there are; pending ones count, and nothing is waited for.",
  "array.push":
    "Adds an element in place and gives the array. A pending variable is stored without waiting: its value takes the place later.",
  "array.pop": "Removes the last element and gives it; an empty array is an error.",
  "text.len": "Length in UTF-16 units.",
  "any.toString": "The value as text; objects and arrays as JSON.",
}

export function methodDoc({ on, name }: Method): string {
  return METHOD_DOCS[`${on}.${name}`] ?? ""
}

export interface MemberWords {
  readonly type: string
  readonly doc: string
}

export const META_WORDS: Readonly<Record<(typeof META)[number], MemberWords>> = {
  err: { type: "boolean", doc: "Whether the value is an error value: a failed async operation, or a throw." },
  errDetails: { type: "json", doc: "null, or { message, type, location: { line, column, file } } of an error value." },
  toolCalls: {
    type: "json[]",
    doc: "The tools that the model ran for this value: { toolName, args, result, err, errDetails, duration }.",
  },
}

export interface ModelKeyWords {
  readonly type: string
  readonly required: boolean
  readonly doc: string
  readonly snippet: string
}

export const MODEL_KEY_WORDS: Readonly<Record<(typeof MODEL_KEYS)[number], ModelKeyWords>> = {
  name: { type: "text", required: true, doc: "The model's name, as its provider calls it.", snippet: 'name: "${}"' },
  apiKey: { type: "text", required: false, doc: "The key; from the settings where left out.", snippet: 'apiKey: env("${KEY}")' },
  url: { type: "text", required: false, doc: "Base address of the provider; shown, never called by itself.", snippet: 'url: "${}"' },
  provider: {
    type: "text",
    required: false,
    doc: '"openai", "anthropic" or "google"; else told from the url.',
    snippet: 'provider: "${openai}"',
  },
  maxRetriesOnError: {
    type: "number",
    required: false,
    doc: "How often a request is tried again after 429, 5xx or a dead network; 3 where left out.",
    snippet: "maxRetriesOnError: ${3}",
  },
  thinkingLevel: {
    type: "text",
    required: false,
    doc: "How hard the model should think, where the provider can.",
    snippet: 'thinkingLevel: "${medium}"',
  },
  tools: { type: "tool[]", required: false, doc: "Tools the model may ask for.", snippet: "tools: [${}]" },
}

export const TYPE_DOCS: Readonly<Record<string, string>> = {
  text: "A text.",
  number: "A finite number.",
  boolean: "true or false.",
  json: "An object; a text is read as JSON.",
  prompt: "A text that is a prompt: {x} in its literal stays a reference, !{x} puts the value in.",
  model: "A model; constants and parameters only.",
}
