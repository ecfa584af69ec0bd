// One mistake, one diagnostic: what is wrong once is not reported again where it is used (section 19.2).
import { expect, it } from "vitest"
import { positionOf } from "../../../source/diagnostic.ts"
import { programOf } from "../../../source/text.ts"
import { checkProgram } from "./index.ts"

function found(text: string): string[] {
  const program = programOf("ard", "main.ard", text)
  return checkProgram(program).diagnostics.map((it) => `${positionOf(program, it).line} ${it.kind}`)
}

it("leaves names bound by the arms of a match on nothing known alone", () => {
  expect(found("fn f() {\n  match nowhere {\n    ok(n) => n + 1,\n    err(e) => e.size(),\n  }\n}\n")).toEqual(["2 UndefinedVariable"])
})

it("leaves the name of a wrong pattern alone", () => {
  expect(found("type U = Int | Str\nfn f(u: U) {\n  match u {\n    Float(x) => x.to_int(),\n    _ => 0,\n  }\n}\n")).toEqual([
    "4 InvalidPattern",
  ])
})

it("leaves lambdas given to an unknown function alone", () => {
  expect(found("fn f() {\n  missing(fn(x) { x + 1 })\n}\n")).toEqual(["2 UndefinedFunction"])
})

it("leaves everything that comes of an unknown value alone", () => {
  const text = `fn f() {
  let r = missing(1)
  r.foo().bar
  for z in r { z + 1 }
  let k: Nope = 3
  k + "a"
  let q = k.a
  q(3)
  let s = [r, 1]
  try r
}
`
  expect(found(text)).toEqual(["2 UndefinedFunction", "5 UnrecognizedType"])
})

it("reports two mistakes in two statements", () => {
  expect(found("fn f() {\n  one\n  two()\n}\n")).toEqual(["2 UndefinedVariable", "3 UndefinedFunction"])
})

it("reports in the order of the text, bodies of functions at their place", () => {
  expect(found('fn f() {\n  one\n}\nlet x: Int = "s"\nfn g() {\n  two\n}\n')).toEqual([
    "2 UndefinedVariable",
    "4 TypeMismatch",
    "6 UndefinedVariable",
  ])
})

it("leaves everything behind an import that failed alone", () => {
  const text = `use shop/prices
let price: prices::Price = prices::of("tea")
let other = prices::Price{cents: 3}
let kind = prices::Kind::cheap
struct Tea { price: Int }
impl prices::Priced for Tea {
  fn cents() Int { price.cents + 1 }
}
`
  expect(found(text)).toEqual(["1 UnresolvedImport"])
})
