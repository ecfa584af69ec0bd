// The timeline's place. TEMPORARY while src/timeline/Timeline.tsx is being written.
import { type ComponentType, lazy, Suspense } from "react"

const found = import.meta.glob<{ Timeline: ComponentType }>("../timeline/Timeline.tsx")
const load = found["../timeline/Timeline.tsx"]
const Real = load ? lazy(async () => ({ default: (await load()).Timeline })) : () => null

export function Timeline() {
  return (
    <Suspense fallback={null}>
      <Real />
    </Suspense>
  )
}
