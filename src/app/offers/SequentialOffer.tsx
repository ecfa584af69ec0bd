// Beside the summary of a Jade run: the other way to run it, and what both took once both were run. The run before stays
// behind the new one as a ghost.
import { Rows3 } from "lucide-react"
import { startRun } from "../../client/session.ts"
import { isLive } from "../../store/playback.ts"
import { useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { runCommand } from "../commands.ts"
import { useMoment } from "../panels/use-moment.ts"
import { sequentialOffer } from "./sequential.ts"

export function SequentialOffer({ className = "" }: { readonly className?: string }) {
  const moment = useMoment(500)
  const live = useApp((state) => isLive(state.playback))
  const runs = useApp((state) => state.runs)
  const version = useApp((state) => state.document.version)
  const offer = moment && !live ? sequentialOffer(runs, version, moment.fold.lanes.length) : null
  if (!offer) return null
  return (
    <div className={`flex min-w-0 items-center gap-2 ${className}`}>
      {offer.comparison !== "" && (
        <span
          className="truncate rounded-full bg-raised px-2.5 py-0.5 text-chip text-text max-[699px]:rounded-control max-[699px]:whitespace-normal"
          title={offer.comparison}
        >
          {offer.comparison}
        </span>
      )}
      <Button
        kind="quiet"
        title={
          offer.sequential
            ? "Run one at a time, as the console does; this run stays behind it"
            : "Run it as it is, tasks overlapping; this run stays behind it"
        }
        onClick={() => (offer.sequential ? runCommand("run-sequential") : startRun())}
      >
        <Rows3 aria-hidden="true" size={14} />
        {offer.label}
      </Button>
    </div>
  )
}
