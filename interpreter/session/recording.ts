// Between a run and its cassette: what a recording says about the run that made it, and the inputs of its replay. Apart from
// answerer.ts, so that the page can use it without the simulated model.
import { type Cassette, programMark, type RecordedCall, type RecordedProgram } from "../models/cassette.ts"
import { Kind } from "../trace/event.ts"
import type { Trace } from "../trace/trace.ts"
import type { RunInputs } from "./inputs.ts"

/** How a cassette names the program of these inputs. */
export function recordedProgramOf(inputs: RunInputs): RecordedProgram {
  const { path, text } = inputs.entry
  const beside = Object.fromEntries((inputs.beside ?? []).map(({ entry }) => [entry.path, entry.text]))
  return { language: inputs.language, path, mark: programMark(path, text, { ...inputs.files, ...beside }) }
}

/** The cassette of a run with these inputs. `typed`: lines that came while it ran. `recordedOn`: YYYY-MM-DD. */
export function cassetteOf(inputs: RunInputs, calls: readonly RecordedCall[], typed: readonly string[], recordedOn: string): Cassette {
  const { seed, schedule, maxParallel, maxRetries, startMs } = inputs
  return {
    program: recordedProgramOf(inputs),
    options: {
      seed,
      schedule: typeof schedule === "string" ? schedule : schedule.choices,
      maxParallel,
      ...(maxRetries === undefined ? {} : { maxRetries }),
      ...(inputs.model.name === undefined ? {} : { modelName: inputs.model.name }),
      startMs,
      keyNames: keyNamesIn(inputs),
    },
    recordedOn,
    inputLines: inputs.inputLines,
    typedLines: typed,
    calls,
  }
}

/** Of the reader's key names those that the program writes: nobody else needs to know which keys a reader has. */
function keyNamesIn({ entry, beside, files, keyNames }: RunInputs): string[] {
  const texts = [entry.text, ...(beside ?? []).map((it) => it.entry.text), ...Object.values(files)]
  return (keyNames ?? []).filter((name) => texts.some((text) => text.includes(name)))
}

/** The inputs of the replay: the program as it is now, everything else as it was recorded. `squeeze` 1: with recorded times. */
export function replayInputs(inputs: RunInputs, cassette: Cassette, squeeze = 1): RunInputs {
  const { seed, schedule, maxParallel, maxRetries, modelName, startMs, keyNames } = cassette.options
  const { name: _, ...model } = inputs.model
  return {
    ...inputs,
    seed,
    schedule: typeof schedule === "string" ? schedule : { choices: schedule },
    maxParallel,
    maxRetries,
    startMs,
    ...(keyNames ? { keyNames } : {}),
    inputLines: cassette.inputLines,
    typedLines: cassette.typedLines,
    inputOpen: false,
    model: { ...model, live: false, ...(modelName === undefined ? {} : { name: modelName }) },
    cassette: { program: cassette.program, calls: cassette.calls, squeeze },
  }
}

/** The lines that were typed while a run with these inputs went on, from its trace. Each of its programs read the given lines first. */
export function typedLinesIn(trace: Trace, inputs: RunInputs): string[] {
  const lines: string[] = []
  // Most programs read nothing, and a run may have a million events.
  if (!trace.has(Kind.Input)) return lines
  const given = inputs.inputLines.length
  const roots = new Map<number, number>()
  const read = new Map<number, number>()
  trace.visit(0, (event) => {
    if (event.kind === Kind.TaskSpawn) roots.set(event.a, roots.get(event.task) ?? event.a)
    if (event.kind !== Kind.Input) return
    const root = roots.get(event.task) ?? event.task
    const before = read.get(root) ?? 0
    read.set(root, before + 1)
    if (before >= given) lines.push(trace.text(event.a))
  })
  return lines
}
