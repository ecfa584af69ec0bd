// Expressions that compute a value (section 6). Static types choose the operation: Ints go through `arith`, which wraps, Floats
// and comparisons are the host's own operators.

import { globalKey } from "../../../engine/emit.ts"
import type { FunctionSymbol, ModuleVariable, StructSymbol } from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import { wrapped } from "../library/integers.ts"
import type {
  BinaryExpr,
  CompareExpr,
  Expr,
  FunctionExpr,
  MapExpr,
  NameExpr,
  PathExpr,
  StringLiteral,
  StructExpr,
  UnaryExpr,
} from "../syntax/ast.ts"
import { callValueOf } from "./calls.ts"
import { coerced, textOfExpr, typeAfter } from "./coercions.ts"
import { entryValue } from "./entries.ts"
import { bind, throughVariable, tryValue } from "./flow.ts"
import {
  and,
  arith,
  array,
  block,
  declare,
  expr,
  field,
  globalsOf,
  type Expr as Ir,
  js,
  lit,
  make,
  not,
  op,
  or,
  read,
  type Stmt,
  set,
  when,
} from "./forms.ts"
import { closureOf, externValue } from "./functions.ts"
import { NOTHING, reordered } from "./program.ts"
import type { Scope } from "./scope.ts"

/** The value of an expression as the place it stands in wants it. */
export function value(cx: Scope, e: Expr): Ir {
  const it = bare(cx, e)
  return e.coercions && e.coercions.length > 0 ? coerced(cx, it, e.coercions, cx.site(e)) : it
}

/** The value of an expression by its own type. */
export function bare(cx: Scope, e: Expr): Ir {
  switch (e.kind) {
    case "int":
      return lit(wrapped(e.value))
    case "float":
    case "bool":
      return lit(e.value)
    case "void":
      return NOTHING
    case "string":
      return textValue(cx, e)
    case "name":
      return nameValue(cx, e)
    case "self":
      return e.symbol ? localValue(cx, e.symbol) : NOTHING
    case "member":
      return field(value(cx, e.object), e.name.name)
    case "path":
      return pathValue(cx, e)
    case "call":
      return callValueOf(cx, e)
    case "unary":
      return unaryValue(cx, e)
    case "binary":
      return binaryValue(cx, e)
    case "compare":
      return compareValue(cx, e)
    case "list":
      return array(e.items.map((item) => value(cx, item)))
    case "map":
      return mapValue(cx, e)
    case "struct":
      return structValue(cx, e)
    case "match":
    case "if":
    case "block":
      return throughVariable(cx, e)
    case "try":
      return tryValue(cx, e)
    case "function":
      return functionExpr(cx, e)
    case "extern":
    case "range":
      // Neither is a value: externs are declarations, ranges stand in loops and patterns only.
      return NOTHING
  }
}

// ---- names ----------------------------------------------------------------------------------------------------------

export function localValue(cx: Scope, symbol: NonNullable<Extract<NameExpr["symbol"], { kind: "local" }>>): Ir {
  const variable = read(cx.program.local(symbol))
  return cx.program.references.isCell(symbol) ? field(variable, "value") : variable
}

export function moduleValue(cx: Scope, symbol: ModuleVariable, site: number): Ir {
  const variable = read(cx.program.variable(symbol))
  return cx.program.mayBeUnset(symbol) ? { k: "defined", value: variable, name: "unset", args: [lit(symbol.name)], site } : variable
}

export function functionValue(cx: Scope, fn: FunctionSymbol, site: number): Ir {
  if (fn.entry) return entryValue(cx, fn, site)
  if (fn.extern) return externValue(cx, fn)
  return cx.program.valueOf(fn)
}

function nameValue(cx: Scope, e: NameExpr): Ir {
  const { symbol } = e
  if (!symbol) return NOTHING
  if (symbol.kind === "local") return localValue(cx, symbol)
  return symbol.kind === "variable" ? moduleValue(cx, symbol, cx.site(e)) : functionValue(cx, symbol, cx.site(e))
}

function pathValue(cx: Scope, e: PathExpr): Ir {
  const { target } = e
  if (!target) return NOTHING
  if (target.kind === "variable") return moduleValue(cx, target.variable, cx.site(e))
  if (target.kind === "function") return functionValue(cx, target.fn, cx.site(e))
  return lit(wrapped(target.enum.variants[target.index]?.value ?? -1n))
}

/** The cell of a mutable variable or field, for passing it by reference. */
export function cellOf(cx: Scope, e: Expr): Ir {
  if ((e.kind === "name" || e.kind === "self") && e.symbol?.kind === "local") {
    const variable = read(cx.program.local(e.symbol))
    return cx.program.references.isCell(e.symbol) ? variable : op("cell", [variable])
  }
  if (e.kind === "name" && e.symbol?.kind === "variable") {
    return op("fieldCell", [globalsOf(), lit(globalKey(cx.program.variable(e.symbol)))])
  }
  if (e.kind === "member") return op("fieldCell", [value(cx, e.object), lit(`$${e.name.name}`)])
  return op("cell", [value(cx, e)])
}

/** A lambda; or a function with a name that stands as a value, which is also declared. */
function functionExpr(cx: Scope, e: FunctionExpr): Ir {
  if (e.local) {
    const body: Stmt[] = []
    bind(cx, e.local, closureOf(cx, e), body)
    return block(body, localValue(cx, e.local))
  }
  return e.symbol && e.symbol.role !== "method" ? cx.program.valueOf(e.symbol) : closureOf(cx, e)
}

// ---- operators ------------------------------------------------------------------------------------------------------

function primitiveOf(type: Type): string {
  const it = shallow(type)
  return it.kind === "primitive" ? it.name : it.kind
}

function unaryValue(cx: Scope, e: UnaryExpr): Ir {
  if (e.op === "not") return not(value(cx, e.operand))
  if (e.operand.kind === "int") return lit(wrapped(-e.operand.value))
  if (e.operand.kind === "float") return lit(-e.operand.value)
  const operand = value(cx, e.operand)
  return primitiveOf(typeAfter(e.operand)) === "Float" ? js("*", lit(-1), operand) : arith("sub", lit(0), operand, cx.site(e))
}

const ARITH = { "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "rem" } as const

/** `left op right` of two values of that type: the operators that `=+` and `=-` use too. */
export function arithmetic(operator: keyof typeof ARITH, type: Type, left: Ir, right: Ir, site: number): Ir {
  const name = primitiveOf(type)
  if (name === "Str") return op("concat", [left, right], site)
  return name === "Float" ? js(operator, left, right) : arith(ARITH[operator], left, right, site)
}

function binaryValue(cx: Scope, e: BinaryExpr): Ir {
  const left = value(cx, e.left)
  const right = value(cx, e.right)
  switch (e.op) {
    case "and":
      return and(left, right)
    case "or":
      return or(left, right)
    case "==":
      return equal(e, left, right)
    case "!=":
      return not(equal(e, left, right))
    default:
      return arithmetic(e.op, typeAfter(e.left), left, right, cx.site(e))
  }
}

function equal(e: BinaryExpr, left: Ir, right: Ir): Ir {
  return shallow(typeAfter(e.left)).kind === "maybe" ? op("equalMaybes", [left, right]) : js("===", left, right)
}

/** Chained: each operand once, from the left, until one comparison is false. */
function compareValue(cx: Scope, e: CompareExpr): Ir {
  const [first, second, ...rest] = e.operands as [Expr, Expr, ...Expr[]]
  const [operator, ...others] = e.ops
  if (rest.length === 0) return js(operator ?? "<", value(cx, first), value(cx, second))
  const { builder } = cx.program
  const result = builder.local()
  const a = builder.local()
  let before = builder.local()
  const body: Stmt[] = [
    declare(a, value(cx, first)),
    declare(before, value(cx, second)),
    declare(result, js(operator ?? "<", read(a), read(before))),
  ]
  let at = body
  rest.forEach((operand, i) => {
    const next = builder.local()
    const inner: Stmt[] = [declare(next, value(cx, operand)), expr(set(result, js(others[i] ?? "<", read(before), read(next))))]
    at.push(when(read(result), inner))
    at = inner
    before = next
  })
  return block(body, read(result))
}

// ---- literals -------------------------------------------------------------------------------------------------------

function textValue(cx: Scope, e: StringLiteral): Ir {
  const parts = e.parts.map((part) => (typeof part === "string" ? lit(part) : textOfExpr(cx, part)))
  return parts.length === 0 ? lit("") : concatenation(parts, cx.site(e))
}

/** Halves of halves, since a text of thousands of parts must not nest as deep as it is long. */
function concatenation(parts: readonly Ir[], site: number): Ir {
  if (parts.length === 1) return parts[0] as Ir
  const middle = (parts.length + 1) >> 1
  return op("concat", [concatenation(parts.slice(0, middle), site), concatenation(parts.slice(middle), site)], site)
}

function mapValue(cx: Scope, e: MapExpr): Ir {
  if (e.entries.length === 0) return op("newMap", [])
  return op(
    "newMap",
    e.entries.flatMap((entry) => [value(cx, entry.key), value(cx, entry.value)]),
  )
}

function structValue(cx: Scope, e: StructExpr): Ir {
  const type = shallow(e.type)
  if (type.kind !== "struct") return NOTHING
  const struct: StructSymbol = type.symbol
  const shape = cx.program.shapeOf(struct)
  const given = e.fields.map((f) => value(cx, f.value))
  const placeOf = new Map(e.fields.map((f, i) => [f.name.name, i]))
  const present = shape.fields.filter((name) => placeOf.has(name))
  return reordered(
    cx.program.builder,
    given,
    present.map((name) => placeOf.get(name) as number),
    (args) => {
      const byName = new Map(present.map((name, i) => [name, args[i] as Ir]))
      return make(
        shape,
        shape.fields.map((name) => byName.get(name) ?? lit(null)),
      )
    },
  )
}
