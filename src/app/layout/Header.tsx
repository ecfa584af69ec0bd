// The page's head: the product, the document, what kind of run this is, and the one primary button. What is always on
// screen: "simulated model, virtual time, seed".
import { Command as CommandIcon, Link2, Play, Square, StepForward } from "lucide-react"
import { Suspense } from "react"
import { LANGUAGES } from "../../../interpreter/languages/index.ts"
import { useAnswererName } from "../../providers/answerer-name.ts"
import { isNotebook } from "../../store/document.ts"
import { useApp } from "../../store/store.ts"
import { Button, Keys } from "../../ui/Button.tsx"
import { Select } from "../../ui/Select.tsx"
import { runCommand } from "../commands.ts"
import { isRunning, openLanguage } from "../deeds.ts"
import { ExamplesButton } from "../examples/ExamplesButton.tsx"
import { shownKeys } from "../keys/key-names.ts"
import { late } from "../late.tsx"

export function Header() {
  const notebook = useApp((state) => isNotebook(state.document.path))
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-hairline px-3">
      <Name />
      <LanguageSwitch />
      {notebook && (
        <Suspense fallback={null}>
          <NotebookLanguages />
        </Suspense>
      )}
      <ExamplesButton />
      <div className="ml-auto flex min-w-0 items-center gap-2">
        <KindOfRun />
        <Button kind="quiet" onClick={() => runCommand("models")} title="Who answers: the simulated model, a recording, a real model">
          Models
        </Button>
        <RunButton keys />
        <Button onClick={() => runCommand("step")} title={`Step to the next statement (${shownKeys("F10")})`}>
          <StepForward aria-hidden="true" size={15} />
          <span className="max-[1040px]:sr-only">Step</span>
        </Button>
        <Button onClick={() => runCommand("share")} title={`Copy a link to this program (${shownKeys("Mod+S")})`}>
          <Link2 aria-hidden="true" size={15} />
          <span className="max-[1040px]:sr-only">Share</span>
        </Button>
        <Button kind="quiet" aria-label="All commands" title="All commands" onClick={() => runCommand("palette")}>
          <CommandIcon aria-hidden="true" size={15} />
          <Keys keys={shownKeys("Mod+K")} className="max-[1240px]:hidden" />
        </Button>
      </div>
    </header>
  )
}

/** On a phone the name of a notebook needs the room that the word takes. */
export function Name() {
  const notebook = useApp((state) => isNotebook(state.document.path))
  return (
    <h1 className="m-0 mr-1 flex items-center gap-2 text-[15px] font-semibold">
      <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20">
        <rect x="1" y="3" width="9" height="3.5" rx="1" fill="var(--accent)" />
        <rect x="4" y="8.25" width="14" height="3.5" rx="1" fill="var(--model)" />
        <rect x="7" y="13.5" width="8" height="3.5" rx="1" fill="var(--io)" />
      </svg>
      <span className={notebook ? "max-[900px]:sr-only" : "min-[700px]:max-[900px]:sr-only"}>Counterpoint</span>
    </h1>
  )
}

const NOTEBOOK = "notebook"
const NotebookLanguages = late(() => import("../../notebook/Languages.tsx"))

/** The language of the program; a notebook is one, whatever its cells are written in. Another choice opens an example of it. */
export function LanguageSwitch() {
  const language = useApp((state) => (isNotebook(state.document.path) ? NOTEBOOK : state.document.language))
  return (
    <Select label="Language" value={language} onChoose={openLanguage} style={{ fontWeight: 600 }}>
      {language === NOTEBOOK && <option value={NOTEBOOK}>Notebook</option>}
      {LANGUAGES.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </Select>
  )
}

/** Says what a run here is, so that nobody takes it for more: who answers, whose time, which seed. */
export function KindOfRun() {
  const seed = useApp((state) => state.document.seed)
  const answerer = useAnswererName()
  const simulated = answerer === "simulated model"
  return (
    <button
      type="button"
      onClick={() => runCommand("seed")}
      title={
        simulated
          ? "Answers come from a simulated model in virtual time: no key, no network, nothing spent. Press to run with another seed."
          : `Answers come from: ${answerer}. Press to run with another seed.`
      }
      className="min-w-0 truncate rounded-full bg-raised px-2.5 py-1 text-chip text-text-2 hover:text-text"
    >
      {answerer} · virtual time · seed {seed}
    </button>
  )
}

/** Run, or Stop while a run goes on; Stop waits for the worker to let go. */
export function RunButton({ keys = false, className = "" }: { readonly keys?: boolean; readonly className?: string }) {
  const running = useApp(isRunning)
  const stopping = useApp((state) => state.runs.current?.state === "stopping")
  if (running)
    return (
      <Button
        kind="stop"
        className={`min-w-[76px] justify-center min-[1241px]:min-w-[136px] ${className}`}
        disabled={stopping}
        onClick={() => runCommand("stop")}
      >
        <Square aria-hidden="true" size={12} fill="currentColor" />
        {stopping ? "Stopping" : "Stop"}
        {keys && <Keys keys={shownKeys("Mod+.")} className="font-normal max-[1240px]:hidden" />}
      </Button>
    )
  return (
    <Button
      kind="primary"
      className={`min-w-[76px] justify-center min-[1241px]:min-w-[136px] ${className}`}
      onClick={() => runCommand("run")}
    >
      <Play aria-hidden="true" size={13} fill="currentColor" />
      Run
      {keys && <Keys keys={shownKeys("Mod+Enter")} className="font-normal max-[1240px]:hidden" />}
    </Button>
  )
}
