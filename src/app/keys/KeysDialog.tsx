// Every key at a glance, by the place where it works. The page's and the editor's keys are those of the commands; the
// timeline's are its own. Loaded when it is first opened.
import { DialogFrame } from "../../ui/DialogFrame.tsx"
import { COMMANDS } from "../commands.ts"
import { EDITOR_COMMANDS } from "./editor-commands.ts"
import { shownKeys } from "./key-names.ts"
import { EDITOR_KEYS, TIMELINE_KEYS } from "./keys.ts"

type Row = readonly [keys: string, words: string]

const EVERYWHERE: readonly Row[] = [
  ...COMMANDS.filter((command) => command.where === "everywhere").flatMap(({ keys = [], title }) => keys.map((key): Row => [key, title])),
  ["?", "This list, outside the editor"],
]
const IN_EDITOR: readonly Row[] = [
  ...COMMANDS.filter((command) => command.where === "editor").flatMap(({ keys = [], title }) => keys.map((key): Row => [key, title])),
  ...EDITOR_COMMANDS.map(({ keys, title }): Row => [keys, title]),
  ...EDITOR_KEYS,
]

export default function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <DialogFrame title="Keys" size="top-[6dvh] max-h-[88dvh] w-[min(1080px,94vw)] gap-3" onClose={onClose}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(280px,100%),1fr))] gap-x-8 gap-y-5">
        <Keys title="Everywhere" rows={EVERYWHERE} />
        <Keys title="In the editor" rows={IN_EDITOR} />
        <Keys title="In the timeline" rows={TIMELINE_KEYS} />
      </div>
      <p className="m-0 text-chip text-text-2">
        Single letters work while the timeline has the focus; “Switch single-letter keys” among all commands ({shownKeys("Mod+K")}) turns
        them off.
      </p>
    </DialogFrame>
  )
}

function Keys({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section>
      <h3 className="m-0 mb-1 text-chip font-semibold text-muted">{title}</h3>
      <dl className="m-0">
        {rows.map(([keys, words]) => (
          <div key={`${keys} ${words}`} className="flex items-baseline justify-between gap-4 border-t border-hairline py-1">
            <dt className="min-w-0">{words}</dt>
            <dd className="m-0 shrink-0 rounded bg-lane px-1.5 text-chip text-text-2">{shownKeys(keys)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
