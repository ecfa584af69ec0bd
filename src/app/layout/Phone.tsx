// The page on a phone: code or output in tabs, the timeline as a sheet of three heights, the actions in reach of the thumb,
// and the keys that a phone's keyboard hides. The editor is never focused by itself: the keyboard would cover the show.
import { Bot, Command as CommandIcon, Link2, MessageSquareText, SlidersHorizontal, StepForward } from "lucide-react"
import { type PointerEvent, Suspense, useEffect, useRef, useState } from "react"
import { useStore } from "zustand"
import { leaveEditor, withEditor } from "../../editor/open-editor.ts"
import { useAnswererName } from "../../providers/answerer-name.ts"
import type { PhoneTab, Sheet } from "../../store/shell.ts"
import { actions, useApp } from "../../store/store.ts"
import { pressOnTimeline } from "../../timeline/controls.ts"
import { Timeline } from "../../timeline/Timeline.tsx"
import { changeView, view } from "../../timeline/view.ts"
import { Button } from "../../ui/Button.tsx"
import { plural } from "../../ui/format.ts"
import { Tabs } from "../../ui/Tabs.tsx"
import { runCommand } from "../commands.ts"
import { ExamplesButton } from "../examples/ExamplesButton.tsx"
import { late } from "../late.tsx"
import { SequentialOffer } from "../offers/SequentialOffer.tsx"
import { inFlightAt } from "../panels/lane-text.ts"
import { useMoment } from "../panels/use-moment.ts"
import { isEmbedded } from "../share/embed.ts"
import { CodePane } from "./CodePane.tsx"
import { LanguageSwitch, Name, RunButton } from "./Header.tsx"
import { SIDE_PANELS } from "./SidePanel.tsx"
import { Clock, PlayButton, SpeedSelect, sentenceOf } from "./Transport.tsx"

const EmbedHeader = late(async () => ({ default: (await import("../share/EmbedHeader.tsx")).EmbedHeader }))

const TABS: readonly { readonly name: PhoneTab; readonly title: string }[] = [
  { name: "code", title: "Code" },
  { name: "output", title: "Output" },
  { name: "tasks", title: "Tasks" },
  { name: "details", title: "Details" },
  { name: "console", title: "Console" },
]

const HEIGHTS: Record<Sheet, string> = { peek: "128px", half: "300px", full: "max(316px, 100dvh - 244px)" }

export default function Phone() {
  const tab = useApp((state) => state.shell.phoneTab)
  const { inCode, leftPx } = useTyping()
  const typing = leftPx > 0
  return (
    <div
      style={typing ? { height: leftPx, minHeight: 0 } : undefined}
      className="flex h-dvh min-h-[560px] flex-col overflow-hidden bg-bg [--code-line:20px] [--code-size:13px] [&_header_button]:h-10 [&_select]:h-9 [&_[role=toolbar]_button]:min-h-10"
    >
      {isEmbedded ? (
        <Suspense fallback={<div className="h-10 shrink-0" />}>
          <EmbedHeader />
        </Suspense>
      ) : (
        <header className="flex h-11 shrink-0 items-center gap-1 border-b border-hairline px-3">
          <Name />
          <LanguageSwitch />
          <div className="ml-auto flex min-w-0">
            <ExamplesButton />
          </div>
          <Button kind="quiet" square className="w-10! -mr-2" aria-label="All commands" onClick={() => runCommand("palette")}>
            <CommandIcon aria-hidden="true" size={18} />
          </Button>
        </header>
      )}
      <main className="flex min-h-0 flex-1 flex-col">
        <div className="min-h-0 flex-1" data-region={tab === "code" ? undefined : "output"}>
          <Tabs label="Code and output" tabs={TABS} chosen={tab} onChoose={actions.choosePhoneTab} wide>
            {/* The editor stays when another tab is open, so that its undo and its place are kept. */}
            <div className={tab === "code" ? "h-full" : "hidden"}>
              <CodePane />
            </div>
            {tab !== "code" && SIDE_PANELS[tab]()}
          </Tabs>
        </div>
        {inCode && <AccessoryKeys run={typing} />}
        {!typing && (
          <>
            <TimeRow />
            <TimelineSheet />
          </>
        )}
      </main>
      {!typing && !isEmbedded && (
        <footer className="flex h-14 shrink-0 items-center gap-2 border-t border-hairline px-3">
          <RunButton className="h-11! flex-1 text-[15px]!" />
          <Button className="h-11!" onClick={() => runCommand("step")}>
            <StepForward aria-hidden="true" size={16} />
            Step
          </Button>
          <Button className="h-11!" onClick={() => runCommand("share")}>
            <Link2 aria-hidden="true" size={16} />
            Share
          </Button>
          <Button square className="h-11! w-11!" aria-label="Models" onClick={() => runCommand("models")}>
            <Bot aria-hidden="true" size={18} />
          </Button>
        </footer>
      )}
    </div>
  )
}

function TimeRow() {
  const moment = useMoment()
  return (
    <div
      role="toolbar"
      aria-label="Time"
      data-region="transport"
      className="flex h-11 shrink-0 items-center gap-2 overflow-hidden border-t border-hairline px-2"
    >
      <PlayButton />
      <SpeedSelect />
      {/* Where both have no room beside each other, the clock is what stays. */}
      <span className="ml-auto flex h-5 min-w-0 flex-wrap items-center justify-end gap-x-3 overflow-hidden pr-1 text-text-2">
        {moment && <Clock />}
        {moment && <span className="whitespace-nowrap">{inFlightAt(moment.fold, moment.atStep)} in flight</span>}
      </span>
    </div>
  )
}

function TimelineSheet() {
  const sheet = useApp((state) => state.shell.sheet)
  const answerer = useAnswererName()
  const seed = useApp((state) => state.document.seed)
  const moment = useMoment()
  const sentence = useApp((state) =>
    moment ? sentenceOf(moment, !state.playback.ended || state.playback.revealedUs < state.playback.endUs) : "",
  )
  const from = useRef<number | null>(null)
  const moved = useRef(false)
  const onMove = (event: PointerEvent) => {
    if (from.current === null || Math.abs(event.clientY - from.current) < 36) return
    moved.current = true
    actions.stepSheet(event.clientY < from.current ? 1 : -1)
    from.current = event.clientY
  }
  return (
    <section
      aria-label="Timeline"
      data-region="timeline"
      className="flex shrink-0 flex-col overflow-hidden border-t border-hairline transition-[height] duration-180 ease-out"
      style={{ height: HEIGHTS[sheet] }}
    >
      <button
        type="button"
        aria-label={`${answerer}, virtual time, seed ${seed}. Timeline height: ${sheet}. Press for the next one`}
        className="flex h-9 w-full shrink-0 touch-none flex-col items-center justify-center gap-1 bg-lane text-chip text-text-2"
        onPointerDown={(event) => {
          from.current = event.clientY
          moved.current = false
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={onMove}
        onPointerUp={() => {
          from.current = null
        }}
        onClick={() => {
          if (!moved.current) actions.chooseSheet(sheet === "peek" ? "half" : sheet === "half" ? "full" : "peek")
        }}
      >
        <span aria-hidden="true" className="h-1 w-10 rounded-full bg-control" />
        <span>
          {answerer} · virtual time · seed {seed}
        </span>
      </button>
      {/* Its place is kept before the run and while it goes on, so that the lanes do not move when there is something to say. */}
      <div className={`flex shrink-0 items-center gap-2 pl-3 text-chip text-text-2 ${sheet === "peek" ? "h-6 pr-3" : "h-11"}`}>
        <p className={`m-0 min-w-0 flex-1 ${sheet === "peek" ? "truncate" : "line-clamp-2"}`}>
          {sentence || (moment ? `${plural(moment.fold.totals.tokensSoFar.atStep(moment.atStep), "token")} so far` : "")}
        </p>
        {sheet !== "peek" && (
          <span className="flex shrink-0">
            <Button
              kind="quiet"
              square
              className="h-11! w-11!"
              aria-label="Explain this moment"
              disabled={!moment}
              onClick={() => pressOnTimeline("explain")}
            >
              <MessageSquareText aria-hidden="true" size={18} />
            </Button>
            <ToolsButton />
          </span>
        )}
      </div>
      {sheet !== "peek" && <SequentialOffer className="px-3 pb-1" />}
      <div className="relative min-h-0 flex-1">
        <Timeline />
      </div>
    </section>
  )
}

/** Filter, overview, zoom and steps from event to event: shown where the timeline has the room for them. */
function ToolsButton() {
  const full = useApp((state) => state.shell.sheet === "full")
  const shown = useStore(view, (look) => look.tools) && full
  return (
    <Button
      kind="quiet"
      square
      className="h-11! w-11! shrink-0"
      aria-label="Tools of the timeline"
      aria-expanded={shown}
      onClick={() => {
        if (!shown) actions.chooseSheet("full")
        changeView({ tools: !shown })
      }}
    >
      <SlidersHorizontal aria-hidden="true" size={18} />
    </Button>
  )
}

/** A window that is this much shorter than it was has a keyboard on its screen, not just a bar that came or went. */
const KEYBOARD_LEAST_PX = 120

interface Typing {
  /** The cursor is in the code. */
  readonly inCode: boolean
  /** Height that the keyboard on the screen leaves; 0 while there is none. */
  readonly leftPx: number
}

function useTyping(): Typing {
  const [typing, setTyping] = useState<Typing>({ inCode: false, leftPx: 0 })
  useEffect(() => {
    const seen = window.visualViewport
    if (!seen) return
    let { width, height: tallest } = seen
    const look = () => {
      if (seen.width !== width) {
        width = seen.width
        tallest = seen.height
      }
      tallest = Math.max(tallest, seen.height)
      const inCode = document.activeElement?.closest(".cm-editor, .stand-in") != null
      const leftPx = inCode && seen.scale === 1 && tallest - seen.height > KEYBOARD_LEAST_PX ? Math.round(seen.height) : 0
      setTyping((before) => (before.inCode === inCode && before.leftPx === leftPx ? before : { inCode, leftPx }))
    }
    seen.addEventListener("resize", look)
    document.addEventListener("focusin", look)
    document.addEventListener("focusout", look)
    return () => {
      seen.removeEventListener("resize", look)
      document.removeEventListener("focusin", look)
      document.removeEventListener("focusout", look)
    }
  }, [])
  return typing
}

const PAIRS: readonly (readonly [string, string, string])[] = [
  ['"', '"', '"'],
  ["{ }", "{", "}"],
  ["( )", "(", ")"],
  ["=", "=", ""],
  ["Tab", "  ", ""],
]

/** `run`: a Run button too, where the foot of the page has made room. */
function AccessoryKeys({ run }: { readonly run: boolean }) {
  // Pressing a key must not take the focus from the editor, or the keyboard would go.
  const keep = (event: PointerEvent) => event.preventDefault()
  return (
    <div
      role="toolbar"
      aria-label="Keys"
      className="flex h-11 shrink-0 items-center gap-1 overflow-x-auto border-t border-hairline bg-lane px-2"
    >
      {PAIRS.map(([name, open, close]) => (
        <Button
          key={name}
          className="h-9! min-w-11 justify-center font-mono"
          onPointerDown={keep}
          onClick={() => withEditor((editor) => editor.type(open, close))}
        >
          {name}
        </Button>
      ))}
      <Button className="h-9!" onPointerDown={keep} onClick={() => withEditor((editor) => editor.undo())}>
        Undo
      </Button>
      {run && (
        <Button
          kind="primary"
          className="ml-auto h-9!"
          onPointerDown={keep}
          onClick={() => {
            leaveEditor()
            runCommand("run")
          }}
        >
          Run
        </Button>
      )}
    </div>
  )
}
