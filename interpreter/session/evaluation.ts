// Inputs run to their end at once, for whoever wants to know what came out and not how it unfolded: the consoles of the page
// and of the command line (console.ts). No clock here: the caller says when a slice is over and gives others their turn
// between two slices, and may give the evaluation up there.

import { type Diagnostic, positionOf } from "../source/diagnostic.ts"
import type { Program } from "../source/text.ts"
import { Kind } from "../trace/event.ts"
import { Trace } from "../trace/trace.ts"
import type { RunInputs } from "./inputs.ts"
import type { RunReport } from "./report.ts"
import { prepareRun, type RunPorts, rejectedReport } from "./run.ts"

export interface Evaluation {
  /** Everything that was written, output and error stream apart. */
  readonly output: string
  readonly errors: string
  readonly report: RunReport
  readonly diagnostics: readonly Diagnostic[]
  /** The last fault that ended a cell; what it would have written on the error stream is not in `errors`. */
  readonly cellFault?: { readonly kind: string; readonly message: string; readonly line: number; readonly column: number } | null
}

export interface Pace {
  /** Answers, for a slice that begins now, whether it is over. */
  readonly slice: () => () => boolean
  /** Lets others have their turn; true when nobody wants the result any more. */
  readonly turn: () => Promise<boolean>
}

/** Null where it was given up. Real models are not asked: a live call, or one without an answer in time, ends the run. */
export async function evaluate(inputs: RunInputs, ports: RunPorts, pace: Pace): Promise<Evaluation | null> {
  const { program, diagnostics, sites, run } = await prepareRun({ ...inputs, inputOpen: false }, ports)
  if (!run) return { output: "", errors: "", report: rejectedReport(program, diagnostics), diagnostics, cellFault: null }
  const trace = new Trace(sites)
  for (;;) {
    const state = run.advance({ untilUs: Number.POSITIVE_INFINITY, expired: pace.slice() })
    for (const chunk of run.flush()) trace.append(chunk)
    if (state === "ended") break
    if (await pace.turn()) return null
    if (state === "drain") await run.drained()
    // Time is granted without end and input is closed, so what is waited for would have to come from outside.
    else if (state === "wait" || state === "input") run.stop("nothing outside answers here")
  }
  return { ...written(trace, program), report: run.report(), diagnostics }
}

/** The task that runs the cells. */
const FIRST_TASK = 0

function written(trace: Trace, program: Program): Pick<Evaluation, "output" | "errors" | "cellFault"> {
  const output: string[] = []
  const errors: string[] = []
  let cellFault: NonNullable<Evaluation["cellFault"]> | null = null
  let told = false
  trace.visit(0, (event) => {
    const ofCells = event.kind === Kind.Fault && event.task === FIRST_TASK && program.cellStarts.length > 0
    if (ofCells) {
      const { kind, message } = JSON.parse(trace.text(event.a)) as { kind: string; message: string }
      const range = trace.sites[event.site]
      cellFault = { kind, message, ...(range ? positionOf(program, range) : { line: 0, column: 0 }) }
    }
    const again = told && event.kind === Kind.PrintError && event.task === FIRST_TASK
    told = ofCells
    if (again) return
    if (event.kind === Kind.Print) output.push(trace.text(event.a))
    else if (event.kind === Kind.PrintError) errors.push(trace.text(event.a))
  })
  return { output: output.join(""), errors: errors.join(""), cellFault }
}
