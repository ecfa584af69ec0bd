// Quick fixes for what types refuse (SPEC 4): edits that an editor offers beside the message. Data only; the messages are in
// infer.ts and infer-expressions.ts.
import type { Fix } from "../../../source/diagnostic.ts"
import type { Binary, Expr, Name, Node } from "../syntax/ast.ts"
import type { StructModel } from "./model.ts"
import { isNumber, isText, type Type } from "./types.ts"
import { nearest } from "./unknown-names.ts"

/** Two operands that do not go together: a future is awaited, a value beside a text becomes one, an int a float. */
export function operandFixes({ op, left, right }: Binary, a: Type, b: Type): readonly Fix[] {
  if (a.k === "future" || b.k === "future") {
    const futures = [...(a.k === "future" ? [left] : []), ...(b.k === "future" ? [right] : [])]
    return [
      {
        title: futures.length === 1 ? "Await the future" : "Await the futures",
        edits: futures.map(({ from }) => inserted(from, "await ")),
      },
    ]
  }
  if (op === "+" && isText(a) !== isText(b)) return [called("str", isText(a) ? right : left)]
  if ((op === "==" || op === "!=") && isNumber(a) && isNumber(b)) return [called("float", a.k === "int" ? left : right)]
  return []
}

/** `await` of what is no future. */
export function withoutAwait(e: Expr & { k: "await" }): readonly Fix[] {
  return [{ title: "Remove 'await'", edits: [{ from: e.from, to: e.value.from, insert: "" }] }]
}

/** `for` over a dict or a future. */
export function iterableFixes(sequence: Expr, type: Type): readonly Fix[] {
  if (type.k === "dict") return [{ title: "Go through its keys", edits: [inserted(sequence.to, ".keys()")] }]
  return type.k === "future" ? [{ title: "Await the future", edits: [inserted(sequence.from, "await ")] }] : []
}

/** `Point(1, 2)`: a literal with the fields in their order. */
export function literalFixes(e: Expr & { k: "call" }, struct: StructModel, text: string): readonly Fix[] {
  const names = struct.fields.map(({ field }) => field.name.text)
  if (e.args.length > names.length) return []
  const fields = e.args.map((arg, i) => `${arg.name?.text ?? names[i]}: ${text.slice(arg.value.from, arg.value.to)}`)
  const insert = `${struct.name.text} { ${fields.join(", ")}${fields.length > 0 ? " " : ""}}`
  return [{ title: `Write ${struct.name.text} { … }`, edits: [{ from: e.from, to: e.to, insert }] }]
}

/** A field that the struct does not have: the one that is meant, if one is near. */
export function fieldFixes(name: Name, struct: StructModel): readonly Fix[] {
  const near = nearest(name.text, new Set(struct.fields.map(({ field }) => field.name.text)))
  return near ? [{ title: `Change to ${near}`, edits: [{ from: name.from, to: name.to, insert: near }] }] : []
}

/** A text where a prompt is wanted. */
export function promptFixes(value: Expr, type: Type): readonly Fix[] {
  return isText(type) && value.k !== "binary"
    ? [{ title: "Make it a prompt", edits: [inserted(value.from, "(prompt "), inserted(value.to, ")")] }]
    : []
}

function called(fn: string, { from, to }: Node): Fix {
  return { title: `Convert with ${fn}()`, edits: [inserted(from, `${fn}(`), inserted(to, ")")] }
}

const inserted = (at: number, insert: string) => ({ from: at, to: at, insert })
