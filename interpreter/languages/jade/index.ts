// Jade: the language as the session and the page know it (languages/language.ts). Everything else of the language is in
// this folder and reached through here; its editing is in editing/index.ts.
import type { Diagnostic } from "../../source/diagnostic.ts"
import type { Program } from "../../source/text.ts"
import type { CompileResult, Language } from "../language.ts"
import { checkProgram } from "./check/check.ts"
import { lowerProgram } from "./lower/program.ts"
import { createRuntime } from "./runtime/runtime.ts"

export const jade: Language = {
  id: "jade",
  title: "Jade",
  extension: "jde",
  preemptive: false,
  warningsReject: false,

  check(program) {
    return guarded(
      program,
      () => checkProgram(program).diagnostics,
      (diagnostic) => [diagnostic],
    )
  },

  compile(program, { wantValue }): CompileResult {
    return guarded<CompileResult>(
      program,
      () => {
        const { model, diagnostics, runs } = checkProgram(program)
        return { diagnostics, unit: runs ? lowerProgram(model, program.cellStarts, wantValue) : null }
      },
      (diagnostic) => ({ diagnostics: [diagnostic], unit: null }),
    )
  },

  createRuntime,
}

/** A text nested so deeply that our own walks run out of the host's stack is refused like any other wrong text. */
function guarded<T>(program: Program, work: () => T, refused: (diagnostic: Diagnostic) => T): T {
  try {
    return work()
  } catch (problem) {
    if (!(problem instanceof RangeError) || !/stack/i.test(problem.message)) throw problem
    const message = "expected less nesting: this program is nested too deeply"
    return refused({ phase: "parse", severity: "error", kind: "UnexpectedToken", message, file: program.entry.path, from: 0, to: 0 })
  }
}
