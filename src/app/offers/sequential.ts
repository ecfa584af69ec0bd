// The same Jade program beside itself: as it runs, and one async function at a time, as its console does. Says when that
// comparison can be offered and what it showed. Pure; the transport bar shows it.
import { type RunRecord, type Runs, shownRun } from "../../store/runs.ts"
import { formatTime } from "../../ui/format.ts"

export interface SequentialOffer {
  /** What the press does, as a short name. */
  readonly label: string
  /** The other way to run it, which the press starts. */
  readonly sequential: boolean
  /** The difference in time once both ways were run; "" before. */
  readonly comparison: string
}

/** null where there is nothing to compare: no ended Jade run of the text in the editor, or one that started no tasks. */
export function sequentialOffer(runs: Runs, documentVersion: number, tasks: number): SequentialOffer | null {
  const run = shownRun(runs)
  if (run?.inputs.language !== "jade" || run.documentVersion !== documentVersion || run.report?.outcome !== "done") return null
  if (tasks < 2 || run.inputs.entry.cellStarts) return null
  const { sequential } = run.inputs
  const other = otherWay(runs.lastGood, run)
  return {
    sequential: !sequential,
    label: sequential ? "Overlapped" : "One at a time",
    comparison: other?.report ? compared(run.report.virtualUs, other.report.virtualUs, sequential) : "",
  }
}

/** The run before, if it is the same program run the other way. */
function otherWay(before: RunRecord | null, run: RunRecord): RunRecord | null {
  const same = before && before.id !== run.id && before.documentVersion === run.documentVersion && before.report?.outcome === "done"
  return same && before.inputs.sequential !== run.inputs.sequential ? before : null
}

function compared(nowUs: number, otherUs: number, sequential: boolean): string {
  const [overlappedUs, oneByOneUs] = sequential ? [otherUs, nowUs] : [nowUs, otherUs]
  const difference = oneByOneUs - overlappedUs
  if (difference === 0) return `${formatTime(nowUs)} either way`
  const times = overlappedUs > 0 && oneByOneUs > overlappedUs ? `, ${(oneByOneUs / overlappedUs).toFixed(1)}×` : ""
  return `one at a time ${formatTime(oneByOneUs)} · overlapped ${formatTime(overlappedUs)}${times}`
}
