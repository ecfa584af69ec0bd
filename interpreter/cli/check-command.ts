// `counterpoint check FILE`: diagnostics of a program or of the cells of a document; nothing runs.
import { languageEntry } from "../languages/index.ts"
import { positionOf } from "../source/diagnostic.ts"
import { programOf } from "../source/text.ts"
import { composePart, diagnosticsOfCell, isDocument, openDocument, type PlacedDiagnostic } from "./document-file.ts"
import { inputsOfFile } from "./program-file.ts"
import { parse, placed, Usage } from "./usage.ts"

export async function checkCommand(args: string[]): Promise<number> {
  const options = parse("check", args, { json: { type: "boolean" } }, { min: 1, max: 1 })
  const path = options.files[0] as string
  const found = isDocument(path) ? await inDocument(path) : await inProgram(path)
  if (options.flag("json")) console.log(JSON.stringify(found, null, 2))
  else for (const d of found) console.error(`${placed(d)}: ${d.severity} ${d.kind}: ${d.message}`)
  // A program with nothing but warnings runs, so it passes.
  return found.some((d) => d.severity === "error") ? 1 : 0
}

async function inDocument(path: string): Promise<PlacedDiagnostic[]> {
  const document = openDocument(path)
  const cells: { readonly number: number; readonly diagnostics: PlacedDiagnostic[] }[] = []
  for (const part of document.parts) {
    const composed = await composePart(document, part)
    for (const cell of part.cells) cells.push({ number: cell.number, diagnostics: diagnosticsOfCell(document, composed, cell) })
  }
  return cells.sort((a, b) => a.number - b.number).flatMap((cell) => cell.diagnostics)
}

async function inProgram(path: string): Promise<PlacedDiagnostic[]> {
  const inputs = inputsOfFile(path)
  const entry = languageEntry(inputs.language)
  if (!entry) throw new Usage(`unknown language "${inputs.language}"`)
  const language = await entry.load()
  const program = programOf(inputs.language, inputs.entry.path, inputs.entry.text, inputs.files)
  return language
    .check(program)
    .map((d) => ({ phase: d.phase, kind: d.kind, message: d.message, ...positionOf(program, d), severity: d.severity, file: d.file }))
}
