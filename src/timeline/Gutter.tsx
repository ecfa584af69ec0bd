// The names of the lanes: a real treegrid, virtualised. What sighted readers see of it are the names; the other columns are
// there for everybody who reads with ears. Rows are moved through with the keyboard (`controls.ts`).
//
// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid with rows placed one by one cannot be a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: in a treegrid rows have the focus, one of them at a time; cells do not.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are handled once for the whole timeline (keyboard.ts).
import { ChevronDown, ChevronRight, MoveUpRight } from "lucide-react"
import { memo, useEffect, useLayoutEffect, useRef } from "react"
import { firstTokenAfter, laneAtStep, phraseOf, rowText, timesBy, tokensBy } from "../../interpreter/trace/moment.ts"
import { formatCount, formatTokens, formatUs, shortened } from "../../interpreter/trace/units.ts"
import { tasksOf } from "../store/selection.ts"
import { actions, useApp } from "../store/store.ts"
import { eventsOfRow } from "./controls.ts"
import { costOfCalls } from "./cost-phrase.ts"
import type { Row } from "./layout.ts"
import { isDetached, type Scene } from "./scene.ts"
import { metricsNow, type Snapshot } from "./stage.ts"
import { changeView, openRow, type View } from "./view.ts"

const COLUMNS = ["Task", "State", "Start", "Duration", "Waiting", "First token", "Tokens", "Cost", "Events"] as const
/** Deeper rows are not indented further: names would have no room. */
const MOST_INDENT = "40%"
const INDENT_PX = 14

/** Before a run too, when there is no scene. */
export const rowPxOf = (scene: Scene | null): number => (scene?.metrics ?? metricsNow()).rowPx

export interface GutterProps {
  readonly snapshot: Snapshot
  readonly look: View
  readonly onPath: ReadonlySet<number>
}

export function Gutter({ snapshot, look, onPath }: GutterProps) {
  const selected = useApp((state) => state.picked.selected)
  const { scene, first, last } = snapshot
  const rows = scene?.rows ?? snapshot.expected
  const rowPx = rowPxOf(scene)
  const chosen = new Set(tasksOf(selected))
  const focusAt = rows.findIndex((row) => row.key === look.focusKey)
  const stop = Math.max(0, focusAt)
  const indexes: number[] = []
  for (let i = first; i <= last; i++) indexes.push(i)
  // The row with the focus stays in the document when it is scrolled away, or the focus would be lost.
  if (rows.length > 0 && (stop < first || stop > last)) indexes.push(stop)
  const grid = useRef<HTMLDivElement>(null)
  const hadFocus = useRef(false)
  // A row or an event that goes away with the focus (the next run begins, a group folds) leaves it to a row that is there.
  useLayoutEffect(() => {
    const { activeElement } = document
    if (!hadFocus.current || activeElement !== document.body) return
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true })
  })
  return (
    <div
      ref={grid}
      role="treegrid"
      aria-label="Tasks"
      aria-rowcount={rows.length + 1}
      aria-colcount={COLUMNS.length}
      className="absolute inset-0"
      onFocus={() => {
        hadFocus.current = true
      }}
      onBlur={({ target }) => {
        if (target.isConnected) hadFocus.current = false
      }}
    >
      <div role="row" aria-rowindex={1} className="sr-only">
        {COLUMNS.map((name, i) => (
          <span key={name} role="columnheader" aria-colindex={i + 1}>
            {name}
          </span>
        ))}
      </div>
      {indexes.map((i) => {
        const row = rows[i]
        if (!row) return null
        return (
          <GutterRow
            key={row.key}
            scene={scene}
            row={row}
            index={i}
            topPx={i * rowPx}
            heightPx={rowPx}
            tabStop={i === stop}
            focusEvent={row.key === look.focusKey ? look.focusEvent : -1}
            selected={row.kind === "lane" && chosen.has(row.task)}
            onPath={row.kind === "lane" && onPath.has(row.task)}
          />
        )
      })}
    </div>
  )
}

interface RowProps {
  /** null before a run: then all rows are of expected tasks. */
  readonly scene: Scene | null
  readonly row: Row
  readonly index: number
  readonly topPx: number
  readonly heightPx: number
  readonly tabStop: boolean
  readonly focusEvent: number
  readonly selected: boolean
  readonly onPath: boolean
}

const GutterRow = memo(function GutterRow({ scene, row, index, topPx, heightPx, tabStop, focusEvent, selected, onPath }: RowProps) {
  const lane = row.kind === "lane" ? scene?.fold.lanes[row.task] : undefined
  const detached = scene && lane ? isDetached(scene, lane) : false
  const text =
    scene && lane
      ? rowText(scene.fold, lane, Math.round(scene.atUs), scene.atStep, onPath, costOfCalls(lane.calls, scene.atStep, scene.answers))
      : row.kind === "expected"
        ? `${shortened(row.label, 200)}, ${expectedPhrase(scene)}${row.from === "" ? "" : `, ${row.from} starts it`}, level ${row.depth + 1}`
        : `${shortened(row.label, 200)}, group of ${formatCount(row.hidden)} tasks, level ${row.depth + 1}`
  return (
    <div
      role="row"
      aria-level={row.depth + 1}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-posinset={row.posInSet}
      aria-setsize={row.setSize}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={text}
      tabIndex={tabStop ? 0 : -1}
      data-row={row.key}
      className={`absolute inset-x-0 flex cursor-default items-center gap-0.5 pr-2 outline-offset-[-2px] select-none ${
        selected ? "bg-raised" : index % 2 === 1 ? "bg-lane" : "bg-bg"
      }`}
      style={{ top: topPx, height: heightPx, paddingLeft: `min(${4 + row.depth * INDENT_PX}px, ${MOST_INDENT})` }}
      onFocus={({ target, currentTarget }) =>
        changeView(target === currentTarget ? { focusKey: row.key, focusEvent: -1 } : { focusKey: row.key })
      }
      onPointerEnter={() => row.kind === "lane" && actions.point({ kind: "task", task: row.task })}
      onPointerLeave={() => actions.point({ kind: "none" })}
      onClick={() => {
        changeView({ focusKey: row.key, focusEvent: -1 })
        if (row.kind === "lane") actions.select({ kind: "task", task: row.task })
      }}
      onDoubleClick={() => row.expandable && openRow(row.key, !row.expanded)}
    >
      <span role="gridcell" aria-colindex={1} className="flex min-w-0 flex-1 items-center gap-0.5">
        {row.expandable ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={row.expanded ? `Fold ${shortened(row.label, 40)}` : `Unfold ${shortened(row.label, 40)}`}
            className="-mx-0.5 flex h-6 w-6 shrink-0 items-center justify-center text-muted hover:text-text max-[699px]:-mx-1.5 max-[699px]:h-8 max-[699px]:w-8"
            onClick={(event) => {
              event.stopPropagation()
              openRow(row.key, !row.expanded)
            }}
          >
            {row.expanded ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}
          </button>
        ) : (
          <span className="w-5 shrink-0" />
        )}
        <bdi
          className={`truncate font-mono text-chip ${row.kind === "lane" ? "text-text" : "text-text-2"}`}
          title={row.kind === "expected" && row.from !== "" ? `${shortened(row.label, 300)}, from ${row.from}` : shortened(row.label, 300)}
        >
          {row.label === "" ? "(no name)" : shortened(row.label, 120)}
        </bdi>
        {detached && <MoveUpRight size={12} className="shrink-0 text-text-2" role="img" aria-label="nobody waits for it" />}
        {row.hidden > 0 && (
          <span className="ml-1 shrink-0 rounded-control bg-raised px-1 text-tick text-text-2 max-[699px]:hidden">
            {formatCount(row.hidden)}
          </span>
        )}
      </span>
      {row.kind === "expected" && <ExpectedCells scene={scene} />}
      {scene && lane && <Cells scene={scene} row={row} />}
      {scene && lane && focusEvent >= 0 && <Events scene={scene} row={row} focusEvent={focusEvent} />}
    </div>
  )
})

/** What a task is doing that has not begun. */
const expectedPhrase = (scene: Scene | null): string => (scene ? "not started yet" : "not run yet")

function ExpectedCells({ scene }: { readonly scene: Scene | null }) {
  return COLUMNS.slice(1, -1).map((name, i) => (
    <span key={name} role="gridcell" aria-colindex={i + 2} className="sr-only">
      {name === "State" ? expectedPhrase(scene) : "none"}
    </span>
  ))
}

function Cells({ scene, row }: { readonly scene: Scene; readonly row: Row }) {
  const lane = scene.fold.lanes[row.task]
  if (!lane) return null
  const moment = laneAtStep(scene.fold, lane, scene.atStep)
  const over = lane.endUs >= 0 && lane.endUs <= scene.atUs
  const first = firstTokenAfter(lane, scene.atStep)
  const cells = [
    moment ? phraseOf(moment) : "not there yet",
    formatUs(lane.spawnUs),
    formatUs(Math.max(0, (over ? lane.endUs : Math.round(scene.atUs)) - lane.spawnUs)),
    formatUs(timesBy(lane, Math.round(scene.atUs)).waitingUs),
    first >= 0 ? formatUs(first) : "none",
    formatTokens(tokensBy(lane, scene.atStep), lane.estimated),
    costOfCalls(lane.calls, scene.atStep, scene.answers) || "none",
  ]
  return cells.map((cell, i) => (
    <span key={COLUMNS[i + 1]} role="gridcell" aria-colindex={i + 2} className="sr-only">
      {cell}
    </span>
  ))
}

/** The events of the focused row. Buttons without a look of their own: the canvas draws the ring where the event is. */
function Events({ scene, row, focusEvent }: { readonly scene: Scene; readonly row: Row; readonly focusEvent: number }) {
  const list = useRef<HTMLSpanElement>(null)
  const events = eventsOfRow(scene, row)
  useEffect(() => {
    list.current?.querySelector<HTMLElement>(`[data-event="${focusEvent}"]`)?.focus({ preventScroll: true })
  }, [focusEvent])
  return (
    <span role="gridcell" aria-colindex={COLUMNS.length} aria-label="Events" className="sr-only" ref={list}>
      {events.map((event, i) => (
        <button
          key={`${event.step} ${event.text}`}
          type="button"
          tabIndex={-1}
          data-event={i}
          aria-current={i === focusEvent ? "true" : undefined}
          onClick={(click) => {
            click.stopPropagation()
            actions.select(event.call >= 0 ? { kind: "call", task: row.task, call: event.call } : { kind: "task", task: row.task })
            actions.scrub(event.us)
            actions.chooseSideTab("details")
            actions.choosePhoneTab("details")
          }}
        >
          {event.text}
        </button>
      ))}
    </span>
  )
}
