// Everything the page can do, searchable, with its keys. Loaded when it is first opened.
import { Command } from "cmdk"
import { useEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"
import type { CellCommand } from "../../notebook/cell-commands.ts"
import { isNotebook } from "../../store/document.ts"
import { shownRun } from "../../store/runs.ts"
import { app, useApp } from "../../store/store.ts"
import { COMMANDS, type Command as PageCommand } from "../commands.ts"
import { EDITOR_COMMANDS } from "./editor-commands.ts"
import { shownKeys } from "./key-names.ts"
import { runTimelineCommand, TIMELINE_COMMANDS } from "./timeline-commands.ts"

const GROUPS: readonly PageCommand["group"][] = ["Run", "Time", "Steps", "View", "Code", "Document", "Examples"]
const PLACES: Partial<Record<PageCommand["where"], string>> = { editor: "in the editor", timeline: "in the timeline" }

const GROUP_LOOK =
  "[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-chip [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-muted"

export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const open = useApp((state) => state.shell.dialog !== null)
  // What had the focus gets it back, unless the command moves it.
  const before = useRef<Element | null>(document.activeElement)
  const close = () => {
    onClose()
    if (before.current instanceof HTMLElement) before.current.focus()
  }
  const run = (command: { readonly run: () => void }) => {
    close()
    command.run()
  }
  const state = app.getState()
  const cells = useCellCommands(isNotebook(state.document.path))
  return (
    <Command.Dialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) close()
      }}
      label="All commands"
      overlayClassName="fixed inset-0 z-40 bg-[rgb(0_0_0/0.3)]"
      contentClassName="fixed left-1/2 top-[12vh] z-50 w-[min(620px,94vw)] -translate-x-1/2 overflow-hidden rounded-card border border-hairline bg-bg shadow-float"
    >
      <Command.Input
        placeholder="Type a command"
        className="h-11 w-full border-0 border-b border-hairline bg-transparent px-4 text-[15px] outline-none placeholder:text-muted"
      />
      <Command.List className="max-h-[56vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-4 text-text-2">Nothing is called that.</Command.Empty>
        {GROUPS.map((group) => (
          <Command.Group key={group} heading={group} className={GROUP_LOOK}>
            {COMMANDS.filter((command) => command.group === group && command.id !== "palette" && (command.enabled?.(state) ?? true)).map(
              (command) => (
                <Item
                  key={command.id}
                  value={`${command.title} ${command.id}`}
                  title={command.title}
                  place={PLACES[command.where]}
                  keys={command.keys ?? []}
                  onSelect={() => run(command)}
                />
              ),
            )}
            {group === "Code" &&
              EDITOR_COMMANDS.map((command) => (
                <Item
                  key={command.title}
                  value={command.title}
                  title={command.title}
                  place={PLACES.editor}
                  keys={[command.keys]}
                  onSelect={() => run(command)}
                />
              ))}
          </Command.Group>
        ))}
        {cells.length > 0 && (
          <Command.Group heading="Cell" className={GROUP_LOOK}>
            {cells.map((command) => (
              <Item
                key={command.title}
                value={command.title}
                title={command.title}
                place={undefined}
                keys={command.keys ? [command.keys] : []}
                onSelect={() => run(command)}
              />
            ))}
          </Command.Group>
        )}
        {shownRun(state.runs) && (
          <Command.Group heading="Timeline" className={GROUP_LOOK}>
            {TIMELINE_COMMANDS.map((command) => (
              <Item
                key={command.key}
                value={`${command.title} timeline-${command.key}`}
                title={command.title}
                place={PLACES.timeline}
                keys={[command.keys]}
                onSelect={() => {
                  flushSync(close)
                  // The dialog gives the focus back a turn after it is gone; a command that moves the focus comes after that.
                  setTimeout(() => runTimelineCommand(command))
                }}
              />
            ))}
          </Command.Group>
        )}
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

interface ItemProps {
  /** What is searched in: title and name of the command. */
  readonly value: string
  readonly title: string
  readonly place: string | undefined
  readonly keys: readonly string[]
  readonly onSelect: () => void
}

function Item({ value, title, place, keys, onSelect }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 max-[699px]:min-h-11 data-[selected=true]:bg-raised data-[selected=true]:outline-2 data-[selected=true]:-outline-offset-2 data-[selected=true]:outline-focus"
    >
      <span className="flex-1">{title}</span>
      {place && <span className="text-chip text-muted">{place}</span>}
      {keys.map((key) => (
        <kbd key={key} className="rounded bg-lane px-1.5 py-0.5 font-sans text-chip text-text-2">
          {shownKeys(key)}
        </kbd>
      ))}
    </Command.Item>
  )
}
