// The selected task, call, line or stretch of time, at the playhead: what it is, its times, its prompt and answer.
import type { ReactNode } from "react"
import type { Range } from "../../../interpreter/source/text.ts"
import { failureText, finishText } from "../../../interpreter/trace/call-spans.ts"
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { beginNextRunAt } from "../../client/session.ts"
import { CallOrigin, useCostOf } from "../../providers/Origin.tsx"
import { type OpenDocument, optionsOf } from "../../store/document.ts"
import { placeOf } from "../../store/place.ts"
import type { RunRecord } from "../../store/runs.ts"
import { actions, app, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { formatCount, formatRate, formatTime, formatTokens, plural } from "../../ui/format.ts"
import { callEntry, promptOf } from "./feed.ts"
import { goTo } from "./go-to.ts"
import { pathOf, stateOf } from "./lane-text.ts"
import { Steps } from "./Steps.tsx"
import { type Moment, useMoment } from "./use-moment.ts"

export function Details() {
  return (
    <>
      <Steps />
      <Selected />
    </>
  )
}

function Selected() {
  const moment = useMoment()
  const selected = useApp((state) => state.picked.selected)
  if (!moment) return <Hint>Run the program, then press a bar of the timeline or a mark beside a line.</Hint>
  const { fold, run } = moment
  switch (selected.kind) {
    case "none":
      return <Fault moment={moment} fallback={<Hint>Press a bar of the timeline or a mark beside a line to see what it is.</Hint>} />
    case "span":
      return <Stretch {...selected} moment={moment} />
    case "line":
      return (
        <Card
          title={`Line ${selected.line}`}
          kind={selected.tasks.length === 0 ? "started no task" : `started ${plural(selected.tasks.length, "task")}`}
        >
          <ul className="m-0 flex list-none flex-col gap-1 p-0">
            {selected.tasks.slice(0, 50).map((task) => (
              <li key={task}>
                <TaskButton moment={moment} task={task} />
              </li>
            ))}
          </ul>
        </Card>
      )
    default: {
      const lane = fold.lanes[selected.task]
      if (!lane) return <Hint>This task is of another run.</Hint>
      return <Task key={selected.task} lane={lane} call={selected.kind === "call" ? selected.call : null} moment={moment} run={run} />
    }
  }
}

function Hint({ children }: { readonly children: ReactNode }) {
  return <p className="m-0 p-3 text-text-2">{children}</p>
}

function Card({
  title,
  kind,
  aside,
  children,
}: {
  readonly title: string
  readonly kind: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="flex flex-col gap-3 p-3">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="m-0 max-w-full truncate font-mono text-[15px] font-semibold">{title}</h2>
        <span className="text-text-2">{kind}</span>
        <span className="ml-auto">{aside}</span>
      </header>
      {children}
    </section>
  )
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string] | null)[] }) {
  return (
    <dl className="m-0 grid grid-cols-[repeat(auto-fill,minmax(116px,1fr))] gap-x-4 gap-y-2">
      {facts
        .filter((fact) => fact !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt className="text-chip text-text-2">{name}</dt>
            <dd className="m-0">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** A stretch of time, and what went on in it as far as it has been shown. */
function Stretch({ fromUs, toUs, moment }: { readonly fromUs: number; readonly toUs: number; readonly moment: Moment }) {
  const { fold, revealedUs } = moment
  const untilUs = Math.min(toUs, revealedUs)
  const within = (beginUs: number, endUs: number) => beginUs < untilUs && (endUs < 0 || endUs > fromUs)
  const tasks = fold.lanes.filter(({ spawnUs, endUs }) => within(spawnUs, endUs)).length
  const calls = [...fold.spans.calls.values()].filter(({ queuedUs, endUs }) => within(queuedUs, endUs)).length
  const { tokensSoFar } = fold.totals
  const tokens = tokensSoFar.atUs(untilUs) - tokensSoFar.atUs(fromUs)
  return (
    <Card title={formatTime(toUs - fromUs)} kind="stretch of time">
      <Facts
        facts={[
          ["from", formatTime(fromUs)],
          ["to", formatTime(toUs)],
          ["tasks alive", formatCount(tasks)],
          calls > 0 ? ["calls under way", formatCount(calls)] : null,
          tokens > 0 ? ["tokens received", formatCount(tokens)] : null,
        ]}
      />
    </Card>
  )
}

function TaskButton({ moment, task }: { readonly moment: Moment; readonly task: number }) {
  const lane = moment.fold.lanes[task]
  if (!lane) return null
  return (
    <button
      type="button"
      onClick={() => actions.select({ kind: "task", task })}
      className="flex max-w-full items-baseline gap-3 rounded-control px-2 py-0.5 text-left hover:bg-raised"
    >
      <span className="truncate font-mono font-semibold">{lane.label}</span>
      <span className="text-text-2">{stateOf(moment.fold, lane, moment)}</span>
    </button>
  )
}

/** The place in the source a site stands for, and a way there. */
function SourceButton({ run, site }: { readonly run: RunRecord; readonly site: number }) {
  const range = run.trace.sites[site]
  const place = range && placeOf(run.inputs, range)
  if (!range || !place) return null
  return (
    <Button kind="quiet" onClick={() => goTo(place, range)}>
      {place.text}
    </Button>
  )
}

function Task({
  lane,
  call,
  moment,
  run,
}: {
  readonly lane: Lane
  readonly call: number | null
  readonly moment: Moment
  readonly run: RunRecord
}) {
  const { fold, atUs, atStep } = moment
  const text = (index: number) => fold.trace.text(index)
  const over = lane.endUs >= 0 && lane.endStep <= atStep
  const calls = lane.calls.filter((span) => span.queuedStep <= atStep && (call === null || span.id === call))
  const { times } = lane
  const cost = useCostOf(lane.calls.map((span) => span.id))
  return (
    <Card
      title={pathOf(fold, lane.task)}
      kind={stateOf(fold, lane, moment) || "not started yet"}
      aside={<SourceButton run={run} site={lane.site} />}
    >
      <Facts
        facts={[
          ["from", formatTime(lane.spawnUs)],
          over ? ["to", formatTime(lane.endUs)] : null,
          over ? ["took", formatTime(lane.endUs - lane.spawnUs)] : null,
          over && times.modelUs > 0 ? ["model", formatTime(times.modelUs)] : null,
          over && times.ioUs > 0 ? ["sleeping, input", formatTime(times.ioUs)] : null,
          over && times.waitingUs > 0 ? ["waiting for others", formatTime(times.waitingUs)] : null,
          over && times.backoffUs > 0 ? ["backing off", formatTime(times.backoffUs)] : null,
          over && lane.tokensOut > 0
            ? ["tokens in / out", `${formatCount(lane.tokensIn)} / ${formatTokens(lane.tokensOut, lane.estimated)}`]
            : null,
          over ? cost : null,
          over && lane.children.length > 0 ? ["started", plural(lane.children.length, "task")] : null,
        ]}
      />
      {calls.slice(-20).map((span) => {
        const entry = callEntry(span, atUs, lane.label, text, atStep)
        const last = span.attempts[span.attempts.length - 1]
        const streamUs = last && last.firstTokenUs >= 0 && last.endUs > last.firstTokenUs ? last.endUs - last.firstTokenUs : 0
        const ended = last && last.endUs >= 0 && last.endUs <= atUs ? finishText(last.finish) : ""
        return (
          <article key={span.id} className="flex flex-col gap-2 rounded-control border border-hairline bg-lane p-2.5">
            <header className="flex flex-wrap items-baseline gap-x-3 text-chip text-text-2">
              <span className="font-semibold text-prompt">model call</span>
              <span>{entry.status}</span>
              <span>{formatTime(entry.tookUs)}</span>
              {span.firstTokenAfterUs >= 0 && span.queuedUs + span.firstTokenAfterUs <= atUs && (
                <span>first token after {formatTime(span.firstTokenAfterUs)}</span>
              )}
              {entry.tokens > 0 && <span>{formatTokens(entry.tokens, entry.estimated)}</span>}
              {entry.status === "done" && streamUs > 0 && <span>{formatRate(span.tokensOut / (streamUs / 1_000_000))}</span>}
              {span.source === "live" ? (
                <CallOrigin call={span.id} />
              ) : (
                span.source && <span>{span.source === "scripted" ? "answered by the model script" : span.source}</span>
              )}
              <span className="ml-auto">
                <SourceButton run={run} site={span.site} />
              </span>
            </header>
            <Words title="prompt" text={promptOf(text(span.requestText))} />
            <EditPrompt moment={moment} site={span.site} />
            {span.attempts.length > 1 && (
              <ol className="m-0 flex list-none flex-col gap-0.5 p-0 text-chip">
                {span.attempts
                  .filter((attempt) => attempt.sentStep <= atStep)
                  .map((attempt) => (
                    <li key={attempt.number} className="text-text-2">
                      try {attempt.number}: sent at {formatTime(attempt.sentUs)}
                      {attempt.failure && attempt.endStep <= atStep && (
                        <span className="text-error-text">
                          , failed at {formatTime(attempt.endUs)}: {failureText(attempt.failure)}
                        </span>
                      )}
                    </li>
                  ))}
              </ol>
            )}
            {entry.text !== "" && <Words title="answer" text={entry.text} />}
            {entry.status === "streaming" && (
              // Text that streams is never read out by itself.
              <Button kind="quiet" className="sr-only self-start focus:not-sr-only" onClick={() => actions.announce(entry.text)}>
                Read out the answer so far
              </Button>
            )}
            {ended !== "" && <p className="m-0 font-semibold text-text">{ended}</p>}
            {entry.status === "failed" && <p className="m-0 text-error-text">{entry.failure}</p>}
          </article>
        )
      })}
      {over && lane.endText >= 0 && text(lane.endText) !== "" && (
        <Words title={lane.end === "ok" ? "result" : (lane.end ?? "")} text={text(lane.endText)} code />
      )}
      {lane.children.length > 0 && (
        <div>
          <h3 className="m-0 text-chip font-normal text-text-2">tasks it started</h3>
          <ul className="m-0 flex list-none flex-col p-0">
            {lane.children
              .filter((task) => (fold.lanes[task]?.spawnStep ?? 0) <= atStep)
              .slice(0, 50)
              .map((task) => (
                <li key={task}>
                  <TaskButton moment={moment} task={task} />
                </li>
              ))}
          </ul>
        </div>
      )}
    </Card>
  )
}

/**
 * The way to another prompt: its place is picked in the editor, and if nothing else is changed, the next run shows at once what
 * comes before the first call from there (ui.md §6).
 */
function EditPrompt({ moment, site }: { readonly moment: Moment; readonly site: number }) {
  const { fold, run, stale } = moment
  const range = run.trace.sites[site]
  const place = range && !stale ? placeOf(run.inputs, range) : null
  if (!range || !place || place.elsewhere) return null
  const edit = () => {
    goTo(place, range)
    if (place.cell !== null) {
      // A notebook finds by itself what of it has been seen.
      actions.toast("Change the prompt and run the cell")
      return
    }
    const calls = fold.lanes.flatMap((lane) => lane.calls.filter((call) => call.site === site))
    const fromUs = calls.reduce((first, call) => Math.min(first, call.queuedUs), Number.POSITIVE_INFINITY)
    beginNextRunAt(fromUs, differsOnlyIn(app.getState().document, range))
    actions.toast(`Change the prompt and run: it goes on from ${formatTime(fromUs)}`)
  }
  return (
    <Button className="self-start" onClick={edit}>
      Edit this prompt and run again from here
    </Button>
  )
}

/** Whether a later state of a document has only another text at this place: what ran before it runs the same. */
function differsOnlyIn(before: OpenDocument, { from, to }: Range): (now: OpenDocument) => boolean {
  const [head, tail] = [before.text.slice(0, from), before.text.slice(to)]
  const options = JSON.stringify(optionsOf(before))
  return (now) =>
    now.id === before.id &&
    now.text.length >= head.length + tail.length &&
    now.text.startsWith(head) &&
    now.text.endsWith(tail) &&
    JSON.stringify(optionsOf(now)) === options
}

function Words({ title, text, code = false }: { readonly title: string; readonly text: string; readonly code?: boolean }) {
  const shown = text.length > 8000 ? `${text.slice(0, 8000)} …` : text
  return (
    <div>
      <div className="text-chip text-text-2">{title}</div>
      <p className={`m-0 break-words whitespace-pre-wrap ${code ? "font-mono" : ""}`}>{shown}</p>
    </div>
  )
}

/** What made the run fail, with the path of the task and the place; `fallback` where it did not fail (yet). */
function Fault({ moment, fallback }: { readonly moment: Moment; readonly fallback: ReactNode }) {
  const { fold, run, atUs, atStep } = moment
  const fault = fold.totals.faults.findLast((note) => note.step <= atStep)
  const report = run.report
  if (!report || report.outcome === "done" || report.outcome === "stopped" || !report.fault) return fallback
  if (report.virtualUs > atUs || atStep + 1 < fold.trace.length) return fallback
  const { kind, message } = report.fault
  const range = report.fault
  const place = range.line > 0 ? placeOf(run.inputs, range) : null
  return (
    <Card
      title={kind}
      kind={fault ? pathOf(fold, fault.task) : report.outcome}
      aside={place && <Button onClick={() => goTo(place, range)}>{place.text}</Button>}
    >
      <p className="m-0 break-words whitespace-pre-wrap text-error-text">{message}</p>
      {report.deadlock && (
        <ol className="m-0 pl-5">
          {report.deadlock.chain.map((link, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: links of a chain have no other name and never move
            <li key={i}>
              <span className="font-mono font-semibold">{fold.lanes[link.task]?.label ?? "?"}</span>{" "}
              {stateOf(fold, fold.lanes[link.task] as Lane, moment)}
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button onClick={() => actions.scrub(Math.max(0, report.virtualUs - 1))}>Step back to before this</Button>
      </div>
    </Card>
  )
}
