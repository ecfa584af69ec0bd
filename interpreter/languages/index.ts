// The registry of languages: one line each, loaded when first needed. The session asks for a language, the page for its
// editing; names and extensions are known without loading anything.
import type { LanguageColours, LanguageEditing } from "./editing.ts"
import type { Language, LanguageId } from "./language.ts"
import type { SuggestOverlap } from "./overlap.ts"
import type { PredictTasks } from "./predict.ts"

export interface LanguageEntry {
  readonly id: LanguageId
  readonly title: string
  readonly extension: string
  /** As the language says itself. */
  readonly warningsReject: boolean
  readonly load: () => Promise<Language>
  readonly loadColours: () => Promise<LanguageColours>
  readonly loadEditing: () => Promise<LanguageEditing>
  readonly loadPrediction: () => Promise<PredictTasks>
  /** Left out where a change that is sure to be sound cannot be told from the syntax. */
  readonly loadOverlap?: () => Promise<SuggestOverlap>
}

export const LANGUAGES: readonly LanguageEntry[] = [
  {
    id: "vibe",
    title: "Vibe",
    extension: "vibe",
    warningsReject: false,
    load: async () => (await import("./vibe/index.ts")).vibe,
    loadColours: async () => (await import("./vibe/editing/colours.ts")).colours,
    loadEditing: async () => (await import("./vibe/editing/index.ts")).editing,
    loadPrediction: async () => (await import("./vibe/editing/predict.ts")).predictTasks,
    loadOverlap: async () => (await import("./vibe/editing/overlap.ts")).suggestOverlap,
  },
  {
    id: "jade",
    title: "Jade",
    extension: "jde",
    warningsReject: false,
    load: async () => (await import("./jade/index.ts")).jade,
    loadColours: async () => (await import("./jade/editing/colours.ts")).colours,
    loadEditing: async () => (await import("./jade/editing/index.ts")).editing,
    loadPrediction: async () => (await import("./jade/editing/predict.ts")).predictTasks,
    loadOverlap: async () => (await import("./jade/editing/overlap.ts")).suggestOverlap,
  },
  {
    id: "ard",
    title: "Ard",
    extension: "ard",
    warningsReject: true,
    load: async () => (await import("./ard/index.ts")).ard,
    loadColours: async () => (await import("./ard/editing/colours.ts")).colours,
    loadEditing: async () => (await import("./ard/editing/index.ts")).editing,
    loadPrediction: async () => (await import("./ard/editing/predict.ts")).predictTasks,
  },
]

export function languageEntry(id: string): LanguageEntry | undefined {
  return LANGUAGES.find((language) => language.id === id)
}

/** The language that a file belongs to, by its extension. */
export function languageOfPath(path: string): LanguageEntry | undefined {
  return LANGUAGES.find((language) => path.endsWith(`.${language.extension}`))
}
