// Who answers the open document's model calls, as the page's state: simulated with dials, replayed from a recording, or real.
// The choice belongs to the open document and this visit: another document begins simulated, so no link and no document can
// choose a provider by itself. Keys are not here (keys.ts).
import { useStore } from "zustand"
import { createStore } from "zustand/vanilla"
import { type Cassette, type Cost, NO_COST, type RecordedCall } from "../../interpreter/models/index.ts"
import { defaultConfig, type ProviderConfig } from "../../interpreter/models/providers/config.ts"
import { providerPreset } from "../../interpreter/models/providers/presets.ts"
import type { ConnectionReport } from "../../interpreter/models/providers/test-connection.ts"
import { type Confirmation, confirmationOf } from "./askable.ts"
import { hasKey, setKey } from "./keys.ts"
import { DEFAULT_MODEL_SETTINGS, MODEL_SETTINGS_KEY, type ModelSettings, modelSettingsFrom } from "./settings.ts"

export type Mode = "simulated" | "replay" | "live"

/** Whether a call was asked now or replayed, who answered it, and what that costs. */
export interface CallOrigin {
  readonly fresh: boolean
  readonly by: { readonly provider: string; readonly model: string } | null
  readonly cost: Cost
}

export interface OpenedCassette {
  readonly cassette: Cassette
  /** Where it came from: a file's name, or "this run". */
  readonly name: string
}

/** What a recording is called that came in a link: not the reader's own, and said so wherever its answers are shown. */
export const LINKED_RECORDING = "the link"

export interface ModelState {
  readonly mode: Mode
  readonly settings: ModelSettings
  /** Providers that have a key. */
  readonly keyed: readonly string[]
  readonly tests: Readonly<Record<string, ConnectionReport | "testing">>
  /** What is replayed. */
  readonly opened: OpenedCassette | null
  /** 1: recorded times. */
  readonly squeeze: number
  /** The recording of the last run that a real model answered. */
  readonly last: Cassette | null
  /** What the last replay used of its recording: the recording stripped to that run. */
  readonly used: Cassette | null
  /** Answers received for this document so far. */
  readonly received: readonly RecordedCall[]
  /** What was confirmed in this visit (askable.ts): a document, who is asked, the budget. */
  readonly confirmed: readonly Confirmation[]
  /** A run that waits for the reader's word. */
  readonly asking: { readonly documentId: string } | null
  /** Of the live run that goes on, or of the last one. */
  readonly cost: Cost
  /** Where the answers of the last run with real answers came from, by call. */
  readonly origins: ReadonlyMap<number, CallOrigin>
  /** Why the last recording could not be opened; "" where it could. */
  readonly problem: string
}

/** A framed page offers no real provider: what looks like ours could be laid over something else (clickjacking). */
export const offersRealModels = typeof window === "undefined" || window.top === window.self

const INITIAL: ModelState = {
  mode: "simulated",
  settings: DEFAULT_MODEL_SETTINGS,
  keyed: [],
  tests: {},
  opened: null,
  squeeze: 1,
  last: null,
  used: null,
  received: [],
  confirmed: [],
  asking: null,
  cost: NO_COST,
  origins: new Map(),
  problem: "",
}

export const models = createStore<ModelState>()(() => INITIAL)

export function useModels<T>(selector: (state: ModelState) => T): T {
  return useStore(models, selector)
}

const state = () => models.getState()

function changeSettings(change: Partial<ModelSettings>): void {
  const settings = { ...state().settings, ...change }
  models.setState({ settings })
  try {
    localStorage.setItem(MODEL_SETTINGS_KEY, JSON.stringify(settings))
  } catch {
    // Kept for this visit only.
  }
}

function configOf(id: string): ProviderConfig | null {
  const preset = providerPreset(id)
  return state().settings.providers.find((config) => config.id === id) ?? (preset ? defaultConfig(preset) : null)
}

export const modelActions = {
  /** Reads what is kept on this device; once, when the page begins. */
  load: () => {
    let text: string | null = null
    try {
      text = localStorage.getItem(MODEL_SETTINGS_KEY)
    } catch {
      // No storage: the defaults.
    }
    const settings = modelSettingsFrom(text)
    // A framed page asks nobody, so it looks at no key.
    models.setState({ settings, keyed: offersRealModels ? settings.providers.map(({ id }) => id).filter(hasKey) : [] })
  },

  choose: (mode: Mode) => {
    if (mode === "live" && (!offersRealModels || state().settings.provider === "")) return
    if (mode === "replay" && !state().opened) return
    models.setState({ mode })
  },

  /** Another document is open: whatever was chosen, it begins simulated. */
  documentOpened: () =>
    models.setState({
      mode: "simulated",
      opened: null,
      last: null,
      used: null,
      received: [],
      asking: null,
      cost: NO_COST,
      origins: new Map(),
      problem: "",
    }),

  /** What an earlier visit recorded of this document, unless a run has recorded something since. */
  found: (last: Cassette) => {
    if (!state().last) models.setState({ last, received: last.calls })
  },

  changeSettings,

  /** Changes one provider's settings; sets it up if it was not. */
  configure: (id: string, change: Partial<ProviderConfig>) => {
    const config = configOf(id)
    if (!config) return
    const changed = { ...config, ...change, id: config.id }
    const others = state().settings.providers.filter((other) => other.id !== id)
    const provider = state().settings.provider
    changeSettings({ providers: [...others, changed], provider: provider === "" ? id : provider })
    models.setState({ tests: without(state().tests, id) })
  },

  remove: (id: string) => {
    setKey(id, "", false)
    const providers = state().settings.providers.filter((config) => config.id !== id)
    const provider = state().settings.provider === id ? (providers[0]?.id ?? "") : state().settings.provider
    changeSettings({ providers, provider })
    models.setState({
      tests: without(state().tests, id),
      keyed: state().keyed.filter((other) => other !== id),
      mode: provider === "" && state().mode === "live" ? "simulated" : state().mode,
    })
  },

  enterKey: (id: string, key: string, remember: boolean) => {
    setKey(id, key, remember)
    const keyed = state().keyed.filter((other) => other !== id)
    models.setState({ keyed: hasKey(id) ? [...keyed, id] : keyed, tests: without(state().tests, id) })
  },

  tested: (id: string, report: ConnectionReport | "testing") => models.setState({ tests: { ...state().tests, [id]: report } }),

  opened: (opened: OpenedCassette | null, problem = "") =>
    models.setState({ opened, used: null, problem, mode: opened ? "replay" : state().mode === "replay" ? "simulated" : state().mode }),

  chooseSqueeze: (squeeze: number) => models.setState({ squeeze }),

  ask: (documentId: string | null) => models.setState({ asking: documentId === null ? null : { documentId } }),
  confirm: (documentId: string) =>
    models.setState({ confirmed: [...state().confirmed, confirmationOf(documentId, state().settings)], asking: null }),

  /** For live-runs.ts alone. */
  told: (change: Pick<Partial<ModelState>, "cost" | "origins" | "last" | "used" | "received">) => models.setState(change),
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}

/** The provider's configuration as it is, or as it would be. */
export const configuration = configOf
