// What the timeline says where there is nothing, or next to nothing, to see: before the first run, for a run in which nothing
// happened, for a program that does one thing at a time.
import type { ReactNode } from "react"
import { useStore } from "zustand"
import { shortened } from "../../interpreter/trace/units.ts"
import type { RunRecord } from "../store/runs.ts"
import { useApp } from "../store/store.ts"
import type { Scene } from "./scene.ts"
import { view } from "./view.ts"

/** Words about lanes that are there have a row of their own under them: they cover none. */
const BELOW = "timeline-remark m-0 flex shrink-0 items-center border-t border-hairline px-4 py-1.5 text-ui text-text-2"

/** What there is to say where there is nothing to see. */
export function Remark({
  snapshotScene: scene,
  run,
  expects,
}: {
  readonly snapshotScene: Scene | null
  readonly run: RunRecord | null
  /** The tasks to come are shown. */
  readonly expects: boolean
}) {
  const language = useApp((state) => state.document.language)
  const version = useApp((state) => state.document.version)
  const { runKeys, overlap } = useStore(view)
  if (!scene) {
    if (run && run.state !== "ended") return null
    if (run?.documentVersion === version) return <Centred>Nothing happened in this run, so there is no time to show.</Centred>
    return (
      <p className={`${BELOW} justify-center ${expects ? "" : "timeline-alone"}`}>
        {expects ? "Run to see when each of these happens." : "Run to see what happens, and when."}
        {runKeys !== "" && <kbd className="ml-2 font-mono text-chip max-[699px]:hidden">{runKeys}</kbd>}
      </p>
    )
  }
  const { spans, lanes, totals } = scene.fold
  if (lanes.length === 0 && (totals.outcome !== null || run?.state === "ended")) {
    const why = totals.outcomeMessage === "" ? "" : `: ${shortened(totals.outcomeMessage, 200)}`
    return <Centred>Nothing happened in this run, so there is no time to show{why}.</Centred>
  }
  if (!spans.ended || scene.live || totals.outcome !== "done" || lanes.length !== 1) return null
  // A run out of a trace's file has no text to change.
  if (run?.inputs.entry.path === "") return <p className={BELOW}>This run did one thing at a time.</p>
  // The words are about the text as it ran.
  if (run?.documentVersion !== version) return null
  const offer = overlap?.version === version ? overlap : null
  return (
    <div className={`${BELOW} flex-wrap gap-x-3 gap-y-1`}>
      <p className="m-0">
        This program does one thing at a time.
        {offer ? (
          <>
            {" "}
            Try <code className="font-mono text-chip text-text">{offer.word}</code> on line {offer.line}.
          </>
        ) : (
          (HINTS[language] ?? "")
        )}
      </p>
      {offer && (
        <button
          type="button"
          title="Changes the text and runs it; this run stays behind it"
          className="rounded-control border border-control bg-bg px-2.5 py-0.5 text-ui text-text hover:bg-raised max-[699px]:min-h-10"
          onClick={offer.apply}
        >
          Try it
        </button>
      )}
    </div>
  )
}

function Centred({ children }: { readonly children: ReactNode }) {
  return (
    <div className="timeline-centred pointer-events-none absolute inset-x-0 bottom-0 flex items-center justify-center">
      <p className="m-0 bg-bg px-3 text-center text-ui text-text-2">{children}</p>
    </div>
  )
}

const HINTS: Readonly<Record<string, string>> = {
  vibe: " Try “async let” where it asks for something slow.",
  jade: " Try an “async fn” where it asks for something slow.",
  ard: " Try “async::start” where it asks for something slow.",
}
