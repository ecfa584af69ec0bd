// Every task of the run as a table: the numbers behind the lanes, at the playhead.
import { actions, useApp } from "../../store/store.ts"
import { formatCount, formatTime, plural } from "../../ui/format.ts"
import { stateOf } from "./lane-text.ts"
import { useMoment } from "./use-moment.ts"

const MOST_ROWS = 300
const CELL = "px-2 py-1 text-right whitespace-nowrap"

export function Tasks() {
  const moment = useMoment(150)
  const picked = useApp((state) => state.picked.selected)
  if (!moment) return <p className="m-0 p-3 text-text-2">Run the program to see its tasks.</p>
  const { fold, atUs, revealedUs } = moment
  const lanes = fold.lanes.filter((lane) => lane.spawnUs <= revealedUs)
  const over = (endUs: number) => endUs >= 0 && endUs <= atUs
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
          {lanes.slice(0, MOST_ROWS).map((lane) => {
            const on = "task" in picked && picked.task === lane.task
            const call = lane.calls[0]
            return (
              <tr
                key={lane.task}
                onClick={() => actions.select({ kind: "task", task: lane.task })}
                className={`cursor-pointer odd:bg-lane hover:bg-raised ${on ? "outline-2 -outline-offset-2 outline-focus" : ""}`}
              >
                <th scope="row" className="px-3 py-1 text-left font-normal" style={{ paddingLeft: 12 + lane.depth * 14 }}>
                  <button
                    type="button"
                    className="max-w-[24ch] truncate font-mono font-semibold"
                    onClick={() => {
                      actions.select({ kind: "task", task: lane.task })
                      actions.chooseSideTab("details")
                    }}
                  >
                    {lane.label}
                  </button>
                </th>
                <td className="max-w-[26ch] truncate px-2 text-left">{stateOf(fold, lane, atUs) || "not yet"}</td>
                <td className={CELL}>{formatTime(lane.spawnUs)}</td>
                <td className={CELL}>{over(lane.endUs) ? formatTime(lane.endUs - lane.spawnUs) : ""}</td>
                <td className={CELL}>{over(lane.endUs) && lane.times.modelUs > 0 ? formatTime(lane.times.modelUs) : ""}</td>
                <td className={CELL}>{over(lane.endUs) && lane.times.waitingUs > 0 ? formatTime(lane.times.waitingUs) : ""}</td>
                <td className={CELL}>
                  {call && call.firstTokenAfterUs >= 0 && call.queuedUs + call.firstTokenAfterUs <= atUs
                    ? formatTime(call.firstTokenAfterUs)
                    : ""}
                </td>
                <td className={CELL}>
                  {over(lane.endUs) && lane.tokensOut > 0 ? `${formatCount(lane.tokensIn)} / ${formatCount(lane.tokensOut)}` : ""}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {lanes.length > MOST_ROWS && <p className="m-0 p-3 text-text-2">{plural(lanes.length - MOST_ROWS, "more task")} in the timeline.</p>}
    </div>
  )
}
