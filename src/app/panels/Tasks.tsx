// Every task of the run as a table: the numbers behind the lanes, at the playhead. Where it is wider than its place (on a
// phone), the names stay while the figures scroll. Columns have fixed widths: to lay out hundreds of rows by what stands in
// them takes longer than a frame has.
import { memo, useEffect, useState } from "react"
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { shortened } from "../../../interpreter/trace/units.ts"
import { models } from "../../providers/models.ts"
import { costOf } from "../../providers/Origin.tsx"
import { isLive } from "../../store/playback.ts"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { formatCount, formatTime, plural } from "../../ui/format.ts"
import { runCommand } from "../commands.ts"
import { stateOf } from "./lane-text.ts"
import { useMoment } from "./use-moment.ts"

const MOST_ROWS = 300
/** Characters of a name in the document: some programs give them thousands. */
const LONGEST_NAME = 200
/** While the run plays every frame counts, and nobody reads further. */
const MOST_PLAYING = 30
/** Deeper names are not indented further, or they would have no room. */
const MOST_INDENTED = 6
const CELL = "truncate px-1.5 py-1 text-right"
/** The name stays where it is while the figures scroll. */
const NAME = "sticky left-0 bg-inherit pl-3 text-left font-normal"

export function Tasks() {
  const moment = useMoment(150)
  const picked = useApp((state) => state.picked.selected)
  const playing = useApp((state) => state.playback.playing)
  const live = useApp((state) => isLive(state.playback))
  const lanes = moment?.fold.lanes.filter((lane) => lane.spawnUs <= moment.revealedUs) ?? []
  const shown = useGrowing(Math.min(playing ? MOST_PLAYING : MOST_ROWS, lanes.length))
  if (!moment) return <p className="m-0 p-3 text-text-2">Run the program to see its tasks.</p>
  const { fold, atUs, atStep } = moment
  const paid = models.getState()
  return (
    <div className={moment.stale ? "opacity-50" : ""}>
      <table className="w-full min-w-[720px] table-fixed border-collapse text-chip max-[699px]:min-w-[700px]">
        <thead className="sticky top-0 z-10 bg-bg">
          <tr className="border-b border-hairline bg-bg text-text-2">
            <th scope="col" className={`${NAME} w-[18%] py-1.5 max-[699px]:w-[124px]`}>
              task
            </th>
            <th scope="col" className="w-[16%] px-2 text-left font-normal">
              state
            </th>
            {["start", "took", "model", "waiting", "first token", "tokens", "cost"].map((title) => (
              <th key={title} scope="col" className={`${CELL} font-normal ${/token/.test(title) ? "w-[11%]" : ""}`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.slice(0, shown).map((lane) => {
            const call = lane.calls[0]
            const over = lane.endUs >= 0 && lane.endStep <= atStep
            const first = call && call.firstTokenAfterUs >= 0 && call.queuedUs + call.firstTokenAfterUs <= atUs
            return (
              <TaskRow
                key={lane.task}
                task={lane.task}
                label={lane.label}
                depth={lane.depth}
                picked={"task" in picked && picked.task === lane.task}
                state={stateOf(fold, lane, moment) || "not yet"}
                start={formatTime(lane.spawnUs)}
                took={over ? formatTime(lane.endUs - lane.spawnUs) : ""}
                model={over && lane.times.modelUs > 0 ? formatTime(lane.times.modelUs) : ""}
                waiting={over && lane.times.waitingUs > 0 ? formatTime(lane.times.waitingUs) : ""}
                firstToken={first ? formatTime(call.firstTokenAfterUs) : ""}
                tokens={over && lane.tokensOut > 0 ? `${formatCount(lane.tokensIn)} / ${formatCount(lane.tokensOut)}` : ""}
                cost={over && lane.calls.length > 0 ? costOf(paid, callsOf(lane)) : ""}
              />
            )
          })}
        </tbody>
      </table>
      {lanes.length > shown && <p className="m-0 p-3 text-text-2">{plural(lanes.length - shown, "more task")} in the timeline.</p>}
      <p className="sticky left-0 m-0 w-fit p-2">
        <Button kind="quiet" className="max-[699px]:h-11!" disabled={live} onClick={() => runCommand("timeline-text")}>
          Timeline as text
        </Button>
      </p>
    </div>
  )
}

const callsOf = (lane: Lane): number[] => lane.calls.map((call) => call.id)

/** Rows that are made at a time: more would hold up a frame. */
const PORTION = 20

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
  readonly cost: string
}

/** Drawn anew only when one of its words has changed: most rows of a run that goes on stay what they are. */
const TaskRow = memo(function TaskRow({ task, label, depth, picked, state, ...figures }: TaskRowProps) {
  return (
    <tr
      onClick={() => actions.select({ kind: "task", task })}
      className={`cursor-pointer bg-bg odd:bg-lane hover:bg-raised ${picked ? "outline-2 -outline-offset-2 outline-focus" : ""}`}
    >
      <th scope="row" className={`${NAME} p-0 pr-2`} style={{ paddingLeft: 12 + Math.min(MOST_INDENTED, depth) * 10 }}>
        <button
          type="button"
          title={shortened(label, LONGEST_NAME)}
          className="block min-h-6 w-full truncate text-left font-mono font-semibold max-[699px]:min-h-11"
          onClick={() => {
            actions.select({ kind: "task", task })
            actions.chooseSideTab("details")
          }}
        >
          <bdi>{label === "" ? "(no name)" : shortened(label, LONGEST_NAME)}</bdi>
        </button>
      </th>
      <td className="truncate px-2 text-left" title={shortened(state, LONGEST_NAME)}>
        {shortened(state, LONGEST_NAME)}
      </td>
      {FIGURES.map((figure) => (
        <td key={figure} className={CELL}>
          {figures[figure]}
        </td>
      ))}
    </tr>
  )
})

const FIGURES = ["start", "took", "model", "waiting", "firstToken", "tokens", "cost"] as const
