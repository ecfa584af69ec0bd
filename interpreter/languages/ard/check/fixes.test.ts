// Quick fixes: each mends what was told, and nothing else changes.
import { describe, expect, it } from "vitest"
import { programOf } from "../../../source/text.ts"
import { checkProgram } from "./index.ts"

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
