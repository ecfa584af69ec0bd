// The open document's name; pressing it opens the gallery. The menu itself is loaded when it is first wanted.
import { ChevronDown } from "lucide-react"
import { Suspense, useState } from "react"
import { useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { late } from "../late.tsx"

const loadMenu = () => import("./ExamplesMenu.tsx")
const ExamplesMenu = late(loadMenu)
/** Ahead of the press; whether it can be fetched is told when it is wanted. */
const fetchMenu = () => void loadMenu().catch(() => {})

export function ExamplesButton() {
  const title = useApp((state) => state.document.title)
  const edited = useApp((state) => state.document.edited)
  const [wanted, setWanted] = useState(false)
  const label = (
    <>
      <span className="max-w-[26ch] min-w-0 truncate">{title}</span>
      {edited && <span className="text-chip text-muted">edited</span>}
      <ChevronDown aria-hidden="true" size={14} className="text-text-2" />
    </>
  )
  const closed = (
    <Button
      aria-haspopup="menu"
      aria-expanded={wanted}
      aria-label={`Examples, open: ${title}${edited ? ", edited" : ""}`}
      onPointerEnter={fetchMenu}
      onFocus={fetchMenu}
      onClick={() => setWanted(true)}
      className="min-w-0 border-transparent max-[699px]:shrink!"
    >
      {label}
    </Button>
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <ExamplesMenu label={label} name={title} onClose={() => setWanted(false)} />
    </Suspense>
  )
}
