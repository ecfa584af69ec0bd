// Types and small tokens of the tree as AST: the lowest storey of the builder (see build.ts).
import type { SyntaxNode } from "@lezer/common"
import type { Ident, TypeNode } from "./ast.ts"

export class TypeBuilder {
  constructor(protected readonly text: string) {}

  protected slice(node: { from: number; to: number }): string {
    return this.text.slice(node.from, node.to)
  }

  protected ident(node: SyntaxNode): Ident {
    return { from: node.from, to: node.to, name: this.slice(node) }
  }

  protected identIn(node: SyntaxNode, name: string): Ident {
    const child = node.getChild(name)
    return child ? this.ident(child) : { from: node.from, to: node.from, name: "" }
  }

  protected annotation(node: SyntaxNode): TypeNode | null {
    const annotation = node.getChild("TypeAnnotation")
    return annotation ? this.typeIn(annotation) : null
  }

  protected returnType(node: SyntaxNode): TypeNode | null {
    const result = node.getChild("ReturnType")
    return result ? this.typeIn(result) : null
  }

  protected typeIn(node: SyntaxNode): TypeNode {
    const type = node.getChild("Type")
    if (type) return this.type(type)
    return { kind: "named", from: node.from, to: node.from, module: null, name: this.identIn(node, "TypeName"), args: [] }
  }

  protected type(node: SyntaxNode): TypeNode {
    const { from, to } = node
    const parts = () => node.getChildren("Type").map((it) => this.type(it))
    const part = (index: number): TypeNode => {
      const child = node.getChildren("Type")[index]
      return child ? this.type(child) : this.typeIn(node)
    }
    switch (node.name) {
      case "GenericName":
        return { kind: "generic", from, to, name: this.slice(node).slice(1) }
      case "ListType":
        return { kind: "list", from, to, of: part(0) }
      case "MapType":
        return { kind: "map", from, to, key: part(0), value: part(1) }
      case "NullableType":
        return { kind: "nullable", from, to, of: part(0) }
      case "ResultType":
        return { kind: "result", from, to, value: part(0), error: part(1) }
      case "FunctionType":
        return { kind: "function", from, to, params: parts(), result: this.returnType(node) }
      default: {
        const module = node.getChild("ModuleName")
        const args = node.getChild("TypeArgs")
        return {
          kind: "named",
          from,
          to,
          module: module && this.ident(module),
          name: this.identIn(node, "TypeName"),
          args: args ? args.getChildren("Type").map((it) => this.type(it)) : [],
        }
      }
    }
  }
}
