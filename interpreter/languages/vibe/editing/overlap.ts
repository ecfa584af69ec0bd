// Where a Vibe program that does one thing at a time could do two (languages/overlap.ts): a variable that asks the model and
// is not read before the next question (SPEC 11.1, 11.3). With `async` before it the answers are the same, for reading it waits.
import type { SyntaxNode } from "@lezer/common"
import type { SuggestOverlap } from "../../overlap.ts"
import { parser } from "../vibe.parser.ts"

const LISTS: ReadonlySet<string> = new Set(["Program", "Block"])
const DECLARATIONS: ReadonlySet<string> = new Set(["LetDeclaration", "ConstDeclaration"])
const ELSEWHERE: ReadonlySet<string> = new Set(["FunctionDeclaration", "ToolDeclaration", "TsBlock"])

export const suggestOverlap: SuggestOverlap = (text) => {
  const tree = parser.parse(text)
  let found: SyntaxNode | null = null
  tree.iterate({
    enter: (ref) => {
      if (found || ref.type.isError || ELSEWHERE.has(ref.name)) return false
      if (LISTS.has(ref.name)) found = firstApart(ref.node, text)
      return undefined
    },
  })
  const at = (found as SyntaxNode | null)?.from
  if (at === undefined) return null
  return { word: "async let", line: text.slice(0, at).split("\n").length, edits: [{ from: at, to: at, insert: "async " }] }
}

/** The first declaration of a list after which something else is asked before its variable is read. */
function firstApart(list: SyntaxNode, text: string): SyntaxNode | null {
  for (let statement = list.firstChild; statement; statement = statement.nextSibling) {
    const name = DECLARATIONS.has(statement.name) ? statement.getChild("VariableDefinition") : null
    const value = statement.getChild("Initializer")?.lastChild
    // `vibe` may call tools, whose order counts.
    if (!name || value?.name !== "DoExpression" || !/^do\b/.test(text.slice(value.from, value.to))) continue
    const read = new RegExp(`\\b${text.slice(name.from, name.to)}\\b`)
    for (let next = statement.nextSibling; next; next = next.nextSibling) {
      if (read.test(text.slice(next.from, next.to))) break
      if (asks(next)) return statement
    }
  }
  return null
}

/** Running the statement asks the model. */
function asks(statement: SyntaxNode): boolean {
  let found = false
  statement.cursor().iterate((ref) => {
    if (found || ELSEWHERE.has(ref.name)) return false
    if (ref.name === "DoExpression") found = true
    return undefined
  })
  return found
}
