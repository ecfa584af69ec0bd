// A link with `?src=` wants to show a document of another host: nothing is asked of that host before the reader agrees.
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { fetchSource } from "../document/files.ts"

export function SourceOffer() {
  const source = useApp((state) => state.shell.source)
  if (source === null) return null
  const host = hostOf(source)
  return (
    <div
      role="alertdialog"
      aria-label="A document of another host"
      className="flex flex-wrap items-center gap-2 border-b border-hairline bg-raised px-3 py-2"
    >
      <p className="m-0 min-w-0 flex-1">
        {host ? (
          <>
            This link opens a document of <strong>{host}</strong>. It is shown as text; nothing in it runs before you press Run.
          </>
        ) : (
          <>This link names a document that cannot be opened: only addresses that begin with https:// can.</>
        )}
      </p>
      {host && (
        <Button kind="primary" onClick={() => void fetchSource(source)}>
          Open it
        </Button>
      )}
      <Button onClick={() => actions.offerSource(null)}>No</Button>
    </div>
  )
}

/** The host of an address that may be fetched; null for any other. */
function hostOf(address: string): string | null {
  try {
    const url = new URL(address)
    return url.protocol === "https:" ? url.host : null
  } catch {
    return null
  }
}
