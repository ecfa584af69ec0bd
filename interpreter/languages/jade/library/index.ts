// The whole library, by where its entries live. The checker, the runtime, completion and hover, and the test that runs
// every example read it here. A new builtin is one entry in its topic's file.
import { arrayMethods, arrayPackage, streamMethods } from "./arrays.ts"
import { bytesMethods, bytesPackage } from "./bytes.ts"
import { core } from "./core.ts"
import { dictMethods, dictPackage } from "./dicts.ts"
import type { Entry } from "./entry.ts"
import { env, fs, http, sh, uhttp } from "./environment.ts"
import { json } from "./json.ts"
import { grammarPackage, llm } from "./llm.ts"
import { math } from "./math.ts"
import { path } from "./path.ts"
import { random } from "./random.ts"
import { stringMethods, stringPackage } from "./strings.ts"
import { futureMethods, tasks } from "./tasks.ts"
import { time } from "./time.ts"
import { types } from "./types.ts"

type Table = ReadonlyMap<string, Entry>

const table = (entries: readonly Entry[]): Table => new Map(entries.map((entry) => [entry.shortName, entry]))

/** Functions that are always there, by name, and the names that are values of another kind. */
const functions = table([...core, ...types, ...tasks])

/** Names of nil, and the home of `Grammar.new`. */
const NAMED_VALUES = ["nil", "None", "null", "Grammar"]

/** Every predefined name; the entry is null for those that are no functions. */
export const globals: ReadonlyMap<string, Entry | null> = new Map([...functions, ...NAMED_VALUES.map((name) => [name, null] as const)])

/** Methods by the kind of the receiver; a char has those of its text. */
export const methods: ReadonlyMap<string, Table> = new Map([
  ["str", table(stringMethods)],
  ["char", table(stringMethods)],
  ["array", table(arrayMethods)],
  ["stream", table(streamMethods)],
  ["dict", table(dictMethods)],
  ["bytes", table(bytesMethods)],
  ["future", table(futureMethods)],
])

/** Packages of `use std::…`, `llm` of `use llm`, and `Grammar`. */
export const packages: ReadonlyMap<string, Table> = new Map([
  ["array", table(arrayPackage)],
  ["bytes", table(bytesPackage)],
  ["dict", table(dictPackage)],
  ["env", table(env)],
  ["fs", table(fs)],
  ["http", table(http)],
  ["json", table(json)],
  ["math", table(math)],
  ["path", table(path)],
  ["random", table(random)],
  ["sh", table(sh)],
  ["string", table(stringPackage)],
  ["time", table(time)],
  ["uhttp", table(uhttp)],
  ["llm", table(llm)],
  ["Grammar", table(grammarPackage)],
])

/** Packages that `use std::` finds. */
export const STANDARD_PACKAGES: readonly string[] = [...packages.keys()].filter((name) => name !== "llm" && name !== "Grammar")

export const SESSION_VARIABLES: ReadonlyMap<string, string> = new Map([
  ["__tokens__", "Input and output tokens of all finished calls; those of a task are added when it completes."],
  ["__model__", "The name of the model."],
  ["__max_retries__", "How often a typed dereference asks again when a reply does not fit."],
  ["__retry_log__", "One text for each reply that did not fit."],
])

/** Built-in type names, which a pipe stage always takes as types. */
export const TYPE_NAMES: ReadonlySet<string> = new Set(["int", "float", "bool", "str", "char", "array", "dict"])

/** All entries, in a fixed order. */
export const allEntries: readonly Entry[] = [
  ...functions.values(),
  ...[...methods].filter(([kind]) => kind !== "char").flatMap(([, entries]) => [...entries.values()]),
  ...[...packages.values()].flatMap((entries) => [...entries.values()]),
]

/** Functions and functions of packages by full name: what the emitted program calls directly. */
export const callable: ReadonlyMap<string, Entry> = new Map(
  allEntries.filter((entry) => entry.home.k !== "method").map((entry) => [entry.fullName, entry] as const),
)
