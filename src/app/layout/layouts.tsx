// The two layouts of the page. That of a phone is fetched where it is shown; a page that opens with it has it before it is drawn.
import { type ComponentType, Suspense } from "react"
import { late } from "../late.tsx"
import { Desk } from "./Desk.tsx"
import { useMedia } from "./use-media.ts"

const PHONE = "(max-width: 699px)"
const loadPhone = () => import("./Phone.tsx")
const LatePhone = late(loadPhone)
let ReadyPhone: ComponentType | null = null

/** Fetches the layout that this window asks for, if it is not there. Rejects where it cannot be fetched. */
export async function readyLayout(): Promise<void> {
  if (matchMedia(PHONE).matches) ReadyPhone = (await loadPhone()).default
}

export function Layout() {
  const phone = useMedia(PHONE)
  if (!phone) return <Desk />
  if (ReadyPhone) return <ReadyPhone />
  return (
    <Suspense fallback={null}>
      <LatePhone />
    </Suspense>
  )
}
