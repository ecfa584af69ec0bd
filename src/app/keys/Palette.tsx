// Everything the page can do, searchable, with its keys. Loaded when it is first opened.
import { Command } from "cmdk"
import { useEffect, useMemo, useRef, useState } from "react"
import { flushSync } from "react-dom"
import type { CellCommand } from "../../notebook/cell-commands.ts"
import { isNotebook } from "../../store/document.ts"
import { shownRun } from "../../store/runs.ts"
import { app, useApp } from "../../store/store.ts"
import { MORE_BELOW, markMoreBelow } from "../../ui/more-below.ts"
import { COMMANDS, type Command as PageCommand } from "../commands.ts"
import { EDITOR_COMMANDS } from "./editor-commands.ts"
import { shownKeys } from "./key-names.ts"
import { ALSO_CALLED, ranked } from "./rank.ts"
import { runTimelineCommand, TIMELINE_COMMANDS } from "./timeline-commands.ts"

const GROUPS: readonly PageCommand["group"][] = ["Run", "Time", "Steps", "View", "Code", "Document", "Examples"]
const PLACES: Partial<Record<PageCommand["where"], string>> = { editor: "in the editor", timeline: "in the timeline" }

const GROUP_LOOK =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-chip [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-muted"

interface Entry {
  readonly title: string
  readonly also?: string | undefined
  readonly place: string | undefined
  readonly keys: readonly string[]
  /** It moves the focus: it runs when the palette has given it back. */
  readonly afterFocus?: boolean
  readonly run: () => void
}

/** What can be done now, in its groups; empty groups are left out. */
function groupsOf(cells: readonly CellCommand[]): { readonly name: string; readonly entries: readonly Entry[] }[] {
  const state = app.getState()
  const groups = GROUPS.map((group) => ({
    name: group as string,
    entries: [
      ...COMMANDS.filter((command) => command.group === group && command.id !== "palette" && (command.enabled?.(state) ?? true)).map(
        ({ id, title, where, keys = [], run }): Entry => ({ title, also: ALSO_CALLED[id], place: PLACES[where], keys, run }),
      ),
      ...(group === "Code" ? EDITOR_COMMANDS : []).map(
        ({ title, keys, run }): Entry => ({ title, place: PLACES.editor, keys: [keys], run }),
      ),
    ],
  }))
  const ofCell = cells.map(({ title, keys, run }): Entry => ({ title, place: undefined, keys: keys ? [keys] : [], run }))
  const ofTimeline = shownRun(state.runs)
    ? TIMELINE_COMMANDS.map((command): Entry => {
        const { title, keys } = command
        return { title, place: PLACES.timeline, keys: [keys], afterFocus: true, run: () => runTimelineCommand(command) }
      })
    : []
  return [...groups, { name: "Cell", entries: ofCell }, { name: "Timeline", entries: ofTimeline }].filter(
    ({ entries }) => entries.length > 0,
  )
}

export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const open = useApp((state) => state.shell.dialog !== null)
  // What had the focus gets it back, unless the command moves it.
  const before = useRef<Element | null>(document.activeElement)
  const close = () => {
    onClose()
    if (before.current instanceof HTMLElement) before.current.focus()
  }
  const [typed, setTyped] = useState("")
  const state = app.getState()
  const cells = useCellCommands(isNotebook(state.document.path))
  const groups = useMemo(() => groupsOf(cells), [cells])
  const item = (entry: Entry) => (
    <Item
      key={entry.title}
      entry={entry}
      onSelect={() => {
        if (!entry.afterFocus) {
          close()
          entry.run()
          return
        }
        flushSync(close)
        // The dialog gives the focus back a turn after it is gone; a command that moves the focus comes after that.
        setTimeout(entry.run)
      }}
    />
  )
  return (
    <Command.Dialog
      open={open}
      // What fits, and in which order, is rank.ts's business.
      shouldFilter={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) close()
      }}
      label="All commands"
      overlayClassName="fixed inset-0 z-40 bg-[rgb(0_0_0/0.3)]"
      contentClassName="fixed left-1/2 top-[12vh] z-50 w-[min(620px,94vw)] -translate-x-1/2 overflow-hidden rounded-card border border-hairline bg-bg shadow-float"
    >
      <Command.Input
        placeholder="Type a command"
        value={typed}
        onValueChange={setTyped}
        className="h-11 w-full border-0 border-b border-hairline bg-transparent px-4 text-[15px] outline-none placeholder:text-muted"
      />
      <Command.List ref={markMoreBelow} className={`${MORE_BELOW} max-h-[56vh] overflow-y-auto p-1.5`}>
        <Command.Empty className="px-3 py-4 text-text-2">Nothing is called that.</Command.Empty>
        {typed.trim() === ""
          ? groups.map(({ name, entries }) => (
              <Command.Group key={name} heading={name} className={GROUP_LOOK}>
                {entries.map(item)}
              </Command.Group>
            ))
          : ranked(
              groups.flatMap(({ entries }) => entries),
              typed,
            ).map(item)}
      </Command.List>
    </Command.Dialog>
  )
}

/** What can be done to a notebook's cells; they come with the notebook. */
function useCellCommands(notebook: boolean): readonly CellCommand[] {
  const [commands, setCommands] = useState<readonly CellCommand[]>([])
  useEffect(() => {
    if (notebook) import("../../notebook/cell-commands.ts").then(({ CELL_COMMANDS }) => setCommands(CELL_COMMANDS)).catch(() => {})
  }, [notebook])
  return commands
}

function Item({ entry, onSelect }: { readonly entry: Entry; readonly onSelect: () => void }) {
  return (
    <Command.Item
      value={entry.title}
      onSelect={onSelect}
      className="flex cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 max-[699px]:min-h-11 data-[selected=true]:bg-raised data-[selected=true]:outline-2 data-[selected=true]:-outline-offset-2 data-[selected=true]:outline-focus"
    >
      <span className="flex-1">{entry.title}</span>
      {entry.place && <span className="text-chip text-muted">{entry.place}</span>}
      {entry.keys.map((key) => (
        <kbd key={key} className="rounded bg-lane px-1.5 py-0.5 font-sans text-chip text-text-2">
          {shownKeys(key)}
        </kbd>
      ))}
    </Command.Item>
  )
}
