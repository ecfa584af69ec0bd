// The page's console: one session of entries for the open document, run by the sandbox beside whatever runs there. The
// session takes the document's files, seed and model script as they are at its first entry, and always the simulated model.
import { languageEntry } from "../../interpreter/languages/index.ts"
import { ConsoleSession, consoleInputs, entryGoesOn as goesOn } from "../../interpreter/session/console.ts"
import { isBusy } from "../store/console.ts"
import { app, consoleActions } from "../store/store.ts"
import { evaluateInputs, giveUpEvaluation, inputsOfDocument } from "./session.ts"

/** Whether an entry wants another line before it can run. */
export const entryGoesOn = (text: string): boolean => goesOn(app.getState().document.language, text)

let session: ConsoleSession | null = null

function begin(): ConsoleSession {
  const inputs = consoleInputs(inputsOfDocument(app.getState().document))
  const extension = languageEntry(inputs.language)?.extension ?? inputs.language
  return new ConsoleSession({ ...inputs, entry: { path: `console.${extension}`, text: "" } }, evaluateInputs)
}

/** Runs an entry behind those before it. While one runs, nothing is taken: false. */
export function submitEntry(text: string): boolean {
  if (text.trim() === "" || isBusy(app.getState().console)) return false
  session ??= begin()
  const asked = session
  const id = consoleActions.submitted(text)
  asked.submit(text).then(
    (result) => consoleActions.answered(id, result),
    (reason: unknown) => consoleActions.answered(id, { output: "", errors: "", echo: null, problems: [problemOf(reason)], warnings: [] }),
  )
  return true
}

const problemOf = (reason: unknown) => ({ kind: "Error", message: String(reason), line: 0, column: 0 })

/** Gives the entry up that runs; the session is as it was before it. */
export const stopEntry = (): void => giveUpEvaluation()

/** Forgets what was declared and what was shown. */
export function clearConsole(): void {
  giveUpEvaluation()
  session = null
  consoleActions.cleared()
}

app.subscribe(
  ({ document }) => `${document.id} ${document.language}`,
  () => {
    if (session) clearConsole()
  },
)
