// A program as the notebook it is when it is saved: one cell, its files, and above them the options that decide its run, where
// they are not the usual ones. Opened again it runs with the same inputs. Pure; loaded when a program is first made a notebook or
// copied as Markdown. Variables are never written: they stay on the reader's device.
import { isFilePath, newCell, newFile, type Segment } from "../../interpreter/session/document/markdown.ts"
import { writeFrontMatter } from "../../interpreter/session/document/write-front-matter.ts"
import { DEFAULT_SEED, type OpenDocument } from "../store/document.ts"

export type Program = Pick<
  OpenDocument,
  "title" | "language" | "text" | "files" | "rules" | "dials" | "variables" | "seed" | "maxParallel" | "maxRetries"
>

export interface ProgramNotebook {
  /** Its Markdown. */
  readonly text: string
  /** What the open notebook has beside its text: what no file may hold, and the seed on screen. */
  readonly rest: Pick<OpenDocument, "variables" | "rules" | "seed" | "maxParallel">
}

export function notebookOfProgram(program: Program): ProgramNotebook {
  const { language, rules, variables, seed, maxParallel } = program
  const files = Object.entries(program.files)
  const fenced = files.filter(([path]) => isFilePath(path))
  const others = Object.fromEntries(files.filter(([path]) => !isFilePath(path)))
  const front = writeFrontMatter({ ...program, files: others }, DEFAULT_SEED)
  const title = program.title.replace(/\s+/g, " ").trim()
  const segments: Segment[] = [
    newCell(language, withoutLineEnd(program.text)),
    ...fenced.map(([path, text]) => newFile(language, path, withoutLineEnd(text))),
  ]
  const body = segments.map(({ raw }) => raw).join("")
  return {
    text: `${front.text}# ${title === "" ? "A program" : title}\n\n${body.replace(/\n\n$/, "\n")}`,
    rest: {
      ...(variables && { variables }),
      seed,
      rules: front.refused.includes("model") ? rules : [],
      maxParallel: front.refused.includes("maxParallel") ? maxParallel : 0,
    },
  }
}

/** A fence ends its last line itself. */
const withoutLineEnd = (text: string): string => text.replace(/\n$/, "")
