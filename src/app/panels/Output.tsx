// What came out of the run up to the playhead: printed text, answers as they stream, notices, faults. Scrubbing back takes
// it back. Follows its own end while the reader has not scrolled up.

import { type CSSProperties, memo, Suspense, useEffect, useReducer, useRef, useState } from "react"
import { sendInput } from "../../client/session.ts"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { formatCount, formatTime, formatTokens, plural } from "../../ui/format.ts"
import { late } from "../late.tsx"
import { copyText } from "../share/clipboard.ts"
import { type CallEntry, type CallStatus, type Entry, feedAt, MOST_AT_REST, MOST_PLAYING, sameEntry, tailOf } from "./feed.ts"
import { lookedAt, MOST_IN_A_FLOOD, NO_FLOOD } from "./flood.ts"
import { NOT_RUN } from "./summary.ts"
import { useFollowing } from "./use-following.ts"
import { useMoment } from "./use-moment.ts"

const RunFault = late(() => import("./RunFault.tsx"))

/** Earlier entries that one press brings. */
const MORE = 1000
/** Entries that are made at a time: more would hold up a frame. */
const PORTION = 20
/** More entries than this are no longer drawn anew in every frame, */
const MANY = 60
/** and those of more than this that are out of sight are not laid out. */
const MOST_LAID_OUT = MOST_PLAYING
/** Milliseconds between two pictures: usually, of many entries, and of a flood that nobody could read faster. */
const USUAL_MS = 33
const MANY_MS = 200
const FLOOD_MS = 250

const NO_ENTRIES: readonly Entry[] = []

export function Output() {
  const many = useRef(false)
  const flood = useRef({ ...NO_FLOOD, run: 0 as unknown })
  const moment = useMoment(() => (flood.current.floods ? FLOOD_MS : many.current ? MANY_MS : USUAL_MS))
  const playing = useApp((state) => state.playback.playing)
  const printedOnly = useApp((state) => state.shell.printedOnly)
  const content = useRef<HTMLDivElement>(null)
  // How many more the reader asked for, of which run.
  const [asked, ask] = useState<{ readonly run: unknown; readonly more: number }>({ run: null, more: 0 })
  const atRest = MOST_AT_REST + (asked.run === moment?.run.id ? asked.more : 0)
  const most = !playing ? atRest : flood.current.floods ? MOST_IN_A_FLOOD : MOST_PLAYING
  const feed = moment ? feedAt(moment.fold, moment.atUs, printedOnly, most, moment.atStep) : null
  const entries = useGradually(feed?.entries ?? NO_ENTRIES)
  const omitted = feed?.omitted ?? 0
  const length = (feed?.entries.length ?? 0) + omitted
  many.current = length - omitted > MANY
  const before = flood.current.run === moment?.run.id ? flood.current : NO_FLOOD
  flood.current = { ...(playing ? lookedAt(before, length, performance.now()) : { ...NO_FLOOD, length }), run: moment?.run.id }

  const fault = moment?.run.report?.fault ?? null
  const letGo = useFollowing(content, '[role="tabpanel"]')

  return (
    <div
      ref={content}
      style={{ "--time-column": (moment?.atUs ?? 0) < 99_995_000 ? "52px" : "76px" } as CSSProperties}
      className={`min-h-full px-3 py-2 ${moment?.stale ? "opacity-50" : ""} ${entries.length > MOST_LAID_OUT ? "[&>*]:[contain-intrinsic-size:auto_28px] [&>*]:[content-visibility:auto]" : ""}`}
    >
      {moment?.stale && <p className="m-0 mb-2 text-chip text-text-2">from before your edit</p>}
      {moment && moment.run.crash !== "" && <Crash message={moment.run.crash} />}
      {omitted > 0 && (
        <p className="m-0 mb-1 flex items-center gap-2 text-chip text-muted">
          {plural(omitted, "earlier piece")} not shown
          {!playing && (
            <Button
              onClick={() => {
                letGo()
                ask({ run: moment?.run.id, more: atRest - MOST_AT_REST + MORE })
              }}
            >
              Show {formatCount(Math.min(MORE, omitted))} more
            </Button>
          )}
        </p>
      )}
      {entries.map((entry) => (
        <Row key={entry.key} entry={entry} />
      ))}
      {moment && fault && (
        <Suspense fallback={null}>
          <RunFault moment={moment} told={feed?.entries.some((entry) => entry.kind === "fault") ?? false} />
        </Suspense>
      )}
      {feed && feed.entries.length === 0 && !fault && (
        <p className="m-0 text-text-2">
          {moment?.run.state !== "ended"
            ? "Nothing yet."
            : moment.run.report?.outcome === "rejected"
              ? NOT_RUN
              : "The program wrote nothing."}
        </p>
      )}
      {!feed && <p className="m-0 text-text-2">What the program prints appears here, with its moment.</p>}
      <InputLine />
    </div>
  )
}

/** What of the entries is shown now: few that were not there before at a time, and in the next frame some more of them. */
function useGradually(entries: readonly Entry[]): readonly Entry[] {
  const known = useRef<ReadonlySet<string>>(new Set())
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const shown = tailOf(entries, known.current, PORTION)
  useEffect(() => {
    known.current = new Set(shown.map(({ key }) => key))
    if (shown.length === entries.length) return
    let timer = 0
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(draw)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  })
  return shown
}

const Row = memo(
  function Row({ entry }: { readonly entry: Entry }) {
    return (
      <div className="grid grid-cols-[var(--time-column)_minmax(0,1fr)] gap-3 max-[699px]:gap-2 py-0.5">
        <button
          type="button"
          title={`Put the playhead at ${formatTime(entry.atUs)}`}
          onClick={() => actions.scrub(entry.atUs)}
          className="self-start rounded text-right text-chip whitespace-nowrap leading-5 text-muted hover:text-accent hover:underline"
        >
          {formatTime(entry.atUs)}
        </button>
        {entry.kind === "call" ? (
          <Call entry={entry} />
        ) : entry.kind === "print" ? (
          <pre className={`m-0 font-mono text-ui break-words whitespace-pre-wrap ${entry.error ? "text-error-text" : "text-text"}`}>
            {entry.text.replace(/\n$/, "") || " "}
          </pre>
        ) : entry.kind === "input" ? (
          <pre className="m-0 font-mono text-ui break-words whitespace-pre-wrap text-accent">
            <span aria-hidden="true">› </span>
            <span className="sr-only">typed: </span>
            {entry.text}
          </pre>
        ) : entry.kind === "fault" ? (
          <p className="m-0 font-semibold break-words whitespace-pre-wrap text-error-text">
            <span aria-hidden="true">✕ </span>
            {entry.text}
            {entry.by !== "main" && <span className="ml-2 font-mono text-chip font-normal text-text-2">{entry.by}</span>}
          </p>
        ) : (
          <p className="m-0 text-text-2">{entry.text}</p>
        )}
      </div>
    )
  },
  (before, after) => sameEntry(before.entry, after.entry),
)

const STATUS: Record<CallStatus, { readonly word: string; readonly look: string }> = {
  queued: { word: "queued", look: "text-text-2" },
  waiting: { word: "waiting for the first token", look: "text-prompt" },
  streaming: { word: "streaming", look: "text-prompt" },
  tools: { word: "running tools", look: "text-prompt" },
  "backing off": { word: "backing off", look: "text-text" },
  done: { word: "done", look: "text-ok-text" },
  failed: { word: "failed", look: "text-error-text" },
  cut: { word: "cut off", look: "text-text-2" },
}

function Call({ entry }: { readonly entry: CallEntry }) {
  const { word, look } = STATUS[entry.status]
  const streaming = entry.status === "streaming"
  const tokens =
    entry.tokensOf > 0
      ? `${entry.tokens} of ~${formatTokens(entry.tokensOf)}`
      : entry.tokens > 0
        ? formatTokens(entry.tokens, entry.estimated)
        : ""
  return (
    <div className="rounded-control border border-hairline bg-lane px-2.5 py-1.5">
      <button
        type="button"
        onClick={() => {
          actions.select({ kind: "call", task: entry.task, call: entry.call })
          actions.chooseSideTab("details")
        }}
        title="Show this call in the timeline and its details"
        className="-my-1 flex w-full flex-wrap items-baseline gap-x-3 py-1 text-left text-chip max-[699px]:-my-2.5 max-[699px]:py-2.5"
      >
        <span className="font-mono font-semibold text-text">{entry.by}</span>
        <span className={`font-semibold ${look}`}>{word}</span>
        {tokens !== "" && <span className="text-text-2">{tokens}</span>}
        {entry.status !== "queued" && <span className="text-text-2">{formatTime(entry.tookUs)}</span>}
        {entry.retries > 0 && (
          <span className="text-text-2">
            {entry.retries === 1 ? "tried again" : `tried again ${entry.retries} times`}
            {entry.failure !== "" && ` after: ${entry.failure}`}
          </span>
        )}
        {entry.ended !== "" && <span className="font-semibold text-text">{entry.ended}</span>}
        {entry.retries === 0 && entry.failure !== "" && <span className="text-error-text">{entry.failure}</span>}
      </button>
      <p className="m-0 line-clamp-1 text-chip text-text-2">{entry.prompt}</p>
      {(entry.text !== "" || streaming) && (
        <p className="m-0 mt-0.5 break-words whitespace-pre-wrap">
          {entry.text}
          {streaming && <span aria-hidden="true" className="ml-px inline-block h-[1.1em] w-[2px] translate-y-[3px] bg-model" />}
        </p>
      )}
    </div>
  )
}

/** What the browser says when a file of the page is not there any more, or cannot be reached. */
const NOT_LOADED = /has no part named|dynamically imported module|module script failed/i

/** Our own fault: said plainly, with a report to copy. */
function Crash({ message }: { readonly message: string }) {
  const notLoaded = NOT_LOADED.test(message)
  return (
    <div role="alert" className="mb-2 rounded-control border border-hairline bg-lane p-2.5">
      <p className="m-0 font-semibold text-error-text">
        {notLoaded
          ? "A part of the page that this run needs could not be loaded."
          : "The run was ended by an error of ours, not of the program."}
      </p>
      <p className="m-0 text-text-2">
        {notLoaded
          ? "Are you offline? Otherwise the page was published anew since you opened it: reload it, your text stays."
          : "A new sandbox is ready; the text is untouched. A report helps to mend it:"}
      </p>
      <pre className="my-1.5 max-h-32 overflow-auto font-mono text-chip whitespace-pre-wrap">{message}</pre>
      {notLoaded ? (
        <Button onClick={() => location.reload()}>Reload the page</Button>
      ) : (
        <Button onClick={() => void copyText(message, "the report", "Report copied.")}>Copy the report</Button>
      )}
    </div>
  )
}

/** A program that reads a line stops time until the reader gives one. */
function InputLine() {
  const waits = useApp((state) => state.runs.current?.waitingFor === "input" && state.playback.revealedUs >= state.runs.current.nowUs)
  const [line, setLine] = useState("")
  if (!waits) return null
  return (
    <form
      className="mt-2 flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        sendInput(line)
        setLine("")
      }}
    >
      <label className="flex min-w-0 flex-1 items-center gap-2">
        <span className="shrink-0 text-text-2">The program waits for a line:</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: the run stands still until something is typed here
          autoFocus
          value={line}
          onChange={(event) => setLine(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded-control border border-control bg-bg px-2 font-mono"
        />
      </label>
      <Button kind="primary" type="submit">
        Enter
      </Button>
      <Button onClick={() => sendInput(null)} title="There are no more lines">
        End
      </Button>
    </form>
  )
}
