// Where a Jade program that does one thing at a time could do two (languages/overlap.ts): a function that asks the model, whose
// answers are kept in variables and read later. `async` before it makes its calls futures; where they are read, `await`
// (SPEC 11). Only where nothing but the time it takes could change: the function prints nothing and calls none of the program's.
import type { SyntaxNode, Tree } from "@lezer/common"
import type { SuggestOverlap } from "../../overlap.ts"
import { functionsIn } from "../../predict.ts"
import { parser } from "../jade.parser.ts"

const FUNCTIONS: ReadonlySet<string> = new Set(["FunctionDeclaration"])
/** In these nobody can tell how often something is read, and when. */
const ONCE_OR_MORE: ReadonlySet<string> = new Set(["FunctionDeclaration", "Closure", "WhileStatement", "ForStatement"])
/** Where `await x` needs no parentheses. */
const LOOSE: ReadonlySet<string> = new Set(["ArgList", "Slot", "BinaryExpression", "ArrayExpression", "ExpressionStatement"])

export const suggestOverlap: SuggestOverlap = (text) => {
  // What is counted in passing changes with the order.
  if (text.includes("__")) return null
  const tree = parser.parse(text)
  const functions = functionsIn(tree, text, FUNCTIONS)
  const of = (node: SyntaxNode) => text.slice(node.from, node.to)
  for (const [name, fn] of functions) {
    if (fn.parent?.name !== "Program" || fn.getChild("async") || !asksAlone(fn, text, functions)) continue
    const uses = named(tree.topNode, "VariableName").filter((node) => of(node) === name)
    const kept = uses.map((use) => keptIn(use))
    if (kept.length < 2 || kept.some((declaration) => declaration === null)) continue
    const awaits = kept.map((declaration) => awaitsOf(declaration as SyntaxNode, tree, text))
    if (awaits.some((edits) => edits === null)) continue
    const reads = awaits.flatMap((edits) => edits ?? []).sort((a, b) => a.from - b.from)
    const [first, second] = kept as SyntaxNode[]
    // The first answer must not be wanted before the second is asked for.
    if (!first || !second || reads.some(({ from }) => from < second.to)) continue
    const at = fn.getChild("fn")?.from ?? fn.from
    // In an async function a question is a future too.
    const asked = named(fn, "Dereference").filter((node) => node.parent?.name !== "AwaitExpression")
    const waits = asked.map(({ from }) => ({ from, to: from, insert: "await " }))
    const edits = [{ from: at, to: at, insert: "async " }, ...waits, ...reads].sort((a, b) => a.from - b.from)
    return { word: "async fn", line: text.slice(0, at).split("\n").length, edits }
  }
  return null
}

/** The function asks the model and does nothing else that could be seen from outside. */
function asksAlone(fn: SyntaxNode, text: string, functions: ReadonlyMap<string, SyntaxNode>): boolean {
  const body = fn.getChild("Block")
  if (!body || named(body, "Dereference").length === 0) return false
  const words = named(body, "VariableName").map((node) => text.slice(node.from, node.to))
  return !words.some((word) => word === "print" || word === "input" || functions.has(word))
}

/** The declaration at the top of the program whose value is just this call. */
function keptIn(callee: SyntaxNode): SyntaxNode | null {
  const call = callee.parent
  const declaration = call?.parent
  if (call?.name !== "CallExpression" || call.firstChild?.from !== callee.from || declaration?.name !== "LetDeclaration") return null
  return declaration.parent?.name === "Program" && declaration.lastChild?.from === call.from ? declaration : null
}

/** `await` where the variable of a declaration is read, once; null if it is more than read, or nobody can tell how often. */
function awaitsOf(declaration: SyntaxNode, tree: Tree, text: string) {
  const definition = declaration.getChild("VariableDefinition")
  const name = definition ? text.slice(definition.from, definition.to) : ""
  const definitions = named(tree.topNode, "VariableDefinition").filter((node) => text.slice(node.from, node.to) === name)
  if (definitions.length !== 1) return null
  const edits: { from: number; to: number; insert: string }[] = []
  for (const use of named(tree.topNode, "VariableName")) {
    if (text.slice(use.from, use.to) !== name) continue
    for (let up = use.parent; up; up = up.parent) if (ONCE_OR_MORE.has(up.name)) return null
    if (use.parent?.name === "AssignStatement" && use.parent.firstChild?.from === use.from) return null
    if (use.from < declaration.to) return null
    const loose = LOOSE.has(use.parent?.name ?? "")
    edits.push({ from: use.from, to: use.to, insert: loose ? `await ${name}` : `(await ${name})` })
  }
  // A future is collected once (SPEC 11).
  return edits.length === 1 ? edits : null
}

function named(top: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = []
  top.cursor().iterate((ref) => {
    if (ref.name === name) found.push(ref.node)
  })
  return found
}
