// From a Lezer tree without error nodes to the typed AST. Used by `syntax/parse.ts` only, which makes sure of the "without
// error nodes". One walk, no judgement: what the grammar lets through but the language does not is found in `rules.ts` and
// by the checker. Parentheses leave no node; comparisons in a row become one CompareExpr.
import type { SyntaxNode, Tree } from "@lezer/common"
import { UNKNOWN, VOID } from "../check/types.ts"
import type {
  Argument,
  Arm,
  BinaryOp,
  BlockExpr,
  CatchClause,
  CompareOp,
  Expr,
  FieldNode,
  FieldValue,
  FunctionExpr,
  Ident,
  IfExpr,
  ImplStatement,
  LetStatement,
  MatchExpr,
  MethodSignature,
  ModuleNode,
  Param,
  Statement,
  TypeNode,
  UseStatement,
  Variant,
} from "./ast.ts"

/** The AST of a module whose tree has no error node. */
export function buildModule(tree: Tree, text: string): ModuleNode {
  return new Builder(text).module(tree.topNode)
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  '"': '"',
  "\\": "\\",
  "{": "{",
  "}": "}",
}

const unchecked = () => ({ type: UNKNOWN, coercions: null })

class Builder {
  constructor(private readonly text: string) {}

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

  private slice(node: { from: number; to: number }): string {
    return this.text.slice(node.from, node.to)
  }

  private ident(node: SyntaxNode): Ident {
    return { from: node.from, to: node.to, name: this.slice(node) }
  }

  private identIn(node: SyntaxNode, name: string): Ident {
    const child = node.getChild(name)
    return child ? this.ident(child) : { from: node.from, to: node.from, name: "" }
  }

  // ---- statements ---------------------------------------------------------------------------------------------------

  private statement(node: SyntaxNode): Statement {
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
          from,
          to,
          isPrivate: node.getChild("private") !== null,
          name: this.identIn(node, "TypeDefinition"),
          members: node.getChildren("Type").map((it) => this.type(it)),
        }
      case "EnumDeclaration":
        return {
          kind: "enum",
          from,
          to,
          isPrivate: node.getChild("private") !== null,
          name: this.identIn(node, "TypeDefinition"),
          variants: (node.getChild("EnumBody")?.getChildren("Variant") ?? []).map((it) => this.variant(it)),
        }
      case "StructDeclaration":
        return {
          kind: "struct",
          from,
          to,
          isPrivate: node.getChild("private") !== null,
          name: this.identIn(node, "TypeDefinition"),
          generics: (node.getChild("TypeParams")?.getChildren("GenericName") ?? []).map((it) => ({
            from: it.from,
            to: it.to,
            name: this.slice(it).slice(1),
          })),
          fields: (node.getChild("StructBody")?.getChildren("Field") ?? []).map((it) => this.field(it)),
        }
      case "TraitDeclaration":
        return {
          kind: "trait",
          from,
          to,
          isPrivate: node.getChild("private") !== null,
          name: this.identIn(node, "TypeDefinition"),
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

  // ---- types --------------------------------------------------------------------------------------------------------

  private annotation(node: SyntaxNode): TypeNode | null {
    const annotation = node.getChild("TypeAnnotation")
    return annotation ? this.typeIn(annotation) : null
  }

  private returnType(node: SyntaxNode): TypeNode | null {
    const result = node.getChild("ReturnType")
    return result ? this.typeIn(result) : null
  }

  private typeIn(node: SyntaxNode): TypeNode {
    const type = node.getChild("Type")
    if (type) return this.type(type)
    return { kind: "named", from: node.from, to: node.from, module: null, name: this.identIn(node, "TypeName"), args: [] }
  }

  private type(node: SyntaxNode): TypeNode {
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

  // ---- functions ----------------------------------------------------------------------------------------------------

  private params(node: SyntaxNode): Param[] {
    const list = node.getChild("ParamList")
    if (!list) return []
    return list.getChildren("Param").map((it) => ({
      from: it.from,
      to: it.to,
      mutable: it.getChild("mut") !== null,
      name: this.identIn(it, "VariableDefinition"),
      typeNode: this.annotation(it),
      symbol: null,
    }))
  }

  private fn(node: SyntaxNode): FunctionExpr {
    const owner = node.getChild("TypeName")
    const name = node.getChild("VariableDefinition")
    return {
      kind: "function",
      from: node.from,
      to: node.to,
      ...unchecked(),
      isPrivate: node.getChild("private") !== null,
      isMutating: node.getChild("mut") !== null,
      owner: owner && this.ident(owner),
      name: name && this.ident(name),
      params: this.params(node),
      resultNode: this.returnType(node),
      body: this.blockIn(node),
      symbol: null,
      local: null,
      params_: [],
      result: VOID,
      self: null,
    }
  }

  // ---- expressions --------------------------------------------------------------------------------------------------

  private blockIn(node: SyntaxNode): BlockExpr {
    const blocks = node.getChildren("Block")
    const last = blocks[blocks.length - 1]
    return last ? this.block(last) : { kind: "block", from: node.to, to: node.to, ...unchecked(), statements: [] }
  }

  private block(node: SyntaxNode): BlockExpr {
    const statements: Statement[] = []
    for (let it = node.firstChild; it; it = it.nextSibling) if (it.type.is("Statement")) statements.push(this.statement(it))
    return { kind: "block", from: node.from, to: node.to, ...unchecked(), statements }
  }

  /** The first child that is an expression; a loop's body is not taken for its condition. */
  private childExpression(node: SyntaxNode): Expr | null {
    const found = node.getChild("Expression")
    if (!found) return null
    if (found.name === "Block" && node.name !== "ExpressionStatement" && node.lastChild?.from === found.from) return null
    return this.expression(found)
  }

  private requiredExpression(node: SyntaxNode): Expr {
    return this.expressionOr(node.getChild("Expression"), node)
  }

  private expressionOr(node: SyntaxNode | null | undefined, around: SyntaxNode): Expr {
    return node ? this.expression(node) : voidAt(around.from)
  }

  private expression(node: SyntaxNode): Expr {
    const { from, to } = node
    switch (node.name) {
      case "ParenthesizedExpression":
        return this.requiredExpression(node)
      case "VariableName":
        return { kind: "name", from, to, ...unchecked(), name: this.slice(node), symbol: null }
      case "Integer":
        return { kind: "int", from, to, ...unchecked(), value: BigInt(this.slice(node).replaceAll("_", "")) }
      case "Float":
        return { kind: "float", from, to, ...unchecked(), value: Number(this.slice(node).replaceAll("_", "")) }
      case "BooleanLiteral":
        return { kind: "bool", from, to, ...unchecked(), value: this.slice(node) === "true" }
      case "VoidLiteral":
        return { kind: "void", from, to, ...unchecked() }
      case "String":
        return this.string(node)
      case "Self":
        return { kind: "self", from, to, ...unchecked(), symbol: null }
      case "SelfMember": {
        const object: Expr = { kind: "self", from, to: from + 1, ...unchecked(), symbol: null }
        const name = { from: from + 1, to, name: this.text.slice(from + 1, to) }
        return { kind: "member", from, to, ...unchecked(), object, name, target: null }
      }
      case "MemberExpression":
        return {
          kind: "member",
          from,
          to,
          ...unchecked(),
          object: this.requiredExpression(node),
          name: this.identIn(node, "PropertyName"),
          target: null,
        }
      case "PathExpression":
        return { kind: "path", from, to, ...unchecked(), parts: this.path(node), target: null }
      case "CallExpression":
        return this.call(node)
      case "NegateExpression":
        return { kind: "unary", from, to, ...unchecked(), op: "-", operand: this.requiredExpression(node) }
      case "NotExpression":
        return { kind: "unary", from, to, ...unchecked(), op: "not", operand: this.requiredExpression(node) }
      case "BinaryExpression":
        return this.binary(node)
      case "RangeExpression": {
        const [start, end] = node.getChildren("Expression")
        return { kind: "range", from, to, ...unchecked(), start: this.expressionOr(start, node), end: this.expressionOr(end, node) }
      }
      case "ListExpression":
        return { kind: "list", from, to, ...unchecked(), items: node.getChildren("Expression").map((it) => this.expression(it)) }
      case "MapExpression":
        return {
          kind: "map",
          from,
          to,
          ...unchecked(),
          entries: node.getChildren("MapEntry").map((it) => {
            const [key, value] = it.getChildren("Expression")
            return { key: this.expressionOr(key, it), value: this.expressionOr(value, it) }
          }),
        }
      case "StructExpression": {
        const path = node.getChild("PathExpression")
        return {
          kind: "struct",
          from,
          to,
          ...unchecked(),
          path: path ? this.path(path) : [this.identIn(node, "VariableName")],
          fields: (node.getChild("StructFields")?.getChildren("FieldValue") ?? []).map((it) => this.fieldValue(it)),
        }
      }
      case "MatchExpression":
        return this.match(node)
      case "TryExpression":
        return {
          kind: "try",
          from,
          to,
          ...unchecked(),
          operand: this.requiredExpression(node),
          catch: this.catch(node.getChild("CatchClause")),
          on: null,
        }
      case "IfExpression":
        return this.if(node)
      case "Block":
        return this.block(node)
      case "Lambda":
      case "FunctionDeclaration":
        return this.fn(node)
      case "ExternDeclaration": {
        const binding = node.getChild("String")
        return {
          kind: "extern",
          from,
          to,
          ...unchecked(),
          isPrivate: node.getChild("private") !== null,
          name: this.identIn(node, "VariableDefinition"),
          params: this.params(node),
          resultNode: this.returnType(node) ?? this.typeIn(node),
          binding: binding ? this.slice(binding).slice(1, -1) : "",
          symbol: null,
        }
      }
      default:
        return voidAt(from)
    }
  }

  private path(node: SyntaxNode): Ident[] {
    const parts: Ident[] = []
    let it: SyntaxNode | null = node
    while (it?.name === "PathExpression") {
      parts.push(this.identIn(it, "PropertyName"))
      it = it.firstChild
    }
    if (it) parts.push(this.ident(it))
    return parts.reverse()
  }

  private string(node: SyntaxNode): Expr {
    const parts: (string | Expr)[] = []
    let text = ""
    let at = node.from + 1
    const flush = (until: number) => {
      text += this.text.slice(at, until)
      at = until
    }
    for (let it = node.firstChild; it; it = it.nextSibling) {
      if (it.name === "Escape") {
        flush(it.from)
        const escaped = this.slice(it)
        text += ESCAPES[escaped.slice(1)] ?? escaped
        at = it.to
      } else if (it.name === "Interpolation") {
        flush(it.from)
        if (text) parts.push(text)
        text = ""
        const inner = it.getChild("Expression")
        if (inner) parts.push(this.expression(inner))
        at = it.to
      }
    }
    flush(node.to - 1)
    if (text) parts.push(text)
    return { kind: "string", from: node.from, to: node.to, ...unchecked(), parts }
  }

  private call(node: SyntaxNode): Expr {
    const callee = this.requiredExpression(node)
    const list = node.getChild("ArgList")
    const args: Argument[] = []
    let mutableFrom = -1
    for (let it = list?.firstChild; it; it = it.nextSibling) {
      if (it.name === "mut") mutableFrom = it.from
      else if (it.name === "NamedArgument") {
        const value = this.requiredExpression(it)
        const name = this.identIn(it, "ArgumentName")
        args.push({ from: it.from, to: it.to, mutable: it.getChild("mut") !== null, name, value })
        mutableFrom = -1
      } else if (it.type.is("Expression")) {
        const value = this.expression(it)
        const from = mutableFrom >= 0 ? mutableFrom : it.from
        args.push({ from, to: it.to, mutable: mutableFrom >= 0, name: null, value })
        mutableFrom = -1
      }
    }
    return {
      kind: "call",
      from: node.from,
      to: node.to,
      ...unchecked(),
      callee,
      typeArgs: (node.getChild("TypeArgs")?.getChildren("Type") ?? []).map((it) => this.type(it)),
      args,
      argsFrom: list?.from ?? node.to,
      argsTo: list?.to ?? node.to,
      target: null,
      resolved: [],
      fiber: null,
      bindings: null,
    }
  }

  private binary(node: SyntaxNode): Expr {
    const { from, to } = node
    const left = node.firstChild
    const right = node.lastChild
    let operator: SyntaxNode | null = left?.nextSibling ?? null
    while (operator?.name === "LineComment") operator = operator.nextSibling
    const op = operator ? this.slice(operator) : "+"
    const value = (side: SyntaxNode | null) => this.expressionOr(side, node)
    if (op === "<" || op === "<=" || op === ">" || op === ">=") {
      const operands: Expr[] = []
      const ops: CompareOp[] = [op]
      const first = value(left)
      if (first.kind === "compare" && left?.name === "BinaryExpression") {
        operands.push(...first.operands)
        ops.unshift(...first.ops)
      } else operands.push(first)
      operands.push(value(right))
      return { kind: "compare", from, to, ...unchecked(), operands, ops }
    }
    return {
      kind: "binary",
      from,
      to,
      ...unchecked(),
      op: op as BinaryOp,
      opFrom: operator?.from ?? from,
      left: value(left),
      right: value(right),
    }
  }

  private fieldValue(node: SyntaxNode): FieldValue {
    return { from: node.from, to: node.to, name: this.identIn(node, "PropertyName"), value: this.requiredExpression(node) }
  }

  private match(node: SyntaxNode): MatchExpr {
    const subject = node.getChild("Expression")
    const arms: Arm[] = (node.getChild("MatchBody")?.getChildren("MatchArm") ?? []).map((it) => {
      const [pattern, body] = it.getChildren("Expression")
      const isCatchAll = pattern?.name === "VariableName" && this.slice(pattern) === "_"
      return {
        from: it.from,
        to: it.to,
        pattern: isCatchAll || !pattern ? null : this.expression(pattern),
        patternFrom: pattern?.from ?? it.from,
        patternTo: pattern?.to ?? it.from,
        body: this.expressionOr(body, it),
        meaning: null,
      }
    })
    return {
      kind: "match",
      from: node.from,
      to: node.to,
      ...unchecked(),
      subject: subject && this.expression(subject),
      arms,
      form: null,
    }
  }

  private catch(node: SyntaxNode | null): CatchClause | null {
    if (!node) return null
    const name = node.getChild("VariableDefinition")
    const handler = node.getChild("Handler")
    return {
      from: node.from,
      to: node.to,
      name: name && this.ident(name),
      block: name ? this.blockIn(node) : null,
      handler: handler ? this.requiredExpression(handler) : null,
      symbol: null,
      coercions: null,
    }
  }

  private if(node: SyntaxNode): IfExpr {
    let condition: Expr | null = null
    let then: BlockExpr | null = null
    let otherwise: IfExpr | BlockExpr | null = null
    for (let it = node.firstChild; it; it = it.nextSibling) {
      if (it.name === "Block") {
        if (then) otherwise = this.block(it)
        else then = this.block(it)
      } else if (it.name === "IfExpression") otherwise = this.if(it)
      else if (it.type.is("Expression")) condition ??= this.expression(it)
    }
    return {
      kind: "if",
      from: node.from,
      to: node.to,
      ...unchecked(),
      condition: condition ?? voidAt(node.from),
      body: then ?? this.blockIn(node),
      else: otherwise,
    }
  }
}

function voidAt(at: number): Expr {
  return { kind: "void", from: at, to: at, ...unchecked() }
}
