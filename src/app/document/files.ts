// Files in and out: a program or a notebook opened from the disk, dropped on the page or fetched from an address that the
// reader agrees to; the document saved as the file it is. Nothing that is opened runs by itself.

import { LANGUAGES, languageOfPath } from "../../../interpreter/languages/index.ts"
import { titleOf } from "../../notebook/title.ts"
import { readBounded } from "../../share/bounded.ts"
import { DEFAULT_SEED, type DocumentId, isNotebook, type LanguageName, type OpenDocument } from "../../store/document.ts"
import { freshId } from "../../store/fresh-id.ts"
import { actions, app } from "../../store/store.ts"
import { copyText } from "../share/clipboard.ts"

const MOST_BYTES = 5_500_000

/** Opens a text under a name; says why not where it cannot be one of ours. */
export function openText(name: string, text: string): void {
  if (text.includes("\u0000")) {
    actions.toast(`"${name}" is not a text file.`)
    return
  }
  const language = languageOfPath(name)
  // A document comes back byte for byte; to a program the mark of the byte order means nothing.
  if (language) actions.openDocument(documentFrom(name, language.id, text.replace(/^\uFEFF/, ""), false))
  // Any other text is read as Markdown: a README, a page without an ending.
  else actions.openDocument(notebookFrom(name, text))
}

function documentFrom(path: string, language: LanguageName, text: string, edited: boolean): Omit<OpenDocument, "version" | "replaced"> {
  const title = path.split("/").pop() ?? path
  return {
    id: `file:${freshId()}` as DocumentId,
    title,
    language,
    path: title,
    text,
    files: {},
    rules: [],
    seed: DEFAULT_SEED,
    maxParallel: 0,
    exampleId: null,
    edited,
  }
}

/** A notebook is called what it calls itself: in its front matter, in its first heading; else as its file. It is saved as Markdown. */
function notebookFrom(name: string, text: string): Omit<OpenDocument, "version" | "replaced"> {
  const plain = documentFrom(name, firstLanguage(text), text, false)
  const path = isNotebook(plain.path) ? plain.path : `${plain.path.replace(/(?<=.)\.[a-z]\w{0,9}$/i, "")}.md`
  return { ...plain, path, title: titleOf(text) ?? plain.title }
}

/** The language of the first cell; of a page without cells, the one that was open. */
function firstLanguage(markdown: string): LanguageName {
  return (/^ {0,3}(?:```|~~~)\s*(vibe|jade|ard)\b/m.exec(markdown)?.[1] as LanguageName | undefined) ?? app.getState().document.language
}

/** A document of the gallery by its name, as its short link has it; says so where there is none. */
export async function openGallery(name: string): Promise<boolean> {
  const { galleryText } = await import("../../notebook/gallery/index.ts")
  const text = await galleryText(name)
  if (text === null) {
    actions.toast(`There is no example "${name.slice(0, 60)}".`)
    return false
  }
  const language = firstLanguage(text)
  actions.openDocument({
    ...documentFrom(`${name}.md`, language, text, false),
    id: `gallery:${name}` as DocumentId,
    title: titleOf(text) ?? name,
  })
  return true
}

/** A file of our own that is no text: it says so itself, or is called so. */
async function isTraceFile(file: File): Promise<boolean> {
  return file.name.endsWith(".trace") || (await file.slice(0, 7).text()) === "CPTRACE"
}

export async function openFile(file: File): Promise<void> {
  if (await isTraceFile(file)) {
    const { openTraceFile } = await import("./trace-file.ts")
    return openTraceFile(file)
  }
  if (file.size > MOST_BYTES) {
    actions.toast(`"${file.name}" has ${Math.round(file.size / 1_000_000)} MB; up to 5 can be opened.`)
    return
  }
  try {
    openText(file.name, decoded(await file.arrayBuffer()))
  } catch {
    actions.toast(`"${file.name}" is not a text file: it is not valid UTF-8.`)
  }
}

/** Throws where it is not UTF-8. A mark of the byte order stays: it is saved again. */
const decoded = (bytes: ArrayBuffer | Uint8Array): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes as BufferSource)

export function pickFile(): void {
  const input = document.createElement("input")
  input.type = "file"
  input.accept = [".md", ".markdown", ".txt", ".trace", ...LANGUAGES.map((language) => `.${language.extension}`)].join(",")
  // In the page while it is open: an element that nobody holds may be collected before the reader has chosen.
  input.hidden = true
  document.body.append(input)
  input.oncancel = () => input.remove()
  input.onchange = () => {
    const file = input.files?.[0]
    input.remove()
    if (file) void openFile(file)
  }
  input.click()
}

/** The open document as a file of its own kind. */
export function saveFile(): void {
  const { document: open } = app.getState()
  const type = isNotebook(open.path) ? "text/markdown" : "text/plain"
  downloadBlob(new Blob([open.text], { type: `${type};charset=utf-8` }), fileNameOf(open))
}

/** What a file of the document is called; with another ending for another kind of file of it. */
export function fileNameOf({ path, title }: Pick<OpenDocument, "path" | "title">, ending?: string): string {
  if (ending === undefined && isNotebook(path)) return path
  return `${slug(title)}.${ending ?? path.split(".").pop()}`
}

export function downloadBlob(blob: Blob, name: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function slug(title: string): string {
  return (
    title
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "program"
  )
}

export async function copyMarkdown(): Promise<void> {
  const { document: open } = app.getState()
  const text = isNotebook(open.path) ? open.text : (await toNotebook()).notebookOfProgram(open).text
  await copyText(text, "the Markdown", "Copied as Markdown.")
}

/** What writes a program as a notebook; it comes when it is first asked for. */
const toNotebook = () => import("../../notebook/from-program.ts")

export function newNotebook(): void {
  const { language } = app.getState().document
  actions.openDocument(notebookFrom("notebook.md", `# New notebook\n\nText and cells, in any order.\n\n\`\`\`${language}\n\n\`\`\`\n`))
}

/** The open program as the first cell of a notebook, which runs as the program does. */
export async function makeNotebook(): Promise<void> {
  const { notebookOfProgram } = await toNotebook()
  const { document: open } = app.getState()
  if (isNotebook(open.path)) return
  const { text, rest } = notebookOfProgram(open)
  const next = documentFrom("notebook.md", open.language, text, true)
  actions.openDocument({ ...next, title: titleOf(text) ?? next.title, ...rest })
}

/** Files that are dropped on the page are opened; `?src=` offers to fetch a document. Called once, when the page starts. */
export function watchFiles(): void {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
  })
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0]
    if (!file) return
    event.preventDefault()
    void openFile(file)
  })
  const wanted = new URLSearchParams(location.search).get("src")
  if (wanted !== null) actions.offerSource(wanted)
}

/** Fetches what the reader agreed to; only https, only text, never run by itself. */
export async function fetchSource(address: string): Promise<void> {
  actions.offerSource(null)
  let url: URL
  try {
    url = new URL(address)
  } catch {
    actions.toast("The address of this link is no address.")
    return
  }
  try {
    const response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", redirect: "follow" })
    if (!response.ok) {
      actions.toast(`${url.host} answered with ${response.status}: there is no document to open.`)
      return
    }
    const bytes = response.body ? await readBounded(response.body, MOST_BYTES) : new Uint8Array()
    if (!bytes) actions.toast("The document has more than 5 MB.")
    else openText(decodeURIComponent(url.pathname.split("/").pop() || "page.md"), decoded(bytes))
  } catch {
    actions.toast(`${url.host} could not be reached, or does not let other pages read it.`)
  }
}
