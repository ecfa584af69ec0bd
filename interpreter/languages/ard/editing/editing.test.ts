// Editing as a reader of the page meets it: a program with a cursor (‸) in it, and what is offered there.
import { describe, expect, it } from "vitest"
import { type Program, programOf } from "../../../source/text.ts"
import { checkProgram } from "../check/index.ts"
import { parseModule } from "../syntax/parse.ts"
import { editing } from "./index.ts"

const CURSOR = "‸"

function at(text: string, files: Record<string, string> = {}): [Program, number] {
  const offset = text.indexOf(CURSOR)
  return [programOf("ard", "main.ard", text.replace(CURSOR, ""), files), offset]
}

function labels(text: string, files: Record<string, string> = {}, explicit = true): string[] {
  const [program, offset] = at(text, files)
  return editing.complete(program, offset, explicit)?.options.map((option) => option.label) ?? []
}

const PERSON = `use ard/io
struct Person {
  name: Str,
  age: Int?,
}
impl Person {
  fn greet(loud: Bool) Str { "hi {@name}" }
}
enum Side { left, right }
type Shape = Int | Str
`

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

describe("quick fixes", () => {
  const fixed = (text: string, kind: string, title: string, files: Record<string, string> = {}) => {
    const program = programOf("ard", "main.ard", text, files)
    const found = checkProgram(program).diagnostics.find((it) => it.kind === kind)
    const fix = found?.fixes?.find((it) => it.title === title)
    if (!fix) throw new Error(`no fix '${title}' in ${JSON.stringify(found)}`)
    let result = text
    for (const edit of [...fix.edits].sort((a, b) => b.from - a.from))
      result = result.slice(0, edit.from) + edit.insert + result.slice(edit.to)
    return result
  }

  it("adds all missing arms at once", () => {
    const text = "enum Side { left, right, top }\nfn f(s: Side) Int {\n  match s {\n    Side::left => 1\n  }\n}\n"
    const result = fixed(text, "MatchNotExhaustive", "Add the missing arms")
    expect(result).toContain(
      '    Side::left => 1,\n    Side::right => panic("not written yet"),\n    Side::top => panic("not written yet"),\n  }',
    )
    expect(checkProgram(programOf("ard", "main.ard", result)).diagnostics).toEqual([])
  })

  it("declares a variable mut", () => {
    const text = "fn main() {\n  let xs = [1]\n  xs.push(2)\n}\n"
    expect(fixed(text, "Immutable", "Declare 'xs' with mut")).toBe("fn main() {\n  mut xs = [1]\n  xs.push(2)\n}\n")
  })

  it("makes a method mut, and a parameter", () => {
    expect(fixed("struct A { n: Int }\nimpl A {\n  fn inc() { @n =+ 1 }\n}\n", "Immutable", "Declare the method with fn mut")).toContain(
      "fn mut inc()",
    )
    expect(fixed("fn f(n: Int) { n = 2 }\n", "Immutable", "Declare 'n' with mut")).toBe("fn f(mut n: Int) { n = 2 }\n")
  })

  it("imports a module of the library", () => {
    const text = "use ard/io\n\nfn main() {\n  async::sleep(1)\n}\n"
    expect(fixed(text, "UndefinedModule", "Import ard/async")).toBe("use ard/io\nuse ard/async\n\nfn main() {\n  async::sleep(1)\n}\n")
  })

  it("imports a file of the project, and a module of which a type is named", () => {
    const files = { "util.ard": "fn go() {}\n" }
    expect(fixed("fn main() {\n  util::go()\n}\n", "UndefinedModule", "Import playground/util", files)).toContain(
      "use playground/util\n\nfn",
    )
    expect(fixed("fn f(r: http::Response) {}\n", "UnrecognizedType", "Import ard/http")).toContain("use ard/http\n\nfn")
  })

  it("names the members of another file in the arms it adds", () => {
    const files = { "m.ard": "struct P { n: Int }\ntype U = Int | P\n" }
    const text = "use playground/m\nfn f(u: m::U) Int {\n  match u {\n    Int(n) => n,\n  }\n}\n"
    const result = fixed(text, "MatchNotExhaustive", "Add the missing arm", files)
    expect(checkProgram(programOf("ard", "main.ard", result, files)).diagnostics).toEqual([])
  })

  it.each([
    ["a method", "fn main() {\n  [1].siz()\n}\n", "Undefined", "size"],
    ["a field", "struct P { name: Str }\nfn f(p: P) Str { p.nam }\n", "Undefined", "name"],
    ["a variant", "enum Side { left, right }\nlet s = Side::lft\n", "Undefined", "left"],
    ["a field in a literal", 'struct P { name: Str }\nlet p = P{nam: "x"}\n', "UnknownField", "name"],
    ["a type", "struct Person { n: Int }\nfn f(p: Persn) {}\n", "UnrecognizedType", "Person"],
    ["a library function", 'use ard/io\nfn main() {\n  io::prnt("x")\n}\n', "Undefined", "print"],
  ])("spells %s right", (_what, text, kind, name) => {
    const program = programOf("ard", "main.ard", fixed(text, kind, `Change it to '${name}'`))
    expect(checkProgram(program).diagnostics).toEqual([])
  })

  it("calls a constant's function inside the fiber that it cannot become", () => {
    const text = "use ard/async\nlet work = fn() {}\nfn main() {\n  async::start(work)\n}\n"
    const result = fixed(text, "ScopeIsolation", "Call it in a function without a name")
    expect(result).toContain("async::start(fn() { work() })")
    expect(checkProgram(programOf("ard", "main.ard", result)).diagnostics).toEqual([])
  })

  it("turns habits of other languages into Ard", () => {
    expect(fixed("fn f() {\n  mut a = 1\n  a += 2\n}\n", "ParseError", "Change it to '=+'")).toContain("a =+ 2")
    expect(fixed("let a = true || false\n", "ParseError", "Change it to 'or'")).toBe("let a = true or false\n")
    expect(fixed("let a = !true\n", "ParseError", "Change it to 'not'")).toBe("let a = not true\n")
    expect(fixed("fn f() Int {\n  return 1\n}\n", "UndefinedVariable", "Take 'return' away")).toBe("fn f() Int {\n  1\n}\n")
    expect(fixed('fn main() {\n  print("x")\n}\n', "UndefinedFunction", "Call io::print")).toBe(
      'use ard/io\n\nfn main() {\n  io::print("x")\n}\n',
    )
    expect(fixed("use ard/io\nfn main() {\n  io.print(1)\n}\n", "UndefinedVariable", "Change '.' to '::'")).toContain("io::print(1)")
    expect(fixed("enum E { a }\nlet e = E.a\n", "UndefinedVariable", "Change '.' to '::'")).toContain("let e = E::a")
  })

  it("says what a member is called here that other languages call otherwise", () => {
    const said = (text: string) => checkProgram(programOf("ard", "main.ard", text, {})).diagnostics[0]?.message
    expect(said("let n = [1].len()\n")).toBe("Undefined: [1].len: write .size()")
    expect(said('let n = ["a": 1].insert("b", 2)\n')).toBe('Undefined: ["a": 1].insert: write .set(…)')
    expect(said("fn f(a: Int?) Int { a.unwrap() }\n")).toBe("Undefined: a.unwrap: write .expect(…), or .or(…)")
    expect(said("struct S { n: Int }\nfn f(s: S) Int { s.len() }\n")).toBe("Undefined: s.len")
    expect(said("let n: int = 1\n")).toBe("Unrecognized type: int: write Int")
    expect(said("fn f(a: Option<Int>) {}\n")).toBe("Unrecognized type: Option: a type that may be none is written T?")
    expect(said("let n: Int[] = [1]\n")).toBe("Expected '=' after variable name: the type of a list is written [Int]")
    expect(said("fn f(a: Int | Str) {}\n")).toMatch(/^Expected '\)' to close parameter list: a union has a name/)
    expect(said("struct S { fn a() {} }\n")).toBe("Expected ':' after field name 'fn': methods stand in an impl of the struct")
    expect(said("enum E { a(Int) }\n")).toBe("Expected '}', found '(': a variant carries no data, a union of structs does")
    expect(said("struct S { n: Int }\nlet s = S(1)\n")).toBe("Undefined function: S: a struct is made with S{field: value}")
  })

  it("wraps a value, catches a failure, completes a match on a Bool, removes an import", () => {
    expect(fixed("let a: Int? = 1\n", "TypeMismatch", "Wrap it with maybe::some")).toBe("use ard/maybe\n\nlet a: Int? = maybe::some(1)\n")
    expect(fixed("fn f() Int!Str { 1 }\n", "TypeMismatch", "Wrap it with Result::ok")).toBe("fn f() Int!Str { Result::ok(1) }\n")
    const text = "fn g() Int!Str { Result::ok(1) }\nfn f() Int {\n  let x = try g()\n  x\n}\n"
    const caught = fixed(text, "TryReturnType", "Add a catch clause")
    expect(checkProgram(programOf("ard", "main.ard", caught)).diagnostics).toEqual([])
    const match = "fn f(b: Bool) Int {\n  match b {\n    true => 1,\n    _ => 2\n  }\n}\n"
    expect(fixed(match, "InvalidPattern", "Change it to 'false'")).toContain("false => 2")
    expect(fixed("use ard/io\nuse ard/io\nfn main() {}\n", "DuplicateImport", "Remove this import")).toBe("use ard/io\nfn main() {}\n")
  })

  it("adds missing fields and methods", () => {
    expect(fixed("struct A { n: Int, s: Str }\nlet a = A{n: 1}\n", "MissingField", "Add the missing fields")).toContain('A{n: 1, s: ""}')
    const text = "trait T {\n  fn go(n: Int) Str\n}\nstruct A { n: Int }\nimpl T for A {\n}\n"
    const result = fixed(text, "MissingMethod", "Add the missing methods")
    expect(checkProgram(programOf("ard", "main.ard", result)).diagnostics).toEqual([])
  })
})

describe("layout", () => {
  const messy = "fn   main( ){\nlet x=[1,2 , 3]\n   if x.size( )>2{\nx\n}\n\n\n\nelse{ 1 }\n}"

  it("formats once and for all", () => {
    const once = editing.format(messy)
    expect(once).toBe("fn main() {\n  let x = [1, 2, 3]\n  if x.size() > 2 {\n    x\n  }\n  else { 1 }\n}\n")
    expect(editing.format(once)).toBe(once)
  })

  it("leaves a text alone that does not parse, and what strings and comments say", () => {
    expect(editing.format("let x = ")).toBe("let x = ")
    expect(editing.format('let s = "a   {  1  }  b" //   c\n')).toBe('let s = "a   {  1  }  b" //   c\n')
  })

  it("indents the line after an opened block, a closing brace and a chain", () => {
    const text = "fn main() {\n  f(fn() {\nx\n  })\n.g()\n}\n"
    const { tree } = parseModule(programOf("ard", "a.ard", text).entry)
    const columns = (needle: string) => editing.indent(tree, text, text.lastIndexOf("\n", text.indexOf(needle)) + 1, 2)
    expect(columns("x\n")).toBe(4)
    expect(columns("})")).toBe(2)
    expect(columns(".g")).toBe(4)
  })

  it("folds the inside of a block", () => {
    const text = "fn main() {\n  x\n}\n"
    const { tree } = parseModule(programOf("ard", "a.ard", text).entry)
    expect(editing.fold(tree, text, 0, 11)).toEqual({ from: 11, to: 16 })
    expect(editing.fold(tree, text, 12, 15)).toBeNull()
  })
})
