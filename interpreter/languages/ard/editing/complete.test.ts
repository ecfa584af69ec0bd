// Completion as a reader of the page meets it: what is offered at a cursor, and in which order.
import { describe, expect, it } from "vitest"
import { editing } from "./index.ts"
import { at, PERSON } from "./testing.ts"

function labels(text: string, files: Record<string, string> = {}, explicit = true): string[] {
  const [program, offset] = at(text, files)
  return editing.complete(program, offset, explicit)?.options.map((option) => option.label) ?? []
}

describe("completion", () => {
  it("offers fields and methods by the type of what stands before the dot, while the line is half written", () => {
    const offered = labels(`${PERSON}fn main() {\n  let p = Person{name: "Ada"}\n  p.‸\n}\n`)
    expect(offered).toEqual(["name", "age", "greet"])
  })

  it("knows the type of a chain of calls", () => {
    expect(labels(`fn main() {\n  "a b".split(" ").‸\n}\n`)).toContain("push")
    expect(labels(`fn main() {\n  let n = [1].at(0).‸\n}\n`)).toContain("to_str")
  })

  it("offers what a module shows and nothing private", () => {
    const files = {
      "ard.toml": 'name = "shop"\n',
      "prices.ard": "private fn unit() Int { 1 }\nfn total(n: Int) Int { n }\nlet MAX = 3\nmut hidden = 1\n",
    }
    const offered = labels("use shop/prices\nfn main() {\n  prices::‸\n}\n", files)
    expect(offered).toContain("total")
    expect(offered).toContain("MAX")
    expect(offered).not.toContain("unit")
    expect(offered).not.toContain("hidden")
  })

  it("offers functions of the standard library with their signatures", () => {
    const [program, offset] = at("use ard/async\nfn main() {\n  async::sl‸\n}\n")
    const sleep = editing.complete(program, offset, true)?.options.find((option) => option.label === "sleep")
    expect(sleep?.detail).toBe("(ms: Int)")
  })

  it("offers the members of a library module that is not imported yet", () => {
    expect(labels("fn main() {\n  async::‸\n}\n")).toContain("start")
  })

  it("offers the variants of an enum", () => {
    expect(labels(`${PERSON}fn main() {\n  let s = Side::‸\n}\n`)).toEqual(["left", "right"])
  })

  it("offers the arms that a match lacks", () => {
    const offered = labels(`${PERSON}fn f(s: Side) Int {\n  match s {\n    Side::left => 1,\n    ‸\n  }\n}\n`)
    expect(offered[0]).toBe("Side::right")
    expect(offered).not.toContain("Side::left")
    expect(labels(`fn f(r: Int!Str) Int {\n  match r {\n    ok(n) => n,\n    ‸\n  }\n}\n`)[0]).toBe("err(error)")
    expect(labels(`${PERSON}fn f(s: Shape) Int {\n  match s {\n    ‸\n  }\n}\n`).slice(0, 2)).toEqual(["Int(it)", "Str(it)"])
  })

  it("offers the fields that a struct literal lacks", () => {
    expect(labels(`${PERSON}fn main() {\n  let p = Person{name: "x", ‸}\n}\n`)).toEqual(["age"])
  })

  it("offers module paths after use, those of the project too", () => {
    const offered = labels("use ‸\n", { "util/text.ard": "fn a() {}\n" })
    expect(offered).toContain("ard/async/channel")
    expect(offered).toContain("playground/util/text")
  })

  it("offers types where a type stands", () => {
    const offered = labels(`${PERSON}fn f(p: P‸) {}\n`)
    expect(offered).toContain("Person")
    expect(offered).toContain("Int")
    expect(offered).not.toContain("match")
  })

  it("offers locals, but not those declared below", () => {
    const offered = labels("fn main() {\n  let early = 1\n  let x = ‸\n  let late = 2\n}\n")
    expect(offered).toContain("early")
    expect(offered).not.toContain("late")
  })

  it("knows what stands in a list, a map, a generic struct: methods show its types", () => {
    const details = (text: string) => {
      const [program, offset] = at(text)
      return Object.fromEntries(editing.complete(program, offset, true)?.options.map((it) => [it.label, it.detail]) ?? [])
    }
    expect(details('fn main() {\n  let xs = ["a"]\n  xs.‸\n}\n')).toMatchObject({ at: "(index: Int) Str", push: "mut (value: Str) Int" })
    expect(details('fn main() {\n  let m = ["a": 1]\n  m.‸\n}\n')).toMatchObject({ get: "(key: Str) Int?" })
    expect(details("struct Box { item: $T }\nfn main() {\n  let b = Box{item: 2}\n  b.‸\n}\n")).toEqual({ item: "Int" })
    expect(details("struct B { n: Int }\nstruct P { b: B }\nfn f(mut p: P) {\n  p.b.‸ = 3\n}\n")).toEqual({ n: "Int" })
  })

  it("writes arms with the module's name before variants and members of another file", () => {
    const files = { "m.ard": "struct P { n: Int }\ntype U = Int | P\nenum E { a, b }\n" }
    const arms = (type: string) => labels(`use playground/m\nfn f(u: ${type}) Int {\n  match u {\n    ‸\n  }\n}\n`, files).slice(0, 2)
    expect(arms("m::U")).toEqual(["Int(it)", "m::P(it)"])
    expect(arms("m::E")).toEqual(["m::E::a", "m::E::b"])
  })

  it("puts first what the place asks for", () => {
    const ranked = (text: string) => {
      const [program, offset] = at(text)
      const options = editing.complete(program, offset, true)?.options ?? []
      return [...options].sort((a, b) => (b.boost ?? 0) - (a.boost ?? 0)).map((it) => it.label)
    }
    const text = `${PERSON}fn f(s: Side, n: Int?) {}\nfn main() {\n  let count = 1\n  let side = Side::left\n  f(‸)\n}\n`
    expect(ranked(text).slice(0, 3)).toEqual(["side", "Side::left", "Side::right"])
    expect(ranked("fn f() Int!Str {\n  ‸\n}\n").slice(0, 3)).toContain("Result::ok")
    expect(ranked("use ard/async\nfn main() {\n  async::start(‸)\n}\n")[0]).toBe("fn() { … }")
  })

  it("offers the parameters that a call does not name yet", () => {
    expect(labels("fn f(width: Int, height: Int) {}\nfn main() {\n  f(width: 1, ‸)\n}\n")[0]).toBe("height")
  })

  it("leaves out what a fiber cannot reach, and a name in its own value", () => {
    const text = `use ard/async
use ard/async/channel
mut hits = 1
let LIMIT = 2
fn main() {
  let outer = 1
  let ch = channel::new<Int>()
  async::start(fn() {
    let inner = ‸
  })
}
`
    const offered = labels(text)
    expect(offered).toEqual(expect.arrayContaining(["ch", "LIMIT"]))
    for (const name of ["outer", "hits", "inner"]) expect(offered).not.toContain(name)
  })

  it("brings the import of a module that is not imported yet", () => {
    const chosen = (text: string, label: string) => {
      const [program, offset] = at(text)
      return editing.complete(program, offset, true)?.options.find((it) => it.label === label)
    }
    expect(chosen("use ard/io\n\nfn main() {\n  asy‸\n}\n", "async")).toMatchObject({
      snippet: "async::",
      edits: [{ from: 10, to: 10, insert: "\nuse ard/async" }],
    })
    expect(chosen("fn main() {\n  async::‸\n}\n", "sleep")?.edits).toEqual([{ from: 0, to: 0, insert: "use ard/async\n\n" }])
    expect(chosen("use ard/async\nfn main() {\n  async::‸\n}\n", "sleep")?.edits).toBeUndefined()
  })

  it("offers after impl only what can stand there", () => {
    const text = "struct A { n: Int }\ntrait T {\n  fn go()\n}\n"
    expect(labels(`${text}impl ‸`)).toEqual(["A", "T", "Str::ToString"])
    expect(labels(`${text}impl T for ‸ {\n}\n`)).toEqual(["A"])
  })

  it("is silent in comments, in the text of strings and where a new name is written", () => {
    expect(labels("fn main() {\n  // p‸\n}\n")).toEqual([])
    expect(labels('fn main() {\n  let s = "some te‸xt"\n}\n')).toEqual([])
    expect(labels("fn main() {\n  let ‸\n}\n")).toEqual([])
  })

  it("goes on inside an interpolation", () => {
    expect(labels('fn main() {\n  let name = "x"\n  let s = "hi {na‸}"\n}\n')).toContain("name")
  })
})
