// Adds a cell or prose to a notebook, behind a block.
import { Plus } from "lucide-react"
import { LANGUAGES } from "../../interpreter/languages/index.ts"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import { Button } from "../ui/Button.tsx"
import { cellAdded, proseAdded } from "./model.ts"
import { cellActions, changeNotebook } from "./state.ts"

/** Buttons that add a cell or prose behind a block. */
export function Add({
  after,
  language,
  always = false,
}: {
  readonly after: string | null
  readonly language: CellLanguage
  readonly always?: boolean
}) {
  const add = (chosen: CellLanguage) =>
    changeNotebook((notebook) => {
      const added = cellAdded(notebook, after, chosen)
      queueMicrotask(() => document.querySelector<HTMLElement>(`[data-block="${added.id}"] .cm-content`)?.focus())
      return added.notebook
    })
  const addProse = () => {
    let id = ""
    changeNotebook((notebook) => {
      const added = proseAdded(notebook, after)
      id = added.id
      return added.notebook
    })
    cellActions.editing(id)
  }
  const order = [...LANGUAGES].sort((a, b) => Number(b.id === language) - Number(a.id === language))
  return (
    <div
      className={`flex flex-wrap gap-1 ${always ? "py-2" : "h-3 overflow-hidden opacity-0 transition-opacity duration-120 focus-within:h-auto focus-within:opacity-100 hover:h-auto hover:opacity-100"}`}
    >
      {order.map(({ id, title }) => (
        <Button key={id} kind="quiet" onClick={() => add(id)}>
          <Plus aria-hidden="true" size={13} /> {title} cell
        </Button>
      ))}
      <Button kind="quiet" onClick={addProse}>
        <Plus aria-hidden="true" size={13} /> Text
      </Button>
    </div>
  )
}
