// What else could have happened? Runs a program under its schedules and groups them by what can be seen: output and
// outcome. A small program is run under all of them, depth first over its choice points (where the kernel had to pick a
// ready task, and in Ard before every effect that another fiber could see); a large one under a sample: the first of the
// depth-first order and as many shuffled ones, and the result says so. Each listed outcome has a schedule that replays it.
import { type Chooser, printSchedule, ShuffleChooser } from "../kernel/chooser.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import type { RunInputs } from "./inputs.ts"
import { type LoadedProgram, loadProgram, type Run, type RunPorts } from "./run.ts"

export interface ExploredOutcome {
  /** `done`, `failed`, `deadlock`, `limit`. */
  readonly outcome: string
  /** The fault's message; "" for a run that ended normally. */
  readonly message: string
  readonly stdout: readonly string[]
  /** How many of the schedules tried ended like this. */
  readonly count: number
  /** The first of them, as text (kernel/chooser.ts). */
  readonly schedule: string
}

export interface Exploration {
  /** Schedules that were run. */
  readonly runs: number
  /** True if these were all there are. */
  readonly exhaustive: boolean
  /** Shuffled runs among them, with the seeds 1 to this. */
  readonly sampledSeeds: number
  /** By count, the most frequent first; among equals in the order of being found. */
  readonly outcomes: readonly ExploredOutcome[]
}

export interface ExploreOptions {
  /** The most schedules to run. */
  readonly maxRuns: number
  /** Lets the host have a turn; answers true to give up (what was found so far comes back). */
  readonly turn?: () => Promise<boolean>
}

/** Counted steps one schedule may take: exploring is for small programs. */
const STEPS_A_RUN = 2_000_000
const RUNS_BETWEEN_TURNS = 64

/** What can come of the program; `rejected` if it does not pass its check. */
export async function explore(
  inputs: RunInputs,
  ports: RunPorts,
  options: ExploreOptions,
): Promise<Exploration | { readonly rejected: LoadedProgram }> {
  const loaded = await loadProgram(inputs, ports)
  const begin = loaded.begin
  if (!begin) return { rejected: loaded }
  const given: RunInputs = { ...inputs, inputOpen: false, limits: { steps: STEPS_A_RUN, ...inputs.limits } }
  const found = new Map<string, { -readonly [K in keyof ExploredOutcome]: ExploredOutcome[K] }>()
  let runs = 0

  /** Runs under a chooser and files the outcome; gives the choices taken. */
  const tryOut = async (chooser: Chooser): Promise<readonly number[]> => {
    const run = begin(given, chooser)
    await run.load()
    await toEnd(run, options.turn)
    const trace = new Trace()
    for (const chunk of run.flush()) trace.append(chunk)
    const report = run.report()
    const stdout = totalsOf(trace).stdoutLines()
    const message = report.fault?.message ?? ""
    const key = JSON.stringify([report.outcome, message, stdout])
    const known = found.get(key)
    if (known) known.count++
    else found.set(key, { outcome: report.outcome, message, stdout, count: 1, schedule: printSchedule(run.kernel.choices) })
    runs++
    return run.kernel.choices
  }

  const sampled = (exhaustive: boolean, sampledSeeds: number): Exploration => ({
    runs,
    exhaustive,
    sampledSeeds,
    outcomes: [...found.values()].sort((a, b) => b.count - a.count),
  })

  let prefix: readonly number[] | null = []
  // What has not ended after half of the runs is large: the other half is spent on schedules from everywhere.
  const depthFirstRuns = Math.max(1, Math.ceil(options.maxRuns / 2))
  while (prefix) {
    if (runs === depthFirstRuns) break
    if (runs % RUNS_BETWEEN_TURNS === RUNS_BETWEEN_TURNS - 1 && (await options.turn?.())) return sampled(false, 0)
    const chooser: DepthFirstChooser = new DepthFirstChooser(prefix)
    const choices = await tryOut(chooser)
    prefix = nextPrefix(choices, chooser.counts)
  }
  if (!prefix) return sampled(true, 0)
  let seed = 0
  while (runs < options.maxRuns) {
    if (runs % RUNS_BETWEEN_TURNS === RUNS_BETWEEN_TURNS - 1 && (await options.turn?.())) break
    await tryOut(new ShuffleChooser(++seed))
  }
  return sampled(false, seed)
}

async function toEnd(run: Run, turn: ExploreOptions["turn"]): Promise<void> {
  for (;;) {
    const state = run.advance()
    if (state === "ended") return
    if (state === "drain") {
      await (turn?.() ?? Promise.resolve())
      await run.drained()
    } else if (state === "input") run.input(null)
    else run.stop("exploring cannot wait for what is outside the run")
  }
}

/** Takes the choices of a prefix, then always the first; notes how many there were to choose from. */
class DepthFirstChooser implements Chooser {
  readonly explores = true
  readonly counts: number[] = []

  constructor(private readonly prefix: readonly number[]) {}

  choose(count: number): number {
    const choice = this.prefix[this.counts.length] ?? 0
    this.counts.push(count)
    return choice < count ? choice : count - 1
  }
}

/** The prefix of the next schedule in depth-first order; null after the last. */
function nextPrefix(choices: readonly number[], counts: readonly number[]): number[] | null {
  for (let i = choices.length - 1; i >= 0; i--) {
    const choice = choices[i] as number
    if (choice + 1 < (counts[i] as number)) return [...choices.slice(0, i), choice + 1]
  }
  return null
}
