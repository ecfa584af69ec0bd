// The tasks that the cells will start, as far as their text tells (interpreter/languages/predict.ts): what the timeline shows
// before a notebook runs, and while it does. Cells that do not parse are no part of it. Used by src/app/predicted.ts.
import { type LANGUAGES, languageEntry } from "../../interpreter/languages/index.ts"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import { cellNumbers, cellsOf, languagesOf } from "./model.ts"
import { notebooks, type OpenNotebook } from "./state.ts"

/** After the last key. */
const LOOK_AFTER_MS = 120
/** Of longer code reading it alone would be felt. */
const MOST_CHARACTERS = 100_000

/** The cells of one language. */
export interface CellTexts {
  readonly language: CellLanguage
  /** What the reader calls them, and their code. */
  readonly cells: readonly { readonly name: string; readonly code: string }[]
}

export interface CellTasks {
  /** What the first task of each program is called. */
  readonly firsts: readonly string[]
  /** `parent`: a place in the list; -1 - n for the first task of program n. */
  readonly tasks: readonly { readonly name: string; readonly parent: number; readonly line: number; readonly cell: string }[]
}

/** The tasks of these cells; null where nothing runs, or there is too much to read. */
export async function tasksOfCells(languages: readonly CellTexts[]): Promise<CellTasks | null> {
  if (languages.reduce((sum, { cells }) => sum + cells.reduce((own, { code }) => own + code.length, 0), 0) > MOST_CHARACTERS) return null
  const programs: { title: string; tasks: CellTasks["tasks"] }[] = []
  for (const { language, cells } of languages) {
    const entry = languageEntry(language)
    if (!entry) continue
    const [predict, colours] = await Promise.all([entry.loadPrediction(), entry.loadColours()])
    const parts = cells.filter(({ code }) => parses(colours, code))
    if (parts.length === 0) continue
    const firstLines: number[] = []
    let lines = 1
    for (const { code } of parts) {
      firstLines.push(lines)
      lines += code.split("\n").length
    }
    const tasks = predict(`${parts.map(({ code }) => code).join("\n")}\n`).map(({ name, parent, line }) => {
      const at = firstLines.findLastIndex((first) => first <= line)
      return { name, parent, line: line - (firstLines[at] ?? 1) + 1, cell: parts[at]?.name ?? "" }
    })
    programs.push({ title: entry.title, tasks })
  }
  if (programs.length === 0) return null
  const tasks: CellTasks["tasks"][number][] = []
  for (const [i, program] of programs.entries()) {
    const before = tasks.length
    tasks.push(...program.tasks.map((task) => ({ ...task, parent: task.parent < 0 ? -1 - i : task.parent + before })))
  }
  // As a run names them: one program's is called as everywhere, several are told apart by their languages.
  return { firsts: programs.length === 1 ? ["main"] : programs.map(({ title }) => title), tasks }
}

type Colours = Awaited<ReturnType<(typeof LANGUAGES)[number]["loadColours"]>>

function parses({ parser }: Colours, code: string): boolean {
  let whole = true
  parser.parse(code).iterate({
    enter: ({ type }) => {
      if (type.isError) whole = false
      return whole
    },
  })
  return whole
}

/** All cells of the document. */
function textsOf({ notebook }: OpenNotebook): CellTexts[] {
  const numbers = cellNumbers(notebook)
  return languagesOf(notebook).map((language) => ({
    language,
    cells: cellsOf(notebook, language).map(({ id, segment }) => ({ name: String(numbers.get(id) ?? "?"), code: segment.code })),
  }))
}

/** The cells that run. */
function textsOfRun({ notebook, running }: OpenNotebook): CellTexts[] {
  const numbers = cellNumbers(notebook)
  return (running?.programs ?? []).map(({ language, composition }) => ({
    language,
    cells: composition.cells
      .filter(({ from }) => from >= 0)
      .map(({ id, from, to }) => ({ name: String(numbers.get(id) ?? "?"), code: composition.text.slice(from, to) })),
  }))
}

/** Tells the tasks of the open notebook when it is opened and after edits, of a run's cells when one begins. To be called once. */
export function watchCellTasks(tell: (tasks: CellTasks | null) => void): void {
  let timer = 0
  let turn = 0
  const look = async (texts: (open: OpenNotebook) => CellTexts[]) => {
    clearTimeout(timer)
    const mine = ++turn
    const { open } = notebooks.getState()
    if (!open) return
    // Offline: the timeline is empty until the run.
    const tasks = await tasksOfCells(texts(open)).catch(() => null)
    if (mine === turn && notebooks.getState().open?.opened === open.opened) tell(tasks)
  }
  notebooks.subscribe(
    ({ open }) => open?.opened,
    () => void look(textsOf),
  )
  notebooks.subscribe(
    ({ open }) => open?.running,
    (running) => running && void look(textsOfRun),
  )
  notebooks.subscribe(
    ({ open }) => open?.notebook,
    () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => void look(textsOf), LOOK_AFTER_MS)
    },
  )
  void look(textsOf)
}
