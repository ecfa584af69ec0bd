// The reader's markers as buttons, for the keyboard and for ears: each puts the playhead where it stands. What the eye sees of
// them are the flags that the painter draws; a button shows itself while it has the focus. Loaded with the first marker.
import { formatCount, formatUs } from "../../interpreter/trace/units.ts"
import { actions } from "../store/store.ts"
import type { Scene } from "./scene.ts"
import type { Stage } from "./stage.ts"
import type { Marker } from "./view.ts"

export default function Markers({
  markers,
  scene,
  stage,
}: {
  readonly markers: readonly Marker[]
  readonly scene: Scene
  readonly stage: Stage
}) {
  return (
    <ul aria-label="Markers" className="m-0 list-none p-0">
      {markers.map(({ us, step }) => (
        <li key={`${us} ${step}`}>
          <button
            type="button"
            className="sr-only rounded-control border border-control bg-bg px-1.5 text-tick text-text focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-10"
            onClick={() => {
              actions.scrub(us)
              stage.viewport.reveal(scene.axis.key(us, step))
            }}
          >
            Marker at {scene.axis.kind === "steps" ? `event ${formatCount(Math.max(0, step))}` : formatUs(us)}
          </button>
        </li>
      ))}
    </ul>
  )
}
