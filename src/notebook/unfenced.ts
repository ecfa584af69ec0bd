// Code that stands in prose without a fence, as on pages whose fences got lost: stretches of lines that look like code are
// found here, and those that parse are offered as cells. Pure; whether they parse is asked elsewhere.
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"

/** Lines `from` to `to` of a prose block, 0-based, `to` not included. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly code: string
}

/** How a line of code begins in one of our languages; prose rarely does. */
const BEGINS =
  /^\s*(?:\/\/|\}|(?:private |export )?(?:async )?(?:fn|function)\b|(?:async )?(?:let|const|mut)\s+\w|prompt\s+\w+\s*=|model\s+\w+\s*=|return\b.*[\w)"]$|use\s+[\w:/]+$|import\s*\{|(?:for|while|if|try|match|struct|enum|impl|extend)\b.*[{(]|async\s+(?:do|vibe|ts)\b|\w+\s*=\s*\S|[\w.:]+\(.*\)\s*(?:\/\/.*)?$)/
/** What may stand between such lines. */
const GOES_ON = /^\s*$|^\s*[)\]}]|^\s+\S/

/** Stretches of a prose block that look like code, the longest that hang together; fences and indented quotes aside. */
export function stretchesOf(raw: string): Stretch[] {
  const lines = raw.split("\n").map((line) => line.replace(/\r$/, ""))
  const found: Stretch[] = []
  let fence = ""
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] as string
    const opening = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? ""
    if (fence !== "" || opening !== "") {
      fence = fence === "" ? opening : opening.startsWith(fence) ? "" : fence
      i++
      continue
    }
    if (!BEGINS.test(line)) {
      i++
      continue
    }
    let to = i + 1
    let end = to
    while (to < lines.length) {
      const next = lines[to] as string
      if (BEGINS.test(next)) end = to + 1
      else if (!GOES_ON.test(next)) break
      to++
    }
    const code = lines.slice(i, end).join("\n")
    // A single comment or brace is no program.
    if (/[\w"]/.test(code.replace(/\/\/.*/g, ""))) found.push({ from: i, to: end, code })
    i = end
  }
  return found
}

/** The block's text with a stretch put into a fence. */
export function fenced(raw: string, stretch: Stretch, language: CellLanguage): string {
  const eol = raw.includes("\r\n") ? "\r\n" : "\n"
  const lines = raw.split(/\r?\n/)
  const before = lines.slice(0, stretch.from)
  const after = lines.slice(stretch.to)
  const gap = before.length > 0 && before[before.length - 1] !== "" ? [""] : []
  return [...before, ...gap, `\`\`\`${language}`, ...lines.slice(stretch.from, stretch.to), "```", ...after].join(eol)
}
