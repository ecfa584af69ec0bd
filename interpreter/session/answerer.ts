// Who answers the model calls of a run, chosen from its inputs: the simulated model, a cassette, the outside (the page or
// the command line, which ask a provider), or a cassette first and the outside for what it does not hold.
import type { Answerer } from "../models/calls.ts"
import { type Cassette, CassettePlayer, programMark, type RecordedCall, type RecordedProgram } from "../models/cassette.ts"
import { SimulatedModel } from "../models/simulated.ts"
import type { RunInputs } from "./inputs.ts"

/** `tell`: says something to the reader of the run, once for each kind of thing. */
export function answererOf(inputs: RunInputs, tell: (message: string) => void): Answerer {
  const { model, cassette } = inputs
  if (cassette) return new CassettePlayer({ cassette, program: recordedProgramOf(inputs), asksAfresh: model.live, onMiss: tell })
  if (model.live) return { answer: () => "outside" }
  let told = false
  return new SimulatedModel({
    rules: model.rules,
    otherwise: model.otherwise,
    dials: model.dials,
    seed: inputs.seed,
    onUnmatched: () => {
      if (told) return
      told = true
      const why = model.rules.length > 0 ? "no rule of the model script matches this prompt: " : ""
      tell(`${why}the built-in simulated model answers`)
    },
  })
}

/** How a cassette names the program of these inputs. */
export function recordedProgramOf(inputs: RunInputs): RecordedProgram {
  const { path, text } = inputs.entry
  return { language: inputs.language, path, mark: programMark(path, text, inputs.files) }
}

/** The cassette of a run with these inputs. `typed`: lines that came while it ran. `recordedOn`: YYYY-MM-DD. */
export function cassetteOf(inputs: RunInputs, calls: readonly RecordedCall[], typed: readonly string[], recordedOn: string): Cassette {
  const { seed, schedule, maxParallel, startMs } = inputs
  return {
    program: recordedProgramOf(inputs),
    options: { seed, schedule: typeof schedule === "string" ? schedule : schedule.choices, maxParallel, startMs },
    recordedOn,
    inputLines: [...inputs.inputLines, ...typed],
    calls,
  }
}

/** The inputs of the replay: the program as it is now, everything else as it was recorded. `squeeze` 1: with recorded times. */
export function replayInputs(inputs: RunInputs, cassette: Cassette, squeeze = 1): RunInputs {
  const { seed, schedule, maxParallel, startMs } = cassette.options
  return {
    ...inputs,
    seed,
    schedule: typeof schedule === "string" ? schedule : { choices: schedule },
    maxParallel,
    startMs,
    inputLines: cassette.inputLines,
    model: { ...inputs.model, live: false },
    cassette: { program: cassette.program, calls: cassette.calls, squeeze },
  }
}
