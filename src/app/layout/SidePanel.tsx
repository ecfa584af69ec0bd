// Output, tasks and details beside the code.

import { Suspense } from "react"
import type { SideTab } from "../../store/shell.ts"
import { actions, useApp } from "../../store/store.ts"
import { formatTime } from "../../ui/format.ts"
import { Tabs } from "../../ui/Tabs.tsx"
import { late } from "../late.tsx"
import { Output } from "../panels/Output.tsx"
import { shownAtUs } from "../panels/use-moment.ts"

// Only the output is there from the first moment on; the others come when they are first looked at.
const Tasks = late(async () => ({ default: (await import("../panels/Tasks.tsx")).Tasks }))
const Details = late(async () => ({ default: (await import("../panels/Details.tsx")).Details }))
const Console = late(async () => ({ default: (await import("../panels/Console.tsx")).Console }))

export const SIDE_TABS: readonly { readonly name: SideTab; readonly title: string }[] = [
  { name: "output", title: "Output" },
  { name: "tasks", title: "Tasks" },
  { name: "details", title: "Details" },
  { name: "console", title: "Console" },
]

export const SIDE_PANELS: Record<SideTab, () => React.ReactNode> = {
  output: () => <Output />,
  tasks: () => (
    <Suspense fallback={null}>
      <Tasks />
    </Suspense>
  ),
  details: () => (
    <Suspense fallback={null}>
      <Details />
    </Suspense>
  ),
  console: () => (
    <Suspense fallback={null}>
      <Console />
    </Suspense>
  ),
}

export function SidePanel() {
  const tab = useApp((state) => state.shell.sideTab)
  return (
    <section id="output" aria-label="Output" data-region="output" className="h-full min-h-0">
      <Tabs
        label="Output, tasks, details, console"
        tabs={SIDE_TABS}
        chosen={tab}
        onChoose={actions.chooseSideTab}
        aside={<Aside tab={tab} />}
      >
        {SIDE_PANELS[tab]()}
      </Tabs>
    </section>
  )
}

function Aside({ tab }: { readonly tab: SideTab }) {
  const atUs = useApp(shownAtUs)
  const printedOnly = useApp((state) => state.shell.printedOnly)
  return (
    <>
      {tab === "output" && (
        <button
          type="button"
          aria-pressed={printedOnly}
          onClick={() => actions.showPrintedOnly(!printedOnly)}
          className="rounded-full px-2 py-0.5 text-chip text-text-2 hover:bg-raised aria-pressed:bg-raised aria-pressed:text-text"
        >
          printed only
        </button>
      )}
      {atUs >= 0 && tab !== "console" && (
        <span className="min-w-[10ch] truncate pr-1 text-right text-chip text-muted">at {formatTime(atUs)}</span>
      )}
    </>
  )
}
