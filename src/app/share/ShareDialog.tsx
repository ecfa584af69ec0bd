// The share dialog: what a link is to (the program, this moment, with the answers of a real model), the link itself, and the
// other ways out of the page: Markdown, a frame for another page, a picture, files. Loaded when it is first opened.
import { type ReactNode, useEffect, useId, useState } from "react"
import { sharedFold } from "../../../interpreter/trace/fold.ts"
import { useAnswererName } from "../../providers/answerer-name.ts"
import { models } from "../../providers/models.ts"
import { linkTo, MOST_RECORDED_LENGTH } from "../../share/link.ts"
import { isNotebook } from "../../store/document.ts"
import { shownRun } from "../../store/runs.ts"
import { actions, app, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { DialogFrame } from "../../ui/DialogFrame.tsx"
import { formatCount, formatTime, plural } from "../../ui/format.ts"
import { copyMarkdown, downloadBlob, fileNameOf, saveFile } from "../document/files.ts"
import { summaryOf } from "../panels/summary.ts"
import { copyText } from "./clipboard.ts"
import { embedCode } from "./embed.ts"
import { answersShown, isParticular, momentText, shownView } from "./shown.ts"

type To = "program" | "moment"

export default function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const open = useApp((state) => state.document)
  const hasMoment = useApp((state) => shownView(state) !== null)
  const moment = useApp(momentText)
  const answerer = useAnswererName()
  const cassette = answersShown()
  const [to, setTo] = useState<To>(() => (isParticular(app.getState()) ? "moment" : "program"))
  const [recorded, setRecorded] = useState(false)
  const [contents, setContents] = useState(false)
  const [hash, setHash] = useState("")
  /** Of a link with the answers; null while nobody asked. */
  const [recordedLength, setRecordedLength] = useState<number | null>(null)
  const field = useId()

  useEffect(() => {
    let wanted = true
    if (cassette) void linkTo(open, null, cassette).then((link) => wanted && setRecordedLength(link.length))
    return () => {
      wanted = false
    }
  }, [open, cassette])

  useEffect(() => {
    let wanted = true
    const view = to === "moment" ? shownView(app.getState()) : null
    void linkTo(open, view, recorded ? cassette : null).then((link) => {
      if (!wanted) return
      setHash(link)
      history.replaceState(null, "", link)
    })
    return () => {
      wanted = false
    }
  }, [open, to, recorded, cassette])

  const url = hash === "" ? "" : location.href.replace(/#.*$/, "") + hash
  const tooLong = recordedLength !== null && recordedLength > MOST_RECORDED_LENGTH
  const savePicture = async (kind: "png" | "svg") => {
    const { document: shown, playback, runs } = app.getState()
    const caption = [shown.title, answerer, "virtual time", `seed ${shown.seed}`, `at ${formatTime(playback.atUs)}`, "Counterpoint"]
    const run = shownRun(runs)
    const words = {
      caption: caption.filter((part) => part !== "").join(" · "),
      title: `${shown.title === "" ? "A run" : shown.title}, as a timeline`,
      description: run?.report ? summaryOf(sharedFold(run.trace), run.report.outcome, run.report.message, run.report.virtualUs) : "",
    }
    const { timelinePng, timelineSvg } = await import("../../timeline/export/picture.ts")
    const svg = kind === "svg" ? timelineSvg(words) : null
    const picture = svg === null ? await timelinePng(words) : new Blob([svg], { type: "image/svg+xml" })
    if (!picture || (kind === "svg" && svg === null)) actions.toast("There is no timeline on screen to take a picture of.")
    else downloadBlob(picture, fileNameOf(shown, kind))
  }

  const saveTrace = async () => {
    const run = shownRun(app.getState().runs)
    if (!run) return
    const { chromeTrace } = await import("../../../interpreter/trace/exporters/chrome-trace.ts")
    downloadBlob(new Blob([chromeTrace(sharedFold(run.trace), open.title)], { type: "application/json" }), fileNameOf(open, "trace.json"))
  }

  const saveOtlp = async () => {
    const run = shownRun(app.getState().runs)
    if (!run) return
    const { otlpTrace } = await import("../../../interpreter/trace/exporters/otlp.ts")
    const answeredBy = (call: number) => models.getState().origins.get(call)?.by ?? null
    const text = otlpTrace(sharedFold(run.trace), open.title, { startMs: run.inputs.startMs, contents, answeredBy })
    downloadBlob(new Blob([text], { type: "application/json" }), fileNameOf(open, "otlp.json"))
  }

  return (
    <DialogFrame
      title="Share"
      footnote="Opening this link runs nothing outside the reader's browser and costs nothing. The link itself is the document: nothing is stored anywhere."
      size="top-[10dvh] max-h-[84dvh] w-[min(640px,94vw)] gap-4"
      onClose={onClose}
    >
      <fieldset className="m-0 flex min-w-0 flex-col gap-1.5 border-0 p-0">
        <legend className="sr-only">A link to</legend>
        <Choice type="radio" name={`${field}-to`} checked={to === "program"} onPick={() => setTo("program")}>
          {isNotebook(open.path) ? "The notebook" : "The program"}
        </Choice>
        <Choice type="radio" name={`${field}-to`} checked={to === "moment"} disabled={!hasMoment} onPick={() => setTo("moment")}>
          This moment of its run {hasMoment ? `(${moment})` : "(there is none before a run is over)"}
        </Choice>
        <Choice
          type="checkbox"
          name={`${field}-with`}
          checked={recorded}
          disabled={!cassette || tooLong}
          onPick={() => setRecorded(!recorded)}
        >
          With my recorded answers{" "}
          {!cassette
            ? "(there are none: the simulated model answers the reader as it answers you)"
            : tooLong
              ? `(too many for a link: ${formatCount(recordedLength ?? 0)} characters; save the recording under Models)`
              : `(${plural(cassette.calls.length, "call")})`}
        </Choice>
      </fieldset>
      <div className="flex flex-wrap items-center gap-2">
        <input
          readOnly
          aria-label="Link"
          aria-describedby={`${field}-length`}
          value={url}
          onFocus={(event) => event.target.select()}
          className="h-8 min-w-0 flex-1 basis-48 rounded-control border border-control bg-lane px-2 font-mono text-chip"
        />
        <span id={`${field}-length`} className="text-chip text-text-2">
          {plural(url.length, "character")}
        </span>
        <Button kind="primary" onClick={() => void copyText(url, "the link", `Link copied, ${plural(url.length, "character")}.`)}>
          Copy link
        </Button>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copyMarkdown()}>Copy as Markdown</Button>
        <Button
          onClick={() => void copyText(embedCode(location.href, hash, open.title), "the code for a frame", "Code for a frame copied.")}
        >
          Copy embed code
        </Button>
        <Button onClick={() => void savePicture("png")}>Picture (PNG)</Button>
        <Button onClick={() => void savePicture("svg")}>Picture (SVG)</Button>
        <Button onClick={saveFile}>Download {fileNameOf(open)}</Button>
        <Button disabled={!hasMoment} onClick={() => void saveTrace()}>
          Trace for Perfetto
        </Button>
        <Button disabled={!hasMoment} onClick={() => void saveOtlp()}>
          Spans for OpenTelemetry
        </Button>
      </div>
      <Choice type="checkbox" name={`${field}-contents`} checked={contents} disabled={!hasMoment} onPick={() => setContents(!contents)}>
        OpenTelemetry with prompts and answers
      </Choice>
    </DialogFrame>
  )
}

function Choice({
  type,
  name,
  checked,
  disabled = false,
  onPick,
  children,
}: {
  readonly type: "radio" | "checkbox"
  readonly name: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onPick: () => void
  readonly children: ReactNode
}) {
  return (
    <label className={`flex min-h-7 items-baseline gap-2 ${disabled ? "text-text-2" : ""}`}>
      <input type={type} name={name} checked={checked} disabled={disabled} onChange={onPick} className="accent-accent" />
      <span className="min-w-0">{children}</span>
    </label>
  )
}
