// What each cell of a notebook wrote, up to a moment of the run: pieces are given to the cell whose code wrote them, by
// their place in the composed text, or to the cell of their language that was running. Pure.
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

/** The cells of one language as a program of a run. */
export interface ComposedPart {
  readonly path: string
  readonly composition: Composition
}

export const NOTHING: CellOutput = { text: "", errors: "", beginUs: -1, endUs: -1 }
/** Longest text kept for one cell; more is in the output beside. */
const MOST_TEXT = 20_000

/** By cell id; cells that were left out are not in it. `parts`: the run's programs, in its order; `most`: of the events up to
 * `untilUs`, so many. */
export function cellOutputs(
  trace: Trace,
  parts: readonly ComposedPart[],
  untilUs: number,
  most = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, CellOutput> {
  const accepted = parts.map(({ composition }) => composition.cells.filter((cell) => cell.from >= 0))
  const outputs = new Map<string, CellOutput>(accepted.flat().map((cell) => [cell.id, NOTHING]))
  const running: (string | null)[] = parts.map(() => null)
  /** The program that a task belongs to: that of the first task above it. */
  const programs: number[] = []
  let roots = 0
  let events = 0
  const change = (id: string | null, how: (output: CellOutput) => CellOutput) => {
    const output = id === null ? undefined : outputs.get(id)
    if (id !== null && output) outputs.set(id, how(output))
  }
  trace.visit(0, (event) => {
    if (event.kind === Kind.TaskSpawn) programs[event.a] = event.task < 0 ? roots++ : (programs[event.task] ?? 0)
    if (event.atUs > untilUs || events++ >= most) return
    const program = programs[event.task] ?? 0
    if (event.kind === Kind.Section) {
      // "1", or "0.1" where programs run beside each other.
      const [cell = 0, of = 0] = trace.text(event.a).split(".").reverse().map(Number)
      const id = accepted[of]?.[cell]?.id ?? null
      const { atUs } = event
      if (event.b === 0) change(id, (output) => ({ ...output, beginUs: atUs }))
      else change(id, (output) => ({ ...output, endUs: atUs }))
      running[of] = event.b === 0 ? id : null
    } else if (event.kind === Kind.Print || event.kind === Kind.PrintError) {
      const part = parts[program]
      const range = trace.sites[event.site]
      const owner = (part && range?.file === part.path ? cellAt(part.composition, range.from)?.id : undefined) ?? running[program] ?? null
      const piece = trace.text(event.a)
      if (event.kind === Kind.Print) change(owner, (output) => ({ ...output, text: (output.text + piece).slice(0, MOST_TEXT) }))
      else change(owner, (output) => ({ ...output, errors: (output.errors + piece).slice(0, MOST_TEXT) }))
    }
  })
  return outputs
}
