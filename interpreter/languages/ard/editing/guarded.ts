// A language's help must cope with any text: what fails gives nothing. Used by colours.ts and index.ts.

/** The answer, or `otherwise` where the text is too much for the host (nesting beyond its stack). */
export function guarded<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
