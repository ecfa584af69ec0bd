// What axe finds on a page that somebody could not use: a sentence for each violation, with its rule and its elements. Journeys
// expect none.
import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"

/** `only`: looks at this part of the page; `without`: leaves these out. Both are selectors. */
export async function violations(
  page: Page,
  { only, without = [] }: { readonly only?: string; readonly without?: readonly string[] } = {},
): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  if (only) axe.include(only)
  for (const selector of without) axe.exclude(selector)
  const found = await axe.analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)
}

/** The run from before an edit: it is shown faded, with less contrast, as what is not current. */
export const FADED = ['[aria-label="Output"] [role="tabpanel"]', '[role="treegrid"]'] as const
