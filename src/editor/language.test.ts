// @vitest-environment happy-dom
import { insertNewlineAndIndent } from "@codemirror/commands"
import { EditorState } from "@codemirror/state"
import { describe, expect, it } from "vitest"
import { LANGUAGES } from "../../interpreter/languages/index.ts"
import { languageSupport } from "./language.ts"

/** The text after Enter at `|`, with the cursor as `|`. */
async function enter(language: string, marked: string): Promise<string> {
  const entry = LANGUAGES.find(({ id }) => id === language)
  if (!entry) throw new Error(`no language ${language}`)
  const at = marked.indexOf("|")
  let state = EditorState.create({
    doc: marked.replace("|", ""),
    selection: { anchor: at },
    extensions: languageSupport(language, await entry.loadColours()),
  })
  insertNewlineAndIndent({
    state,
    dispatch: (transaction) => {
      state = transaction.state
    },
  })
  const { head } = state.selection.main
  return `${state.sliceDoc(0, head)}|${state.sliceDoc(head)}`
}

describe("Enter", () => {
  it.each(["vibe", "jade", "ard"])("between brackets gives %s a line of its own, indented", async (language) => {
    expect(await enter(language, "if true {|}\n")).toBe("if true {\n  |\n}\n")
  })

  it.each(["vibe", "jade", "ard"])("after a line in a block keeps the indentation of %s", async (language) => {
    expect(await enter(language, "if true {\n  f(1)|\n}\n")).toBe("if true {\n  f(1)\n  |\n}\n")
  })
})
