// Looks at cells while they are typed, a moment after each change: first at what is not known from the top to the edited cell,
// then at later ones. One small question at a time, so that runs and newer questions come between. What is found is shown
// at cells that were edited or run; a page of fragments does not open as a page of errors.
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import { diagnosticsOfCell } from "../../interpreter/session/document/notebook.ts"
import { diagnoseCells } from "../client/session.ts"
import { app } from "../store/store.ts"
import { CellChecks } from "./checks.ts"
import { optionsOf } from "./front-matter.ts"
import { cellsOf, filesOf, languagesOf, type Notebook } from "./model.ts"
import { pathOf } from "./run.ts"
import { type CellFindings, cellActions, notebooks } from "./state.ts"

const CHECK_AFTER_MS = 180

/** Called once, when the page starts. */
export function watchChecks(): void {
  let opened = 0
  let checks = new Map<CellLanguage, CellChecks>()
  let edited = new Set<string>()
  let timer = 0
  /** Raised by each change: what was begun before it is given up. */
  let turn = 0

  const look = async () => {
    const mine = turn
    const open = notebooks.getState().open
    if (!open || edited.size === 0) return
    const { options } = await optionsOf(open.notebook)
    for (const language of languagesOf(open.notebook)) {
      const cells = cellsOf(open.notebook, language).map(({ id, segment }) => ({ id, code: segment.code }))
      if (!cells.some(({ id }) => edited.has(id))) continue
      const files = { ...options.files, ...filesOf(open.notebook, language) }
      let known = checks.get(language)
      if (!known) checks.set(language, (known = new CellChecks(language)))
      while (mine === turn) {
        const question = known.next(cells, files)
        if (!question) break
        const path = pathOf(language)
        const found = await diagnoseCells({ language, path, text: question.text, files, cellStarts: question.cellStarts })
        // Something newer was asked, or the sandbox is gone: its return begins anew.
        if (!found || mine !== turn) return
        known.answered(question, diagnosticsOfCell(found, path, question.from, question.cell.code.length))
        tell(cells, known, question.place)
      }
      for (const place of cells.keys()) tell(cells, known, place)
    }
  }
  const tell = (cells: readonly { readonly id: string; readonly code: string }[], known: CellChecks, place: number) => {
    const cell = cells[place]
    const checked = known.at(place)
    const open = notebooks.getState().open
    if (!open || !cell || checked?.code !== cell.code) return
    const before = open.findings[cell.id]
    if (!before && !(edited.has(cell.id) && checked.diagnostics.length > 0)) return
    if (!before || !isSame(before, checked)) cellActions.found({ [cell.id]: checked })
  }
  const soon = () => {
    turn++
    clearTimeout(timer)
    timer = window.setTimeout(() => void look(), CHECK_AFTER_MS)
  }
  notebooks.subscribe(
    (state) => state.open?.notebook,
    (notebook, before) => {
      const open = notebooks.getState().open
      if (!open || !notebook) return
      if (open.opened !== opened) {
        opened = open.opened
        checks = new Map()
        edited = new Set()
      } else if (before) {
        for (const id of editedCells(before, notebook)) edited.add(id)
        soon()
      }
    },
  )
  opened = notebooks.getState().open?.opened ?? 0
  app.subscribe((state) => state.runs.sandbox, soon)
}

function isSame(a: CellFindings, b: CellFindings): boolean {
  return a === b || (a.code === b.code && JSON.stringify(a.diagnostics) === JSON.stringify(b.diagnostics))
}

/** Cells whose code or language is not what it was; cells that are new and not empty. */
function editedCells(before: Notebook, now: Notebook): string[] {
  if (before.blocks === now.blocks) return []
  const known = new Map(before.blocks.map(({ id, segment }) => [id, segment]))
  return now.blocks.flatMap(({ id, segment }) => {
    const old = known.get(id)
    if (segment.kind !== "cell") return []
    const edited = old?.kind === "cell" ? old.code !== segment.code || old.language !== segment.language : segment.code !== ""
    return edited ? [id] : []
  })
}
