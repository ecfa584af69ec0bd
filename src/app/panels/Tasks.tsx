// Every task of the run as a table: the numbers behind the lanes, at the playhead.
import { memo, useEffect, useState } from "react"
import { actions, useApp } from "../../store/store.ts"
import { formatCount, formatTime, plural } from "../../ui/format.ts"
import { stateOf } from "./lane-text.ts"
import { useMoment } from "./use-moment.ts"

const MOST_ROWS = 300
const CELL = "px-2 py-1 text-right whitespace-nowrap"

export function Tasks() {
  const moment = useMoment(150)
  const picked = useApp((state) => state.picked.selected)
  const lanes = moment?.fold.lanes.filter((lane) => lane.spawnUs <= moment.revealedUs) ?? []
  const shown = useGrowing(Math.min(MOST_ROWS, lanes.length))
  if (!moment) return <p className="m-0 p-3 text-text-2">Run the program to see its tasks.</p>
  const { fold, atUs } = moment
  return (
    <div className={moment.stale ? "opacity-50" : ""}>
      <table className="w-full border-collapse text-chip">
        <thead className="sticky top-0 bg-bg">
          <tr className="border-b border-hairline text-text-2">
            <th scope="col" className="px-3 py-1.5 text-left font-normal">
              task
            </th>
            <th scope="col" className="px-2 text-left font-normal">
              state
            </th>
            {["start", "took", "model", "waiting", "first token", "tokens in / out"].map((title) => (
              <th key={title} scope="col" className={`${CELL} font-normal`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.slice(0, shown).map((lane) => {
            const call = lane.calls[0]
            const over = lane.endUs >= 0 && lane.endUs <= atUs
            const first = call && call.firstTokenAfterUs >= 0 && call.queuedUs + call.firstTokenAfterUs <= atUs
            return (
              <TaskRow
                key={lane.task}
                task={lane.task}
                label={lane.label}
                depth={lane.depth}
                picked={"task" in picked && picked.task === lane.task}
                state={stateOf(fold, lane, atUs) || "not yet"}
                start={formatTime(lane.spawnUs)}
                took={over ? formatTime(lane.endUs - lane.spawnUs) : ""}
                model={over && lane.times.modelUs > 0 ? formatTime(lane.times.modelUs) : ""}
                waiting={over && lane.times.waitingUs > 0 ? formatTime(lane.times.waitingUs) : ""}
                firstToken={first ? formatTime(call.firstTokenAfterUs) : ""}
                tokens={over && lane.tokensOut > 0 ? `${formatCount(lane.tokensIn)} / ${formatCount(lane.tokensOut)}` : ""}
              />
            )
          })}
        </tbody>
      </table>
      {lanes.length > MOST_ROWS && <p className="m-0 p-3 text-text-2">{plural(lanes.length - MOST_ROWS, "more task")} in the timeline.</p>}
    </div>
  )
}

/** Rows that are made at a time: more would hold up a frame. */
const PORTION = 40

/** How many of the rows that are wanted there are: a portion more in each frame. */
function useGrowing(wanted: number): number {
  const [room, grow] = useState(PORTION)
  useEffect(() => {
    // Many may come at once later, and then there is room for a portion of them.
    if (room > wanted + PORTION) grow(wanted + PORTION)
    if (room >= wanted) return
    let timer = 0
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(() => grow(room + PORTION))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [room, wanted])
  return Math.min(room, wanted)
}

interface TaskRowProps {
  readonly task: number
  readonly label: string
  readonly depth: number
  readonly picked: boolean
  readonly state: string
  readonly start: string
  readonly took: string
  readonly model: string
  readonly waiting: string
  readonly firstToken: string
  readonly tokens: string
}

/** Drawn anew only when one of its words has changed: most rows of a run that goes on stay what they are. */
const TaskRow = memo(function TaskRow({ task, label, depth, picked, state, ...figures }: TaskRowProps) {
  return (
    <tr
      onClick={() => actions.select({ kind: "task", task })}
      className={`cursor-pointer odd:bg-lane hover:bg-raised ${picked ? "outline-2 -outline-offset-2 outline-focus" : ""}`}
    >
      <th scope="row" className="px-3 py-1 text-left font-normal" style={{ paddingLeft: 12 + depth * 14 }}>
        <button
          type="button"
          className="max-w-[24ch] truncate font-mono font-semibold"
          onClick={() => {
            actions.select({ kind: "task", task })
            actions.chooseSideTab("details")
          }}
        >
          {label}
        </button>
      </th>
      <td className="max-w-[26ch] truncate px-2 text-left">{state}</td>
      {FIGURES.map((figure) => (
        <td key={figure} className={CELL}>
          {figures[figure]}
        </td>
      ))}
    </tr>
  )
})

const FIGURES = ["start", "took", "model", "waiting", "firstToken", "tokens"] as const
