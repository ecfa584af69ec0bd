// What the timeline says where there is nothing, or next to nothing, to see: before the first run, for a run in which nothing
// happened, for a program that does one thing at a time.
import type { ReactNode } from "react"
import { shortened } from "../../interpreter/trace/units.ts"
import { useApp } from "../store/store.ts"
import type { Scene } from "./scene.ts"

/** Below the tools and the ruler. */
const TOP_PX = 58

/** What there is to say where there is nothing to see. */
export function Remark({
  snapshotScene: scene,
  running,
  hasRun,
}: {
  readonly snapshotScene: Scene | null
  readonly running: boolean
  readonly hasRun: boolean
}) {
  const language = useApp((state) => state.document.language)
  if (!scene) {
    if (running) return null
    return (
      <Centred>
        {hasRun ? "Nothing happened in this run, so there is no time to show." : "Run to see when each of these happens. Ctrl+Enter"}
      </Centred>
    )
  }
  const { spans, lanes, totals } = scene.fold
  if (lanes.length === 0 && totals.outcome !== null) {
    const why = totals.outcomeMessage === "" ? "" : `: ${shortened(totals.outcomeMessage, 200)}`
    return <Centred>Nothing happened in this run, so there is no time to show{why}.</Centred>
  }
  const alone = spans.ended && totals.outcome === "done" && lanes.length === 1 && totals.calls === 0
  if (!alone) return null
  const hint = HINTS[language] ?? ""
  return (
    <p className="pointer-events-none absolute right-4 bottom-3 left-[var(--timeline-gutter)] m-0 pl-4 text-ui text-text-2">
      This program does one thing at a time.{hint}
    </p>
  )
}

function Centred({ children }: { readonly children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 flex items-center justify-center" style={{ top: TOP_PX }}>
      <p className="m-0 px-6 text-center text-ui text-text-2">{children}</p>
    </div>
  )
}

const HINTS: Readonly<Record<string, string>> = {
  vibe: " Try “async let” where it asks for something slow.",
  jade: " Try an “async fn” where it asks for something slow.",
  ard: " Try “async::start” where it asks for something slow.",
}
