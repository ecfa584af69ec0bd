// Ard, as the house sees it (`languages/language.ts`): parse, check, lower, and a runtime for each run. Any diagnostic, a
// warning too, keeps a program from running (SPEC.md section 1).
import type { Diagnostic } from "../../source/diagnostic.ts"
import type { Program } from "../../source/text.ts"
import type { CompileOptions, CompileResult, Language } from "../language.ts"
import { type CheckResult, checkProgram } from "./check/index.ts"
import { createRuntime } from "./library/runtime.ts"
import { lowerProgram } from "./lower/index.ts"

export const ard: Language = {
  id: "ard",
  title: "Ard",
  extension: "ard",
  preemptive: true,
  warningsReject: true,
  check: (program) => guarded(program).diagnostics,
  compile(program: Program, options: CompileOptions): CompileResult {
    const { diagnostics, result } = guarded(program)
    if (!result || diagnostics.length) return { diagnostics, unit: null }
    try {
      return { diagnostics, unit: lowerProgram(result.program, options, program.cellStarts) }
    } catch (failure) {
      return { diagnostics: [tooDeep(program, failure)], unit: null }
    }
  },
  createRuntime,
}

/** The checker's answer; a text that exhausts the host's stack becomes a diagnostic. */
function guarded(program: Program): { diagnostics: readonly Diagnostic[]; result: CheckResult | null } {
  try {
    const result = checkProgram(program)
    return { diagnostics: result.diagnostics, result }
  } catch (failure) {
    return { diagnostics: [tooDeep(program, failure)], result: null }
  }
}

function tooDeep(program: Program, failure: unknown): Diagnostic {
  const message =
    failure instanceof RangeError ? "this program is nested too deeply" : `the checker failed on this program: ${String(failure)}`
  return { phase: "parse", severity: "error", kind: "ParseError", message, file: program.entry.path, from: 0, to: 0 }
}
