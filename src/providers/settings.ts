// What the reader set up about models, as it is kept on this device: providers, names, prices, budget. Never a key. Whatever
// is stored wrongly falls back piece by piece.

import { configFrom, type ModelRoute, type ProviderConfig } from "../../interpreter/models/providers/config.ts"
import { providerPreset } from "../../interpreter/models/providers/presets.ts"
import { MOST_USD, type OwnPrice } from "./price-rows.ts"

export interface ModelSettings {
  readonly providers: readonly ProviderConfig[]
  /** Answers what no route names; "" until the reader has chosen. */
  readonly provider: string
  readonly routes: readonly ModelRoute[]
  /** Prices that count before our table. */
  readonly prices: readonly OwnPrice[]
  /** US dollars that one run may cost; null: no limit. */
  readonly budgetUsd: number | null
  /** Answers already received are used again for requests that did not change. */
  readonly reuse: boolean
}

export const DEFAULT_MODEL_SETTINGS: ModelSettings = { providers: [], provider: "", routes: [], prices: [], budgetUsd: 0.25, reuse: true }
export const MODEL_SETTINGS_KEY = "counterpoint.models"

export function modelSettingsFrom(text: string | null): ModelSettings {
  let stored: unknown
  try {
    stored = JSON.parse(text ?? "{}")
  } catch {
    return DEFAULT_MODEL_SETTINGS
  }
  if (typeof stored !== "object" || stored === null) return DEFAULT_MODEL_SETTINGS
  const given = stored as Partial<Record<keyof ModelSettings, unknown>>
  const providers = listOf(given.providers, configFrom).filter((config, i, all) => all.findIndex(({ id }) => id === config.id) === i)
  const { provider, budgetUsd, reuse } = given
  return {
    providers,
    provider: providers.some(({ id }) => id === provider) ? (provider as string) : (providers[0]?.id ?? ""),
    routes: listOf(given.routes, routeFrom),
    prices: listOf(given.prices, priceFrom),
    budgetUsd:
      budgetUsd === null
        ? null
        : typeof budgetUsd === "number" && budgetUsd > 0 && budgetUsd <= 10_000
          ? budgetUsd
          : DEFAULT_MODEL_SETTINGS.budgetUsd,
    reuse: typeof reuse === "boolean" ? reuse : true,
  }
}

function listOf<T>(value: unknown, read: (item: unknown) => T | null): T[] {
  return Array.isArray(value) ? value.slice(0, 200).flatMap((item) => read(item) ?? []) : []
}

function routeFrom(value: unknown): ModelRoute | null {
  const { name, provider, model } = (value ?? {}) as Partial<Record<keyof ModelRoute, unknown>>
  if (typeof name !== "string" || typeof provider !== "string" || typeof model !== "string") return null
  return name.length > 0 && name.length <= 200 && model.length <= 200 && providerPreset(provider) ? { name, provider, model } : null
}

function priceFrom(value: unknown): OwnPrice | null {
  const { provider, model, inUsd, outUsd, date } = (value ?? {}) as Partial<Record<keyof OwnPrice, unknown>>
  if (typeof provider !== "string" || typeof model !== "string" || model === "" || model.length > 200) return null
  const isPrice = (price: unknown): price is number => typeof price === "number" && price >= 0 && price <= MOST_USD
  if (!isPrice(inUsd) || !isPrice(outUsd) || !providerPreset(provider)) return null
  return { provider, model, inUsd, outUsd, date: typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? date : "" }
}
