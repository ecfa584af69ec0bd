// Syntax rules that a check says better than a grammar: imports first, positional arguments after named ones, two `%` in a
// row, calling a call's result, what can be assigned to. Used by `parse.ts`; kinds are those of the catalogue (19.1).
import type { SyntaxNode, Tree } from "@lezer/common"
import type { SyntaxFinding } from "../../syntax-errors.ts"

/** All findings, in source order. Every cell of a notebook begins with its own imports. Copes with trees that have error nodes: any child may be missing there. */
export function checkRules(tree: Tree, text: string, cellStarts: readonly number[]): SyntaxFinding[] {
  const found: SyntaxFinding[] = []
  const report = (node: { from: number; to: number } | null | undefined, message: string) => {
    if (node) found.push({ from: node.from, to: node.to, kind: "ParseError", message })
  }
  const errors: number[] = []
  tree.iterate({
    enter(ref) {
      if (ref.type.isError) errors.push(ref.from)
    },
  })
  const isSound = (node: { from: number; to: number }) => !errors.some((at) => at >= node.from && at <= node.to)
  const slice = (node: SyntaxNode) => text.slice(node.from, node.to)
  const isRemainder = (node: SyntaxNode | null): boolean => {
    if (node?.name !== "BinaryExpression") return false
    const operator = node.getChild("ArithOp")
    return operator !== null && slice(operator) === "%"
  }

  let sawStatement = false
  let cell = 0
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    for (let start = cellStarts[cell]; start !== undefined && start <= node.from; start = cellStarts[cell]) {
      sawStatement = false
      cell++
    }
    if (node.name === "ImportDeclaration") {
      if (sawStatement) report(node, "all imports come before the first other statement")
    } else if (node.type.is("Statement")) sawStatement = true
  }
  tree.iterate({
    enter(ref) {
      if (errors.length && !isSound(ref)) return
      switch (ref.name) {
        case "ArgList": {
          let named = false
          for (let it = ref.node.firstChild; it; it = it.nextSibling) {
            if (it.name === "NamedArgument") named = true
            else if (named && it.type.is("Expression")) {
              report(it, "positional arguments cannot follow named arguments")
              break
            }
          }
          break
        }
        case "BinaryExpression":
          if (isRemainder(ref.node) && isRemainder(ref.node.firstChild)) report(ref, "two '%' in a row need parentheses")
          break
        case "CallExpression":
          if (ref.node.firstChild?.name === "CallExpression") {
            report(ref.node.getChild("ArgList"), "the result of a call cannot be called at once: bind it to a name first")
          }
          break
        case "AssignStatement": {
          const target = ref.node.firstChild
          if (target && !/^(VariableName|MemberExpression|SelfMember)$/.test(target.name)) {
            report(target, "only a variable or a field can be assigned to")
          }
          break
        }
        case "ImportDeclaration":
          if (ref.node.parent?.name !== "Program") report(ref, "imports stand at the top of the file")
          break
        case "Unwrap": {
          let chain = ref.node.parent
          while (/^(?:Member|Call)Expression$/.test(chain?.parent?.name ?? "") && chain?.from === chain?.parent?.from)
            chain = chain?.parent ?? null
          if (chain?.parent?.name !== "TryExpression")
            report(ref, "'?.' stands only behind 'try', as in try a?.b: elsewhere use match, or .map(…) of a Maybe")
          break
        }
        case "RangeExpression":
          if (!/^(ForInStatement|MatchArm)$/.test(ref.node.parent?.name ?? "")) {
            report(ref, "a range stands only after 'in' and in the patterns of a match")
          }
          break
      }
    },
  })
  return found
}
