// The options in a notebook's front matter. The reader of YAML is loaded when a notebook has one.
import type { DocumentOptions, FrontMatterProblem } from "../../interpreter/session/document/front-matter.ts"
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
