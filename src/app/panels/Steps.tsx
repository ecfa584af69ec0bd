// The statement that is about to run, its variables, and the ways on from it: shown above the details while somebody steps
// through a run.
import { sharedFold } from "../../../interpreter/trace/fold.ts"
import { runTo, step } from "../../client/stepper.ts"
import { placeOf } from "../../store/place.ts"
import { shownRun } from "../../store/runs.ts"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { formatTime, plural } from "../../ui/format.ts"

export function Steps() {
  const stepping = useApp((state) => state.stepping)
  const run = useApp((state) => shownRun(state.runs))
  const atUs = useApp((state) => state.playback.atUs)
  if (stepping.run === null || run?.id !== stepping.run) return null
  const { index, row, inspection, problem } = stepping
  if (problem !== "") return <p className="m-0 p-3 text-text-2">{problem}</p>
  if (!index) return <p className="m-0 p-3 text-text-2">Running the program again, to find its steps …</p>
  const task = index.tasks[row] ?? -1
  const range = run.trace.sites[index.sites[row] ?? -1]
  const place = range ? placeOf(run.inputs, range) : null
  const begunUs = index.times[row] ?? 0
  const name = sharedFold(run.trace).lanes[task]?.name ?? "main"
  return (
    <section aria-label="Steps" className="flex flex-col gap-3 border-b border-hairline p-3">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="m-0 text-[15px] font-semibold">
          Step {row + 1} of {index.count}
          {index.cut ? "+" : ""}
        </h3>
        <span className="text-text-2">
          {place && `${place.text}, `}in <span className="font-mono">{name}</span>, {begunUs === atUs ? "at" : "since"}{" "}
          {formatTime(begunUs)}
        </span>
        <span className="ml-auto">
          <Button onClick={actions.leaveSteps}>Done</Button>
        </span>
      </header>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void step("back")} disabled={row === 0} title="Shift+F10">
          Back
        </Button>
        <Button onClick={() => void step("over")} disabled={row + 1 >= index.count} title="F10">
          Over
        </Button>
        <Button onClick={() => void step("into")} disabled={row + 1 >= index.count} title="Ctrl+F10">
          Into
        </Button>
        <Button onClick={() => void step("out")} disabled={(index.depths[row] ?? 0) === 0}>
          Out
        </Button>
        <Button onClick={() => void runTo(1)} title="F9">
          To the next breakpoint
        </Button>
      </div>
      <Variables inspection={inspection} late={inspection?.step !== row + 1} />
    </section>
  )
}

/** `late`: they are of the statement before, until this one is looked into. */
function Variables({ inspection, late }: { readonly inspection: ReturnType<typeof useStepping>; readonly late: boolean }) {
  if (!inspection) return <p className="m-0 text-text-2">…</p>
  if (inspection.variables.length === 0) return <p className="m-0 text-text-2">No variable has a value here.</p>
  return (
    <table aria-busy={late} className={`w-full border-collapse font-mono text-[12px] ${late ? "opacity-50" : ""}`}>
      <caption className="sr-only">{plural(inspection.variables.length, "variable")} in scope</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Variable</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {inspection.variables.map(({ name, text }) => (
          <tr key={name} className="border-t border-hairline align-top">
            <th scope="row" className="py-1 pr-3 text-left font-semibold">
              {name}
            </th>
            <td className="max-w-0 truncate py-1 text-text-2" title={text} width="100%">
              {text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const useStepping = () => useApp((state) => state.stepping.inspection)
