// Breakpoints of cells, as lines of the programs that ran: stepping (src/client/stepper.ts) knows files and lines only. Those of
// a cell that was edited since wait until it runs again.
import type { Breakpoint } from "../store/stepping.ts"
import { actions } from "../store/store.ts"
import { type CellLines, cellLinesOf } from "./cell-lines.ts"
import { sourceIn } from "./cell-marks.ts"
import type { Block } from "./model.ts"
import { type CellsProgram, notebooks, type OpenNotebook } from "./state.ts"

/** A program of a run, with the lines of its cells. */
export interface PlacedProgram {
  readonly path: string
  readonly cells: readonly CellLines[]
  readonly files: Readonly<Record<string, string>>
}

/** `byBlock`: the lines of each cell and file that have one. Pure. */
export function placedBreakpoints(
  blocks: readonly Block[],
  programs: readonly PlacedProgram[],
  byBlock: OpenNotebook["breakpoints"],
): Breakpoint[] {
  return blocks.flatMap(({ id, segment }) => {
    const lines = byBlock[id] ?? []
    if (lines.length === 0) return []
    if (segment.kind === "file") {
      const { path, code } = segment
      return programs.some(({ files }) => files[path] === code) ? lines.map((line) => ({ file: path, line })) : []
    }
    if (segment.kind !== "cell") return []
    return programs.flatMap(({ path, cells }) => {
      const cell = cells.find((one) => one.id === id && one.code === segment.code)
      return cell ? lines.map((line) => ({ file: path, line: cell.first + line - 1 })) : []
    })
  })
}

const NONE: readonly Breakpoint[] = []

const placed = (program: CellsProgram): PlacedProgram => ({
  path: program.path,
  files: program.files,
  cells: cellLinesOf(program.composition, sourceIn(program)),
})

/** Called once, when the page starts. */
export function watchBreakpoints(): void {
  let programs: readonly CellsProgram[] | undefined
  let ran: readonly PlacedProgram[] = []
  const tell = (open: OpenNotebook | null) => {
    if (!open || Object.values(open.breakpoints).every((lines) => lines.length === 0)) {
      actions.setBreakpoints(NONE)
      return
    }
    if (open.running?.programs !== programs) {
      programs = open.running?.programs
      ran = programs?.map(placed) ?? []
    }
    actions.setBreakpoints(placedBreakpoints(open.notebook.blocks, ran, open.breakpoints))
  }
  const inputs = ({ open }: { readonly open: OpenNotebook | null }) => [open?.opened, open?.breakpoints, open?.notebook, open?.running]
  notebooks.subscribe(inputs, () => tell(notebooks.getState().open), { equalityFn: (a, b) => a.every((one, i) => one === b[i]) })
}
