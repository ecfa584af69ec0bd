// `counterpoint check FILE`: diagnostics of a program or of the cells of a document; nothing runs.
import { languageEntry } from "../languages/index.ts"
import { positionOf } from "../source/diagnostic.ts"
import { programOf } from "../source/text.ts"
import { composePart, diagnosticsOfCell, isAccepted, isDocument, openDocument, type PlacedDiagnostic } from "./document-file.ts"
import { inputsOfFile } from "./program-file.ts"
import { parse, placed, Usage } from "./usage.ts"

export async function checkCommand(args: string[]): Promise<number> {
  const options = parse("check", args, { json: { type: "boolean" } }, { min: 1, max: 1 })
  const path = options.files[0] as string
  const { found, passes } = isDocument(path) ? await inDocument(path) : await inProgram(path)
  if (options.flag("json")) console.log(JSON.stringify(found, null, 2))
  else for (const d of found) console.error(`${placed(d)}: ${d.severity} ${d.kind}: ${d.message}`)
  return passes ? 0 : 1
}

interface Checked {
  readonly found: readonly PlacedDiagnostic[]
  /** It would run. Vibe and Jade run what has nothing but warnings; to Ard a warning is enough to refuse. */
  readonly passes: boolean
}

async function inDocument(path: string): Promise<Checked> {
  const document = openDocument(path)
  let passes = true
  const cells: { readonly number: number; readonly diagnostics: PlacedDiagnostic[] }[] = []
  for (const part of document.parts) {
    const composed = await composePart(document, part)
    for (const cell of part.cells) {
      cells.push({ number: cell.number, diagnostics: diagnosticsOfCell(document, composed, cell) })
      passes &&= isAccepted(composed, cell)
    }
  }
  const found = cells.sort((a, b) => a.number - b.number).flatMap((cell) => cell.diagnostics)
  return { found, passes }
}

async function inProgram(path: string): Promise<Checked> {
  const inputs = inputsOfFile(path)
  const entry = languageEntry(inputs.language)
  if (!entry) throw new Usage(`unknown language "${inputs.language}"`)
  const language = await entry.load()
  const program = programOf(inputs.language, inputs.entry.path, inputs.entry.text, inputs.files)
  const { diagnostics, unit } = language.compile(program, { wantValue: false })
  const found = diagnostics.map((d) => ({
    phase: d.phase,
    kind: d.kind,
    message: d.message,
    ...positionOf(program, d),
    severity: d.severity,
    file: d.file,
  }))
  return { found, passes: unit !== null }
}
