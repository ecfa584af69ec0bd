// Who may be asked in a real run of the open document, and what that can cost: what the question before the first run says. A
// program may name any provider that the reader set up, so all of them count, not only the one chosen.
import { priceOf, usd } from "../../interpreter/models/index.ts"
import { providerPreset } from "../../interpreter/models/providers/presets.ts"
import type { ModelSettings } from "./settings.ts"

export interface Askable {
  readonly provider: string
  readonly title: string
  readonly model: string
  /** `default`: answers whatever is not named otherwise; else the name in the program that leads here, or "" for any. */
  readonly by: "default" | { readonly name: string }
  /** null: nobody knows what it costs. */
  readonly free: boolean | null
}

/** The default first, then the names that the reader set up, then other providers that a program may name. */
export function askableOf(settings: ModelSettings): Askable[] {
  const { provider, providers, routes, prices } = settings
  const askable = (id: string, model: string, by: Askable["by"]): Askable => {
    const price = priceOf(id, model, prices)
    return { provider: id, title: providerPreset(id)?.title ?? id, model, by, free: price && price.inUsd + price.outUsd === 0 }
  }
  const modelOf = (id: string) => providers.find((config) => config.id === id)?.model ?? ""
  const named = routes
    .filter((route) => providers.some(({ id }) => id === route.provider))
    .map((route) => askable(route.provider, route.model || modelOf(route.provider), { name: route.name }))
  const others = providers
    .filter(({ id }) => id !== provider && !named.some((one) => one.provider === id))
    .map(({ id, model }) => askable(id, model, { name: "" }))
  return [askable(provider, modelOf(provider), "default"), ...named, ...others]
}

/** What a run can cost at most, as a sentence. */
export function boundText(settings: ModelSettings): string {
  const all = askableOf(settings)
  if (all.every(({ free }) => free === true)) return "It costs nothing."
  const { budgetUsd } = settings
  if (budgetUsd === null) return "There is no budget: nothing limits what it can cost."
  if (all[0]?.free === null)
    return `No price is known for this model, so a run with a budget of ${usd(budgetUsd)} stops at its first call. Set a price, or switch the budget off.`
  return `It can cost at most ${usd(budgetUsd)}: it stops before that.`
}

/** What the reader said yes to. */
export interface Confirmation {
  /** The document and who is asked. */
  readonly what: string
  readonly budgetUsd: number | null
}

export function confirmationOf(documentId: string, settings: ModelSettings): Confirmation {
  const who = askableOf(settings).map(({ provider, by }) => [provider, by])
  return { what: JSON.stringify([documentId, who]), budgetUsd: settings.budgetUsd }
}

/** Another document, somebody else who is asked, or a higher bound is asked about anew. */
export function isConfirmed(confirmed: readonly Confirmation[], documentId: string, settings: ModelSettings): boolean {
  const { what, budgetUsd } = confirmationOf(documentId, settings)
  return confirmed.some((one) => one.what === what && (one.budgetUsd === null || (budgetUsd !== null && budgetUsd <= one.budgetUsd)))
}
