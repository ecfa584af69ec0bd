// The regions of the page that F6 goes through, found by their mark in the document. A region that is not on screen (phone,
// presentation) is passed over.
import { focusEditor } from "../../editor/open-editor.ts"

export const REGIONS = ["editor", "output", "transport", "timeline"] as const
export type Region = (typeof REGIONS)[number]

const elementOf = (region: Region) => document.querySelector<HTMLElement>(`[data-region="${region}"]`)
const FOCUSABLE = 'button:not(:disabled), select, input, a[href], [tabindex]:not([tabindex="-1"])'

/** Puts the focus on a region: into the code, onto the chosen tab, onto the lane or button that is its tab stop. */
export function focusRegion(region: Region): boolean {
  const element = elementOf(region)
  if (!element || element.getClientRects().length === 0) return false
  if (region === "editor" && focusEditor()) return true
  const stop =
    element.querySelector<HTMLElement>('[role="treegrid"] [tabindex="0"], [role="tab"][aria-selected="true"]') ??
    element.querySelector<HTMLElement>(FOCUSABLE)
  ;(stop ?? element).focus()
  return true
}

export function moveBetweenRegions(direction: 1 | -1): void {
  const at = REGIONS.findIndex((region) => elementOf(region)?.contains(document.activeElement))
  for (let i = 1; i <= REGIONS.length; i++) {
    const start = at < 0 ? (direction > 0 ? -1 : 0) : at
    const next = REGIONS[(start + direction * i + REGIONS.length * i) % REGIONS.length]
    if (next && focusRegion(next)) return
  }
}
