// Rules of the syntax that the grammar cannot say, or not with a good message (SPEC 3, 12.1): chained comparisons, ranges
// of three, what may follow `async`, which types exist. Reported as ParserError, after lexing and brackets.
import type { SyntaxNode, Tree } from "@lezer/common"
import type { SyntaxFinding } from "../../syntax-errors.ts"

/** The type words of SPEC 4.1; names like any other wherever no type is expected. */
export const TYPE_WORDS: readonly string[] = ["text", "number", "boolean", "json", "prompt", "model"]

/** Types of other languages, and what Vibe has for them. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["str", "text"],
  ["int", "number"],
  ["integer", "number"],
  ["float", "number"],
  ["double", "number"],
  ["bool", "boolean"],
  ["object", "json"],
  ["any", "json"],
  ["list", "the type of its elements with [], such as text[]"],
  ["array", "the type of its elements with [], such as text[]"],
])

const LITERALS = /^(Number|String|BooleanLiteral|NullLiteral|ArrayExpression|ObjectExpression)$/

/** What the rules find in a tree; around errors any child may be missing. */
export function checkRules(tree: Tree, text: string): SyntaxFinding[] {
  const found: SyntaxFinding[] = []
  const report = (node: { from: number; to: number } | null | undefined, message: string) => {
    if (node) found.push({ from: node.from, to: node.to, kind: "ParserError", message })
  }
  tree.iterate({
    enter(ref) {
      if (ref.name === "BinaryExpression") {
        const node: SyntaxNode = ref.node
        const operator = node.getChild("CompareOp")
        if (!operator) return
        const left = node.firstChild
        if (left?.name === "BinaryExpression" && left.getChild("CompareOp")) {
          report(operator, "comparisons cannot be chained: join two of them with 'and'")
        }
      } else if (ref.name === "RangeExpression") {
        if (ref.node.firstChild?.name === "RangeExpression") report(ref.node.getChild(".."), "a range has two ends only")
      } else if (ref.name === "AsyncStatement") {
        const node = ref.node
        const declaration = node.getChild("LetDeclaration") ?? node.getChild("ConstDeclaration")
        const value = declaration ? declaration.getChild("Initializer")?.getChild("Expression") : node.getChild("Expression")
        if (declaration && !value) report(declaration, "an async declaration needs a value: do, vibe, a ts block or a function call")
        else if (value && (LITERALS.test(value.name) || value.getChild("not"))) {
          report(value, "async needs something to run: do, vibe, a ts block or a function call")
        }
      } else if (ref.name === "TypeName" && !TYPE_WORDS.includes(text.slice(ref.from, ref.to)) && !insideTool(ref.node)) {
        const word = text.slice(ref.from, ref.to)
        const meant = ELSEWHERE.get(word.toLowerCase())
        report(
          ref.node,
          `unknown type '${word}': ${meant ? `write ${meant}` : "the types are text, number, boolean, json, prompt and model"}`,
        )
      }
    },
  })
  return found
}

/** In the head of a tool imported types may stand, which the checker knows (SPEC 7.1). */
function insideTool(node: SyntaxNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === "ToolDeclaration") return true
    if (at.name === "Block" || at.name === "FunctionDeclaration") return false
  }
  return false
}
