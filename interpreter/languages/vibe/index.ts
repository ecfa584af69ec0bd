// Vibe as the house sees it (languages/language.ts): check and compile a program, make the runtime it is linked with.
import type { Diagnostic } from "../../source/diagnostic.ts"
import type { Program } from "../../source/text.ts"
import type { CompileResult, Language } from "../language.ts"
import { checkProgram } from "./check/modules.ts"
import { createRuntime } from "./library/runtime.ts"
import { lowerProgram } from "./lower/program.ts"

export const vibe: Language = {
  id: "vibe",
  title: "Vibe",
  extension: "vibe",
  preemptive: false,
  warningsReject: false,
  check(program: Program): readonly Diagnostic[] {
    return checkProgram(program).diagnostics
  },
  compile(program: Program): CompileResult {
    const checked = checkProgram(program)
    const { diagnostics } = checked
    if (diagnostics.some((it) => it.severity === "error")) return { diagnostics, unit: null }
    return { diagnostics, unit: lowerProgram(program, checked) }
  },
  createRuntime,
}
