// From the Lezer tree of a file to its abstract syntax (ast.ts). Copes with any tree: where error recovery left something
// out, `Missing` expressions and empty names stand in, and statements that make no sense are left out. Recursive: scan.ts
// has refused files that nest deeper than people write.
import type { SyntaxNode, Tree } from "@lezer/common"
import {
  type BinaryOp,
  type Block,
  type ContextChoice,
  type Expr,
  type FileAst,
  type FunctionStmt,
  type IfStmt,
  type LoopMode,
  type ModelStmt,
  type Name,
  type ObjectLiteral,
  type Param,
  type PathStep,
  type PatternField,
  type Property,
  type Span,
  type Stmt,
  type StringLiteral,
  type StringPart,
  strengthOf,
  type TsBlock,
  type TypeNode,
  type Variable,
  type VarStmt,
  type VarTarget,
} from "./ast.ts"

/** The abstract syntax of a file whose tree is `tree`. Never throws on trees of this grammar. */
export function buildAst(tree: Tree, text: string): FileAst {
  return new Builder(text).file(tree.topNode)
}

const EXPRESSIONS = new Set([
  "DoExpression",
  "AssignmentExpression",
  "VariableName",
  "Number",
  "BooleanLiteral",
  "NullLiteral",
  "String",
  "ArrayExpression",
  "ObjectExpression",
  "ParenthesizedExpression",
  "TsBlock",
  "UnaryExpression",
  "BinaryExpression",
  "RangeExpression",
  "CallExpression",
  "IndexExpression",
  "MemberExpression",
])

const OPERATORS = new Set(["ArithOp", "CompareOp", "and", "or"])

class Builder {
  constructor(private readonly text: string) {}

  file(top: SyntaxNode): FileAst {
    return { body: this.statements(top) }
  }

  private slice(node: Span): string {
    return this.text.slice(node.from, node.to)
  }

  private children(node: SyntaxNode): SyntaxNode[] {
    const all: SyntaxNode[] = []
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (!child.type.isError && child.name !== "LineComment" && child.name !== "BlockComment") all.push(child)
    }
    return all
  }

  private name(node: SyntaxNode | null, at: number): Name {
    return node ? { text: this.slice(node), from: node.from, to: node.to } : { text: "", from: at, to: at }
  }

  private expressions(node: SyntaxNode): SyntaxNode[] {
    return this.children(node).filter((child) => EXPRESSIONS.has(child.name))
  }

  private firstExpression(node: SyntaxNode): Expr {
    const found = this.expressions(node)[0]
    return found ? this.expr(found) : { k: "missing", from: node.to, to: node.to }
  }

  // ---- statements -----------------------------------------------------------------------------------------------------

  private statements(node: SyntaxNode): Stmt[] {
    const list: Stmt[] = []
    for (const child of this.children(node)) {
      const statement = this.statement(child)
      if (statement) list.push(statement)
    }
    return list
  }

  private statement(node: SyntaxNode): Stmt | null {
    const { from, to } = node
    switch (node.name) {
      case "ImportDeclaration": {
        const names = node.getChild("ImportNames")
        const path = node.getChild("String")
        return {
          k: "import",
          from,
          to,
          names: names ? names.getChildren("VariableDefinition").map((it) => this.name(it, from)) : [],
          path: path ? this.plainString(path) : "",
          pathSpan: path ?? { from: to, to },
        }
      }
      case "ExportDeclaration": {
        const inner = this.children(node)
          .map((child) => this.statement(child))
          .find((it): it is VarStmt | ModelStmt | FunctionStmt => it !== null && ["let", "const", "model", "function"].includes(it.k))
        return inner ? { k: "export", from, to, declaration: inner } : null
      }
      case "AsyncStatement": {
        const declaration = node.getChild("LetDeclaration") ?? node.getChild("ConstDeclaration")
        return { k: "async", from, to, what: declaration ? this.variable(declaration) : this.firstExpression(node) }
      }
      case "LetDeclaration":
      case "ConstDeclaration":
        return this.variable(node)
      case "ModelDeclaration": {
        const config = node.getChild("ObjectExpression")
        const object: ObjectLiteral = config ? (this.expr(config) as ObjectLiteral) : { k: "object", from: to, to, properties: [] }
        return { k: "model", from, to, name: this.name(node.getChild("VariableDefinition"), to), config: object }
      }
      case "FunctionDeclaration":
        return this.functionDeclaration(node)
      case "ToolDeclaration":
        return this.tool(node)
      case "ReturnStatement": {
        const value = this.expressions(node)[0]
        return { k: "return", from, to, value: value ? this.expr(value) : null }
      }
      case "BreakStatement":
        return { k: "break", from, to }
      case "ThrowStatement":
        return { k: "throw", from, to, value: this.firstExpression(node) }
      case "IfStatement":
        return this.ifStatement(node)
      case "ForStatement":
        return {
          k: "for",
          from,
          to,
          name: this.name(node.getChild("VariableDefinition"), to),
          iterable: this.firstExpression(node),
          body: this.block(node.getChild("Block"), to),
          mode: this.loopMode(node.getChild("LoopMode")),
        }
      case "WhileStatement":
        return {
          k: "while",
          from,
          to,
          test: this.firstExpression(node),
          body: this.block(node.getChild("Block"), to),
          mode: this.loopMode(node.getChild("LoopMode")),
        }
      case "Block":
        return this.block(node, to)
      case "ExpressionStatement":
        return { k: "expr", from, to, value: this.firstExpression(node) }
      default:
        return null
    }
  }

  private variable(node: SyntaxNode): VarStmt {
    const { from, to } = node
    const k = node.name === "ConstDeclaration" ? "const" : "let"
    const initializer = node.getChild("Initializer")
    const init = initializer ? this.firstExpression(initializer) : null
    const pattern = node.getChild("Pattern")
    let target: VarTarget
    if (pattern) {
      const fields: PatternField[] = pattern.getChildren("PatternField").map((field) => ({
        from: field.from,
        to: field.to,
        name: this.name(field.getChild("VariableDefinition"), field.from),
        type: this.type(field.getChild("TypeAnnotation")) ?? { base: "", dims: 0, from: field.to, to: field.to },
        isPrivate: field.getChild("private") !== null,
      }))
      target = { k: "pattern", from: pattern.from, to: pattern.to, fields }
    } else {
      target = {
        k: "name",
        name: this.name(node.getChild("VariableDefinition"), to),
        type: this.type(node.getChild("TypeAnnotation")),
        isPrivate: node.getChild("private") !== null,
      }
    }
    return { k, from, to, target, init }
  }

  private type(annotation: SyntaxNode | null): TypeNode | null {
    const type = annotation?.getChild("Type")
    if (!type) return null
    const base = type.getChild("TypeName")
    return { base: base ? this.slice(base) : "", dims: type.getChildren("]").length, from: type.from, to: type.to }
  }

  private params(node: SyntaxNode): Param[] {
    const list = node.getChild("ParamList")
    if (!list) return []
    return list.getChildren("Param").map((param) => ({
      from: param.from,
      to: param.to,
      name: this.name(param.getChild("VariableDefinition"), param.from),
      type: this.type(param.getChild("TypeAnnotation")) ?? { base: "", dims: 0, from: param.to, to: param.to },
    }))
  }

  private functionDeclaration(node: SyntaxNode): FunctionStmt {
    return {
      k: "function",
      from: node.from,
      to: node.to,
      name: this.name(node.getChild("VariableDefinition"), node.to),
      params: this.params(node),
      returns: this.type(node.getChild("TypeAnnotation")),
      body: this.block(node.getChild("Block"), node.to),
    }
  }

  private tool(node: SyntaxNode): Stmt {
    const metas = node.getChildren("ToolMeta")
    const text = (meta: SyntaxNode) => {
      const string = meta.getChild("String")
      return string ? this.plainString(string) : ""
    }
    const description = metas.find((meta) => meta.getChild("AtDescription"))
    return {
      k: "tool",
      from: node.from,
      to: node.to,
      name: this.name(node.getChild("VariableDefinition"), node.to),
      params: this.params(node),
      returns: this.type(node.getChild("TypeAnnotation")),
      description: description ? text(description) : "",
      paramDocs: metas
        .filter((meta) => meta.getChild("AtParam"))
        .map((meta) => ({ name: this.name(meta.getChild("VariableName"), meta.from), text: text(meta) })),
      body: this.block(node.getChild("Block"), node.to),
    }
  }

  private ifStatement(node: SyntaxNode): IfStmt {
    // The branches stand in one list: a test and its block each, at the end perhaps a block alone.
    const arms: { from: number; test: Expr; body: Block }[] = []
    let test: Expr | null = null
    let from = node.from
    let otherwise: IfStmt | Block | null = null
    for (const child of this.children(node)) {
      if (child.name === "if") from = child.from
      else if (EXPRESSIONS.has(child.name)) test = this.expr(child)
      else if (child.name === "Block") {
        if (test || arms.length === 0) {
          arms.push({ from, test: test ?? { k: "missing", from: child.from, to: child.from }, body: this.block(child, node.to) })
        } else otherwise = this.block(child, node.to)
        test = null
      }
    }
    if (test || arms.length === 0) {
      arms.push({ from, test: test ?? { k: "missing", from: node.to, to: node.to }, body: this.block(null, node.to) })
    }
    for (let i = arms.length - 1; i > 0; i--) otherwise = { k: "if", to: node.to, ...(arms[i] as (typeof arms)[number]), otherwise }
    return { k: "if", to: node.to, ...(arms[0] as (typeof arms)[number]), otherwise }
  }

  private block(node: SyntaxNode | null, at: number): Block {
    return node ? { k: "block", from: node.from, to: node.to, body: this.statements(node) } : { k: "block", from: at, to: at, body: [] }
  }

  private loopMode(node: SyntaxNode | null): LoopMode | null {
    if (!node) return null
    const word = this.children(node)[0]?.name
    const k = word === "forget" || word === "compress" ? word : "verbose"
    const args = node.getChild("CompressArgs")
    const parts = args ? this.children(args).filter((it) => it.name === "String" || it.name === "VariableName") : []
    const first = parts[0] ? (this.expr(parts[0]) as StringLiteral | Variable) : null
    const second = parts[1]?.name === "VariableName" ? (this.expr(parts[1]) as Variable) : null
    return { k, from: node.from, to: node.to, first, second }
  }

  // ---- expressions ----------------------------------------------------------------------------------------------------

  private expr(node: SyntaxNode): Expr {
    const { from, to } = node
    switch (node.name) {
      case "Number":
        return { k: "number", from, to, value: Number(this.slice(node)) }
      case "BooleanLiteral":
        return { k: "boolean", from, to, value: this.slice(node) === "true" }
      case "NullLiteral":
        return { k: "null", from, to }
      case "String":
        return this.string(node)
      case "VariableName":
        return { k: "variable", from, to, name: this.slice(node) }
      case "ArrayExpression":
        return { k: "array", from, to, items: this.expressions(node).map((it) => this.expr(it)) }
      case "ObjectExpression":
        return { k: "object", from, to, properties: node.getChildren("Property").map((it) => this.property(it)) }
      case "ParenthesizedExpression":
        return { k: "paren", from, to, inner: this.firstExpression(node) }
      case "UnaryExpression":
        return { k: "unary", from, to, op: node.getChild("not") ? "not" : "-", operand: this.firstExpression(node) }
      case "BinaryExpression":
        return this.binary(node)
      case "RangeExpression": {
        const [start, end] = this.pair(node)
        return { k: "range", from, to, start, end }
      }
      case "CallExpression": {
        const list = node.getChild("ArgList")
        const callee = this.expressions(node)[0]
        return {
          k: "call",
          from,
          to,
          callee: callee ? this.expr(callee) : { k: "missing", from, to: from },
          args: list ? this.expressions(list).map((it) => this.expr(it)) : [],
          argsSpan: list ?? { from: to, to },
        }
      }
      case "IndexExpression":
        return this.index(node)
      case "MemberExpression":
        return { k: "member", from, to, object: this.firstExpression(node), name: this.name(node.getChild("PropertyName"), to) }
      case "AssignmentExpression": {
        const [target, value] = this.expressions(node)
        return {
          k: "assign",
          from,
          to,
          target: this.name(target?.name === "VariableName" ? target : null, from),
          value: value ? this.expr(value) : { k: "missing", from: to, to },
        }
      }
      case "DoExpression": {
        const modifiers = node.getChild("Modifiers")
        const model = modifiers?.getChildren("ModelName") ?? []
        const keyword = modifiers?.getChild("ContextName") ?? null
        const context: ContextChoice | null = keyword
          ? { text: this.slice(keyword), named: false, from: keyword.from, to: keyword.to }
          : model[1]
            ? { text: this.slice(model[1]), named: true, from: model[1].from, to: model[1].to }
            : null
        return {
          k: "ask",
          from,
          to,
          word: node.getChild("vibe") ? "vibe" : "do",
          prompt: this.firstExpression(node),
          model: model[0] ? this.name(model[0], to) : null,
          context,
        }
      }
      case "TsBlock":
        return this.tsBlock(node)
      default:
        return { k: "missing", from, to }
    }
  }

  private pair(node: SyntaxNode): [Expr, Expr] {
    const [left, right] = this.expressions(node)
    return [
      left ? this.expr(left) : { k: "missing", from: node.from, to: node.from },
      right ? this.expr(right) : { k: "missing", from: node.to, to: node.to },
    ]
  }

  /** A list of operands and operators as the tree that it means: the tighter first, those of one strength from left to right. */
  private binary(node: SyntaxNode): Expr {
    const operands: Expr[] = []
    const operators: BinaryOp[] = []
    const join = () => {
      const [left, right] = operands.splice(-2) as [Expr, Expr]
      operands.push({ k: "binary", from: left.from, to: right.to, op: operators.pop() as BinaryOp, left, right })
    }
    const need = (at: number) => {
      if (operands.length <= operators.length) operands.push({ k: "missing", from: at, to: at })
    }
    for (const child of this.children(node)) {
      if (OPERATORS.has(child.name)) {
        need(child.from)
        const op = this.slice(child) as BinaryOp
        while (operators.length > 0 && strengthOf(operators[operators.length - 1] as BinaryOp) >= strengthOf(op)) join()
        operators.push(op)
      } else if (EXPRESSIONS.has(child.name)) operands.push(this.expr(child))
    }
    need(node.to)
    while (operators.length > 0) join()
    return operands[0] as Expr
  }

  private property(node: SyntaxNode): Property {
    return { from: node.from, to: node.to, key: this.name(node.getChild("PropertyName"), node.from), value: this.firstExpression(node) }
  }

  private index(node: SyntaxNode): Expr {
    const { from, to } = node
    const slice = node.getChild("Slice")
    if (!slice) {
      const [object, index] = this.pair(node)
      return { k: "index", from, to, object, index }
    }
    const object = this.firstExpression(node)
    let start: Expr | null = null
    let end: Expr | null = null
    let passed = false
    for (const child of this.children(slice)) {
      if (child.name === ":") passed = true
      else if (!EXPRESSIONS.has(child.name)) continue
      else if (passed) end = this.expr(child)
      else start = this.expr(child)
    }
    return { k: "slice", from, to, object, start, end }
  }

  private tsBlock(node: SyntaxNode): TsBlock {
    const params = node.getChild("TsParams")
    const body = node.getChild("TsBody")
    const open = node.getChild("{")
    return {
      k: "ts",
      from: node.from,
      to: node.to,
      params: params ? params.getChildren("VariableName").map((it) => this.name(it, node.from)) : [],
      body: body ? this.slice(body) : "",
      bodyFrom: body ? body.from : (open?.to ?? node.to),
    }
  }

  // ---- strings --------------------------------------------------------------------------------------------------------

  private string(node: SyntaxNode): StringLiteral {
    const parts: StringPart[] = []
    let pending = ""
    let at = node.from + 1
    const end = node.to - (node.to > node.from + 1 && this.text[node.to - 1] === this.text[node.from] ? 1 : 0)
    const flush = () => {
      if (pending) parts.push({ k: "text", text: pending })
      pending = ""
    }
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name !== "Escape" && child.name !== "Interpolation") continue
      pending += this.text.slice(at, child.from)
      at = child.to
      if (child.name === "Escape") pending += this.text.slice(child.from + 1, child.to)
      else {
        flush()
        parts.push(this.slot(child))
      }
    }
    if (end > at) pending += this.text.slice(at, end)
    flush()
    return { k: "string", from: node.from, to: node.to, parts }
  }

  private slot(node: SyntaxNode): StringPart {
    const raw = this.slice(node)
    const path: PathStep[] = []
    for (const child of this.children(node)) {
      if (child.name === "PathMember") path.push({ k: "member", name: this.name(child.getChild("PropertyName"), child.to) })
      else if (child.name === "PathIndex") {
        const inner = this.slice(child).slice(1, -1)
        const colon = inner.indexOf(":")
        const bound = (digits: string) => (digits === "" ? null : Number(digits))
        if (colon < 0) path.push({ k: "index", at: Number(inner) })
        else path.push({ k: "slice", start: bound(inner.slice(0, colon)), end: bound(inner.slice(colon + 1)) })
      }
    }
    return {
      k: "slot",
      expand: raw.startsWith("!"),
      name: this.name(node.getChild("VariableName"), node.from),
      path,
      raw,
      from: node.from,
      to: node.to,
    }
  }

  /** The text of a string in which braces mean nothing (paths of modules, descriptions of tools). */
  private plainString(node: SyntaxNode): string {
    return this.string(node)
      .parts.map((part) => (part.k === "text" ? part.text : part.raw))
      .join("")
  }
}
