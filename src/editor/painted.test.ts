// The first picture of the page is painted by index.html alone; its colours are the editor's.
import { readFileSync } from "node:fs"
import { highlightTree } from "@lezer/highlight"
import { describe, expect, it } from "vitest"
import { colours } from "../../interpreter/languages/vibe/editing/colours.ts"
import { highlight } from "./theme.ts"

const html = readFileSync(new URL("../../index.html", import.meta.url), "utf8")
const css = readFileSync(new URL("./code.css", import.meta.url), "utf8")

/** Each character of the painted code with the look its mark-up gives it. */
function painted(): { readonly text: string; readonly looks: readonly string[] } {
  const source = /<pre id="first-code">([\s\S]*?)<\/pre>/.exec(html)?.[1] ?? ""
  let text = ""
  const looks: string[] = []
  let tag = ""
  for (const [, open, word] of source.matchAll(/<(\/?[a-z]+(?: class="prompt")?)>|([^<]+)/g)) {
    if (open !== undefined) tag = open.startsWith("/") ? "" : open.replace(' class="prompt"', ".prompt")
    for (const char of word ?? "") {
      text += char
      looks.push(tag === "" ? "" : lookOf(tag))
    }
  }
  return { text, looks }
}

/** Colour or weight that code.css gives to an element of the stand-in. */
function lookOf(selector: string): string {
  const rule = new RegExp(`\\n\\.stand-in-code ${selector.replace(".", "\\.")} \\{([^}]*)\\}`).exec(css)?.[1] ?? ""
  return /color: (var\([\w-]+\))/.exec(rule)?.[1] ?? /font-weight: (600)/.exec(rule)?.[1] ?? `no rule for ${selector}`
}

describe("the code that index.html paints before any script", () => {
  it("has the colours that the editor gives it", () => {
    const { text, looks } = painted()
    const rules = highlight.module?.getRules() ?? ""
    const wanted = Array.from(text, () => "")
    highlightTree(colours.parser.parse(text), highlight, (from, to, classes) => {
      const name = classes.split(" ").at(-1) ?? ""
      const rule = new RegExp(`\\.${name} \\{([^}]*)\\}`).exec(rules)?.[1] ?? ""
      const look = /color: (var\([\w-]+\))/.exec(rule)?.[1] ?? /font-weight: (600)/.exec(rule)?.[1] ?? ""
      wanted.fill(look, from, to)
    })
    const shown = (all: readonly string[]) => Array.from(text, (char, i) => (/\s/.test(char) ? "" : `${char} ${all[i]}`)).filter(Boolean)
    expect(shown(looks)).toEqual(shown(wanted))
  })
})
