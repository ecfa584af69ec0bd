// Ready settings of the simulated model's dials, and how dials are written on the command line: a preset's
// name, `dial=number` pairs, or a preset followed by pairs. The document's front matter takes the same words.
import { dialProblem, EVERYDAY_DIALS } from "./dials.ts"
import { type ModelDials, PLAIN_DIALS } from "./script.ts"

export interface DialPreset {
  readonly name: string
  readonly title: string
  /** What it is like, in a sentence. */
  readonly about: string
  readonly dials: ModelDials
}

export const DIAL_PRESETS: readonly DialPreset[] = [
  { name: "everyday", title: "Everyday", about: "About 0.8 s a call; nothing goes wrong.", dials: EVERYDAY_DIALS },
  {
    name: "fast-small",
    title: "Fast small model",
    about: "First token after 0.12 s, 180 tokens a second.",
    dials: { ...PLAIN_DIALS, latencyMs: 300, jitter: 0.25, firstTokenShare: 0.4, tokensPerSecond: 180 },
  },
  {
    name: "slow-large",
    title: "Slow large model",
    about: "First token after about 1.5 s, 35 tokens a second.",
    dials: { ...PLAIN_DIALS, latencyMs: 3000, jitter: 0.35, firstTokenShare: 0.5, tokensPerSecond: 35 },
  },
  {
    name: "bad-day",
    title: "Bad day at the provider",
    about: "Slow, 30 requests a minute; one call in four fails, stalls, is cut off or refused.",
    dials: {
      ...PLAIN_DIALS,
      latencyMs: 2000,
      jitter: 0.8,
      firstTokenShare: 0.6,
      tokensPerSecond: 40,
      requestsPerMinute: 30,
      failureShare: 0.12,
      cutShare: 0.05,
      timeoutShare: 0.03,
      timeoutMs: 10_000,
      refusalShare: 0.02,
      wrongTypeShare: 0.03,
    },
  },
  {
    name: "classroom",
    title: "Classroom Wi-Fi",
    about: "Thirty people on one line: long, uneven waits, and now and then a stream that breaks.",
    dials: {
      ...PLAIN_DIALS,
      latencyMs: 1500,
      jitter: 0.95,
      firstTokenShare: 0.7,
      tokensPerSecond: 25,
      cutShare: 0.08,
      timeoutShare: 0.02,
      timeoutMs: 15_000,
    },
  },
]

export function dialPreset(name: string): DialPreset | undefined {
  return DIAL_PRESETS.find((preset) => preset.name === name)
}

/**
 * Dials written as text, such as `bad-day`, `latencyMs=200,jitter=0` or `classroom,cutShare=0`. What is left out stays as in
 * `base`. Gives the dials, or a sentence that says what is wrong.
 */
export function parseDials(text: string, base: ModelDials = EVERYDAY_DIALS): ModelDials | string {
  let dials = base
  for (const [i, part] of text.split(",").entries()) {
    const word = part.trim()
    const equals = word.indexOf("=")
    if (equals < 0) {
      const preset = i === 0 ? dialPreset(word) : undefined
      if (!preset) return `"${word}" is no preset; the presets are ${DIAL_PRESETS.map((p) => p.name).join(", ")}, and a dial is NAME=NUMBER`
      dials = preset.dials
      continue
    }
    const name = word.slice(0, equals).trim()
    const value = Number(word.slice(equals + 1))
    const problem = dialProblem(name, word.slice(equals + 1).trim() === "" ? Number.NaN : value)
    if (problem) return problem
    dials = { ...dials, [name]: value }
  }
  return dials
}

/** The preset that has exactly these dials. */
export function presetOf(dials: ModelDials): DialPreset | undefined {
  return DIAL_PRESETS.find((preset) => Object.entries(preset.dials).every(([name, value]) => dials[name as keyof ModelDials] === value))
}
