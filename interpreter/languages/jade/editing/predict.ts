// The tasks of a Jade program before it runs (languages/predict.ts): calls of `async fn` (SPEC 11), each named after its
// function. A task waits for its turn until the one that started it stops.
import type { SyntaxNode } from "@lezer/common"
import { type Around, functionsIn, Prediction, type PredictTasks } from "../../predict.ts"
import { parser } from "../jade.parser.ts"

const FUNCTIONS: ReadonlySet<string> = new Set(["FunctionDeclaration"])

export const predictTasks: PredictTasks = (text) => {
  const tree = parser.parse(text)
  const functions = functionsIn(tree, text, FUNCTIONS)

  const visit = (node: SyntaxNode, around: Around): boolean => {
    if (FUNCTIONS.has(node.name)) return false
    const callee = node.name === "CallExpression" ? node.firstChild : null
    // `value |> fn` calls what stands last.
    const piped = node.name === "PipeExpression" ? node.lastChild : null
    if (!callee && !piped) return true
    prediction.inside(node, around)
    for (const name of [callee, piped]) if (name?.name === "VariableName") call(name, node, around)
    return false
  }

  const call = (name: SyntaxNode, node: SyntaxNode, around: Around): void => {
    const fn = functions.get(prediction.of(name))
    // Methods are no functions: they are reached through their object.
    if (!fn || fn.parent?.name === "ExtendBody") return
    if (!fn.getChild("async")) prediction.called(fn, around)
    else prediction.start(prediction.of(name), node, around, (inner) => prediction.called(fn, inner), false)
  }

  const prediction = new Prediction(tree, text, visit)
  prediction.inside(tree.topNode, { task: -1, inside: [] })
  return prediction.done()
}
