// Expressions and functions of the tree as AST: the middle storey of the builder (see build.ts). Parentheses leave no node;
// comparisons in a row become one CompareExpr.
import type { SyntaxNode } from "@lezer/common"
import { UNKNOWN, VOID } from "../check/types.ts"
import type {
  Argument,
  Arm,
  BinaryOp,
  BlockExpr,
  CatchClause,
  CompareOp,
  Expr,
  FieldValue,
  FunctionExpr,
  Ident,
  IfExpr,
  MatchExpr,
  Param,
  Statement,
} from "./ast.ts"
import { TypeBuilder } from "./build-types.ts"

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

export abstract class ExpressionBuilder extends TypeBuilder {
  protected abstract statement(node: SyntaxNode): Statement

  protected params(node: SyntaxNode): Param[] {
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

  protected fn(node: SyntaxNode): FunctionExpr {
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

  protected blockIn(node: SyntaxNode): BlockExpr {
    const blocks = node.getChildren("Block")
    const last = blocks[blocks.length - 1]
    return last ? this.block(last) : { kind: "block", from: node.to, to: node.to, ...unchecked(), statements: [] }
  }

  protected block(node: SyntaxNode): BlockExpr {
    const statements: Statement[] = []
    for (let it = node.firstChild; it; it = it.nextSibling) if (it.type.is("Statement")) statements.push(this.statement(it))
    return { kind: "block", from: node.from, to: node.to, ...unchecked(), statements }
  }

  /** The first child that is an expression; a loop's body is not taken for its condition. */
  protected childExpression(node: SyntaxNode): Expr | null {
    const found = node.getChild("Expression")
    if (!found) return null
    if (found.name === "Block" && node.name !== "ExpressionStatement" && node.lastChild?.from === found.from) return null
    return this.expression(found)
  }

  protected requiredExpression(node: SyntaxNode): Expr {
    return this.expressionOr(node.getChild("Expression"), node)
  }

  protected expressionOr(node: SyntaxNode | null | undefined, around: SyntaxNode): Expr {
    return node ? this.expression(node) : voidAt(around.from)
  }

  protected expression(node: SyntaxNode): Expr {
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
          object: this.memberOf(node),
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
          chain: unwrapsOnTheWay(node.getChild("Expression")) ? "end" : null,
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

  /** What stands before the dot; before `?.` it is unwrapped. */
  protected memberOf(node: SyntaxNode): Expr {
    const object = this.requiredExpression(node)
    const mark = node.getChild("Unwrap")
    return mark
      ? { kind: "try", from: object.from, to: mark.from + 1, ...unchecked(), operand: object, catch: null, chain: "link", on: null }
      : object
  }

  protected path(node: SyntaxNode): Ident[] {
    const parts: Ident[] = []
    let it: SyntaxNode | null = node
    while (it?.name === "PathExpression") {
      parts.push(this.identIn(it, "PropertyName"))
      it = it.firstChild
    }
    if (it) parts.push(this.ident(it))
    return parts.reverse()
  }

  protected string(node: SyntaxNode): Expr {
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

  protected call(node: SyntaxNode): Expr {
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

  protected binary(node: SyntaxNode): Expr {
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

  protected fieldValue(node: SyntaxNode): FieldValue {
    return { from: node.from, to: node.to, name: this.identIn(node, "PropertyName"), value: this.requiredExpression(node) }
  }

  protected match(node: SyntaxNode): MatchExpr {
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

  protected catch(node: SyntaxNode | null): CatchClause | null {
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
      errorCoercions: null,
      coercions: null,
    }
  }

  /** A chain of `else if` is one node of the tree; here each link holds the next. */
  protected if(node: SyntaxNode): IfExpr {
    const links: { from: number; condition: Expr | null; body: BlockExpr | null }[] = []
    let otherwise: IfExpr | BlockExpr | null = null
    for (let it = node.firstChild; it; it = it.nextSibling) {
      const link = links[links.length - 1]
      if (it.name === "if") links.push({ from: it.from, condition: null, body: null })
      else if (it.name === "Block") {
        if (link && !link.body) link.body = this.block(it)
        else otherwise = this.block(it)
      } else if (link && it.type.is("Expression")) link.condition ??= this.expression(it)
    }
    const ifOf = ({ from, condition, body }: (typeof links)[number]): IfExpr => ({
      kind: "if",
      from,
      to: node.to,
      ...unchecked(),
      condition: condition ?? voidAt(from),
      body: body ?? { kind: "block", from: node.to, to: node.to, ...unchecked(), statements: [] },
      else: otherwise,
    })
    for (const link of links.slice(1).reverse()) otherwise = ifOf(link)
    return ifOf(links[0] ?? { from: node.from, condition: null, body: null })
  }
}

/** Whether `?.` stands in a chain of members and calls, from its end back to its beginning. */
function unwrapsOnTheWay(chain: SyntaxNode | null): boolean {
  for (let it = chain; it; it = it.firstChild) {
    if (it.name === "MemberExpression" && it.getChild("Unwrap")) return true
    if (it.name !== "MemberExpression" && it.name !== "CallExpression") return false
  }
  return false
}

export function voidAt(at: number): Expr {
  return { kind: "void", from: at, to: at, ...unchecked() }
}
