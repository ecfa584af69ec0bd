// Which commands the palette shows for what was typed, the likeliest first. Pure. Every word must be found, at the beginning of
// a word of the title before anywhere in it; what is called exactly that, or begins so, comes before the rest. Last comes what
// other tools call so.

/** What commands are called elsewhere, by the command's name. */
export const ALSO_CALLED: Readonly<Record<string, string>> = {
  keys: "help shortcuts settings",
  theme: "settings dark mode appearance",
  vim: "settings",
  "single-keys": "settings shortcuts",
  models: "settings provider api key latency retries limit parallel recording cassette",
  variables: "settings environment",
  versions: "history backup restore download drafts",
  "save-file": "download export",
  "save-trace": "download export",
  "open-file": "upload load import",
  share: "export embed png svg perfetto opentelemetry download url",
  print: "pdf paper",
  present: "fullscreen slides",
  seed: "random",
  "new-notebook": "create document markdown",
}

/** The entries that have all of these words, the likeliest first; those alike stay in their order. */
export function ranked<T extends { readonly title: string; readonly also?: string | undefined }>(
  entries: readonly T[],
  typed: string,
): T[] {
  const words = wordsOf(typed)
  if (words.length === 0) return [...entries]
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry.title, entry.also ?? "", words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry)
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** 0: does not fit. */
function scoreOf(title: string, also: string, typed: readonly string[]): number {
  const words = wordsOf(title)
  const elsewhere = wordsOf(also)
  if (typed.every((word, i) => (i === typed.length - 1 ? words[i]?.startsWith(word) : words[i] === word)))
    return words.length === typed.length && words.at(-1) === typed.at(-1) ? 1000 : 900
  let score = 0
  for (const word of typed) {
    const whole = words.indexOf(word)
    const begun = words.findIndex((own) => own.startsWith(word))
    if (whole >= 0) score += 60 - Math.min(whole, 20)
    else if (begun >= 0) score += 40 - Math.min(begun, 20)
    else if (word.length > 1 && words.some((own) => own.includes(word))) score += 10
    else if (elsewhere.some((own) => own.startsWith(word))) score += 1
    else return 0
  }
  return score
}
