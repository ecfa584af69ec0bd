// What each cell of a notebook wrote, up to a moment of the run: pieces are given to the cell whose code wrote them, by
// their place in the composed text, or to the cell that was running. Pure.
import { type Composition, cellAt } from "../../interpreter/session/document/notebook.ts"
import { Kind } from "../../interpreter/trace/event.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"

export interface CellOutput {
  readonly text: string
  /** What went to the error stream: faults that ended the cell. */
  readonly errors: string
  /** When the cell began and ended, in microseconds; -1 for not yet. */
  readonly beginUs: number
  readonly endUs: number
}

const NOTHING: CellOutput = { text: "", errors: "", beginUs: -1, endUs: -1 }
/** Longest text kept for one cell; more is in the output beside. */
const MOST_TEXT = 20_000

/** By cell id; cells that were left out are not in it. */
export function cellOutputs(trace: Trace, composition: Composition, path: string, untilUs: number): ReadonlyMap<string, CellOutput> {
  const accepted = composition.cells.filter((cell) => cell.from >= 0)
  const outputs = new Map<string, CellOutput>(accepted.map((cell) => [cell.id, NOTHING]))
  let running: string | null = null
  const change = (id: string | null, how: (output: CellOutput) => CellOutput) => {
    const output = id === null ? undefined : outputs.get(id)
    if (id !== null && output) outputs.set(id, how(output))
  }
  trace.visit(0, (event) => {
    if (event.atUs > untilUs) return
    if (event.kind === Kind.Section) {
      const id = accepted[Number(trace.text(event.a))]?.id ?? null
      const { atUs } = event
      if (event.b === 0) change(id, (output) => ({ ...output, beginUs: atUs }))
      else change(id, (output) => ({ ...output, endUs: atUs }))
      running = event.b === 0 ? id : null
    } else if (event.kind === Kind.Print || event.kind === Kind.PrintError) {
      const range = trace.sites[event.site]
      const owner: string | null = (range?.file === path ? cellAt(composition, range.from)?.id : undefined) ?? running
      const piece = trace.text(event.a)
      if (event.kind === Kind.Print) change(owner, (output) => ({ ...output, text: (output.text + piece).slice(0, MOST_TEXT) }))
      else change(owner, (output) => ({ ...output, errors: (output.errors + piece).slice(0, MOST_TEXT) }))
    }
  })
  return outputs
}
