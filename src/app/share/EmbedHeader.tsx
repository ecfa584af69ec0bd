// The head of the page inside another page: what it is, Run, and a way to the whole page with the same document.
import { ExternalLink } from "lucide-react"
import { linkTo } from "../../share/link.ts"
import { app, useApp } from "../../store/store.ts"
import { KindOfRun, RunButton } from "../layout/Header.tsx"
import { shownView } from "./shown.ts"

/** The whole page with the document as it is now, changes in the frame included. */
async function openWhole(): Promise<void> {
  const state = app.getState()
  const hash = await linkTo(state.document, shownView(state))
  window.open(location.origin + location.pathname + hash, "_blank", "noopener")
}

export function EmbedHeader() {
  const title = useApp((state) => state.document.title)
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-b border-hairline px-3">
      <h1 className="m-0 min-w-0 truncate text-ui font-semibold">{title === "" ? "Counterpoint" : title}</h1>
      <div className="ml-auto flex min-w-0 items-center gap-2">
        {/* On a phone it stands over the timeline. */}
        <span className="contents max-[699px]:hidden">
          <KindOfRun />
        </span>
        <RunButton />
        <button
          type="button"
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-control px-2 text-ui text-accent hover:bg-raised"
          onClick={() => void openWhole()}
        >
          <ExternalLink aria-hidden="true" size={14} />
          Counterpoint
        </button>
      </div>
    </header>
  )
}
