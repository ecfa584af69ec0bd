// Parts of the page that are fetched when they are first wanted. Where one cannot be fetched (offline, or the page was
// published anew since it was opened) the reader is told and the rest goes on. And the last resort, for an error of ours in
// the page itself: the reader's text is shown, never a blank page.
import { Component, type ComponentType, lazy, type ReactNode, useEffect } from "react"
import { actions, app } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"

/**
 * A component of the module that `load` fetches; in its place, where that fails, nothing and a word to the reader. A dialog
 * has `onClose`, and is closed then; what else is open stays.
 */
export function late<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  return lazy(() => load().catch(() => ({ default: Unavailable as ComponentType<Props> })))
}

function Unavailable({ onClose }: { readonly onClose?: () => void }) {
  useEffect(() => {
    actions.toast("This part of the page could not be loaded. Are you offline? Otherwise reload the page.")
    onClose?.()
  }, [onClose])
  return null
}

export class Failure extends Component<{ readonly children: ReactNode }, { readonly report: string | null }> {
  override state = { report: null }

  static getDerivedStateFromError(error: unknown) {
    return { report: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error) }
  }

  override render(): ReactNode {
    const { report } = this.state
    if (report === null) return this.props.children
    const { text } = app.getState().document
    return (
      <main className="mx-auto flex h-dvh max-w-[760px] flex-col gap-3 p-6">
        <h1 className="m-0 text-title font-semibold">The page stopped working. That is our fault, not yours.</h1>
        <p className="m-0 text-text-2">Your text is here, and it is kept on this device. Reload the page to go on.</p>
        <textarea
          readOnly
          aria-label="Your text"
          value={text}
          className="min-h-32 flex-1 rounded-control border border-control bg-bg p-2 font-mono"
        />
        <details>
          <summary>Report</summary>
          <pre className="max-h-40 overflow-auto font-mono text-chip whitespace-pre-wrap">{report}</pre>
        </details>
        <div>
          <Button kind="primary" onClick={() => location.reload()}>
            Reload the page
          </Button>
        </div>
      </main>
    )
  }
}
