// Who answers the model calls of a run, chosen from its inputs: the simulated model, a cassette, the outside (the page or
// the command line, which ask a provider), or a cassette first and the outside for what it does not hold.
import type { Answerer } from "../models/calls.ts"
import { CassettePlayer } from "../models/cassette.ts"
import type { Responder } from "../models/plan.ts"
import { SimulatedModel } from "../models/simulated.ts"
import type { RunInputs } from "./inputs.ts"
import { recordedProgramOf } from "./recording.ts"

let responder: Responder | null = null

/** The built-in responder, loaded when a run first needs it: what it knows is larger than the rest of a run. */
export async function loadResponder(): Promise<Responder> {
  responder ??= (await import("../models/responder/index.ts")).respond
  return responder
}

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
    responder: () => responder,
    onUnmatched: () => {
      if (told) return
      told = true
      const why = model.rules.length > 0 ? "no rule of the model script matches this prompt: " : ""
      tell(`${why}the built-in simulated model answers`)
    },
  })
}
