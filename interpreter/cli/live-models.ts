// Real models and recordings on the command line: the provider that `--live` names, its key from the environment, the
// cassette that `--record` writes and `--replay` reads. Keys come from the environment alone, never from arguments, which
// other users of the machine can read.
import { writeFileSync } from "node:fs"
import type { Outside } from "../models/calls.ts"
import { type Cassette, CassetteRecorder } from "../models/cassette.ts"
import { readCassette, writeCassette } from "../models/cassette-file.ts"
import { type Cost, costWith, NO_COST, usd } from "../models/prices.ts"
import {
  addressProblem,
  defaultConfig,
  LiveHost,
  PROVIDER_PRESETS,
  type ProviderConfig,
  providerPreset,
} from "../models/providers/index.ts"
import type { Usage as TokenUsage } from "../models/request.ts"
import type { RunInputs } from "../session/inputs.ts"
import { LiveClock } from "../session/live-clock.ts"
import { cassetteOf } from "../session/recording.ts"
import type { Run } from "../session/run.ts"
import { readText, Usage } from "./usage.ts"

export interface LiveOptions {
  /** `--live`: PROVIDER or PROVIDER:MODEL. */
  readonly provider: string | undefined
  /** `--url`: another address for it. */
  readonly url: string | undefined
  /** `--budget`: US dollars, `none` for no limit. */
  readonly budget: string | undefined
}

const USUAL_BUDGET_USD = 0.25

/** The outside of one run on the command line; records whatever a real model answers, now or in a recording. */
export class CommandLineModels {
  readonly clock = new LiveClock(() => performance.now())
  readonly live: boolean
  /** The name of the model that answers; null where none is asked. */
  readonly modelName: string | null
  /** The name of the variable that holds the provider's key: `env` of it gives a mark, never the key. */
  readonly keyNames: readonly string[]
  private readonly recorder = new CassetteRecorder()
  private readonly host: LiveHost | null
  private readonly typed: string[] = []
  private run: Run | null = null
  private wake: () => void = () => {}

  constructor(options: LiveOptions, environment: Readonly<Record<string, string | undefined>>) {
    const config = options.provider === undefined ? null : configOf(options.provider, options.url)
    this.live = config !== null
    this.modelName = config?.model ?? null
    const keyVariable = config ? (providerPreset(config.id)?.keyVariable ?? "") : ""
    this.keyNames = keyVariable !== "" && environment[keyVariable] ? [keyVariable] : []
    this.host = config && this.hostOf(config, keyOf(config, environment), budgetOf(options.budget))
  }

  readonly outside: Outside = {
    ask: (call, request, atUs) => this.host?.asked(call, request, atUs),
    cancel: (call) => this.host?.cancelled(call),
    recorded: (attempt) => {
      if (this.host) this.host.recorded(attempt)
      else this.recorder.add(attempt)
    },
  }

  begin(run: Run): void {
    this.run = run
  }

  /** A line that somebody typed while the run went on. */
  lineTyped(line: string): void {
    this.typed.push(line)
  }

  /** Resolves when news was handed to the run. */
  readonly nextNews = (): Promise<void> =>
    new Promise((resolve) => {
      this.wake = resolve
    })

  /** What the run cost: its real calls, replayed ones too, as the price table has them. */
  cost(): Cost {
    let cost = NO_COST
    for (const { recording } of this.attempts().inOrder())
      if (recording.end.kind === "reply") cost = costWith(cost, recording.by, recording.end.usage)
    return cost
  }

  /** One line: answers, tokens and cost of the run. */
  summary(): string {
    const replies = this.attempts()
      .inOrder()
      .flatMap(({ recording, fresh }) => (recording.end.kind === "reply" ? [{ usage: recording.end.usage, fresh }] : []))
    const sum = (pick: (usage: TokenUsage) => number) => replies.reduce((total, { usage }) => total + pick(usage), 0)
    const cost = this.cost()
    const estimated = replies.some(({ usage }) => usage.estimated) ? "est. " : ""
    const money = cost.unpriced > 0 ? "cost unknown" : `${cost.estimated ? "est. " : ""}${usd(cost.usd)}`
    const again = replies.filter(({ fresh }) => !fresh).length
    const answers = `${replies.length} answer${replies.length === 1 ? "" : "s"}${again > 0 ? ` (${again} from the recording)` : ""}`
    return `live: ${answers}, ${estimated}${sum((usage) => usage.tokensIn)} tokens in, ${sum((usage) => usage.tokensOut)} out, ${money}`
  }

  finish(): void {
    this.host?.finish()
  }

  cassette(inputs: RunInputs, today: string): Cassette {
    return cassetteOf(inputs, this.attempts().recordings(), this.typed, today)
  }

  private attempts(): CassetteRecorder {
    return this.host ? this.host.recorder : this.recorder
  }

  private hostOf(config: ProviderConfig, key: string, budgetUsd: number | null): LiveHost {
    return new LiveHost({
      settings: { providers: [config], provider: config.id, routes: [] },
      keyOf: () => key,
      budgetUsd,
      prices: [],
      clock: this.clock,
      nowMs: () => performance.now(),
      tell: (call, stampUs, event) => {
        this.run?.tell(call, stampUs, event)
        this.wake()
      },
      passTime: () => this.wake(),
      stop: (reason) => {
        this.run?.stop(reason)
        this.wake()
      },
    })
  }
}

function configOf(text: string, url: string | undefined): ProviderConfig {
  const colon = text.indexOf(":")
  const id = colon < 0 ? text : text.slice(0, colon)
  const preset = providerPreset(id)
  if (!preset || preset.protocol === "browser") {
    const known = PROVIDER_PRESETS.filter((one) => one.protocol !== "browser").map((one) => one.id)
    throw new Usage(`--live knows no provider "${id}"; the providers are ${known.join(", ")}`)
  }
  const usual = defaultConfig(preset)
  const config = { ...usual, baseUrl: url ?? usual.baseUrl, model: colon < 0 ? usual.model : text.slice(colon + 1) }
  if (config.model === "") throw new Usage(`--live ${id} needs a model: --live ${id}:MODEL`)
  if (config.baseUrl === "") throw new Usage(`--live ${id} needs an address: --url https://…`)
  const problem = addressProblem(config.baseUrl)
  if (problem) throw new Usage(`--url: ${problem}`)
  return config
}

function keyOf(config: ProviderConfig, environment: Readonly<Record<string, string | undefined>>): string {
  const preset = providerPreset(config.id)
  const key = preset?.keyVariable ? (environment[preset.keyVariable] ?? "") : ""
  if (preset?.key === "needed" && key === "")
    throw new Usage(
      `--live ${config.id} needs a key in the variable ${preset.keyVariable} (with --allow-ts programs run without the environment, and so without keys)`,
    )
  return key
}

function budgetOf(text: string | undefined): number | null {
  if (text === undefined) return USUAL_BUDGET_USD
  if (text === "none") return null
  const budget = Number(text)
  if (!(budget > 0 && budget <= 10_000)) throw new Usage(`--budget takes US dollars, such as 0.50, or none; got "${text}"`)
  return budget
}

/** The cassette in a file, or a Usage that says why there is none. */
export function cassetteIn(path: string): Cassette {
  const read = readCassette(readText(path))
  if (!read.ok) throw new Usage(`${path}: ${read.sentence}`)
  return read.cassette
}

export function saveCassette(path: string, cassette: Cassette): void {
  try {
    writeFileSync(path, writeCassette(cassette))
  } catch (problem) {
    throw new Usage(`the recording cannot be written: ${(problem as Error).message}`)
  }
}
