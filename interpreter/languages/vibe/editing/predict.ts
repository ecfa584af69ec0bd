// The tasks of a Vibe program before it runs (languages/predict.ts): what `async` starts (SPEC 11.1, 11.6), named after the
// variable, or after the function or word where there is none. A task runs as soon as it is started.
import type { SyntaxNode } from "@lezer/common"
import { type Around, functionsIn, Prediction, type PredictTasks } from "../../predict.ts"
import { parser } from "../vibe.parser.ts"

const FUNCTIONS: ReadonlySet<string> = new Set(["FunctionDeclaration", "ToolDeclaration"])

export const predictTasks: PredictTasks = (text) => {
  const tree = parser.parse(text)
  const functions = functionsIn(tree, text, FUNCTIONS)
  const defined = new Set<string>()
  tree.iterate({
    enter: (ref) => {
      if (ref.name === "VariableDefinition") defined.add(text.slice(ref.from, ref.to))
    },
  })

  /** The name of a plain function that is called; "" for what starts nothing by itself. */
  const calledName = (node: SyntaxNode): string => {
    const callee = node.name === "CallExpression" ? node.firstChild : null
    return callee?.name === "VariableName" ? prediction.of(callee) : ""
  }

  const visit = (node: SyntaxNode, around: Around): boolean => {
    if (FUNCTIONS.has(node.name) || node.name === "TsBlock") return false
    if (node.name === "AsyncStatement") {
      asyncStatement(node, around)
      return false
    }
    if (node.name === "CallExpression") prediction.called(functions.get(calledName(node)), around)
    return true
  }

  const asyncStatement = (node: SyntaxNode, around: Around): void => {
    const declaration = node.getChild("LetDeclaration") ?? node.getChild("ConstDeclaration")
    const value = declaration ? declaration.getChild("Initializer")?.lastChild : node.lastChild
    if (!value) return
    const call = calledName(value)
    // What waits for nothing (a plain value, a built-in function) has its value at once.
    const own =
      value.name === "DoExpression"
        ? (/^\w+/.exec(prediction.of(value))?.[0] ?? "")
        : value.name === "TsBlock"
          ? "ts"
          : defined.has(call)
            ? call
            : ""
    // Arguments are worked out by who starts it.
    prediction.inside(value, around)
    if (own === "") return
    const name = (declaration && boundName(declaration)) || own
    prediction.start(name, node, around, (inner) => prediction.called(functions.get(call), inner), true)
  }

  const boundName = (declaration: SyntaxNode): string => {
    const pattern = declaration.getChild("Pattern")
    const name = declaration.getChild("VariableDefinition")
    if (!pattern) return name ? prediction.of(name) : ""
    const fields = pattern.getChildren("PatternField").map((field) => field.getChild("VariableDefinition"))
    return fields.map((field) => (field ? prediction.of(field) : "")).join(", ")
  }

  const prediction = new Prediction(tree, text, visit)
  prediction.inside(tree.topNode, { task: -1, inside: [] })
  return prediction.done()
}
