// Parse and check of a whole program: the model that lower/ and editing/ work on, and the diagnostics in the order in
// which Jade reports them (parse errors alone if there are any; else errors before warnings, by place).
import type { Diagnostic } from "../../../source/diagnostic.ts"
import type { Program } from "../../../source/text.ts"
import { inferProgram } from "./infer.ts"
import { type ProgramModel, Report } from "./model.ts"
import { loadProgram } from "./modules.ts"
import { resolveFile } from "./resolve.ts"
import { checkSharedMutation } from "./shared.ts"
import { completeStructs } from "./structs.ts"

export interface CheckedProgram {
  readonly model: ProgramModel
  readonly diagnostics: readonly Diagnostic[]
  /** No error: it may run. */
  readonly runs: boolean
}

/** `tolerant`: for editors, which want to know what can be known of a broken text; its diagnostics mean nothing then. */
export function checkProgram(program: Program, tolerant = false): CheckedProgram {
  const report = new Report()
  const { entry, files, parseErrors } = loadProgram(program, report, tolerant)
  const structs: ProgramModel["structs"][number][] = []
  for (const file of files) {
    const own = resolveFile(file, structs.length, report)
    completeStructs(file, own, report)
    structs.push(...own)
  }
  const model: ProgramModel = { entry, files, structs, types: new Map() }
  if (parseErrors.length > 0) return { model, diagnostics: [...parseErrors], runs: false }
  inferProgram(model, report)
  checkSharedMutation(model, report)
  const place = (it: Diagnostic) => files.findIndex((file) => file.path === it.file)
  const diagnostics = report.found.sort(
    (a, b) => rank(a) - rank(b) || place(b) - place(a) || a.from - b.from || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
  )
  return { model, diagnostics, runs: diagnostics.every((it) => it.severity === "warning") }
}

function rank(diagnostic: Diagnostic): number {
  return diagnostic.severity === "error" ? 0 : 1
}
