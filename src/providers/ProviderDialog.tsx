// The models dialog: who answers this document's model calls. Three answers, a tab each: the simulated model, a recording, a
// real model. Also the question before the first real run of a document. Mounted lazily by src/app.
import { Tabs } from "radix-ui"
import { useEffect, useState } from "react"
import { useApp } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { DialogFrame } from "../ui/DialogFrame.tsx"
import { askableOf, boundText } from "./askable.ts"
import { Bounds } from "./Bounds.tsx"
import { liveAnswers } from "./live-answers.ts"
import { provideAnswers } from "./live-runs.ts"
import { type Mode, modelActions, useModels } from "./models.ts"
import { RealTab } from "./RealTab.tsx"
import { ReplayTab } from "./ReplayTab.tsx"
import { lastRecording } from "./recordings.ts"
import { SimulatedTab } from "./SimulatedTab.tsx"

provideAnswers(liveAnswers)

const SIZE = "top-[6dvh] max-h-[88dvh]"

const TABS: readonly { readonly mode: Mode; readonly title: string }[] = [
  { mode: "simulated", title: "Simulated" },
  { mode: "replay", title: "Recordings" },
  { mode: "live", title: "Real models" },
]

export interface ProviderDialogProps {
  readonly onClose: () => void
  /** Runs the open document. */
  readonly onRun: () => void
}

export default function ProviderDialog({ onClose, onRun }: ProviderDialogProps) {
  const mode = useModels((state) => state.mode)
  const [tab, setTab] = useState<Mode>(mode)
  const documentId = useApp((state) => state.document.id)
  useEffect(() => {
    let wanted = true
    void lastRecording(documentId).then((cassette) => {
      if (cassette && wanted) modelActions.found(cassette)
    })
    return () => {
      wanted = false
    }
  }, [documentId])
  const run = () => {
    onClose()
    onRun()
  }
  return (
    <DialogFrame
      title="Models"
      description="Who answers this document’s model calls."
      size={`${SIZE} w-[min(720px,94vw)] gap-3`}
      onClose={onClose}
    >
      <Tabs.Root value={tab} onValueChange={(value) => setTab(value as Mode)}>
        <Tabs.List aria-label="Who answers" className="mb-3 flex flex-wrap gap-x-1 border-b border-hairline">
          {TABS.map(({ mode: value, title }) => (
            <Tabs.Trigger
              key={value}
              value={value}
              className="-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2 py-1.5 whitespace-nowrap text-text-2 data-[state=active]:border-accent data-[state=active]:text-text sm:px-3"
            >
              {title}
              {mode === value && (
                <span className="rounded-full bg-raised px-1.5 text-chip text-text-2">
                  <span className="sr-only">(</span>in use<span className="sr-only">)</span>
                </span>
              )}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="simulated">
          <SimulatedTab />
          <div className="mt-4">
            <Button
              kind="primary"
              onClick={() => {
                modelActions.choose("simulated")
                run()
              }}
            >
              Run with the simulated model
            </Button>
          </div>
        </Tabs.Content>
        <Tabs.Content value="replay">
          <ReplayTab
            onRun={() => {
              modelActions.choose("replay")
              run()
            }}
          />
        </Tabs.Content>
        <Tabs.Content value="live">
          <RealTab onRun={run} />
        </Tabs.Content>
      </Tabs.Root>
      <Bounds />
    </DialogFrame>
  )
}

/** Before the first run of a document that asks a real model: who is asked, and what it can cost at most. */
export function ConfirmRun({ onRun }: { readonly onRun: () => void }) {
  const asking = useModels((state) => state.asking)
  const settings = useModels((state) => state.settings)
  if (!asking) return null
  const [first, ...others] = askableOf(settings)
  const title = first?.title ?? ""
  const refuse = () => modelActions.ask(null)
  return (
    <DialogFrame
      title={`Ask ${title}?`}
      description={
        <>
          This run sends the program's prompts to {title}, model <span className="whitespace-nowrap">{first?.model || "none"}</span>.{" "}
          {boundText(settings)}
        </>
      }
      size={`${SIZE} w-[min(480px,94vw)] gap-3`}
      onClose={refuse}
    >
      {others.length > 0 && (
        <ul className="m-0 pl-5 text-text-2">
          {others.map(({ title: other, model, by }) => (
            <li key={`${other} ${typeof by === "object" ? by.name : ""}`}>
              {typeof by === "object" && by.name !== "" ? `What it calls “${by.name}” goes` : "What names this provider goes"} to {other}
              {model && `, model ${model}`}.
            </li>
          ))}
        </ul>
      )}
      <div className="mt-1 flex gap-2">
        <Button
          kind="primary"
          onClick={() => {
            modelActions.confirm(asking.documentId)
            onRun()
          }}
        >
          Ask {title}
        </Button>
        <Button onClick={refuse}>Not now</Button>
      </div>
    </DialogFrame>
  )
}
