// What a fiber needs and what it may not touch: the constants and channels that the checker hands to the lowering (14.3, 14.8).
import { describe, expect, it } from "vitest"
import { programOf } from "../../../source/text.ts"
import { expressionsAt } from "../editing/walk.ts"
import type { CallExpr } from "../syntax/ast.ts"
import { checkProgram } from "./index.ts"

function fibersOf(text: string): { constants: string[]; channels: string[] }[] {
  const { diagnostics, program } = checkProgram(programOf("ard", "main.ard", text))
  expect(diagnostics).toEqual([])
  const calls = new Set<CallExpr>()
  for (let at = 0; at <= text.length; at++) {
    expressionsAt(program.entry.node, at, (expr) => {
      if (expr.kind === "call" && expr.fiber) calls.add(expr)
    })
  }
  return [...calls].map((call) => ({
    constants: call.fiber?.constants.map((it) => it.name) ?? [],
    channels: call.fiber?.channels.map((it) => it.name) ?? [],
  }))
}

describe("what a fiber is given", () => {
  it("is every variable that it reads through functions, in the order of declaration, and no other", () => {
    const text = `use ard/async
let unused = 1
let base = 2
mut count = base
let limit = base + 1
fn step() Int { count =+ limit
  count }
fn main() {
  async::start(fn() { step() })
}
`
    expect(fibersOf(text)).toEqual([{ constants: ["base", "count", "limit"], channels: [] }])
  })

  it("is the channels around it, also those that only an inner fiber or a function uses", () => {
    const text = `use ard/async
use ard/async/channel
let shared = channel::new<Int>()
fn put() { shared.send(1) }
fn main() {
  let ch = channel::new<Int>()
  async::start(fn() {
    async::start(fn() {
      ch.send(1)
      put()
    })
  })
}
`
    expect(fibersOf(text)).toEqual([
      { constants: [], channels: ["ch", "shared"] },
      { constants: [], channels: ["ch", "shared"] },
    ])
  })

  it("leaves to an inner fiber the constants that only the inner one reads", () => {
    const text = `use ard/async
let inner = 1
fn main() {
  async::start(fn() {
    async::start(fn() { let x = inner })
  })
}
`
    expect(fibersOf(text)).toEqual([
      { constants: [], channels: [] },
      { constants: ["inner"], channels: [] },
    ])
  })

  it("follows the methods that a trait will call", () => {
    const text = `use ard/async
use ard/io
let mark = "!"
struct A { n: Int }
impl Str::ToString for A {
  fn to_str() Str { "{@n}{mark}" }
}
fn main() {
  async::start(fn() { io::print(A{n: 1}) })
}
`
    expect(fibersOf(text)).toEqual([{ constants: ["mark"], channels: [] }])
  })

  it("is asked of a function given by name as of a lambda", () => {
    const text = `use ard/async
let n = 3
fn work() { let m = n }
fn main() {
  async::start(work)
}
`
    expect(fibersOf(text)).toEqual([{ constants: ["n"], channels: [] }])
  })
})
