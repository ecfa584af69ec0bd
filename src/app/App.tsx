// The page: what is where on a desk, in between, and on a phone. Layout only; each part is its own component.
import { Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react"
import { Group, Panel, type PanelImperativeHandle, Separator } from "react-resizable-panels"
import { useStore } from "zustand"
import { startRun } from "../client/session.ts"
import { Editor } from "../editor/Editor.tsx"
import { useModels } from "../providers/models.ts"
import { isNotebook } from "../store/document.ts"
import { actions, useApp } from "../store/store.ts"
import { Timeline } from "../timeline/Timeline.tsx"
import { Header } from "./Header.tsx"
import { keeping } from "./keeping/trouble.ts"
import { late } from "./late.tsx"
import { Phone } from "./Phone.tsx"
import { Problems } from "./Problems.tsx"
import { SidePanel } from "./SidePanel.tsx"
import { SourceOffer } from "./SourceOffer.tsx"
import { EmbedHeader } from "./share/EmbedHeader.tsx"
import { isEmbedded } from "./share/embed.ts"
import { Transport } from "./Transport.tsx"

const NotebookView = late(async () => {
  const { start } = await import("../notebook/start.ts")
  start()
  return import("../notebook/Notebook.tsx")
})
const Palette = late(() => import("./Palette.tsx"))
const KeepingDialog = late(() => import("./keeping/KeepingDialog.tsx"))
const Notices = late(() => import("./keeping/Notices.tsx"))
const ShareDialog = late(() => import("./share/ShareDialog.tsx"))
const ProviderDialog = late(() => import("../providers/ProviderDialog.tsx"))
const ConfirmRun = late(async () => ({ default: (await import("../providers/ProviderDialog.tsx")).ConfirmRun }))

/** Code beside output needs this much; below it they stand one over the other. */
const WIDE = "(min-width: 1100px)"
const PHONE = "(max-width: 699px)"

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener("change", changed)
      return () => list.removeEventListener("change", changed)
    },
    () => matchMedia(query).matches,
  )
}

export function App() {
  const phone = useMedia(PHONE)
  return (
    <>
      {phone ? <Phone /> : <Desk />}
      <Dialogs />
      <Toast />
      <Spoken />
    </>
  )
}

function Desk() {
  const wide = useMedia(WIDE)
  const presenting = useApp((state) => state.shell.presentation)
  const work = useRef<PanelImperativeHandle>(null)
  const code = useRef<PanelImperativeHandle>(null)
  return (
    <div
      className={`flex h-dvh flex-col bg-bg ${presenting ? "[--code-line:28px] [--code-size:18px]" : ""}`}
      data-presentation={presenting || undefined}
    >
      <SkipLinks />
      {presenting ? <h1 className="sr-only">Counterpoint</h1> : isEmbedded ? <EmbedHeader /> : <Header />}
      <LoadingLine />
      <SourceOffer />
      <main className="min-h-0 flex-1">
        <Group orientation="vertical" className="h-full">
          <Panel id="work" panelRef={work} defaultSize="52.4%" minSize={140}>
            {wide ? (
              <Group orientation="horizontal" className="h-full">
                <Panel id="code" panelRef={code} defaultSize="44.4%" minSize={360}>
                  <CodePane />
                </Panel>
                <Splitter label="Width of the editor" onReset={() => code.current?.resize("44.4%")} upright />
                <Panel id="side" minSize={280}>
                  <SidePanel />
                </Panel>
              </Group>
            ) : (
              <Group orientation="vertical" className="h-full">
                <Panel id="code" panelRef={code} defaultSize="58%" minSize={100}>
                  <CodePane />
                </Panel>
                <Splitter label="Height of the editor" onReset={() => code.current?.resize("58%")} />
                <Panel id="side" minSize={80}>
                  <SidePanel />
                </Panel>
              </Group>
            )}
          </Panel>
          <Splitter label="Height of the timeline" onReset={() => work.current?.resize("52.4%")} />
          <Panel id="time" minSize={196}>
            <div className="flex h-full min-h-0 flex-col">
              <Transport />
              <section id="timeline" aria-label="Timeline" data-region="timeline" className="relative min-h-0 flex-1">
                <Timeline />
              </section>
            </div>
          </Panel>
        </Group>
      </main>
    </div>
  )
}

/** The code and what is wrong with it; a notebook in its place where one is open. */
export function CodePane() {
  const notebook = useApp((state) => isNotebook(state.document.path))
  if (notebook)
    return (
      <section id="editor" aria-label="Editor" data-region="editor" className="flex h-full min-h-0 flex-col">
        <Suspense fallback={null}>
          <NotebookView />
        </Suspense>
      </section>
    )
  return (
    <section id="editor" aria-label="Editor" data-region="editor" className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <Editor />
      </div>
      <Problems />
    </section>
  )
}

function Splitter({
  label,
  onReset,
  upright = false,
}: {
  readonly label: string
  readonly onReset: () => void
  readonly upright?: boolean
}) {
  return (
    <Separator
      aria-label={label}
      onDoubleClick={onReset}
      className={`relative bg-hairline transition-colors duration-120 hover:bg-accent data-[separator=active]:bg-accent data-[separator=hover]:bg-accent before:absolute before:z-10 ${upright ? "w-px before:inset-y-0 before:-left-1 before:w-2" : "h-px before:inset-x-0 before:-top-1 before:h-2"}`}
    />
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

function Dialogs() {
  const dialog = useApp((state) => state.shell.dialog)
  const asking = useModels((state) => state.asking !== null)
  const noticed = useStore(keeping, ({ trouble, accepted, other }) => (trouble !== null && !accepted) || other !== null)
  return (
    <Suspense fallback={null}>
      {dialog === "models" ? (
        <ProviderDialog onClose={() => actions.openDialog(null)} onRun={startRun} />
      ) : dialog === "share" ? (
        <ShareDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "keeping" ? (
        <KeepingDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "palette" ? (
        <Palette />
      ) : null}
      {asking && <ConfirmRun onRun={startRun} />}
      {noticed && <Notices />}
    </Suspense>
  )
}

const TOAST_MS = 4000

function Toast() {
  const toast = useApp((state) => state.shell.toast)
  useEffect(() => {
    if (toast === null) return
    const timer = setTimeout(() => actions.toast(null), TOAST_MS)
    return () => clearTimeout(timer)
  }, [toast])
  if (toast === null) return null
  return (
    <div
      aria-hidden="true"
      className="fixed bottom-20 left-1/2 z-50 max-w-[92vw] -translate-x-1/2 rounded-card bg-text px-4 py-2 text-bg shadow-float"
    >
      {toast}
    </div>
  )
}

/** What screen readers are told, politely. */
function Spoken() {
  const { text, count } = useApp((state) => state.shell.said)
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {/* Equal texts are told apart by an empty character, or they would not be read again. */}
      {count % 2 === 0 ? text : `${text}\u200b`}
    </div>
  )
}
