// The controls of time, and what the run amounts to at the playhead. One sentence sums it up.
import { ChevronLeft, ChevronRight, Pause, Play, RotateCcw, X } from "lucide-react"
import { INSTANT, isLive, SPEEDS } from "../../store/playback.ts"
import type { RunRecord } from "../../store/runs.ts"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { formatCount, formatSpeed, formatTime, formatTimeOf } from "../../ui/format.ts"
import { Select } from "../../ui/Select.tsx"
import { runCommand } from "../commands.ts"
import { shownKeys } from "../keys/key-names.ts"
import { SequentialOffer } from "../offers/SequentialOffer.tsx"
import { inFlightAt } from "../panels/lane-text.ts"
import { gainOf, summaryOf } from "../panels/summary.ts"
import { type Moment, useMoment } from "../panels/use-moment.ts"
import { KindOfRun } from "./Header.tsx"

export function Transport() {
  const moment = useMoment()
  // With the head away, what kind of run this is must still be said.
  const presenting = useApp((state) => state.shell.presentation)
  return (
    <div
      role="toolbar"
      aria-label="Time"
      data-region="transport"
      className="transport flex h-9 shrink-0 items-center gap-1.5 overflow-hidden border-y border-hairline bg-lane px-3"
    >
      <PlayButton />
      <Button
        kind="quiet"
        square
        aria-label="Previous event"
        title={`Previous event (${shownKeys("Alt+Left")})`}
        onClick={() => runCommand("previous-event")}
      >
        <ChevronLeft aria-hidden="true" size={16} />
      </Button>
      <Button
        kind="quiet"
        square
        aria-label="Next event"
        title={`Next event (${shownKeys("Alt+Right")})`}
        onClick={() => runCommand("next-event")}
      >
        <ChevronRight aria-hidden="true" size={16} />
      </Button>
      <SpeedSelect />
      {moment && <Figures moment={moment} />}
      {presenting && <KindOfRun />}
      {moment && <Sentence moment={moment} />}
      {presenting ? (
        <Button
          kind="quiet"
          square
          aria-label="Leave presentation"
          title="Leave presentation (Escape)"
          onClick={() => runCommand("present")}
        >
          <X aria-hidden="true" size={16} />
        </Button>
      ) : (
        <SequentialOffer className="shrink-0" />
      )}
    </div>
  )
}

export function PlayButton() {
  const playing = useApp((state) => state.playback.playing)
  const over = useApp((state) => state.playback.ended && state.playback.atUs >= state.playback.endUs)
  const idle = useApp((state) => state.runs.current === null)
  const word = playing ? "Pause" : over ? "Replay" : "Play"
  const Icon = playing ? Pause : over ? RotateCcw : Play
  return (
    <Button kind="quiet" className="min-w-[84px]" disabled={idle} onClick={actions.togglePlay} title={`${word} (Space, in the timeline)`}>
      <Icon aria-hidden="true" size={14} />
      {word}
    </Button>
  )
}

export function SpeedSelect() {
  const speed = useApp((state) => state.playback.speed)
  return (
    <Select
      label="Speed"
      value={String(speed)}
      onChoose={(value) => {
        const chosen = Number(value)
        actions.chooseSpeed(chosen)
        if (chosen !== INSTANT) actions.changeSettings({ speed: chosen })
      }}
    >
      {SPEEDS.map((choice) => (
        <option key={choice} value={String(choice)}>
          {formatSpeed(choice)}
        </option>
      ))}
    </Select>
  )
}

/** Playhead and end; the end of a live run is not known yet. */
export function Clock() {
  const { atUs, endUs } = useApp((state) => state.playback)
  const live = useApp((state) => isLive(state.playback))
  return (
    <span title="Virtual time: the playhead, and the end of the run" className="min-w-[8ch] shrink-0 font-semibold whitespace-nowrap">
      {live ? formatTime(atUs) : formatTimeOf(atUs, endUs)}
    </span>
  )
}

function Figures({ moment }: { readonly moment: Moment }) {
  const { fold, atStep } = moment
  const tokens = fold.totals.tokensSoFar.atStep(atStep)
  return (
    <div className="flex shrink-0 items-center gap-4 pl-2 whitespace-nowrap text-text-2">
      <Clock />
      <span>
        in flight <b className="font-semibold text-text">{inFlightAt(fold, atStep)}</b>
      </span>
      <span>
        tokens <b className="font-semibold text-text">{formatCount(tokens)}</b>
      </span>
    </div>
  )
}

/** Where a run ended for the reader: a stopped one where it was shown to, though the worker was ahead. */
export const endOf = (report: NonNullable<RunRecord["report"]>, revealedUs: number): number =>
  report.outcome === "stopped" ? revealedUs : report.virtualUs

/** What the run amounts to; while it unfolds, nothing is given away. */
export function sentenceOf({ fold, run, revealedUs }: Moment, live: boolean): string {
  if (live || !run.report) return ""
  return summaryOf(fold, run.report.outcome, run.report.fault?.message || run.report.message, endOf(run.report, revealedUs))
}

function Sentence({ moment }: { readonly moment: Moment }) {
  const live = useApp((state) => isLive(state.playback))
  const sentence = sentenceOf(moment, live)
  const { report } = moment.run
  const gain = report?.outcome === "done" && !live ? gainOf(moment.fold, report.virtualUs) : ""
  const bad = report !== null && report.outcome !== "done" && report.outcome !== "stopped"
  if (sentence === "") return null
  return (
    <p className={`transport-sentence m-0 ml-auto flex min-w-0 items-center gap-3 pl-4 ${bad ? "text-error-text" : "text-text-2"}`}>
      <span className="truncate" title={sentence}>
        {sentence}
      </span>
      {gain !== "" && (
        <span className="transport-gain hidden shrink-0 rounded-full bg-raised px-2.5 py-0.5 text-chip text-text min-[1280px]:inline">
          {gain}
        </span>
      )}
    </p>
  )
}
