// The fibers of an Ard program before it runs (languages/predict.ts): `async::start` and `async::eval` reached from `main`
// (SPEC 14.3), named after what they are bound to, else after their function, else by number. A fiber waits for its turn.
import type { SyntaxNode } from "@lezer/common"
import { type Around, functionsIn, Prediction, type PredictTasks } from "../../predict.ts"
import { parser } from "../ard.parser.ts"

const FUNCTIONS: ReadonlySet<string> = new Set(["FunctionDeclaration"])

export const predictTasks: PredictTasks = (text) => {
  const tree = parser.parse(text)
  const functions = functionsIn(tree, text, FUNCTIONS)
  const starters = new Set<string>()
  for (const node of tree.topNode.getChildren("ImportDeclaration")) {
    const path = node.getChild("ModulePath")
    const name = node.getChild("ModuleName")
    if (!path || text.slice(path.from, path.to) !== "ard/async") continue
    const module = name ? text.slice(name.from, name.to) : "async"
    for (const verb of ["start", "eval"]) starters.add(`${module}::${verb}`)
  }

  const visit = (node: SyntaxNode, around: Around): boolean => {
    if (FUNCTIONS.has(node.name)) return false
    const callee = node.name === "CallExpression" ? node.firstChild : null
    if (callee?.name === "PathExpression" && starters.has(prediction.of(callee).replace(/\s/g, ""))) {
      start(node, around)
      return false
    }
    if (callee?.name === "VariableName") {
      prediction.inside(node, around)
      prediction.called(functions.get(prediction.of(callee)), around)
      return false
    }
    return true
  }

  const start = (node: SyntaxNode, around: Around): void => {
    const body = node.getChild("ArgList")?.getChild("Expression")
    if (!body) return
    const { parent } = node
    const bound = parent?.name === "VariableDeclaration" ? parent.getChild("VariableDefinition") : null
    const own = body.name === "Lambda" ? null : body.name === "FunctionDeclaration" ? body.getChild("VariableDefinition") : body
    const name = bound ?? own
    const fn = body.name === "VariableName" ? functions.get(prediction.of(body)) : body
    const called = name ? prediction.of(name) : `fiber#${prediction.tasks.length + 1}`
    prediction.start(called, node, around, (inner) => prediction.called(fn, inner), false)
  }

  const prediction = new Prediction(tree, text, visit)
  // Of the cells of a notebook each may have a main of its own.
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    const fn = FUNCTIONS.has(node.name) ? node : node.getChild("FunctionDeclaration")
    const name = fn?.getChild("VariableDefinition")
    if (fn && name && prediction.of(name) === "main") prediction.called(fn, { task: -1, inside: [] })
  }
  return prediction.done()
}
