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
const OPENING = /^ {0,3}(`{3,}|~{3,})(.*)$/

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
  let prose = ""
  const flush = () => {
    if (prose !== "") segments.push({ kind: "prose", raw: prose })
    prose = ""
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
  while (i < lines.length) {
    const line = lines[i] as Line
    const opening = OPENING.exec(line.text)
    const fence = opening?.[1] ?? ""
    const info = (opening?.[2] ?? "").trim()
    if (!opening || (fence.startsWith("`") && info.includes("`"))) {
      prose += line.raw
      i++
      continue
    }
    let end = i + 1
    while (end < lines.length && !closes((lines[end] as Line).text, fence)) end++
    const after = Math.min(end + 1, lines.length)
    const raw = rawOf(lines, i, after)
    const [word = "", name = ""] = info.split(/\s+/)
    const language = Object.hasOwn(LANGUAGES, word.toLowerCase()) ? LANGUAGES[word.toLowerCase()] : undefined
    if (!language) prose += raw
    else {
      flush()
      const indent = line.text.length - line.text.trimStart().length
      const code = lines
        .slice(i + 1, end)
        .map((inner) => withoutIndent(inner.text, indent))
        .join("\n")
      if (isPath(name)) segments.push({ kind: "file", raw, language, path: name, code })
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

/** A cell or file with other code: its fence grows where the code holds one; its line ends are those it had. */
export function withCode<S extends CellSegment | FileSegment>(segment: S, code: string): S {
  if (code === segment.code) return segment
  const [first = ""] = segment.raw.split(/\r?\n/, 1)
  const info = (OPENING.exec(first)?.[2] ?? segment.language).trim()
  return { ...segment, code, raw: fenced(info, code, segment.raw) }
}

/** A new cell, with a blank line behind it. */
export function newCell(language: CellLanguage, code: string): CellSegment {
  return { kind: "cell", language, code, raw: `${fenced(language, code, "\n")}\n` }
}

/** A fence around code that is longer than every run of backquotes in it. */
function fenced(info: string, code: string, like: string): string {
  let longest = 2
  for (const run of code.match(/^\s*`{3,}/gm) ?? []) longest = Math.max(longest, run.trim().length)
  const fence = "`".repeat(longest + 1)
  const end = like.includes("\r\n") ? "\r\n" : "\n"
  const tail = like.endsWith("\n") ? end : ""
  const body = code === "" ? "" : `${code.split("\n").join(end)}${end}`
  return `${fence}${info}${end}${body}${fence}${tail}`
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
  let raw = ""
  for (let i = from; i < to; i++) raw += (lines[i] as Line).raw
  return raw
}

/** The number of lines that the front matter takes, dashes included; 0 if there is none. */
function frontMatterEnd(lines: readonly Line[]): number {
  if (lines[0]?.text.trimEnd() !== "---") return 0
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

/** `util.vibe`, `lib/x.jde`: a name with an ending and without tricks. */
function isPath(name: string): boolean {
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*\.\w+$/.test(name)
}
