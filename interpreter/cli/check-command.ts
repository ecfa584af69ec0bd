// `counterpoint check FILE`: diagnostics only; nothing runs.
import { languageEntry } from "../languages/index.ts"
import { positionOf } from "../source/diagnostic.ts"
import { programOf } from "../source/text.ts"
import { inputsOfFile } from "./program-file.ts"
import { parse, Usage } from "./usage.ts"

export async function checkCommand(args: string[]): Promise<number> {
  const options = parse("check", args, { json: { type: "boolean" } }, { min: 1, max: 1 })
  const inputs = inputsOfFile(options.files[0] as string)
  const entry = languageEntry(inputs.language)
  if (!entry) throw new Usage(`unknown language "${inputs.language}"`)
  const language = await entry.load()
  const program = programOf(inputs.language, inputs.entry.path, inputs.entry.text, inputs.files)
  const found = language
    .check(program)
    .map((d) => ({ phase: d.phase, kind: d.kind, message: d.message, ...positionOf(program, d), severity: d.severity, file: d.file }))
  if (options.flag("json")) console.log(JSON.stringify(found, null, 2))
  else for (const d of found) console.error(`${d.file}:${d.line}:${d.column}: ${d.severity} ${d.kind}: ${d.message}`)
  return found.length > 0 ? 1 : 0
}
