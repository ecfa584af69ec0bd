// The models dialog: who answers this document's model calls. Three answers, a tab each: the simulated model, a recording, a
// real model. Also the question before the first real run of a document. Mounted lazily by src/app.
import { Dialog, Tabs } from "radix-ui"
import { useEffect, useState } from "react"
import { useApp } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { TOUCH } from "../ui/DialogFrame.tsx"
import { askableOf, boundText } from "./askable.ts"
import { liveAnswers } from "./live-answers.ts"
import { provideAnswers } from "./live-runs.ts"
import { type Mode, modelActions, useModels } from "./models.ts"
import { RealTab } from "./RealTab.tsx"
import { ReplayTab } from "./ReplayTab.tsx"
import { lastRecording } from "./recordings.ts"
import { SimulatedTab } from "./SimulatedTab.tsx"

provideAnswers(liveAnswers)

const OVERLAY = "fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]"
const CONTENT = `${TOUCH} fixed top-[6dvh] left-1/2 z-50 max-h-[88dvh] w-[min(720px,94vw)] -translate-x-1/2 overflow-y-auto rounded-card bg-bg p-5 text-text shadow-float`

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
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content className={CONTENT}>
          <div className="flex flex-wrap items-baseline gap-x-3">
            <Dialog.Title className="m-0 text-title font-semibold">Models</Dialog.Title>
            <Dialog.Description className="m-0 text-text-2 max-sm:order-last max-sm:basis-full">
              Who answers this document's model calls.
            </Dialog.Description>
            <Dialog.Close asChild>
              <Button kind="quiet" className="ml-auto">
                Close
              </Button>
            </Dialog.Close>
          </div>
          <Tabs.Root value={tab} onValueChange={(value) => setTab(value as Mode)} className="mt-3">
            <Tabs.List aria-label="Who answers" className="mb-3 flex gap-1 border-b border-hairline">
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
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
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
    <Dialog.Root open onOpenChange={(open) => !open && refuse()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content className={`${CONTENT} max-w-[480px]`}>
          <Dialog.Title className="m-0 text-title font-semibold">Ask {title}?</Dialog.Title>
          <Dialog.Description className="mt-2 mb-0">
            This run sends the program's prompts to {title}, model <span className="whitespace-nowrap">{first?.model || "none"}</span>.{" "}
            {boundText(settings)}
          </Dialog.Description>
          {others.length > 0 && (
            <ul className="m-0 mt-2 pl-5 text-text-2">
              {others.map(({ title: other, model, by }) => (
                <li key={`${other} ${typeof by === "object" ? by.name : ""}`}>
                  {typeof by === "object" && by.name !== "" ? `What it calls “${by.name}” goes` : "What names this provider goes"} to{" "}
                  {other}
                  {model && `, model ${model}`}.
                </li>
              ))}
            </ul>
          )}
          <div className="mt-4 flex gap-2">
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
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
