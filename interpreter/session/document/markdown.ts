// A document is Markdown (design: documents): prose, fenced cells of our languages, files (fences with a name), and one
// optional front matter. This file splits a text into these and puts them together again. The law it keeps: what nobody
// edited comes back byte for byte, so a segment carries its raw text and everything else about it is derived.
//
// Only fences at the document's own level are cells (not those inside lists or quotes); a fence that is never closed
// reaches to the end, as CommonMark says. HTML is prose like any other text.

export type CellLanguage = "vibe" | "jade" | "ard"

export interface ProseSegment {
  readonly kind: "prose"
  readonly raw: string
}

export interface FrontMatterSegment {
  readonly kind: "frontMatter"
  readonly raw: string
  /** The YAML between the lines of dashes. */
  readonly yaml: string
}

export interface CellSegment {
  readonly kind: "cell"
  readonly raw: string
  readonly language: CellLanguage
  /** The code, lines ended by "\n" whatever the document uses; no line end after the last line. */
  readonly code: string
}

export interface FileSegment {
  readonly kind: "file"
  readonly raw: string
  readonly language: CellLanguage
  /** Path of the file relative to the document. */
  readonly path: string
  readonly code: string
}

export type Segment = ProseSegment | FrontMatterSegment | CellSegment | FileSegment

const LANGUAGES: Readonly<Record<string, CellLanguage>> = { vibe: "vibe", jade: "jade", jde: "jade", ard: "ard" }
/** A mark of the byte order may stand before a document's first line. */
const OPENING = /^\uFEFF? {0,3}(`{3,}|~{3,})(.*)$/

interface Line {
  /** Without its line end. */
  readonly text: string
  /** With it. */
  readonly raw: string
}

/** Splits a document; joining the raw texts of the result gives the text again. */
export function parseDocument(text: string): Segment[] {
  const lines = linesOf(text)
  const segments: Segment[] = []
  let prose: string[] = []
  const flush = () => {
    if (prose.length > 0) segments.push({ kind: "prose", raw: prose.join("") })
    prose = []
  }
  let i = 0
  const front = frontMatterEnd(lines)
  if (front > 0) {
    const raw = rawOf(lines, 0, front)
    segments.push({
      kind: "frontMatter",
      raw,
      yaml: lines
        .slice(1, front - 1)
        .map((line) => line.text)
        .join("\n"),
    })
    i = front
  }
  // Pieces are joined once: a page of many lines would be copied again with each of them.
  while (i < lines.length) {
    const line = lines[i] as Line
    const opening = OPENING.exec(line.text)
    const fence = opening?.[1] ?? ""
    const info = (opening?.[2] ?? "").trim()
    if (!opening || (fence.startsWith("`") && info.includes("`"))) {
      prose.push(line.raw)
      i++
      continue
    }
    let end = i + 1
    while (end < lines.length && !closes((lines[end] as Line).text, fence)) end++
    const after = Math.min(end + 1, lines.length)
    const raw = rawOf(lines, i, after)
    const [word = "", name = ""] = info.split(/\s+/)
    const language = Object.hasOwn(LANGUAGES, word.toLowerCase()) ? LANGUAGES[word.toLowerCase()] : undefined
    if (!language) prose.push(raw)
    else {
      flush()
      const indent = /^\uFEFF?( *)/.exec(line.text)?.[1]?.length ?? 0
      const code = lines
        .slice(i + 1, end)
        .map((inner) => withoutIndent(inner.text, indent))
        .join("\n")
      if (isFilePath(name)) segments.push({ kind: "file", raw, language, path: name, code })
      else segments.push({ kind: "cell", raw, language, code })
    }
    i = after
  }
  flush()
  return segments
}

/** The document's text. */
export function printDocument(segments: readonly Segment[]): string {
  return segments.map((segment) => segment.raw).join("")
}

/**
 * A cell or file with other code. Its first and last line stay as they are unless the code holds such a fence, which then
 * grows; its line ends and its indent are those it had. A fence that was never closed is closed.
 */
export function withCode<S extends CellSegment | FileSegment>(segment: S, code: string): S {
  if (code === segment.code) return segment
  const lines = linesOf(segment.raw)
  const [first] = lines
  const [, bom = "", indent = "", fence = "```", info = ""] = /^(\uFEFF?)( {0,3})(`{3,}|~{3,})(.*)$/.exec(first?.text ?? "") ?? []
  const closedAt = lines.findIndex(({ text }, i) => i > 0 && closes(text, fence))
  const end = segment.raw.includes("\r\n") ? "\r\n" : "\n"
  const grown = longerThanIn(code, fence)
  const opening = grown === fence && first?.raw.endsWith("\n") ? first.raw : `${bom}${indent}${grown}${info}${end}`
  const closing =
    grown === fence && closedAt > 0 ? rawOf(lines, closedAt, closedAt + 1) : `${indent}${grown}${segment.raw.endsWith("\n") ? end : ""}`
  // Blank lines behind a cell that was added with them.
  const tail = closedAt > 0 ? rawOf(lines, closedAt + 1, lines.length) : ""
  const body = code === "" ? [] : code.split("\n").map((line) => `${line === "" ? "" : indent}${line}${end}`)
  return { ...segment, code, raw: `${opening}${body.join("")}${closing}${tail}` }
}

/** The first line of a fence: mark of the byte order, indent, fence, the word of the language, what follows it. */
const FENCE_LINE = /^(\uFEFF?)( {0,3})(`{3,}|~{3,})([ \t]*)(\S+)(.*)$/

/** A cell or file in another language: the word behind its fence changes, nothing else does. */
export function inLanguage<S extends CellSegment | FileSegment>(segment: S, language: CellLanguage): S {
  if (language === segment.language) return segment
  return { ...segment, language, raw: withFirstLine(segment.raw, (before, _word, after) => `${before}${language}${after}`) }
}

/** A file with another path (`isFilePath`): the name in its first line changes, nothing else does. */
export function atPath(segment: FileSegment, path: string): FileSegment {
  if (path === segment.path) return segment
  return {
    ...segment,
    path,
    raw: withFirstLine(segment.raw, (before, word, after) => `${before}${word}${after.replace(/\S+/, () => path)}`),
  }
}

function withFirstLine(raw: string, how: (before: string, word: string, after: string) => string): string {
  const first = /^[^\r\n]*/.exec(raw)?.[0] ?? ""
  const [, bom = "", indent = "", fence = "", blank = "", word = "", after = ""] = FENCE_LINE.exec(first) ?? []
  return how(`${bom}${indent}${fence}${blank}`, word, after) + raw.slice(first.length)
}

/** A new cell, with a blank line behind it. */
export function newCell(language: CellLanguage, code: string): CellSegment {
  const fence = longerThanIn(code, "```")
  return { kind: "cell", language, code, raw: `${fence}${language}\n${code === "" ? "" : `${code}\n`}${fence}\n\n` }
}

/** A new file (`isFilePath`), with a blank line behind it. */
export function newFile(language: CellLanguage, path: string, code: string): FileSegment {
  const cell = newCell(language, code)
  return { ...cell, kind: "file", path, raw: withFirstLine(cell.raw, (before, word, after) => `${before}${word} ${path}${after}`) }
}

/** The fence that a stretch of Markdown leaves open at its end, as it was opened; "" if it leaves none. */
export function openFenceOf(markdown: string): string {
  let fence = ""
  for (const { text } of linesOf(markdown)) {
    if (fence !== "") {
      if (closes(text, fence)) fence = ""
      continue
    }
    const opening = OPENING.exec(text)
    if (opening && !(opening[1]?.startsWith("`") && opening[2]?.includes("`"))) fence = opening[1] ?? ""
  }
  return fence
}

/** The fence if no line of the code could close it, else a longer one. */
function longerThanIn(code: string, fence: string): string {
  const mark = fence.charAt(0)
  let longest = 0
  for (const run of code.match(mark === "~" ? /^ {0,3}~{3,}/gm : /^ {0,3}`{3,}/gm) ?? []) longest = Math.max(longest, run.trim().length)
  return longest >= fence.length ? mark.repeat(longest + 1) : fence
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let from = 0
  while (from < text.length) {
    const at = text.indexOf("\n", from)
    const end = at < 0 ? text.length : at + 1
    const raw = text.slice(from, end)
    lines.push({ raw, text: raw.replace(/\r?\n$/, "") })
    from = end
  }
  return lines
}

function rawOf(lines: readonly Line[], from: number, to: number): string {
  return lines
    .slice(from, to)
    .map((line) => line.raw)
    .join("")
}

/** The number of lines that the front matter takes, dashes included; 0 if there is none. */
function frontMatterEnd(lines: readonly Line[]): number {
  if (lines[0]?.text.replace(/^\uFEFF/, "").trimEnd() !== "---") return 0
  for (let i = 1; i < lines.length; i++) if ((lines[i] as Line).text.trimEnd() === "---") return i + 1
  return 0
}

function closes(line: string, fence: string): boolean {
  const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? ""
  return closing.startsWith(fence.charAt(0)) && closing.length >= fence.length
}

function withoutIndent(line: string, indent: number): string {
  let strip = 0
  while (strip < indent && line[strip] === " ") strip++
  return line.slice(strip)
}

/** `util.vibe`, `lib/x.jde`: what names a file of a document, a path with an ending and without tricks. */
export function isFilePath(name: string): boolean {
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*\.\w+$/.test(name)
}
