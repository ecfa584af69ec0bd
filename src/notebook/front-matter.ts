// The options in a notebook's front matter, and what a run makes of them. The reader of YAML is loaded when a notebook has one.
import type { DocumentOptions, FrontMatterProblem } from "../../interpreter/session/document/front-matter.ts"
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import type { Notebook } from "./model.ts"

const NONE: DocumentOptions = { title: null, seed: null, maxParallel: null, maxRetries: null, rules: [], dials: {}, files: {}, input: [] }

export async function optionsOf(
  notebook: Notebook,
): Promise<{ readonly options: DocumentOptions; readonly problems: readonly FrontMatterProblem[] }> {
  const first = notebook.blocks[0]?.segment
  if (first?.kind !== "frontMatter") return { options: NONE, problems: [] }
  const { readFrontMatter } = await import("../../interpreter/session/document/front-matter.ts")
  return readFrontMatter(first.yaml)
}

/** The inputs of a run of the open document with what its front matter says; the seed is the one on screen, which follows it. */
export function withOptions<Inputs extends Pick<RunInputs, "maxParallel" | "maxRetries" | "model">>(
  plain: Inputs,
  { maxParallel, maxRetries, rules, dials, input }: DocumentOptions,
) {
  return {
    ...plain,
    maxParallel: maxParallel ?? plain.maxParallel,
    maxRetries: maxRetries ?? plain.maxRetries,
    inputLines: input,
    model: { ...plain.model, rules: [...rules, ...plain.model.rules], dials: { ...plain.model.dials, ...dials } },
  }
}
