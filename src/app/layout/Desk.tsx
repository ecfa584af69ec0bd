// The page on a desk and in between: head, code beside or over the side panel, the timeline under both. Layout only.
import { Suspense, useEffect, useState } from "react"
import { isNotebook } from "../../store/document.ts"
import { useApp } from "../../store/store.ts"
import { Timeline } from "../../timeline/Timeline.tsx"
import { Split } from "../../ui/Split.tsx"
import { late } from "../late.tsx"
import { isEmbedded } from "../share/embed.ts"
import { CodePane } from "./CodePane.tsx"
import { Header } from "./Header.tsx"
import { SidePanel } from "./SidePanel.tsx"
import { Transport } from "./Transport.tsx"
import { useMedia } from "./use-media.ts"

const EmbedHeader = late(async () => ({ default: (await import("../share/EmbedHeader.tsx")).EmbedHeader }))
const SourceOffer = late(async () => ({ default: (await import("../offers/SourceOffer.tsx")).SourceOffer }))

/** Code beside output needs this much; below it they stand one over the other. */
const WIDE = "(min-width: 1100px)"

/** How the page is divided at first. A notebook shows what its cells wrote under them, and is read at length. */
const PROGRAM_PARTS = { work: 0.524, width: 0.444, height: 0.58 }
const NOTEBOOK_PARTS = { work: 0.6, width: 0.6, height: 0.7 }

export function Desk() {
  const parts = useApp((state) => (isNotebook(state.document.path) ? NOTEBOOK_PARTS : PROGRAM_PARTS))
  const wide = useMedia(WIDE)
  const presenting = useApp((state) => state.shell.presentation)
  const offered = useApp((state) => state.shell.source !== null)
  return (
    <div
      className={`flex h-dvh min-h-[480px] flex-col bg-bg ${presenting ? "[--code-line:28px] [--code-size:18px]" : ""}`}
      data-presentation={presenting || undefined}
    >
      <SkipLinks />
      {presenting ? (
        <h1 className="sr-only">Counterpoint</h1>
      ) : isEmbedded ? (
        <Suspense fallback={<div className="h-10 shrink-0" />}>
          <EmbedHeader />
        </Suspense>
      ) : (
        <Header />
      )}
      <LoadingLine />
      {offered && (
        <Suspense fallback={null}>
          <SourceOffer />
        </Suspense>
      )}
      <main className="min-h-0 flex-1">
        <Split
          label="Height of the timeline"
          direction="column"
          usual={parts.work}
          firstLeastPx={140}
          secondLeastPx={196}
          first={
            <Split
              label={wide ? "Width of the editor" : "Height of the editor"}
              direction={wide ? "row" : "column"}
              usual={wide ? parts.width : parts.height}
              firstLeastPx={wide ? 360 : 100}
              secondLeastPx={wide ? 280 : 80}
              first={<CodePane />}
              second={
                // Who sits at the back reads what was printed as well as the code.
                <div className={presenting ? "h-full [zoom:1.25]" : "h-full"}>
                  <SidePanel />
                </div>
              }
            />
          }
          second={
            <div className="flex h-full min-h-0 flex-col">
              <Transport />
              <section id="timeline" aria-label="Timeline" data-region="timeline" className="relative min-h-0 flex-1">
                <Timeline />
              </section>
            </div>
          }
        />
      </main>
    </div>
  )
}

function SkipLinks() {
  const link =
    "absolute left-2 top-1 z-50 -translate-y-16 rounded-control bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0 focus-visible:translate-y-0"
  return (
    <nav aria-label="Skip to">
      {(["editor", "output", "timeline"] as const).map((region) => (
        <a
          key={region}
          href={`#${region}`}
          className={link}
          onClick={(event) => {
            event.preventDefault()
            void import("./regions.ts").then(({ focusRegion }) => focusRegion(region))
          }}
        >
          Skip to the {region}
        </a>
      ))}
    </nav>
  )
}

/** A thin line under the head once loading takes longer than a glance. */
function LoadingLine() {
  const loading = useApp((state) => state.runs.sandbox === "loading" && state.runs.current?.state === "starting")
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!loading) {
      setSlow(false)
      return
    }
    const timer = setTimeout(() => setSlow(true), 300)
    return () => clearTimeout(timer)
  }, [loading])
  return slow ? <div role="progressbar" aria-label="Loading" className="h-0.5 shrink-0 animate-pulse bg-accent" /> : null
}
