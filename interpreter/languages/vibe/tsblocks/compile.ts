// From a ts block's text to JavaScript: types are stripped by sucrase (loaded when a program first has a block), and the
// body becomes a strict async function in a module of its own. Also whole TypeScript files, as CommonJS bodies. SPEC 9.
import type { BlockSpec } from "../lower/unit.ts"
import { isReservedInJs } from "./names.ts"

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

/** A module knows the random address it was loaded from, which no run may show; the compiled text forgets it first. */
const WITHOUT_ADDRESS = "for (const key of Reflect.ownKeys(import.meta)) delete import.meta[key]; Object.freeze(import.meta); "

export type Compiled = { readonly text: string } | { readonly problem: string }

/** The module of a block: its default export takes the surroundings, then console and the variables in scope, then the parameters. */
export function compileBlock(spec: BlockSpec, surroundings: readonly string[], strip: Stripper): Compiled {
  const bad = [...spec.params].find(isReservedInJs)
  if (bad) return { problem: `'${bad}' is a word of JavaScript and cannot be a parameter of a block` }
  const twice = spec.params.find((name, i) => spec.params.indexOf(name) !== i)
  if (twice) return { problem: `parameter '${twice}' is listed twice` }
  const head = `async (${spec.params.join(", ")}) => {`
  const code = stripped(`(${head}\n${spec.body}\n})`, strip, (line) => spec.line + line - 2)
  if ("problem" in code) return code
  const outside = surroundings.filter((name) => !spec.scope.includes(name))
  const scope = ["console", ...spec.scope]
  return {
    text: `${WITHOUT_ADDRESS}export const names = ${JSON.stringify(outside)};\nexport default (${outside.join(", ")}) => (${scope.join(", ")}) => ${code.text};\n`,
  }
}

/** The module of a TypeScript file. */
export function compileFile(source: string, surroundings: readonly string[], strip: Stripper): Compiled {
  const code = stripped(
    source,
    (text) => strip(text, true),
    (line) => line,
  )
  if ("problem" in code) return code
  const outside = surroundings.filter((name) => !["require", "module", "exports"].includes(name))
  return {
    text: `${WITHOUT_ADDRESS}export const names = ${JSON.stringify(outside)};\nexport default (${outside.join(", ")}) => (console, require, module, exports) => {\n${code.text}\n};\n`,
  }
}

function stripped(source: string, strip: Stripper, lineOf: (line: number) => number): Compiled {
  try {
    return { text: strip(source, false) }
  } catch (problem) {
    // sucrase's own texts end with the position, "(line:column)"; they are the same everywhere.
    const message = problem instanceof Error ? problem.message : ""
    const place = /\((\d+):(\d+)\)\s*$/.exec(message)
    const what = message.replace(/^Error transforming [^:]*: /, "").replace(/\s*\(\d+:\d+\)\s*$/, "")
    return { problem: place ? `${what} at line ${lineOf(Number(place[1]))}, column ${place[2]}` : what || "the block is no TypeScript" }
  }
}
