// The shown run without a picture: its sentence, what goes on at the playhead, a line of words for each task, and the picture in
// letters, as `counterpoint run --timeline` prints it. To be read with ears, and to be copied into a mail. Loaded when it is first
// opened; the words are the trace's (interpreter/trace), ui.md §11.
import { useState } from "react"
import { explainMoment } from "../../../interpreter/trace/explain.ts"
import { sharedFold } from "../../../interpreter/trace/fold.ts"
import { taskTable, textTimeline } from "../../../interpreter/trace/text-timeline.ts"
import { shownRun } from "../../store/runs.ts"
import { app } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { DialogFrame } from "../../ui/DialogFrame.tsx"
import { useMedia } from "../layout/use-media.ts"
import { copyText } from "./clipboard.ts"

const WIDE = 96
const NARROW = 44

export default function TextDialog({ onClose }: { readonly onClose: () => void }) {
  // The run that was shown when it was opened: it does not change under the reader.
  const [shown] = useState(() => {
    const { runs, playback } = app.getState()
    const run = shownRun(runs)
    return run && { fold: sharedFold(run.trace), atUs: run === runs.current ? playback.atUs : (run.report?.virtualUs ?? run.nowUs) }
  })
  const narrow = useMedia("(max-width: 699px)")
  if (!shown) return null
  const { fold, atUs } = shown
  const tasks = taskTable(fold)
  const picture = textTimeline(fold, { width: narrow ? NARROW : WIDE })
  const lines = tasks.split("\n").filter((line) => line !== "")
  return (
    <DialogFrame
      title="Timeline as text"
      description={explainMoment(fold, Math.round(atUs))}
      size="top-[6dvh] max-h-[88dvh] w-[min(860px,94vw)] gap-3"
      onClose={onClose}
    >
      <h3 className="m-0 text-chip font-semibold text-muted">Tasks</h3>
      {lines.length > 0 ? (
        <ul aria-label="Tasks" className="m-0 list-none p-0">
          {lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two tasks may have the same words, and no line ever moves
            <li key={i} className="break-words whitespace-pre-wrap">
              {line}
            </li>
          ))}
        </ul>
      ) : (
        <p className="m-0">Nothing happened in this run.</p>
      )}
      <h3 className="m-0 text-chip font-semibold text-muted">As a picture in letters</h3>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        className="m-0 shrink-0 overflow-x-auto rounded-control border border-hairline bg-lane p-2.5 font-mono text-chip"
      >
        {picture}
      </pre>
      <div>
        <Button
          onClick={() =>
            void copyText(`${tasks}\n${textTimeline(fold, { width: WIDE })}`, "the timeline as text", "Timeline copied as text.")
          }
        >
          Copy
        </Button>
      </div>
    </DialogFrame>
  )
}
