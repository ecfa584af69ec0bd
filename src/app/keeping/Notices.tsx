// What the reader has to know about the document at once: that nothing is kept, or that another tab changes the same
// document; each with the ways on. Loaded when there is something to say.
import { useStore } from "zustand"
import { actions } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { saveFile } from "../document/files.ts"
import { exportEverything } from "./everything.ts"
import { mergeTabs, separateTab, takeOther } from "./tabs.ts"
import { keeping } from "./trouble.ts"

const CARD = "pointer-events-auto flex flex-col gap-2 rounded-card border border-control bg-bg p-3 text-text shadow-float"

export default function Notices() {
  const { trouble, accepted, other, link } = useStore(keeping)
  return (
    <div className="pointer-events-none fixed bottom-3 max-[699px]:bottom-20 left-1/2 z-30 flex w-[min(520px,94vw)] -translate-x-1/2 flex-col gap-2">
      {link !== null && (
        <section role="alert" aria-label="Link" className={CARD}>
          <p className="m-0">{link}</p>
          <div>
            <Button onClick={() => keeping.setState({ link: null })}>Close</Button>
          </div>
        </section>
      )}
      {trouble !== null && !accepted && (
        <section role="alert" aria-label="Not kept" className={CARD}>
          <p className="m-0">
            {trouble === "full"
              ? "The storage of this browser is full: your last changes are not kept on this device."
              : "This browser refuses to keep anything: your changes are gone when you close this page."}{" "}
            Download them before you leave.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button kind="primary" onClick={saveFile}>
              Download this document
            </Button>
            <Button onClick={() => void exportEverything()}>Download everything</Button>
            {trouble === "full" && <Button onClick={() => actions.openDialog("keeping")}>Make room</Button>}
            <Button kind="quiet" onClick={() => keeping.setState({ accepted: true })}>
              Go on without
            </Button>
          </div>
        </section>
      )}
      {other && (
        <section aria-label="Two tabs" className={CARD}>
          <p className="m-0">
            {other.standing === "behind"
              ? "This document was changed in another tab."
              : "This document was changed here and in another tab, in different ways."}
          </p>
          <div className="flex flex-wrap gap-2">
            {other.standing === "diverged" && (
              <Button kind="primary" onClick={() => void mergeTabs()}>
                Merge both
              </Button>
            )}
            <Button kind={other.standing === "behind" ? "primary" : "plain"} onClick={() => void takeOther()}>
              Take the other tab's text
            </Button>
            <Button onClick={separateTab}>Keep this one apart</Button>
          </div>
        </section>
      )}
    </div>
  )
}
