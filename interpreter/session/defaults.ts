// The inputs a run has where nothing is said. The page, the command line and tests start from these.
import { PLAIN_DIALS } from "../models/script.ts"
import { DEFAULT_START_MS, type RunInputs } from "./inputs.ts"

export function inputsOf(language: string, path: string, text: string, rest: Partial<RunInputs> = {}): RunInputs {
  return {
    language,
    entry: { path, text },
    files: {},
    seed: 1,
    schedule: "fifo",
    model: { rules: [], otherwise: "responder", dials: { ...PLAIN_DIALS, latencyMs: 800, jitter: 0.4 }, live: false },
    limits: {},
    maxParallel: 0,
    startMs: DEFAULT_START_MS,
    variables: {},
    inputLines: [],
    inputOpen: false,
    allowTs: true,
    wantValue: false,
    sequential: false,
    hooks: false,
    ...rest,
  }
}
