// From the Lezer tree to the syntax of ast.ts. Programs that run come from texts without parse errors (see parse.ts), where
// every child the grammar promises is there; `Impossible` guards that promise. Editors read broken texts too: then a
// statement that misses something is left out.
import type { SyntaxNode } from "@lezer/common"
import type {
  Argument,
  AssignStmt,
  BinaryOp,
  Block,
  CatchArm,
  Decorator,
  Expr,
  FileAst,
  FunctionStmt,
  IfStmt,
  Name,
  Param,
  Stmt,
  StructField,
} from "./ast.ts"

class Impossible extends Error {}

/** The syntax of a file whose tree has no error node; if `tolerant`, what can be read of any file. */
export function buildFile(root: SyntaxNode, text: string, tolerant = false): FileAst {
  return { body: new Builder(text, tolerant).statements(root) }
}

class Builder {
  constructor(
    private readonly text: string,
    private readonly tolerant: boolean,
  ) {}

  statements(node: SyntaxNode): Stmt[] {
    const body: Stmt[] = []
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "{" || child.name === "}" || child.name === "LineComment") continue
      try {
        body.push(this.statement(child))
      } catch (problem) {
        // An editor wants the statements around a broken one.
        if (!this.tolerant || !(problem instanceof Impossible)) throw problem
      }
    }
    return body
  }

  private block(node: SyntaxNode): Block {
    return { k: "block", body: this.statements(node), from: node.from, to: node.to }
  }

  private name(node: SyntaxNode): Name {
    return { text: this.text.slice(node.from, node.to), from: node.from, to: node.to }
  }

  private statement(node: SyntaxNode): Stmt {
    const { from, to } = node
    switch (node.name) {
      case "ReturnStatement": {
        const value = firstExpression(node)
        return { k: "return", value: value ? this.expression(value) : null, from, to }
      }
      case "YieldStatement":
        return { k: "yield", value: this.single(node), from, to }
      case "BreakStatement":
        return { k: "break", from, to }
      case "ContinueStatement":
        return { k: "continue", from, to }
      case "RaiseStatement":
        return { k: "raise", value: this.single(node), from, to }
      case "ExpressionStatement":
        return { k: "expr", value: this.single(node), from, to }
      case "UseDeclaration":
      case "FromDeclaration":
        return this.use(node)
      case "AssignStatement":
        return this.assign(node)
      case "LetDeclaration":
      case "PromptDeclaration":
        return {
          k: "let",
          prompt: node.name === "PromptDeclaration",
          decorators: this.decorators(node),
          name: this.name(child(node, "VariableDefinition")),
          value: this.single(node),
          from,
          to,
        }
      case "IfStatement":
        return this.ifStatement(node)
      case "WhileStatement":
        return { k: "while", test: this.single(node), body: this.block(child(node, "Block")), from, to }
      case "ForStatement":
        return {
          k: "for",
          name: this.name(child(node, "VariableDefinition")),
          sequence: this.single(node),
          body: this.block(child(node, "Block")),
          from,
          to,
        }
      case "TryStatement":
        return {
          k: "try",
          body: this.block(child(node, "Block")),
          arms: node.getChildren("CatchClause").map((arm) => this.arm(arm)),
          from,
          to,
        }
      case "InterfaceDeclaration":
        return {
          k: "interface",
          name: this.name(child(node, "TypeDefinition")),
          methods: child(node, "InterfaceBody")
            .getChildren("MethodSignature")
            .map((method) => this.name(child(method, "VariableDefinition"))),
          from,
          to,
        }
      case "FunctionDeclaration":
        return this.fn(node)
      case "StructDeclaration":
        return {
          k: "structDef",
          decorators: this.decorators(node),
          name: this.name(child(node, "TypeDefinition")),
          parents:
            node
              .getChild("ParentList")
              ?.getChildren("TypeName")
              .map((parent) => this.name(parent)) ?? [],
          fields: child(node, "StructBody")
            .getChildren("Field")
            .map((field) => this.structField(field)),
          from,
          to,
        }
      case "ExtendDeclaration": {
        const [type, face] = node.getChildren("TypeName")
        return {
          k: "extend",
          decorators: this.decorators(node),
          type: this.name(found(type, node)),
          interface: face ? this.name(face) : null,
          methods: child(node, "ExtendBody")
            .getChildren("FunctionDeclaration")
            .map((method) => this.fn(method)),
          from,
          to,
        }
      }
    }
    throw new Impossible(`no statement: ${node.name}`)
  }

  private use(node: SyntaxNode): Stmt {
    const path = node.getChild("ModulePath")
    const quoted = node.getChild("String")
    const names = node.getChildren("VariableDefinition").map((name) => this.name(name))
    const plain = node.name === "UseDeclaration"
    return {
      k: "use",
      path: path?.getChildren("ModuleName").map((part) => this.name(part)) ?? [],
      quoted: quoted ? { from: quoted.from, to: quoted.to } : null,
      alias: plain ? (names[0] ?? null) : null,
      names: plain ? null : names,
      from: node.from,
      to: node.to,
    }
  }

  private assign(node: SyntaxNode): AssignStmt {
    const [target, value] = expressions(node)
    const place = this.expression(found(target, node))
    if (place.k !== "name" && place.k !== "member" && place.k !== "index" && place.k !== "self") throw new Impossible("no target")
    return { k: "assign", target: place, value: this.expression(found(value, node)), from: node.from, to: node.to }
  }

  private ifStatement(node: SyntaxNode): IfStmt {
    const arms: { keyword: { from: number; to: number }; test: Expr; body: Block }[] = []
    let otherwise: Block | null = null
    let keyword: SyntaxNode | null = null
    let test: Expr | null = null
    for (let part = node.firstChild; part; part = part.nextSibling) {
      if (part.name === "if" || part.name === "elif" || part.name === "else") keyword = part
      else if (part.name === "Block") {
        if (keyword?.name === "else") otherwise = this.block(part)
        else if (keyword && test) arms.push({ keyword: { from: keyword.from, to: keyword.to }, test, body: this.block(part) })
      } else if (isExpression(part)) test = this.expression(part)
    }
    return { k: "if", arms, otherwise, from: node.from, to: node.to }
  }

  private arm(node: SyntaxNode): CatchArm {
    const type = node.getChild("TypeName")
    return {
      type: type ? this.name(type) : null,
      name: this.name(child(node, "VariableDefinition")),
      body: this.block(child(node, "Block")),
      from: node.from,
      to: node.to,
    }
  }

  private decorators(node: SyntaxNode): Decorator[] {
    return node.getChildren("Decorator").map((decorator) => {
      const path = child(decorator, "DecoratorName")
      const names: Name[] = []
      const parts = /[A-Za-z_][\p{L}\p{N}_]*/gu
      const source = this.text.slice(path.from, path.to)
      for (const match of source.matchAll(parts)) {
        const from = path.from + match.index
        names.push({ text: match[0], from, to: from + match[0].length })
      }
      const args = decorator.getChild("ArgList")
      return { path: names, args: args ? this.args(args) : [], from: decorator.from, to: (args ?? path).to }
    })
  }

  private fn(node: SyntaxNode): FunctionStmt {
    const body = this.block(child(node, "Block"))
    return {
      k: "fn",
      async: node.getChild("async") !== null,
      decorators: this.decorators(node),
      name: this.name(child(node, "VariableDefinition")),
      params: child(node, "ParamList")
        .getChildren("Param")
        .map((param) => this.param(param)),
      body,
      generator: containsYield(body),
      from: node.from,
      to: node.to,
    }
  }

  private param(node: SyntaxNode): Param {
    const value = firstExpression(node)
    return { name: this.name(child(node, "VariableDefinition")), value: value ? this.expression(value) : null }
  }

  private structField(node: SyntaxNode): StructField {
    const value = firstExpression(node)
    return {
      name: this.name(child(node, "FieldDefinition")),
      prompt: node.getChild("prompt") !== null,
      value: value ? this.expression(value) : null,
    }
  }

  // ---- expressions ----------------------------------------------------------------------------------------------------

  private single(node: SyntaxNode): Expr {
    return this.expression(found(firstExpression(node), node))
  }

  private args(node: SyntaxNode): Argument[] {
    const args: Argument[] = []
    for (let part = node.firstChild; part; part = part.nextSibling) {
      if (part.name === "NamedArgument") args.push({ name: this.name(child(part, "ArgumentName")), value: this.single(part) })
      else if (isExpression(part)) args.push({ name: null, value: this.expression(part) })
    }
    return args
  }

  expression(node: SyntaxNode): Expr {
    const { from, to } = node
    switch (node.name) {
      case "VariableName":
        return { k: "name", name: this.text.slice(from, to), from, to }
      case "Integer":
        return { k: "int", value: BigInt(this.text.slice(from, to)), from, to }
      case "Float":
        return { k: "float", value: Number(this.text.slice(from, to)), from, to }
      case "String":
        return { k: "text", value: this.textParts(node).join(""), from, to }
      case "FString":
        return { k: "format", parts: this.textParts(node), from, to }
      case "BooleanLiteral":
        return { k: "bool", value: this.text.slice(from, to) === "true", from, to }
      case "ParenthesizedExpression":
        return { ...this.single(node), from, to }
      case "ArrayExpression":
        return { k: "array", items: expressions(node).map((item) => this.expression(item)), from, to }
      case "DictExpression": {
        const entries = node.getChildren("DictEntry").map((entry) => {
          const [key, value] = expressions(entry)
          return { key: this.expression(found(key, entry)), value: this.expression(found(value, entry)) }
        })
        return { k: "dict", entries, from, to }
      }
      case "StructExpression":
        return this.structLiteral(node)
      case "SelfField":
        return { k: "self", name: this.name(child(node, "PropertyName")), from, to }
      case "Dereference":
        return { k: "deref", prompt: this.single(node), from, to }
      case "FieldDereference":
        return { k: "fieldDeref", object: this.single(node), name: this.name(child(node, "PropertyName")), from, to }
      case "CallExpression":
        return { k: "call", callee: this.single(node), args: this.args(child(node, "ArgList")), from, to }
      case "IndexExpression": {
        const [object, index] = expressions(node)
        return { k: "index", object: this.expression(found(object, node)), index: this.expression(found(index, node)), from, to }
      }
      case "MemberExpression":
        return { k: "member", object: this.single(node), name: this.name(child(node, "PropertyName")), from, to }
      case "UnaryExpression": {
        const sign = this.text.charAt(from)
        return { k: "unary", op: sign === "~" ? "~" : sign === "-" ? "-" : "!", value: this.single(node), from, to }
      }
      case "AwaitExpression":
        return { k: "await", value: this.single(node), from, to }
      case "BinaryExpression":
        return this.binary(node)
      case "PipeExpression": {
        const [value, stage] = expressions(node)
        return { k: "pipe", value: this.expression(found(value, node)), stage: this.expression(found(stage, node)), from, to }
      }
      case "PromptExpression":
        return { k: "prompt", text: this.single(node), from, to }
      case "Closure": {
        const params = child(node, "ClosureParams")
          .getChildren("VariableDefinition")
          .map((param) => this.name(param))
        const block = node.getChild("Block")
        if (!block) return { k: "closure", params, body: this.single(node), generator: false, from, to }
        const body = this.block(block)
        return { k: "closure", params, body, generator: containsYield(body), from, to }
      }
    }
    throw new Impossible(`no expression: ${node.name}`)
  }

  private binary(node: SyntaxNode): Expr {
    const [left, right] = expressions(node)
    const a = found(left, node)
    const b = found(right, node)
    // A comment may stand beside the operator.
    const word = this.text
      .slice(a.to, b.from)
      .replace(/\/\/.*/g, "")
      .trim()
      .replace(/\s+/g, " ")
    const op = (word === "and" ? "&&" : word === "or" ? "||" : word) as BinaryOp
    return { k: "binary", op, left: this.expression(a), right: this.expression(b), from: node.from, to: node.to }
  }

  private structLiteral(node: SyntaxNode): Expr {
    const path = node.getChild("MemberExpression")
    const module = path ? this.name(child(path, "VariableName")) : null
    const name = this.name(path ? child(path, "PropertyName") : child(node, "VariableName"))
    const body = child(node, "StructFields")
    const spread = body.getChild("SpreadEntry")
    return {
      k: "struct",
      module,
      name,
      base: spread ? this.single(spread) : null,
      fields: body.getChildren("FieldEntry").map((field) => ({ name: this.name(child(field, "PropertyName")), value: this.single(field) })),
      from: node.from,
      to: node.to,
    }
  }

  /** Texts (escapes resolved) and slots of a string literal. */
  private textParts(node: SyntaxNode): (string | Expr)[] {
    const opening = /^f?("""|'''|"|')/.exec(this.text.slice(node.from, node.from + 4))?.[0].length ?? 1
    const closing = opening - (this.text.charAt(node.from) === "f" ? 1 : 0)
    const parts: (string | Expr)[] = []
    let pending = ""
    let at = node.from + opening
    const end = node.to - closing
    for (let part = node.firstChild; part; part = part.nextSibling) {
      if (part.name !== "Escape" && part.name !== "Slot") continue
      pending += this.text.slice(at, part.from)
      at = part.to
      if (part.name === "Escape") pending += escaped(this.text.charAt(part.from + 1))
      else {
        if (pending !== "") parts.push(pending)
        pending = ""
        parts.push(this.single(part))
      }
    }
    pending += this.text.slice(at, end)
    if (pending !== "") parts.push(pending)
    return parts
  }
}

function escaped(char: string): string {
  return char === "n" ? "\n" : char === "t" ? "\t" : char === "r" ? "\r" : char
}

function child(node: SyntaxNode, name: string): SyntaxNode {
  return found(node.getChild(name), node)
}

function found(node: SyntaxNode | null | undefined, inside: SyntaxNode): SyntaxNode {
  if (!node) throw new Impossible(`something is missing in ${inside.name}`)
  return node
}

const EXPRESSIONS = new Set([
  "VariableName",
  "Integer",
  "Float",
  "String",
  "FString",
  "BooleanLiteral",
  "ParenthesizedExpression",
  "ArrayExpression",
  "DictExpression",
  "StructExpression",
  "SelfField",
  "Dereference",
  "FieldDereference",
  "CallExpression",
  "IndexExpression",
  "MemberExpression",
  "UnaryExpression",
  "AwaitExpression",
  "BinaryExpression",
  "PipeExpression",
  "PromptExpression",
  "Closure",
])

function isExpression(node: SyntaxNode): boolean {
  return EXPRESSIONS.has(node.name)
}

function expressions(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let part = node.firstChild; part; part = part.nextSibling) if (isExpression(part)) found.push(part)
  return found
}

function firstExpression(node: SyntaxNode): SyntaxNode | null {
  for (let part = node.firstChild; part; part = part.nextSibling) if (isExpression(part)) return part
  return null
}

/** `yield` inside the block itself, not inside functions nested in it. */
function containsYield(block: Block): boolean {
  return block.body.some((s) => {
    if (s.k === "yield") return true
    if (s.k === "if") return s.arms.some(({ body }) => containsYield(body)) || (s.otherwise !== null && containsYield(s.otherwise))
    if (s.k === "while" || s.k === "for") return containsYield(s.body)
    if (s.k === "try") return containsYield(s.body) || s.arms.some(({ body }) => containsYield(body))
    return false
  })
}
