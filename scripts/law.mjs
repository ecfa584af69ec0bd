// The law, as far as a machine can see it in the sources: in the rooms that a run is made of nothing may read the machine's
// clock, its random numbers, its locale, its arithmetic beyond what is the same everywhere, the network, or an order that
// promises decide. Works on syntax trees, so texts and comments may say what they like. Part of `npm run check`.
import { fileURLToPath } from "node:url"
import { parsed, sourceFiles } from "./sources.mjs"

const ROOMS = ["source", "trace", "kernel", "engine", "models", "languages"].map((room) => `interpreter/${room}`)
/** Adapters of real models run on the page and on the command line, outside of any run. */
const OUTSIDE = "interpreter/models/providers/"

const GLOBALS = new Set(
  (
    "Date performance setTimeout setInterval setImmediate requestAnimationFrame queueMicrotask fetch XMLHttpRequest WebSocket Promise Intl " +
    "crypto navigator window document self location indexedDB caches localStorage sessionStorage postMessage importScripts eval Function " +
    "process Buffer WeakRef FinalizationRegistry SharedArrayBuffer Atomics"
  ).split(" "),
)
const MATH = new Set("sqrt floor trunc abs min max round ceil sign imul clz32 fround PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2".split(" "))
const LOCALE = /^(toLocale\w+|localeCompare)$/

/** Places that may do what the others may not, with the reason; an entry nobody needs is reported. */
const EXCEPTIONS = [
  {
    path: "interpreter/languages/vibe/tsblocks/",
    words: ["async", "Date", "Math"],
    why: "the one room where a promise of the host enters a run; its Date runs on the virtual clock, its Math on the seed",
  },
  { path: "interpreter/languages/index.ts", words: ["async"], why: "a language is loaded before a run begins" },
]

/** Sentences about what breaks the law, and about exceptions that nobody needs. */
export function checkLaw() {
  const needed = new Set()
  const problems = ROOMS.flatMap(sourceFiles)
    .filter((path) => !path.startsWith(OUTSIDE))
    .flatMap((path) => breaches(parsed(path), needed))
  for (const { path, words } of EXCEPTIONS) {
    for (const word of words)
      if (!needed.has(`${path} ${word}`)) problems.push(`scripts/law.mjs excepts '${word}' in ${path}, which does not use it`)
  }
  return problems
}

/** What breaks the law in one parsed file; exceptions that were needed are added to `needed`. */
export function breaches(file, needed = new Set()) {
  const problems = []
  const report = (node, word, sentence) => {
    const exception = EXCEPTIONS.find((one) => file.path.startsWith(one.path) && one.words.includes(word))
    if (exception) needed.add(`${exception.path} ${word}`)
    else problems.push(`${file.path}:${file.lineOf(node.start)} ${sentence}`)
  }
  visit(file.program, null, "", report, localNames(file.program))
  return problems
}

/** Names that the file declares itself anywhere: a parameter called `document` is no global. */
function localNames(program) {
  const names = new Set()
  const collect = (node) => {
    if (Array.isArray(node)) return node.forEach(collect)
    if (!node || typeof node !== "object") return
    if (/^(VariableDeclarator|Function|ArrowFunction|Class|Import\w*Specifier|CatchClause)/.test(node.type ?? "")) {
      for (const pattern of [node.id, node.local, node.param, ...(node.params?.items ?? node.params ?? [])]) collectPattern(pattern, names)
    }
    for (const key in node) if (key !== "type") collect(node[key])
  }
  collect(program)
  return names
}

function collectPattern(pattern, names) {
  if (!pattern) return
  if (pattern.type === "Identifier") names.add(pattern.name)
  for (const inner of [
    pattern.left,
    pattern.argument,
    pattern.value,
    pattern.parameter,
    ...(pattern.elements ?? []),
    ...(pattern.properties ?? []),
  ]) {
    if (inner && typeof inner === "object") collectPattern(inner, names)
  }
}

function visit(node, parent, key, report, locals) {
  if (!node || typeof node !== "object") return
  // Types are gone after compilation.
  if (
    /^TS(Type|Interface|Array|Function|Union|Mapped|Indexed|Literal|Constructor|Method|Property|Tuple|Conditional)/.test(node.type ?? "")
  ) {
    if (!/^TS(TypeAssertion)$/.test(node.type)) return
  }
  switch (node.type) {
    case "Identifier":
      if (GLOBALS.has(node.name) && !locals.has(node.name) && !isName(node, parent, key)) report(node, node.name, `uses ${node.name}`)
      if (
        node.name === "Math" &&
        !(parent.type === "MemberExpression" && key === "object" && !parent.computed) &&
        !isName(node, parent, key)
      ) {
        report(node, "Math", "uses Math as a value: name the function")
      }
      break
    case "MemberExpression":
      if (!node.computed && node.object.type === "Identifier" && node.object.name === "Math" && !MATH.has(node.property.name)) {
        report(node, "Math", `uses Math.${node.property.name}, which differs between hosts`)
      }
      if (!node.computed && LOCALE.test(node.property.name))
        report(node, "locale", `uses ${node.property.name}, which depends on the locale`)
      break
    case "CallExpression":
      if (
        node.callee.type === "MemberExpression" &&
        /^(sort|toSorted)$/.test(node.callee.property.name ?? "") &&
        node.arguments.length === 0
      ) {
        report(node, "sort", "sorts without a comparator")
      }
      break
    case "BinaryExpression":
    case "AssignmentExpression":
      if (node.operator.startsWith("**") && !isBig(node.left) && !isBig(node.right))
        report(node, "**", "uses **, which differs between hosts")
      break
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      if (node.async) report(node, "async", "is async: the order of a run is the kernel's")
      break
  }
  for (const name in node) {
    const child = node[name]
    if (Array.isArray(child)) for (const one of child) visit(one, node, name, report, locals)
    else if (child && typeof child === "object") visit(child, node, name, report, locals)
  }
}

/** A property's name, a key, a label: not a use of the global. */
function isName(_node, parent, key) {
  if (!parent) return false
  if (parent.type === "MemberExpression") return key === "property" && !parent.computed
  if (/^(Property|MethodDefinition|PropertyDefinition|AccessorProperty|TSEnumMember|TSParameterProperty)$/.test(parent.type)) {
    return key === "key" && !parent.computed && !parent.shorthand
  }
  return /^(ImportSpecifier|ExportSpecifier|LabeledStatement|BreakStatement|ContinueStatement|MetaProperty)$/.test(parent.type)
}

const isBig = (node) => node.type === "Literal" && typeof node.bigint === "string"

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkLaw()
  for (const problem of problems) console.error(problem)
  process.exit(problems.length ? 1 : 0)
}
