// What a name means and where it stands: hover, definitions, references, renames, the parameters of a call.
import { describe, expect, it } from "vitest"
import { editing } from "./index.ts"
import { at } from "./testing.ts"

describe("hover", () => {
  const hoverAt = (text: string, files: Record<string, string> = {}) => {
    const [program, offset] = at(text, files)
    return editing.hover(program, offset)
  }

  it("shows inferred types", () => {
    expect(hoverAt('fn main() {\n  let ‸words = "a b".split(" ")\n}\n')?.code).toBe("let words: [Str]")
    expect(hoverAt("fn main() {\n  let double = fn(n: Int) Int { n * 2 }\n  dou‸ble(2)\n}\n")?.code).toBe("let double: fn(Int) Int")
  })

  it("shows signatures and sentences of the library", () => {
    const hover = hoverAt("use ard/async\nfn main() {\n  async::sl‸eep(10)\n}\n")
    expect(hover?.code).toBe("fn async::sleep(ms: Int)")
    expect(hover?.text.length).toBeGreaterThan(10)
  })

  it("shows a generic function as the call has bound it", () => {
    expect(hoverAt('fn main() {\n  List::ma‸p([1], fn(n: Int) Str { "{n}" })\n}\n')?.code).toBe(
      "fn List::map(list: [Int], with: fn(Int) Str) [Str]",
    )
    expect(hoverAt("fn id‸(x: $T) $T { x }\n")?.code).toBe("fn id(x: $T) $T")
  })

  it("shows the comment above a declaration", () => {
    expect(hoverAt("// Twice\n// as much.\nfn double(n: Int) Int { n * 2 }\nfn main() {\n  dou‸ble(2)\n}\n")?.text).toBe("Twice as much.")
  })

  it("explains built-in types, and nothing in strings", () => {
    expect(hoverAt("fn f(n: In‸t) {}\n")?.text).toContain("64 bits")
    expect(hoverAt('fn main() {\n  let s = "In‸t"\n}\n')).toBeNull()
  })

  it("says of an extension that it is one", () => {
    expect(hoverAt('use ard/llm\nfn main() {\n  llm::a‸sk("x")\n}\n')?.text).toContain("extension")
  })

  it("works while the program below is broken", () => {
    expect(hoverAt("fn main() {\n  let ‸x = 1\n  let y =\n}\n")?.code).toBe("let x: Int")
  })
})

describe("navigation", () => {
  const FILES = {
    "ard.toml": 'name = "shop"\n',
    "prices.ard": "fn total(n: Int) Int { n }\n",
    "other.ard": "use shop/prices\nfn f() Int { prices::total(1) }\n",
  }

  it("goes to the definition, in another file too", () => {
    const [program, offset] = at("fn main() {\n  let x = 1\n  x‸\n}\n")
    expect(editing.definition(program, offset)).toEqual({ file: "main.ard", from: 18, to: 19 })
    const [shop, there] = at("use shop/prices\nfn main() {\n  prices::to‸tal(2)\n}\n", FILES)
    expect(editing.definition(shop, there)).toEqual({ file: "prices.ard", from: 3, to: 8 })
  })

  it("finds references in every file, also in those that the program does not import", () => {
    const [program, offset] = at("use shop/prices\nfn main() {\n  prices::to‸tal(2)\n}\n", FILES)
    expect(editing.references(program, offset).map((place) => place.file)).toEqual(["main.ard", "other.ard", "prices.ard"])
  })

  it("renames a field at its declaration, in literals and at every use", () => {
    const [program, offset] = at(
      `struct P { na‸me: Str }\nimpl P {\n  fn get() Str { @name }\n}\nfn main() {\n  let p = P{name: "x"}\n  p.name\n}\n`,
    )
    const result = editing.rename(program, offset, "title")
    if (!("edits" in result)) throw new Error(result.refusal)
    let text = program.entry.text
    for (const edit of [...(result.edits["main.ard"] ?? [])].reverse()) text = text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
    expect(text).toBe(
      `struct P { title: Str }\nimpl P {\n  fn get() Str { @title }\n}\nfn main() {\n  let p = P{title: "x"}\n  p.title\n}\n`,
    )
  })

  it("renames one of two locals with the same name", () => {
    const [program, offset] = at("fn main() {\n  let n‸ = 1\n  let f = fn(n: Int) Int { n }\n  f(n)\n}\n")
    const result = editing.rename(program, offset, "m")
    expect("edits" in result && result.edits["main.ard"]?.length).toBe(2)
  })

  const renamed = (text: string, name: string) => {
    const [program, offset] = at(text)
    const result = editing.rename(program, offset, name)
    if (!("edits" in result)) throw new Error(result.refusal)
    let changed = program.entry.text
    for (const edit of [...(result.edits["main.ard"] ?? [])].reverse())
      changed = changed.slice(0, edit.from) + edit.insert + changed.slice(edit.to)
    return changed
  }

  it("renames a parameter where it is named in calls too", () => {
    expect(renamed("fn f(si‸ze: Int) Int { size }\nfn main() {\n  f(size: 2)\n}\n", "n")).toBe(
      "fn f(n: Int) Int { n }\nfn main() {\n  f(n: 2)\n}\n",
    )
  })

  it("gives a bare ok pattern parentheses", () => {
    expect(renamed("fn f(r: Int!Str) Int {\n  match r {\n    ok => o‸k + 1,\n    err => 0,\n  }\n}\n", "n")).toContain("ok(n) => n + 1")
  })

  it("renames a trait's method with its implementations", () => {
    const text = "trait T {\n  fn go() Int\n}\nstruct A { n: Int }\nimpl T for A {\n  fn go() Int { 1 }\n}\nfn f(t: T) Int { t.g‸o() }\n"
    expect(renamed(text, "run").match(/run/g)).toHaveLength(3)
  })

  it("gives a module another name in this file", () => {
    expect(renamed('use ard/io\nfn main() {\n  i‸o::print("x")\n}\n', "out")).toBe('use ard/io as out\nfn main() {\n  out::print("x")\n}\n')
    expect(renamed('use ard/io as o‸ut\nfn main() {\n  out::print("x")\n}\n', "o")).toBe(
      'use ard/io as o\nfn main() {\n  o::print("x")\n}\n',
    )
  })

  it("renames a generic name in its own declaration only, a struct's in its impls too", () => {
    const two = "fn f(a: $‸T, b: [$T]) $T {\n  let g = fn(x: $T) $T { x }\n  g(a)\n}\nfn h(a: $T) $T { a }\n"
    expect(renamed(two, "Item")).toBe(
      "fn f(a: $Item, b: [$Item]) $Item {\n  let g = fn(x: $Item) $Item { x }\n  g(a)\n}\nfn h(a: $T) $T { a }\n",
    )
    const box =
      "struct Box { item: $T }\nimpl Box {\n  fn get() $‸T { @item }\n  fn with(k: $K) $K { k }\n}\nfn open(b: Box<$T>) $T { b.item }\n"
    expect(renamed(box, "$Inner")).toBe(
      "struct Box { item: $Inner }\nimpl Box {\n  fn get() $Inner { @item }\n  fn with(k: $K) $K { k }\n}\nfn open(b: Box<$T>) $T { b.item }\n",
    )
    expect(renamed("impl S {\n  fn a(x: $T‸) $T { x }\n  fn b(x: $T) $T { x }\n}\nstruct S { n: Int }\n", "U")).toContain(
      "fn a(x: $U) $U { x }\n  fn b(x: $T) $T { x }",
    )
    const [program, offset] = at("fn f(a: $‸T, b: $U) $T { a }\n")
    expect(editing.rename(program, offset, "U")).toEqual({ refusal: "'$U' is another type there already." })
    expect(editing.references(program, offset)).toHaveLength(2)
  })

  it("refuses a name that would mean something else there", () => {
    const refusal = (text: string, files: Record<string, string> = {}) => {
      const [program, offset] = at(text, files)
      return editing.rename(program, offset, "taken")
    }
    const elsewhere = { refusal: "'taken' means something else already where it would stand." }
    expect(refusal("fn main() {\n  let taken = 1\n  let a‸ = 2\n  a + taken\n}\n")).toEqual(elsewhere)
    expect(refusal("fn main() {\n  let a‸ = 2\n  let f = fn(taken: Int) Int { a + taken }\n}\n")).toEqual(elsewhere)
    expect(refusal("struct P { a‸: Int, taken: Int }\n")).toEqual({ refusal: "'taken' cannot stand there: Duplicate field: taken." })
    expect(refusal("use playground/m\nfn main() {\n  m::f‸()\n}\n", { "m.ard": "fn f() {}\nfn taken() { f() }\n" })).toEqual(elsewhere)
    expect(refusal("fn g() {\n  let taken = 1\n}\nfn main() {\n  let a‸ = 2\n  a\n}\n")).toHaveProperty("edits")
  })

  it("refuses with a reason", () => {
    const [program, offset] = at("use ard/io\nfn main() {\n  io::pri‸nt(1)\n}\n")
    expect(editing.rename(program, offset, "show")).toEqual({ refusal: "'print' belongs to the standard library." })
    const [local, there] = at("fn main() {\n  let x‸ = 1\n}\n")
    expect(editing.rename(local, there, "match")).toEqual({ refusal: "'match' is a word of the language." })
    expect(editing.rename(local, there, "1x")).toHaveProperty("refusal")
  })
})

describe("signature help", () => {
  const helpAt = (text: string) => {
    const [program, offset] = at(text)
    return editing.signatureHelp(program, offset)
  }

  it("shows the call being written and the parameter", () => {
    const help = helpAt("fn add(first: Int, second: Str) Int { first }\nfn main() {\n  add(1, ‸\n}\n")
    expect(help?.label).toBe("add(first: Int, second: Str) Int")
    expect(help?.active).toBe(1)
    const [from, to] = help?.parameters[1] ?? [0, 0]
    expect(help?.label.slice(from, to)).toBe("second: Str")
  })

  it("follows named arguments, methods and calls in calls", () => {
    expect(helpAt("fn add(first: Int, second: Str) Int { first }\nfn main() {\n  add(second: ‸)\n}\n")?.active).toBe(1)
    expect(helpAt('fn main() {\n  "abc".replace("a", ‸)\n}\n')?.active).toBe(1)
    expect(helpAt("fn f(a: Int) Int { a }\nfn g(b: Str) Int { 1 }\nfn main() {\n  f(g(‸))\n}\n")?.label).toBe("g(b: Str) Int")
  })

  it("is silent outside of calls", () => {
    expect(helpAt("fn main() {\n  let x = (1 + ‸2)\n}\n")).toBeNull()
  })
})
