// From a file on disk to the inputs of a run: a program by its extension, its neighbours (other files of the same folder
// and below, for imports), the model script. Used by run, check, eval and explore.
import { existsSync, readdirSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { LANGUAGES, languageOfPath } from "../languages/index.ts"
import type { ModelRule } from "../models/script.ts"
import { rulesProblem } from "../models/script-check.ts"
import { inputsOf } from "../session/defaults.ts"
import type { RunInputs } from "../session/inputs.ts"
import { readText, Usage } from "./usage.ts"

const MAX_NEIGHBOURS = 500

export function inputsOfFile(path: string, rest: Partial<RunInputs> = {}): RunInputs {
  const language = languageOfPath(path)
  const text = readText(path)
  if (!language) {
    const endings = LANGUAGES.map((l) => `.${l.extension} (${l.title})`).join(", ")
    throw new Usage(`"${basename(path)}" is no program: the name of one ends with ${endings}`)
  }
  const files = neighbours(path, language.extension)
  return inputsOf(language.id, basename(path), text, { files, ...rest })
}

/** The files that a program may import: of its language (and .ts, .toml), in its folder and below, by relative path. */
function neighbours(path: string, extension: string): Record<string, string> {
  const folder = dirname(path)
  const files: Record<string, string> = {}
  let count = 0
  const visit = (at: string, depth: number): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const full = join(at, entry.name)
      if (entry.isDirectory()) {
        if (depth < 4 && !entry.name.startsWith(".") && entry.name !== "node_modules") visit(full, depth + 1)
        continue
      }
      const wanted =
        entry.name.endsWith(`.${extension}`) || (extension === "vibe" && entry.name.endsWith(".ts")) || entry.name === "ard.toml"
      if (!wanted || relative(path, full) === "" || count >= MAX_NEIGHBOURS) continue
      try {
        files[relative(folder, full).replaceAll("\\", "/")] = readText(full)
        count++
      } catch {
        // A neighbour that cannot be read is simply not there; importing it gives the language's own error.
      }
    }
  }
  visit(folder, 0)
  return files
}

/** The rules of a model script: a JSON array as in a case, or a case's JSON with a `model` key. */
export function readModelScript(path: string): ModelRule[] {
  let value: unknown
  try {
    value = JSON.parse(readText(path))
  } catch (problem) {
    if (problem instanceof Usage) throw problem
    throw new Usage(`"${path}" is not JSON: ${(problem as Error).message}`)
  }
  const rules = Array.isArray(value) ? value : (value as { model?: unknown } | null)?.model
  if (!Array.isArray(rules))
    throw new Usage(`"${path}" holds no model script: it should be an array of rules, or an object with a "model" array`)
  return checked(path, rules)
}

function checked(path: string, rules: readonly unknown[]): ModelRule[] {
  const problem = rulesProblem(rules)
  if (problem) throw new Usage(`the model script in "${path}": ${problem}`)
  return rules as ModelRule[]
}

/** The model script beside a program, if there is one: NAME.json with a `model` key that holds an array. */
export function scriptBeside(path: string): ModelRule[] | null {
  const language = languageOfPath(path)
  if (!language) return null
  const json = `${path.slice(0, -language.extension.length)}json`
  if (!existsSync(json)) return null
  let value: { model?: unknown } | null
  try {
    value = JSON.parse(readText(json)) as { model?: unknown } | null
  } catch {
    // Some other file that happens to have the name.
    return null
  }
  return Array.isArray(value?.model) ? checked(json, value.model) : null
}
