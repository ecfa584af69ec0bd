// How a journey reaches the timeline: its rows by name, its playhead, its tools; and the page with the opening example's run at
// its end. Used by the journeys of this folder; what every journey needs is in ../reader.ts.
import { expect, type Locator, type Page } from "@playwright/test"
import { Reader } from "../reader.ts"

export const rowOf = (page: Page, name: string): Locator => page.getByRole("row", { name: new RegExp(`^${name}, level`) })
export const playhead = (page: Page): Locator => page.getByRole("slider", { name: "Playhead" })
/** Where the playhead stands, in the slider's own unit. */
export const at = async (page: Page): Promise<number> => Number(await playhead(page).getAttribute("aria-valuenow"))
export const tool = (page: Page, name: RegExp): Locator => page.getByRole("toolbar", { name: "Timeline" }).getByRole("button", { name })

/** Opens the page and waits until the example's run is over. */
export async function opened(page: Page): Promise<Reader> {
  const reader = new Reader(page)
  await reader.open()
  await expect(rowOf(page, "main")).toHaveAccessibleName(/done/, { timeout: 20_000 })
  return reader
}

/** Rests the pointer on a bar of the task, and gives the card that says what is there. */
export async function cardAt(page: Page, task: string): Promise<Locator> {
  const lanes = await page.locator(".timeline-lanes").boundingBox()
  const row = await rowOf(page, task).boundingBox()
  if (!lanes || !row) throw new Error("no timeline on screen")
  await page.mouse.move(lanes.x + lanes.width * 0.6, row.y + row.height / 2)
  return page.getByRole("presentation").filter({ hasText: "first token" })
}
