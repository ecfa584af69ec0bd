// Runs cells. There is no hidden state: running a cell runs its language's cells from the top to it, as one program with
// the same inputs as before, so answers that were given stay the same and cost nothing. The languages of a document run
// beside each other as one run, each on its own clock; what a language ran last stands beside what another runs next.
import { languageEntry } from "../../interpreter/languages/index.ts"
import type { DocumentOptions } from "../../interpreter/session/document/front-matter.ts"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import { composeProgram, inputsOfDocument, startInputs } from "../client/session.ts"
import { mayBegin, withChosenModels } from "../providers/live-runs.ts"
import { models } from "../providers/models.ts"
import { eventsBefore } from "../store/stepping.ts"
import { actions, app } from "../store/store.ts"
import { optionsOf, withOptions } from "./front-matter.ts"
import { cellNumbers, languagesOf, type Notebook } from "./model.ts"
import { cellOutputs, NOTHING } from "./outputs.ts"
import { ranCellsOf } from "./stale.ts"
import { type CellFindings, type CellResult, type CellsProgram, cellActions, notebooks, type OpenNotebook } from "./state.ts"
import { type Stretch, stretchesOf } from "./unfenced.ts"

/** Stretches of prose that are looked at; a page of more code than this has fences. */
const MOST_OFFERS = 60

/** What the cells of a language, as one program, are called. */
export const pathOf = (language: CellLanguage): string => `notebook.${languageEntry(language)?.extension ?? language}`

/** Runs a cell's language from the top to it. */
export async function runTo(id: string): Promise<void> {
  const block = notebooks.getState().open?.notebook.blocks.find((candidate) => candidate.id === id)
  if (block?.segment.kind === "cell") await runCells([block.segment.language], id)
}

/** Runs all cells, the languages beside each other. */
export async function runAll(): Promise<void> {
  const open = notebooks.getState().open
  if (open) await runCells(languagesOf(open.notebook), null)
}

/** Runs that are being put together: nobody else may ask the worker to compose meanwhile. */
let composing = 0

/** Cells of these languages, to a cell of the one language or all of them. */
async function runCells(languages: readonly CellLanguage[], upTo: string | null): Promise<void> {
  const open = notebooks.getState().open
  if (!open) return
  const { options } = await optionsOf(open.notebook)
  composing++
  const composed: CellsProgram[] = []
  try {
    for (const language of languages) {
      const program = await compose(open.notebook, language, upTo, options)
      if (!program) return
      composed.push(program)
    }
  } finally {
    composing--
  }
  // Another document may have been opened meanwhile.
  const now = notebooks.getState().open
  if (now?.opened !== open.opened) return
  showChecked(composed)
  if (composed.every(({ composition }) => composition.cellStarts.length === 0)) {
    actions.toast(languages.length === 0 ? "There is no cell to run." : "No cell can run: each of them has an error.")
    return
  }
  const { document } = app.getState()
  // The first run that asks a real model waits for the reader's word, and begins anew from there.
  if (!mayBegin(document.id)) return
  const programs = besideOthers(now, composed).filter(({ composition }) => composition.cellStarts.length > 0)
  const inputs = inputsOf(now.notebook, programs, options)
  if (!inputs) return
  const run = startInputs(withChosenModels(inputs), seenUntilUs(now, composed))
  cellActions.began({ run, programs })
}

async function compose(
  notebook: Notebook,
  language: CellLanguage,
  upTo: string | null,
  options: DocumentOptions,
): Promise<CellsProgram | null> {
  const ran = ranCellsOf(notebook, language, upTo)
  const files = { ...options.files, ...ran.files }
  const path = pathOf(language)
  const composition = await composeProgram(language, path, ran.sources, files)
  return composition && { language, path, files, composition, ran }
}

/** Cells that do not pass their check say so at once, and that others run without them. */
function showChecked(programs: readonly CellsProgram[]): void {
  const refused: Record<string, CellResult> = {}
  const findings: Record<string, CellFindings> = {}
  for (const { composition, ran } of programs)
    for (const { id, from, diagnostics } of composition.cells) {
      findings[id] = { code: ran.sources.find((source) => source.id === id)?.code ?? "", diagnostics }
      if (from < 0) refused[id] = { output: NOTHING, refused: true, ran, stale: false, over: true }
    }
  cellActions.found(findings)
  cellActions.showed(refused)
}

/** These programs and, in order of the document, what other languages ran last; the former alone where that would be paid again. */
function besideOthers(open: OpenNotebook, composed: readonly CellsProgram[]): CellsProgram[] {
  const { mode, settings } = models.getState()
  if (mode === "live" && !settings.reuse) return [...composed]
  return languagesOf(open.notebook).flatMap((language) => {
    const program = composed.find((own) => own.language === language) ?? open.programs[language]
    return program ? [program] : []
  })
}

function inputsOf(notebook: Notebook, programs: readonly CellsProgram[], options: DocumentOptions): RunInputs | null {
  const numbers = cellNumbers(notebook)
  const [first, ...beside] = programs.map(({ language, path, files, composition }) => ({
    language,
    files,
    entry: {
      path,
      text: composition.text,
      cellStarts: composition.cellStarts,
      cellNames: composition.cells.filter(({ from }) => from >= 0).map(({ id }) => String(numbers.get(id) ?? "?")),
    },
  }))
  return first
    ? {
        ...withOptions(inputsOfDocument(app.getState().document), options),
        ...first,
        beside,
      }
    : null
}

/**
 * Up to where the reader has seen all of it: the end of the cells, from the top of each language, that have not changed since
 * they ran. Such cells are replayed, so they are shown at once. From the beginning if nothing changed: that is a show again.
 */
export function seenUntilUs(open: Pick<OpenNotebook, "results" | "programs">, composed: readonly CellsProgram[]): number {
  let untilUs = Number.POSITIVE_INFINITY
  for (const program of composed) {
    const before = open.programs[program.language]
    const cells = program.composition.cells.filter(({ from }) => from >= 0)
    const known = before?.composition.cells.filter(({ from }) => from >= 0) ?? []
    const codeOf = ({ composition }: CellsProgram, cell: { from: number; to: number }) => composition.text.slice(cell.from, cell.to)
    let endUs = 0
    let same = 0
    for (const [i, cell] of cells.entries()) {
      const old = known[i]
      const result = open.results[cell.id]
      if (!before || old?.id !== cell.id || codeOf(before, old) !== codeOf(program, cell)) break
      if (!result || result.stale || result.output.endUs < 0) break
      endUs = result.output.endUs
      same++
    }
    if (same < cells.length) untilUs = Math.min(untilUs, endUs)
  }
  return untilUs === Number.POSITIVE_INFINITY ? 0 : untilUs
}

/** Keeps what the cells show in step with the run and the playhead. Called once, when the page starts. */
export function watchCells(): void {
  let wanted = false
  const show = () => {
    wanted = false
    const running = notebooks.getState().open?.running
    const { runs, playback, stepping } = app.getState()
    const run = runs.current
    if (!running || run?.id !== running.run) return
    const before = eventsBefore(stepping, run.id, playback.atUs)
    const outputs = cellOutputs(run.trace, running.programs, playback.atUs, before ?? undefined)
    const over = run.state === "ended" && playback.atUs >= playback.endUs && (before ?? run.trace.length) >= run.trace.length
    const results: Record<string, CellResult> = {}
    for (const { ran, composition } of running.programs)
      for (const { id } of composition.cells) {
        const output = outputs.get(id)
        if (output) results[id] = { output, refused: false, ran, stale: false, over }
      }
    cellActions.showed(results)
  }
  const later = () => {
    if (wanted || !notebooks.getState().open?.running) return
    wanted = true
    requestAnimationFrame(show)
  }
  app.subscribe((state) => state.runs, later)
  app.subscribe((state) => state.playback, later)
  app.subscribe((state) => state.stepping, later)
}

const OFFER_AFTER_MS = 700

/** Finds code without a fence in the prose, and offers what parses as cells. Called once, when the page starts. */
export function watchUnfenced(): void {
  let timer = 0
  const look = async () => {
    const open = notebooks.getState().open
    if (!open) return
    if (composing > 0) {
      later()
      return
    }
    const language = languagesOf(open.notebook)[0] ?? app.getState().document.language
    const candidates = open.notebook.blocks.flatMap((block) =>
      block.segment.kind === "prose"
        ? stretchesOf(block.segment.raw).map((stretch, i) => ({ block: block.id, id: `${block.id}.${i}`, stretch }))
        : [],
    )
    if (candidates.length === 0) {
      if (Object.keys(open.offers).length > 0) cellActions.offered({})
      return
    }
    const cells = candidates.slice(0, MOST_OFFERS).map(({ id, stretch }) => ({ id, code: stretch.code }))
    const composition = await composeProgram(language, `prose.${languageEntry(language)?.extension ?? language}`, cells, {})
    if (!composition || notebooks.getState().open?.notebook !== open.notebook) return
    const parses = new Set(composition.cells.filter((cell) => !cell.diagnostics.some((d) => d.phase === "parse")).map((cell) => cell.id))
    const offers: Record<string, Stretch[]> = {}
    for (const { block, id, stretch } of candidates) if (parses.has(id)) (offers[block] ??= []).push(stretch)
    cellActions.offered(offers)
  }
  const later = () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void look(), OFFER_AFTER_MS)
  }
  notebooks.subscribe((state) => state.open?.notebook, later)
  app.subscribe((state) => state.runs.sandbox, later)
  later()
}
