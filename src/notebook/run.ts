// Runs cells. There is no hidden state: running a cell runs its language's cells from the top to it, as one program with
// the same inputs as before, so answers that were given stay the same and cost nothing.
import { languageEntry } from "../../interpreter/languages/index.ts"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { composeProgram, inputsOfDocument, startInputs } from "../client/session.ts"
import { mayBegin, withChosenModels } from "../providers/live-runs.ts"
import { actions, app } from "../store/store.ts"
import { optionsOf } from "./front-matter.ts"
import { cellsOf, filesOf, languagesOf } from "./model.ts"
import { cellOutputs } from "./outputs.ts"
import { type CellResult, cellActions, notebooks } from "./state.ts"
import { type Stretch, stretchesOf } from "./unfenced.ts"

/** Stretches of prose that are looked at; a page of more code than this has fences. */
const MOST_OFFERS = 60

/** Runs a cell's language from the top to it. */
export async function runTo(id: string): Promise<void> {
  const block = notebooks.getState().open?.notebook.blocks.find((candidate) => candidate.id === id)
  if (block?.segment.kind === "cell") await runCells(block.segment.language, id)
}

/** Runs all cells, one language after another. */
export async function runAll(): Promise<void> {
  const open = notebooks.getState().open
  if (!open) return
  for (const language of languagesOf(open.notebook)) {
    const run = await runCells(language, null)
    if (run !== null && (await endOf(run)) === "stopped") return
  }
}

/** A run is being put together: nobody else may ask the worker to compose meanwhile. */
let composing = false

async function runCells(language: CellLanguage, upTo: string | null): Promise<RunId | null> {
  const open = notebooks.getState().open
  if (!open) return null
  const all = cellsOf(open.notebook, language)
  const cells = upTo === null ? all : all.slice(0, all.findIndex((cell) => cell.id === upTo) + 1)
  const { options } = await optionsOf(open.notebook)
  const files = { ...options.files, ...filesOf(open.notebook, language) }
  const path = `notebook.${languageEntry(language)?.extension ?? language}`
  composing = true
  const composition = await composeProgram(
    language,
    path,
    cells.map((cell) => ({ id: cell.id, code: cell.segment.code })),
    files,
  )
  composing = false
  if (!composition) return null
  const refused: Record<string, CellResult> = {}
  for (const cell of composition.cells) {
    if (cell.from < 0)
      refused[cell.id] = { output: { text: "", errors: "", beginUs: -1, endUs: -1 }, diagnostics: cell.diagnostics, stale: false }
  }
  cellActions.showed(refused)
  if (composition.cellStarts.length === 0) {
    actions.announce("No cell can run: each of them has an error.")
    return null
  }
  const { document } = app.getState()
  // The first run that asks a real model waits for the reader's word, and begins anew from there.
  if (!mayBegin(document.id)) return null
  const plain = inputsOfDocument(document)
  const inputs = withChosenModels({
    ...plain,
    language,
    entry: { path, text: composition.text, cellStarts: composition.cellStarts },
    files,
    maxParallel: options.maxParallel ?? plain.maxParallel,
    inputLines: options.input,
    model: { ...plain.model, rules: [...options.rules, ...plain.model.rules], dials: { ...plain.model.dials, ...options.dials } },
  })
  const run = startInputs(inputs)
  cellActions.began({ run, path, composition })
  return run
}

/** Resolves with the run's outcome when it has ended and was shown to its end, or was replaced by another. */
function endOf(run: RunId): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const { runs, playback } = app.getState()
      const { current } = runs
      if (current?.id !== run) return "replaced"
      return current.state === "ended" && (!playback.playing || playback.atUs >= playback.endUs)
        ? (current.report?.outcome ?? "failed")
        : null
    }
    const now = look()
    if (now !== null) {
      resolve(now)
      return
    }
    const stop = app.subscribe(() => {
      const end = look()
      if (end === null) return
      stop()
      resolve(end)
    })
  })
}

/** Keeps what the cells show in step with the run and the playhead. Called once, when the page starts. */
export function watchCells(): void {
  let wanted = false
  const show = () => {
    wanted = false
    const running = notebooks.getState().open?.running
    const { runs, playback } = app.getState()
    const run = runs.current
    if (!running || run?.id !== running.run) return
    const outputs = cellOutputs(run.trace, running.composition, running.path, playback.atUs)
    const results: Record<string, CellResult> = {}
    for (const [id, output] of outputs) results[id] = { output, diagnostics: [], stale: running.doubtful?.has(id) ?? false }
    cellActions.showed(results)
  }
  const later = () => {
    if (wanted || !notebooks.getState().open?.running) return
    wanted = true
    requestAnimationFrame(show)
  }
  app.subscribe((state) => state.runs, later)
  app.subscribe((state) => state.playback, later)
}

const OFFER_AFTER_MS = 700

/** Finds code without a fence in the prose, and offers what parses as cells. Called once, when the page starts. */
export function watchUnfenced(): void {
  let timer = 0
  const look = async () => {
    const open = notebooks.getState().open
    if (!open) return
    if (composing) {
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
