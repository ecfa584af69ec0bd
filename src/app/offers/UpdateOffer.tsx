// A newer version of the page is on this device; the reader says when it is taken.
import { actions } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { takeUpdate } from "../offline.ts"

export function UpdateOffer() {
  return (
    <section
      aria-label="A newer version"
      className="fixed right-4 bottom-4 z-40 flex max-w-[92vw] flex-wrap items-center gap-2 rounded-card border border-hairline bg-bg px-4 py-2.5 shadow-float max-[699px]:right-2 max-[699px]:bottom-16"
    >
      <p className="m-0 mr-2">A newer version of this page is ready. Your text stays.</p>
      <Button kind="primary" onClick={takeUpdate}>
        Reload
      </Button>
      <Button onClick={() => actions.offerUpdate(false)}>Later</Button>
    </section>
  )
}
