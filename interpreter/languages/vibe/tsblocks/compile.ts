// From a ts block's text to JavaScript: types are stripped by sucrase (loaded when a program first has a block), what hosts
// do differently is rewritten (rewrite.ts), and the body becomes a strict async function in a module of its own. Also whole
// TypeScript files, as CommonJS bodies. SPEC 9.
import type { BlockSpec } from "../lower/unit.ts"
import { isReservedInJs } from "./names.ts"
import type { SyntaxProblem } from "./rewrite.ts"
import { HELPERS } from "./rewrite-helpers.ts"

export type Stripper = (source: string, asModule: boolean) => string

/** Loads the type stripper. */
export async function loadStripper(): Promise<Stripper> {
  const { transform } = await import("sucrase")
  return (source, asModule) => {
    const written = (transforms: ("typescript" | "imports")[], preserveDynamicImport: boolean) =>
      transform(source, { transforms, disableESTransforms: true, preserveDynamicImport, production: true }).code
    // When an import is refused by the host, and with which words, differs from one to the next: no run may depend on it.
    // sucrase knows an import() from a text or a comment that looks like one, and rewrites it where it is not to be kept.
    const modules = (keepImports: boolean) => written(["typescript", "imports"], keepImports)
    if (/\bimport\b/.test(source) && modules(true) !== modules(false)) throw new Error(NO_IMPORT)
    return asModule ? modules(true) : written(["typescript"], true)
  }
}

const NO_IMPORT = "import() loads code while the program runs, which no block may: import the file at the top of the Vibe program instead"

/** Powers, errors that the code meets, methods that ask for a language: whether rewrite.ts, which is fetched, has anything to do. */
const NEEDS_REWRITING = /\*\*|\bcatch\b|\bthen\b|\ballSettled\b|\blocaleCompare\b|\btoLocale/

/** A module knows the random address it was loaded from, which no run may show; the compiled text forgets it first. */
const WITHOUT_ADDRESS = "for (const key of Reflect.ownKeys(import.meta)) delete import.meta[key]; Object.freeze(import.meta); "

export type Compiled = { readonly text: string; readonly code: string; readonly placeOf: PlaceOf } | { readonly problem: string }
/** Where in the program a place in the code is; all from 1. */
type PlaceOf = (line: number, column: number) => { readonly line: number; readonly column: number }

/** The module of a block: its default export takes the surroundings, then console and the variables in scope, then the parameters. */
export async function compileBlock(spec: BlockSpec, surroundings: readonly string[], strip: Stripper): Promise<Compiled> {
  const bad = [...spec.params].find(isReservedInJs)
  if (bad) return { problem: `'${bad}' is a word of JavaScript and cannot be a parameter of a block` }
  const twice = spec.params.find((name, i) => spec.params.indexOf(name) !== i)
  if (twice) return { problem: `parameter '${twice}' is listed twice` }
  // By itself first: Vibe does not know regular expressions, so a brace in one could end our function in the middle of a body.
  const inBody: PlaceOf = (line, column) => ({ line: spec.line + line - 1, column: line === 1 ? spec.column + column - 1 : column })
  const alone = stripped(spec.body, strip, inBody)
  if ("problem" in alone) return alone
  const placeOf: PlaceOf = (line, column) => inBody(line - 1, column)
  const code = stripped(`(async (${spec.params.join(", ")}) => {\n${spec.body}\n})`, strip, placeOf)
  if ("problem" in code) return code
  const outside = surroundings.filter((name) => !spec.scope.includes(name))
  return asModule(code.code, placeOf, outside, (body) => `(${["console", ...spec.scope].join(", ")}) => ${body}`)
}

/** The module of a TypeScript file. */
export async function compileFile(source: string, surroundings: readonly string[], strip: Stripper): Promise<Compiled> {
  const placeOf: PlaceOf = (line, column) => ({ line, column })
  const code = stripped(source, (text) => strip(text, true), placeOf)
  if ("problem" in code) return code
  const outside = surroundings.filter((name) => !["require", "module", "exports"].includes(name))
  return asModule(code.code, placeOf, outside, (body) => `(console, require, module, exports) => {\n${body}\n}`)
}

/** What is wrong with code that the host refuses, in lines of the program: the engine's own words differ between engines. */
export async function whyRefused(code: string, placeOf: PlaceOf): Promise<string> {
  const { syntaxProblem } = await import("./rewrite.ts")
  const problem = syntaxProblem(code)
  return problem ? placed(problem, placeOf) : "the code is not valid JavaScript"
}

async function asModule(code: string, placeOf: PlaceOf, outside: readonly string[], wrap: (code: string) => string): Promise<Compiled> {
  let helpers = "$help"
  while (code.includes(helpers)) helpers += "_"
  let body = code
  if (NEEDS_REWRITING.test(code)) {
    const { NotJavaScript, rewritten } = await import("./rewrite.ts")
    try {
      body = rewritten(code, helpers)
    } catch (problem) {
      if (problem instanceof NotJavaScript) return { problem: placed(problem.problem, placeOf) }
      throw problem
    }
  }
  const params = outside.map((name) => (name === HELPERS ? helpers : name)).join(", ")
  return {
    text: `${WITHOUT_ADDRESS}export const names = ${JSON.stringify(outside)};\nexport default (${params}) => ${wrap(body)};\n`,
    code,
    placeOf,
  }
}

function placed({ what, line, column }: SyntaxProblem, placeOf: PlaceOf): string {
  const place = placeOf(line, column)
  return `${what} at line ${place.line}, column ${place.column}`
}

function stripped(source: string, strip: Stripper, placeOf: PlaceOf): { readonly code: string } | { readonly problem: string } {
  try {
    return { code: strip(source, false) }
  } catch (problem) {
    // sucrase's own texts end with the position, "(line:column)"; they are the same everywhere.
    const message = problem instanceof Error ? problem.message : ""
    const place = /\((\d+):(\d+)\)\s*$/.exec(message)
    const what = message.replace(/^Error transforming [^:]*: /, "").replace(/\s*\(\d+:\d+\)\s*$/, "")
    return {
      problem: place ? placed({ what, line: Number(place[1]), column: Number(place[2]) }, placeOf) : what || "the block is no TypeScript",
    }
  }
}
