// "Test the connection": asks the provider for something small and free, and tells apart what can be wrong (a key, CORS, a
// server that is not running, a permission of the browser, a rate limit), each with what to do about it.

import { builtInAvailability } from "./browser-model.ts"
import { addressProblem, isLoopback, type ProviderConfig } from "./config.ts"
import { type ProviderPreset, providerPreset } from "./presets.ts"
import { scrubbed } from "./scrub.ts"
import { quietly } from "./watched-fetch.ts"

export type ConnectionState =
  | "ok"
  | "noKey"
  | "wrongKey"
  | "forbidden"
  | "cors"
  | "notRunning"
  | "permission"
  | "rateLimit"
  | "offline"
  | "address"
  | "silent"
  | "other"

export interface ConnectionReport {
  readonly state: ConnectionState
  readonly sentence: string
  /** What to do; "" where all is well. */
  readonly advice: string
  /** Models that the provider offers, where it says so. */
  readonly models: readonly string[]
}

export interface ConnectionSurroundings {
  readonly send: typeof fetch
  readonly online: () => boolean
  /** The browser's answer to a page that wants to speak to the reader's machine. */
  readonly localAccess: () => Promise<"granted" | "denied" | "prompt" | "unknown">
}

const WAIT_MS = 10_000
const MAX_MODELS = 500

export const HERE: ConnectionSurroundings = {
  send: (input, init) => fetch(input, init),
  online: () => typeof navigator !== "object" || navigator.onLine !== false,
  localAccess: async () => {
    if (typeof navigator !== "object" || !navigator.permissions) return "unknown"
    for (const name of ["local-network-access", "loopback-network"]) {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state
      } catch {
        // This browser does not know the permission by this name.
      }
    }
    return "unknown"
  },
}

export async function testConnection(
  config: ProviderConfig,
  key: string,
  around: ConnectionSurroundings = HERE,
): Promise<ConnectionReport> {
  const preset = providerPreset(config.id)
  if (!preset) return report("other", `There is no provider "${config.id}".`, "")
  if (preset.protocol === "browser") return builtIn()
  const problem = addressProblem(config.baseUrl)
  if (problem) return report("address", problem, "Correct the address.")
  if (preset.key === "needed" && key === "")
    return report("noKey", `${preset.title} needs a key.`, "Make one on its page and paste it here.")
  const address = `${config.baseUrl.replace(/\/+$/, "")}${preset.testPath}`
  try {
    const response = await around.send(address, {
      ...quietly(address),
      headers: headersFor(preset, key),
      signal: AbortSignal.timeout(WAIT_MS),
    })
    return await answered(response, preset, config, key)
  } catch (failure) {
    if ((failure as { name?: unknown }).name === "TimeoutError")
      return report(
        "silent",
        `${preset.title} did not answer within ${WAIT_MS / 1000} s.`,
        "Try again; a local server may still be loading its model.",
      )
    return unreached(preset, config, address, around)
  }
}

function headersFor(preset: ProviderPreset, key: string): Record<string, string> {
  if (key === "") return {}
  switch (preset.protocol) {
    case "anthropic":
      return { "x-api-key": key, "anthropic-version": "2023-06-01", "anthropic-dangerous-direct-browser-access": "true" }
    case "google":
      return { "x-goog-api-key": key }
    default:
      return { authorization: `Bearer ${key}` }
  }
}

async function answered(response: Response, preset: ProviderPreset, config: ProviderConfig, key: string): Promise<ConnectionReport> {
  const name = preset.title
  const text = (await response.text()).slice(0, 2_000_000)
  if (response.ok) {
    const models = modelsIn(text)
    const unknown = models.length > 0 && config.model !== "" && !models.includes(config.model)
    return {
      state: "ok",
      sentence: `${name} answers${preset.key === "needed" ? " and accepts the key" : ""}.`,
      advice: unknown ? `The model "${config.model}" is not in its list.` : config.model === "" ? "Choose a model." : "",
      models,
    }
  }
  switch (response.status) {
    case 400:
      // Google says so of a wrong key.
      if (/api key/i.test(text)) return wrongKey(name)
      break
    case 401:
      return wrongKey(name)
    case 403:
      if (preset.local) return report("cors", `${name} refuses pages of this address.`, preset.corsHelp)
      return report(
        "forbidden",
        `${name} refused the key for this use.`,
        "Look on its page what the key may do, and whether this address may use it.",
      )
    case 404:
      if (preset.id === "custom" || preset.local)
        return report(
          "ok",
          `A server answers at this address, but has no list of models.`,
          "Check that the address ends with the API's path, such as /v1.",
        )
      break
    case 429: {
      const after = response.headers.get("retry-after")
      const wait = after && /^\d+$/.test(after) ? `in ${after} s` : "in a minute"
      return report(
        "rateLimit",
        `The rate limit of ${name} is reached.`,
        `The key works; try again ${wait}, and set fewer requests at once.`,
      )
    }
  }
  if (response.status >= 500)
    return report("other", `${name} has trouble of its own (${response.status}).`, "Nothing is wrong here; try again later.")
  const said = scrubbed(text, key === "" ? [] : [key])
  return report(
    "other",
    `${name} answered with status ${response.status}${said && !/^</.test(said) ? `: ${said}` : ""}.`,
    "Check the address.",
  )
}

const wrongKey = (name: string) =>
  report("wrongKey", `${name} does not accept the key.`, "Paste it again; it may be of another provider, expired, or cut short.")

/** No answer that a page may read: finds out why. */
async function unreached(
  preset: ProviderPreset,
  config: ProviderConfig,
  address: string,
  around: ConnectionSurroundings,
): Promise<ConnectionReport> {
  const name = preset.title
  const loopback = isLoopback(new URL(config.baseUrl).hostname)
  if (!loopback && !around.online()) return report("offline", "This machine is offline.", "Connect to the network and test again.")
  if (loopback && (await around.localAccess()) === "denied")
    return report(
      "permission",
      "The browser does not let this page speak to programs on this machine.",
      "Allow access to the local network in the site's settings (the symbol left of the address), then test again.",
    )
  try {
    // Without headers and without reading the answer a page may ask anyone: that tells a server that refuses from none.
    await around.send(address, { ...quietly(address), redirect: "follow", mode: "no-cors", signal: AbortSignal.timeout(WAIT_MS) })
    return report("cors", `${name} is there, but does not answer this page (CORS).`, preset.corsHelp)
  } catch {
    if (loopback) {
      const start = preset.id === "ollama" ? "Start it with `ollama serve`" : `Start ${name}`
      return report("notRunning", `Nothing answers at ${config.baseUrl}.`, `${start}, check the port, then test again.`)
    }
    return report(
      "notRunning",
      `${name} cannot be reached at ${config.baseUrl}.`,
      "Check the address, the network, and extensions that block requests.",
    )
  }
}

async function builtIn(): Promise<ConnectionReport> {
  switch (await builtInAvailability()) {
    case "available":
      return { state: "ok", sentence: "This browser has a model of its own.", advice: "", models: ["built-in"] }
    case "downloadable":
    case "downloading":
      return report("ok", "This browser can load a model of its own.", "The first call waits until it is there.")
    default:
      return report(
        "notRunning",
        "This browser has no model of its own.",
        "Chrome on a desktop with enough memory has one; or choose another provider.",
      )
  }
}

/** Names of models in the ways in which providers list them. */
function modelsIn(text: string): string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const { data, models } = (typeof value === "object" && value !== null ? value : {}) as { data?: unknown; models?: unknown }
  const list = Array.isArray(data) ? data : Array.isArray(models) ? models : []
  const names = list.map((item: unknown) => {
    const { id, name } = (typeof item === "object" && item !== null ? item : {}) as { id?: unknown; name?: unknown }
    const found = typeof id === "string" ? id : typeof name === "string" ? name : ""
    return found.replace(/^models\//, "").slice(0, 200)
  })
  return names.filter((found) => found !== "").slice(0, MAX_MODELS)
}

function report(state: ConnectionState, sentence: string, advice: string): ConnectionReport {
  return { state, sentence, advice, models: [] }
}
