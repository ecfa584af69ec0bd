// Who answers a request: the names that a program gives its models are mapped to providers that the reader set up. A program's
// own address and key never decide anything (design: sandbox).
import type { ModelRequest } from "../request.ts"
import type { ModelRoute, ProviderConfig } from "./config.ts"

export interface LiveSettings {
  /** Providers that the reader set up. */
  readonly providers: readonly ProviderConfig[]
  /** Answers what no route names. */
  readonly provider: string
  readonly routes: readonly ModelRoute[]
}

export interface Answerer {
  readonly config: ProviderConfig
  readonly model: string
}

/** The provider and model for a request: the reader's route for the name, the provider that the program names, the default. */
export function answererFor(request: Pick<ModelRequest, "model" | "provider">, settings: LiveSettings): Answerer | null {
  const configured = (id: string) => settings.providers.find((config) => config.id === id)
  const route = request.model === "" ? undefined : settings.routes.find(({ name }) => name === request.model)
  if (route) {
    const config = configured(route.provider)
    if (config) return { config, model: route.model || config.model }
  }
  const named = request.provider === "" ? undefined : configured(request.provider.toLowerCase())
  if (named) return { config: named, model: request.model || named.model }
  const config = configured(settings.provider)
  return config ? { config, model: config.model } : null
}
