// Rules of the syntax that the grammar cannot say, or not with a good message (SPEC 3, 12.1): chained comparisons, ranges
// of three, what may follow `async`, which types exist. Reported as ParserError, after lexing and brackets.
import type { SyntaxNode, Tree } from "@lezer/common"
import { type SyntaxFinding, TOO_DEEP, TOO_LONG } from "../../syntax-errors.ts"
import { type BinaryOp, strengthOf } from "./ast.ts"

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

/** How deep each may stand in its like: all of it is one expression for the host, and each level a good deal of code. */
const MOST_INSIDE: ReadonlyMap<string, readonly [kind: string, most: number]> = new Map([
  ["AssignmentExpression", ["prefix", 100]],
  ["DoExpression", ["prefix", 100]],
  ["ArrayExpression", ["literal", 500]],
  ["ObjectExpression", ["literal", 500]],
])

const OPERATORS = /^(?:ArithOp|CompareOp|and|or)$/
/** Operations inside one another, as those of a row are: more are nested too deeply for hosts when they are compiled. */
const MAX_CHAIN = 1_000

/** What the rules find in a tree; around errors any child may be missing. */
export function checkRules(tree: Tree, text: string): SyntaxFinding[] {
  const found: SyntaxFinding[] = []
  const report = (node: { from: number; to: number } | null | undefined, message: string) => {
    if (node) found.push({ from: node.from, to: node.to, kind: "ParserError", message })
  }
  const inside: Record<string, number> = { prefix: 0, literal: 0 }
  tree.iterate({
    enter(ref) {
      const [kind, most] = MOST_INSIDE.get(ref.name) ?? []
      if (kind && most) {
        const depth = (inside[kind] ?? 0) + 1
        inside[kind] = depth
        if (depth === most + 1) report(ref, TOO_DEEP)
      }
      if (ref.name === "BinaryExpression") {
        // By strength: how deep the operations nest that the next operator of it, or of a looser one, takes for its left side.
        const depths = [0, 0, 0, 0, 0, 0]
        let compared = false
        for (let child = ref.node.firstChild; child; child = child.nextSibling) {
          if (!OPERATORS.test(child.name)) continue
          const strength = strengthOf(text.slice(child.from, child.to) as BinaryOp)
          const depth = 1 + Math.max(...depths.slice(strength))
          if (depth > MAX_CHAIN) {
            report(child, TOO_LONG)
            break
          }
          depths.fill(0, strength)
          depths[strength] = depth
          if (child.name === "CompareOp" && compared) report(child, "comparisons cannot be chained: join two of them with 'and'")
          if (child.name !== "ArithOp") compared = child.name === "CompareOp"
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
    leave(ref) {
      const kind = MOST_INSIDE.get(ref.name)?.[0]
      if (kind) inside[kind] = (inside[kind] ?? 0) - 1
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
