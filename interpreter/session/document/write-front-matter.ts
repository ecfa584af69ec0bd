// Options of a run written as a front matter, for a program that becomes a document. Pure. The law it keeps: what is written is
// read back as it was (front-matter.ts), and what is as usual is not written.
import { Document, visit } from "yaml"
import { changedDials } from "../../models/dials.ts"
import { presetOf } from "../../models/presets.ts"
import { DEFAULT_RETRIES } from "../../models/retries.ts"
import type { ModelDials, ModelRule } from "../../models/script.ts"
import { isOptionValue, type OptionName } from "./front-matter.ts"

export interface WrittenOptions {
  readonly seed: number
  /** 0: as many as the language allows. */
  readonly maxParallel: number
  readonly maxRetries?: number
  readonly dials?: ModelDials
  readonly rules: readonly ModelRule[]
  readonly files: Readonly<Record<string, string>>
}

export interface WrittenFrontMatter {
  /** With its lines of dashes; "" where everything is as usual. */
  readonly text: string
  /** Options that a front matter does not take with such a value. */
  readonly refused: readonly OptionName[]
}

/** Writes these options where they are not the usual ones; `usualSeed` is the seed of a document that names none. */
export function writeFrontMatter(options: WrittenOptions, usualSeed: number): WrittenFrontMatter {
  const { seed, maxParallel, maxRetries, dials, rules, files } = options
  const wanted: readonly (readonly [OptionName, boolean, unknown])[] = [
    ["seed", seed !== usualSeed, seed],
    ["maxParallel", maxParallel !== 0, maxParallel],
    ["maxRetries", maxRetries !== undefined && maxRetries !== DEFAULT_RETRIES, maxRetries],
    ["dials", dials !== undefined && Object.keys(changedDials(dials)).length > 0, dials && writtenDials(dials)],
    ["model", rules.length > 0, rules],
    ["files", Object.keys(files).length > 0, files],
  ]
  const unusual = wanted.filter(([, isUnusual]) => isUnusual)
  const kept = unusual.filter(([name, , value]) => isOptionValue(name, value))
  const refused = unusual.filter((option) => !kept.includes(option)).map(([name]) => name)
  const yaml = yamlOf(Object.fromEntries(kept.map(([name, , value]) => [name, value])))
  return { text: kept.length === 0 ? "" : `---\n${yaml}---\n`, refused }
}

/** A preset by its name, else the dials that are not as every day. */
function writtenDials(dials: ModelDials): string | Partial<ModelDials> {
  return presetOf(dials)?.name ?? changedDials(dials)
}

/** Texts of several lines that stand as a block below their key and come back exactly; others are put in quotes. */
const BLOCK = /^\S(?:[^\r]*\S)?\n?$/

function yamlOf(value: unknown): string {
  // What stands twice is written twice: a reader allows few repetitions.
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === "string" && node.value.includes("\n") && !BLOCK.test(node.value)) node.type = "QUOTE_DOUBLE"
    },
  })
  return document.toString({ lineWidth: 0 })
}
