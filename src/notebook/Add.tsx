// Adds a cell or prose to a notebook, behind a block. Between blocks the row takes its place whether it is seen or not, so that
// nothing moves under the pointer.
import { Plus } from "lucide-react"
import { LANGUAGES } from "../../interpreter/languages/index.ts"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import { Button } from "../ui/Button.tsx"
import { addCell, addProse } from "./cell-deeds.ts"

/** Buttons that add a cell or prose behind a block; `after` null: at the beginning. */
export function Add({
  after,
  language,
  always = false,
}: {
  readonly after: string | null
  readonly language: CellLanguage
  readonly always?: boolean
}) {
  const order = [...LANGUAGES].sort((a, b) => Number(b.id === language) - Number(a.id === language))
  const look = always
    ? "py-2!"
    : "h-7 overflow-hidden transition-opacity duration-120 [@media(hover:hover)]:opacity-0 focus-within:opacity-100 hover:opacity-100"
  return (
    <fieldset
      aria-label={after === null ? "Add at the beginning" : "Add here"}
      className={`m-0 flex min-w-0 flex-wrap gap-1 border-0 p-0 ${look}`}
    >
      {order.map(({ id, title }) => (
        <Button key={id} kind="quiet" className="text-chip" onClick={() => addCell(after, id)}>
          <Plus aria-hidden="true" size={12} /> {title} cell
        </Button>
      ))}
      <Button kind="quiet" className="text-chip" onClick={() => addProse(after)}>
        <Plus aria-hidden="true" size={12} /> Text
      </Button>
    </fieldset>
  )
}
