// The document that is open: its text, language, other files and the inputs that decide a run. Pure transitions; the store
// calls them, the editor and the commands only hand over what happened. A playground is a document of one cell.
import type { ModelDials, ModelRule } from "../../interpreter/models/script.ts"

export type DocumentId = string & { readonly brand: "DocumentId" }
export type LanguageName = "vibe" | "jade" | "ard"

export interface OpenDocument {
  readonly id: DocumentId
  readonly title: string
  readonly language: LanguageName
  /** Path of the entry file, relative to the document. */
  readonly path: string
  readonly text: string
  /** Other files by path. */
  readonly files: Readonly<Record<string, string>>
  /** The model script; empty for the built-in responder. */
  readonly rules: readonly ModelRule[]
  /** How the simulated model behaves; as every day where it is left out. */
  readonly dials?: ModelDials
  /** What the reader typed for `env`; stays on this device, never in a link. */
  readonly variables?: Readonly<Record<string, string>>
  readonly seed: number
  /** 0: as many as the language allows. */
  readonly maxParallel: number
  /** How often a reply that does not fit is asked for again (Jade); left out: the language's default. */
  readonly maxRetries?: number
  /** The gallery example it began as; null for the user's own. */
  readonly exampleId: string | null
  /** True from the first change by the user on. */
  readonly edited: boolean
  /** Raised by every change of the text; diagnostics and answers carry it, so that late ones are dropped. */
  readonly version: number
  /** Raised when the text was replaced from outside the editor, which then shows it anew. */
  readonly replaced: number
}

/** The seed of a document that names none. */
export const DEFAULT_SEED = 7

/** A document whose text is Markdown with cells; the others are one program. Told by the path. */
export const isNotebook = (path: string): boolean => /\.(?:md|markdown)$/i.test(path)

export function textEdited(document: OpenDocument, text: string): OpenDocument {
  if (text === document.text) return document
  return { ...document, text, edited: true, version: document.version + 1 }
}

/** What it is called; the text stays as it is. */
export function documentNamed(document: OpenDocument, title: string): OpenDocument {
  return title === document.title ? document : { ...document, title }
}

/** Another document takes the place of the open one. */
export function documentOpened(previous: OpenDocument, next: Omit<OpenDocument, "version" | "replaced">): OpenDocument {
  return { ...next, version: previous.version + 1, replaced: previous.replaced + 1 }
}

/** A change of the text that no keystroke made: format, a fix, a suggestion. */
export function textReplaced(document: OpenDocument, text: string): OpenDocument {
  if (text === document.text) return document
  return { ...document, text, edited: true, version: document.version + 1, replaced: document.replaced + 1 }
}

/** Another model script; the text stays as it is. */
export function rulesChosen(document: OpenDocument, rules: readonly ModelRule[]): OpenDocument {
  return { ...document, rules, edited: true, version: document.version + 1 }
}

export function dialsChosen(document: OpenDocument, dials: ModelDials): OpenDocument {
  return { ...document, dials, edited: true, version: document.version + 1 }
}

/** How many calls and tasks run at once, and how often a reply that does not fit is asked for again. */
export function boundsChosen(document: OpenDocument, bounds: Partial<Pick<DocumentOptions, "maxParallel" | "maxRetries">>): OpenDocument {
  return { ...document, ...bounds, edited: true, version: document.version + 1 }
}

export function variablesTyped(document: OpenDocument, variables: Readonly<Record<string, string>>): OpenDocument {
  return { ...document, variables, edited: true, version: document.version + 1 }
}

export function seedChosen(document: OpenDocument, seed: number): OpenDocument {
  return { ...document, seed }
}

/** What decides a run of a document besides its text, as one value that can be compared and passed on. */
export type DocumentOptions = Pick<OpenDocument, "seed" | "maxParallel" | "maxRetries" | "rules" | "files" | "dials">

export function optionsOf({ seed, maxParallel, maxRetries, rules, files, dials }: DocumentOptions): DocumentOptions {
  return { seed, maxParallel, rules, files, ...(maxRetries !== undefined && { maxRetries }), ...(dials && { dials }) }
}

/** Options that were chosen elsewhere: in another tab. */
export function optionsTaken(document: OpenDocument, options: DocumentOptions): OpenDocument {
  const { dials: _dials, maxRetries: _maxRetries, ...rest } = document
  return { ...rest, ...optionsOf(options), edited: true, version: document.version + 1 }
}
