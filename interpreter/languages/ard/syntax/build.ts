// From a Lezer tree to the typed AST. Used by `syntax/parse.ts`: one walk, no judgement; what the grammar lets through but the
// language does not is found in `rules.ts` and by the checker. A tree with error nodes gives an AST with holes (Void literals,
// empty names) for the editing functions. Three storeys: types, expressions, statements.
import type { SyntaxNode, Tree } from "@lezer/common"
import type { FieldNode, Ident, ImplStatement, LetStatement, MethodSignature, ModuleNode, Statement, UseStatement, Variant } from "./ast.ts"
import { ExpressionBuilder, voidAt } from "./build-expressions.ts"

/** The AST of a module. */
export function buildModule(tree: Tree, text: string): ModuleNode {
  return new ModuleBuilder(text).module(tree.topNode)
}

class ModuleBuilder extends ExpressionBuilder {
  module(node: SyntaxNode): ModuleNode {
    const imports: UseStatement[] = []
    const statements: Statement[] = []
    for (let it = node.firstChild; it; it = it.nextSibling) {
      if (!it.type.is("Statement")) continue
      const statement = this.statement(it)
      if (statement.kind === "use") imports.push(statement)
      else statements.push(statement)
    }
    return { from: node.from, to: node.to, imports, statements }
  }

  protected statement(node: SyntaxNode): Statement {
    const { from, to } = node
    switch (node.name) {
      case "ImportDeclaration": {
        const path = this.identIn(node, "ModulePath")
        const alias = node.getChild("ModuleName")
        return { kind: "use", from, to, path: path.name, pathFrom: path.from, pathTo: path.to, alias: alias && this.ident(alias) }
      }
      case "BreakStatement":
        return { kind: "break", from, to: from + "break".length }
      case "VariableDeclaration":
        return this.variable(node, node.getChild("mut") !== null)
      case "WhileStatement": {
        const condition = this.childExpression(node)
        return { kind: "while", from, to, condition, body: this.blockIn(node) }
      }
      case "ForInStatement": {
        const names = node.getChildren("VariableDefinition")
        const cursor = names[0]
        const index = names[1]
        return {
          kind: "forIn",
          from,
          to,
          cursor: cursor ? this.ident(cursor) : this.identIn(node, "VariableDefinition"),
          index: index ? this.ident(index) : null,
          iterable: this.requiredExpression(node),
          body: this.blockIn(node),
          over: null,
          cursorSymbol: null,
          indexSymbol: null,
        }
      }
      case "ForStatement":
        return this.forStatement(node)
      case "TypeDeclaration":
        return {
          kind: "type",
          ...this.declared(node),
          members: node.getChildren("Type").map((it) => this.type(it)),
        }
      case "EnumDeclaration":
        return {
          kind: "enum",
          ...this.declared(node),
          variants: (node.getChild("EnumBody")?.getChildren("Variant") ?? []).map((it) => this.variant(it)),
        }
      case "StructDeclaration":
        return {
          kind: "struct",
          ...this.declared(node),
          generics: (node.getChild("TypeParams")?.getChildren("GenericName") ?? []).map((it) => ({
            from: it.from,
            to: it.to,
            name: this.slice(it).slice(1),
          })),
          fields: (node.getChild("StructBody")?.getChildren("Field") ?? []).map((it) => this.field(it)),
          isExtern: false,
        }
      case "ExternTypeDeclaration":
        return {
          kind: "struct",
          ...this.declared(node),
          generics: [],
          fields: [],
          isExtern: true,
        }
      case "TraitDeclaration":
        return {
          kind: "trait",
          ...this.declared(node),
          methods: (node.getChild("TraitBody")?.getChildren("MethodSignature") ?? []).map((it) => this.signature(it)),
        }
      case "ImplDeclaration":
        return this.impl(node)
      case "AssignStatement": {
        const sides = node.getChildren("Expression")
        const update = node.getChild("UpdateOp")
        return {
          kind: "assign",
          from,
          to,
          target: this.expressionOr(sides[0], node),
          op: update ? (this.slice(update) as "=+" | "=-") : "=",
          value: this.expressionOr(sides[1], node),
        }
      }
      default:
        return { kind: "expr", from, to, value: this.requiredExpression(node) }
    }
  }

  /** What every declaration of a type has. */
  private declared(node: SyntaxNode): { from: number; to: number; isPrivate: boolean; name: Ident } {
    return {
      from: node.from,
      to: node.to,
      isPrivate: node.getChild("private") !== null,
      name: this.identIn(node, "TypeDefinition"),
    }
  }

  private variable(node: SyntaxNode, mutable: boolean): LetStatement {
    return {
      kind: "let",
      from: node.from,
      to: node.to,
      mutable,
      name: this.identIn(node, "VariableDefinition"),
      typeNode: this.annotation(node),
      value: this.requiredExpression(node),
      symbol: null,
      copies: false,
    }
  }

  private forStatement(node: SyntaxNode): Statement {
    const [first, second] = node.getChildren("Expression")
    const update = node.getChild("Update")
    const name = this.identIn(node, "VariableDefinition")
    const value = this.expressionOr(first, node)
    const init: LetStatement = {
      kind: "let",
      from: (node.getChild("let") ?? node.getChild("mut"))?.from ?? name.from,
      to: value.to,
      mutable: node.getChild("let") === null,
      name,
      typeNode: this.annotation(node),
      value,
      symbol: null,
      copies: false,
    }
    return {
      kind: "for",
      from: node.from,
      to: node.to,
      init,
      condition: this.expressionOr(second, node),
      update: update ? this.update(update) : { kind: "expr", from: node.from, to: node.from, value: voidAt(node.from) },
      body: this.blockIn(node),
    }
  }

  private update(node: SyntaxNode): Statement {
    const [target, value] = node.getChildren("Expression")
    const { from, to } = node
    if (!value) return { kind: "expr", from, to, value: this.expressionOr(target, node) }
    const operator = node.getChild("UpdateOp")
    return {
      kind: "assign",
      from,
      to,
      target: this.expressionOr(target, node),
      op: operator ? (this.slice(operator) as "=+" | "=-") : "=",
      value: this.expression(value),
    }
  }

  private variant(node: SyntaxNode): Variant {
    return { from: node.from, to: node.to, name: this.identIn(node, "VariantName"), value: this.childExpression(node) }
  }

  private field(node: SyntaxNode): FieldNode {
    return { from: node.from, to: node.to, name: this.identIn(node, "FieldDefinition"), typeNode: this.typeIn(node) }
  }

  private signature(node: SyntaxNode): MethodSignature {
    return {
      from: node.from,
      to: node.to,
      isMutating: node.getChild("mut") !== null,
      name: this.identIn(node, "VariableDefinition"),
      params: this.params(node),
      resultNode: this.returnType(node),
    }
  }

  private impl(node: SyntaxNode): ImplStatement {
    const reference = node.getChild("TraitReference")
    const trait: Ident[] = []
    for (let it = reference?.firstChild; it; it = it.nextSibling) {
      if (it.name === "ModuleName" || it.name === "TypeName") trait.push(this.ident(it))
    }
    return {
      kind: "impl",
      from: node.from,
      to: node.to,
      trait: reference ? trait : null,
      target: this.identIn(node, "TypeName"),
      methods: (node.getChild("ImplBody")?.getChildren("FunctionDeclaration") ?? []).map((it) => this.fn(it)),
    }
  }
}
