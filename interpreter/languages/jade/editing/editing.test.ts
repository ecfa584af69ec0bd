// Editing Jade: what the editor offers, in finished and in broken programs, and a layout that keeps meaning.
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { findCases, runCase } from "../../../conformance/runner.ts"
import { programOf } from "../../../source/text.ts"
import { editing } from "./index.ts"

/** A program with the cursor at `|`; two bars in a closure are written as usual, the cursor is the character ¦. */
function at(marked: string, files: Record<string, string> = {}) {
  const offset = marked.indexOf("¦")
  return { program: programOf("jade", "main.jde", marked.replace("¦", ""), files), offset }
}

const labels = (marked: string, files: Record<string, string> = {}) => {
  const { program, offset } = at(marked, files)
  return editing.complete(program, offset, true)?.options.map((option) => option.label) ?? []
}

describe("completion", () => {
  it("offers names in scope: locals first, then globals, builtins and keywords", () => {
    const found = labels("let total = 1\nfn f(size) {\n    let half = size / 2\n    return ha¦\n}\n")
    expect(found).toEqual(expect.arrayContaining(["half", "size", "total", "f", "print", "await"]))
    expect(found.indexOf("half")).toBeLessThan(found.indexOf("total"))
  })

  it("offers methods of the receiver's type, also while the line is unfinished", () => {
    expect(labels('let words = ["a"]\nwords.¦')).toContain("push")
    expect(labels('let words = ["a"]\nwords.¦')).not.toContain("upper")
    expect(labels('let s = "abc"\nprint(s.up¦')).toContain("upper")
  })

  it("offers fields and methods of structs, and of self", () => {
    const struct = "struct P { x, y }\nextend P {\n    fn sum(self) { return self.x + self.y }\n}\n"
    expect(labels(`${struct}let p = P { x: 1, y: 2 }\np.¦\n`)).toEqual(expect.arrayContaining(["x", "y", "sum"]))
  })

  it("offers functions of packages, standard packages after use, and files of the document", () => {
    expect(labels("use std::math\nmath.¦")).toEqual(expect.arrayContaining(["floor", "pow"]))
    expect(labels("use std::¦")).toContain("json")
    expect(labels("use ¦", { "lib/shapes.jde": "let x = 1\n" })).toContain("lib::shapes")
  })

  it("offers named arguments of the function that is called", () => {
    expect(labels("fn area(width, height = 2) { return width * height }\nprint(area(he¦))\n")).toContain("height")
  })

  it("offers the fields that a struct literal still lacks, required ones first", () => {
    const struct = "struct P { x, y, let z = 0 }\n"
    const { program, offset } = at(`${struct}let p = P { x: 1, ¦ }\n`)
    const options = editing.complete(program, offset, true)?.options ?? []
    expect(options.slice(0, 2).map((option) => option.label)).toEqual(["y", "z"])
    expect(options[0]?.boost).toBeGreaterThan(options[1]?.boost ?? 0)
    expect(labels(`${struct}let p = P { x: 1, y¦ }\n`)).not.toContain("x")
  })

  it("offers prompt fields behind ~>, types behind catch, members of modules", () => {
    const quiz = 'struct Quiz { level, prompt ask = "x" }\nlet q = Quiz { level: 1 }\n'
    expect(labels(`${quiz}print(q~>¦)\n`)).toEqual(["ask"])
    expect(labels(`${quiz}try { } catch ¦`)).toEqual(["RuntimeError", "Quiz"])
    expect(labels("use shapes\nprint(shapes.¦)\n", { "shapes.jde": "let PI = 3\nfn area(r) { return r }\nstruct Box { w }\n" })).toEqual([
      "PI",
      "area",
      "Box",
    ])
    expect(labels("from shapes use ¦", { "shapes.jde": "fn area(r) { return r }\n" })).toEqual(["area"])
  })

  it("knows what a future, a stream and a reply can do", () => {
    expect(labels("async fn f() { return 1 }\nlet a = f()\na.¦\n")).toEqual(["ready", "cancel"])
    expect(labels("fn g() { yield 1 }\nlet s = g()\ns.¦\n")).toContain("map")
    expect(labels('prompt p = "x"\nlet r = ?p\nr.¦\n')).toContain("upper")
  })

  const first = (marked: string, files: Record<string, string> = {}) => {
    const { program, offset } = at(marked, files)
    const options = editing.complete(program, offset, true)?.options ?? []
    const highest = Math.max(...options.map((option) => option.boost ?? 0))
    return options.filter((option) => (option.boost ?? 0) === highest).map((option) => option.label)
  }

  it("takes the first parameter of a method for its struct, whatever it is called", () => {
    const structs = "struct P { x, y }\nstruct Other { z }\nextend P {\n    fn sum(me) { return me.¦ }\n}\n"
    expect(labels(structs)).toEqual(["x", "y", "sum"])
    expect(labels("struct P { x }\nextend P {\n    fn sum(self, by = 1) { return self.sum(¦) }\n}\n")).toContain("by")
  })

  it("knows what an exception has", () => {
    expect(labels("try { print(1) } catch RuntimeError e { print(e.¦) }\n")).toEqual(["message"])
    expect(labels("try { print(1) } catch e { print(e.¦) }\n")[0]).toBe("message")
    expect(labels("struct Late { by }\ntry { print(1) } catch Late e { print(e.¦) }\n")).toEqual(["by"])
  })

  it("puts first what fits: futures behind await, prompts behind ?, types behind |>", () => {
    const code = 'async fn ask(q) { return q }\nlet f = ask(1)\nlet n = 2\nprompt p = "x"\nstruct City { name }\n'
    expect(first(`${code}print(await ¦)\n`).sort()).toEqual(["ask", "f"])
    expect(first(`${code}print(?¦)\n`)).toEqual(["p"])
    expect(first(`${code}let c = ?p |> ¦\n`)).toEqual(expect.arrayContaining(["City", "int", "array"]))
    expect(labels(`${code}let mine = mi¦\n`)).not.toContain("mine")
  })

  it("offers what may stand where one types and nothing else", () => {
    const code = "struct P { x }\ninterface Shape { fn area(self) }\nfn loud(f) { return f }\nlet n = 1\n"
    expect(labels(`${code}extend P: ¦`)).toEqual(["Shape"])
    expect(labels(`${code}struct Q(¦`)).toEqual(["P"])
    expect(labels(`${code}@¦`)).toEqual(["loud", "route"])
    expect(labels(`${code}@deco::¦`.replace("let n", "use deco\nlet n"), { "deco.jde": "fn twice(f) { return f }\nlet k = 1\n" })).toEqual([
      "twice",
    ])
    expect(labels(`${code}let p = P { ¦ }\n`)).toEqual(["x"])
    expect(labels("if true {\n} el¦\n")).toEqual(expect.arrayContaining(["else", "elif"]))
    expect(labels("let x = 1.¦")).toEqual([])
  })

  it("offers the functions of a package that is not imported yet", () => {
    expect(labels("print(math.¦)\n")).toContain("floor")
  })

  it("stays quiet inside texts and comments", () => {
    expect(labels('print("pr¦')).toEqual([])
    expect(labels("// pr¦")).toEqual([])
  })
})

describe("hover", () => {
  const hovered = (marked: string) => {
    const { program, offset } = at(marked)
    return editing.hover(program, offset)
  }
  it("shows a builtin's signature, sentence and example", () => {
    expect(hovered('print(le¦n("abc"))\n')).toMatchObject({ code: expect.stringContaining("len("), text: expect.stringContaining("len") })
  })
  it("says what a future waits for", () => {
    expect(hovered("async fn f() { return 1 }\nlet a = f()\nprint(await a¦)\n")?.text).toMatch(/future.*await/s)
  })
})

describe("hover over", () => {
  it.each([
    ["an imported function", "from std::math use floor\nprint(fl¦oor(2.5))\n", /^math\.floor\(/, /not larger/],
    ["a field of self", "struct P { x, let z = 3 }\nextend P {\n    fn m(self) { return self.¦z }\n}\n", /^P\.z$/, /3 where a literal/],
    ["a field in a literal", "struct P { x }\nlet p = P { ¦x: 1 }\n", /^P\.x$/, /must give it/],
    [
      "an inherited method",
      "struct A { x }\nextend A {\n    fn m(self) { return 1 }\n}\nstruct B(A) { y }\nlet b = B { x: 1, y: 2 }\nb.¦m()\n",
      /^fn m\(self\)$/,
      /^$/,
    ],
    ["a local in a block", "fn f() {\n    if true {\n        let inn¦er = 1.5\n    }\n}\n", /^let inner: float$/, /Local/],
    ["a parameter", "fn f(a, co¦unt = 2) { return count }\n", /^count = 2$/, /parameter of f/],
    ["a named argument", "fn f(a, count = 2) { return count }\nf(1, co¦unt = 3)\n", /^count = 2$/, /parameter of f/],
    ["what was caught", "struct E { m }\ntry { print(1) } catch E ¦e { print(e) }\n", /^catch E e$/, /a E/],
    ["a type behind a dereference", 'prompt p = "x"\nlet n = ?p |> in¦t\n', /\|> int/, /asked for again/],
    ["an interface", "interface Sh¦ape { fn area(self) }\n", /^interface Shape$/, /area/],
    ["a package", "use std::ra¦ndom\n", /^use std::random$/, /shuffle/],
  ])("%s", (_, marked, code, text) => {
    const { program, offset } = at(marked)
    const found = editing.hover(program, offset)
    expect(found?.code).toMatch(code)
    expect(found?.text).toMatch(text)
  })
})

describe("names", () => {
  const source = "let count = 1\nfn add(by) {\n    count = count + by\n    return count\n}\nprint(add(2))\n"
  it("lead to their definition", () => {
    const { program, offset } = at(source.replace("return count", "return cou¦nt"))
    expect(editing.definition(program, offset)).toEqual({ file: "main.jde", from: 4, to: 9 })
  })
  it("of members lead to the struct that the receiver or the literal is of", () => {
    const structs = "struct A { x }\nstruct B { x }\nextend B {\n    fn m(self) { return self.x }\n}\n"
    const second = structs.indexOf("x", structs.indexOf("struct B"))
    for (const marked of [structs.replace("self.x", "self.¦x"), `${structs}let b = B { ¦x: 1 }\n`]) {
      const { program, offset } = at(marked)
      expect(editing.definition(program, offset)).toEqual({ file: "main.jde", from: second, to: second + 1 })
    }
  })
  it("of interfaces are found and renamed", () => {
    const { program, offset } = at("interface I { fn m(self) }\nstruct T { x }\nextend T: ¦I { fn m(self) { return 1 } }\n")
    expect(editing.definition(program, offset)).toEqual({ file: "main.jde", from: 10, to: 11 })
    const renamed = editing.rename(program, offset, "Shape")
    expect("edits" in renamed && renamed.edits["main.jde"]?.map((edit) => edit.from)).toEqual([10, 52])
  })
  it("of functions are renamed in texts that name them too", () => {
    const { program, offset } = at('fn dou¦ble(n) { return n * 2 }\nprint(func("double")(1))\nprint("double")\n')
    const renamed = editing.rename(program, offset, "twice")
    expect("edits" in renamed && renamed.edits["main.jde"]).toHaveLength(2)
  })
  it("are renamed everywhere, and only where the new name is free", () => {
    const { program, offset } = at(source.replace("count + by", "cou¦nt + by"))
    const renamed = editing.rename(program, offset, "total")
    expect("edits" in renamed && renamed.edits["main.jde"]).toHaveLength(4)
    expect(editing.rename(program, offset, "add")).toMatchObject({ refusal: expect.stringContaining("in use") })
    expect(editing.rename(program, offset, "let")).toMatchObject({ refusal: expect.stringContaining("keyword") })
    expect(editing.rename(program, offset, "print")).toMatchObject({ refusal: expect.stringContaining("builtin") })
  })
})

describe("names of a program of several files", () => {
  const files = { "lib.jde": "struct Box { w }\nfn area(w, h = 1) {\n    return w * h\n}\n" }
  const main = "use lib\nfrom lib use Box\nlet b = Box { w: 2 }\nprint(lib.area(b.w, 3))\n"

  it("lead into modules", () => {
    const { program, offset } = at(main.replace("lib.area", "lib.ar¦ea"), files)
    expect(editing.definition(program, offset)).toEqual({ file: "lib.jde", from: 20, to: 24 })
    const use = at(main.replace("use lib", "use l¦ib"), files)
    expect(editing.definition(use.program, use.offset)).toEqual({ file: "lib.jde", from: 0, to: 0 })
  })

  it("are renamed in all of them", () => {
    const { program, offset } = at(main.replace("lib.area", "lib.ar¦ea"), files)
    expect(editing.rename(program, offset, "surface")).toEqual({
      edits: {
        "lib.jde": [{ from: 20, to: 24, insert: "surface" }],
        "main.jde": [{ from: main.indexOf("area"), to: main.indexOf("area") + 4, insert: "surface" }],
      },
    })
    const struct = at(main.replace("let b = Box", "let b = B¦ox"), files)
    expect(editing.references(struct.program, struct.offset).map((place) => place.file)).toEqual(["lib.jde", "main.jde", "main.jde"])
  })

  it("of parameters are renamed with their keyword arguments", () => {
    const { program, offset } = at("fn f(si¦ze, n = 1) { return size * n }\nprint(f(size = 2))\nlet g = f\n")
    const renamed = editing.rename(program, offset, "width")
    expect("edits" in renamed && renamed.edits["main.jde"]?.length).toBe(3)
  })

  it("are not renamed where nobody knows what they name", () => {
    const { program, offset } = at("struct P { x }\nlet p = P { x: 1 }\nprint(p.x¦)\n")
    expect(editing.rename(program, offset, "y")).toMatchObject({ refusal: expect.stringContaining("by hand") })
  })
})

describe("indentation and folding", () => {
  const text = "fn f(a) {\n    if a {\n        g(\n            1,\n        )\n    }\n}\nlet x = 1 +\n    2\n"
  const tree = editing.parser.parse(text)
  it("gives each line the steps of the brackets around it", () => {
    const starts = text.split("\n").map((_, i, lines) => lines.slice(0, i).join("\n").length + (i > 0 ? 1 : 0))
    expect(starts.slice(0, 7).map((start) => editing.indent(tree, text, start, 4))).toEqual([0, 4, 8, 12, 8, 4, 0])
  })
  it("folds what a line opens", () => {
    expect(editing.fold(tree, text, 0, 9)).toEqual({ from: 9, to: text.indexOf("\n}\nlet") + 1 })
    expect(editing.fold(tree, text, text.indexOf("let"), text.indexOf("+") + 1)).toBeNull()
  })
  it("takes a line that goes on with a statement one step in, and no other", () => {
    const indented = (before: string) => editing.indent(editing.parser.parse(`${before}x\n`), `${before}x\n`, before.length, 4)
    expect(["let a = 1 +\n", "let a =\n", "fn f() {\n    return a and\n"].map(indented)).toEqual([4, 4, 8])
    expect(["let a = 1 // +\n", 'let a = "+"\n', "let f = |a|\n", "let a = 1 +\n\n\n"].map(indented)).toEqual([0, 0, 0, 0])
  })
  it("folds comments and texts of several lines", () => {
    const lines = '// one\n// two\nlet t = """\na\n"""\n'
    const parsed = editing.parser.parse(lines)
    expect(editing.fold(parsed, lines, 0, 6)).toEqual({ from: 6, to: 13 })
    expect(editing.fold(parsed, lines, 7, 13)).toBeNull()
    expect(editing.fold(parsed, lines, 14, 25)).toEqual({ from: 25, to: lines.length - 1 })
  })
})

describe("signature help", () => {
  it("marks the argument that is being written", () => {
    const { program, offset } = at("fn area(width, height = 2) { return width * height }\nprint(area(1, ¦))\n")
    const help = editing.signatureHelp(program, offset)
    expect(help?.label).toBe("fn area(width, height = 2)")
    expect(help?.active).toBe(1)
  })
  it("counts the piped value", () => {
    const { program, offset } = at("fn area(width, height) { return width * height }\nprint(2 |> area(¦))\n")
    expect(editing.signatureHelp(program, offset)?.active).toBe(1)
  })
  it("tells a builtin's parameters by their kinds, and finds the one that is named", () => {
    const { program, offset } = at('let s = "a"\ns.pad_start(3, ¦)\n')
    expect(editing.signatureHelp(program, offset)).toMatchObject({ label: "str.pad_start(width: int, fill: str)", active: 1 })
    const named = at("fn area(width, height = 2) { return width }\narea(1, height = ¦)\n")
    expect(editing.signatureHelp(named.program, named.offset)?.active).toBe(1)
  })
})

describe("format", () => {
  it("lays out blanks and indentation, and leaves line ends where they are", () => {
    expect(editing.format('fn f(a,b=2){\nreturn a+b*-1\n}\nlet g=|x|x+1\nprint( f(1,b=3) )\nlet d={"a":1,"b":[1,2]}\n')).toBe(
      'fn f(a, b = 2) {\n    return a + b * -1\n}\nlet g = |x| x + 1\nprint(f(1, b = 3))\nlet d = {"a": 1, "b": [1, 2]}\n',
    )
  })
  const cases = findCases(join(dirname(fileURLToPath(import.meta.url)), "../../../conformance/jade"))
  it("takes what goes on with a statement one step in", () => {
    expect(editing.format("let x = 1 +\n2\nfn f() {\nreturn a |>\ng\n}\n")).toBe(
      "let x = 1 +\n    2\nfn f() {\n    return a |>\n        g\n}\n",
    )
  })
  it("changes nothing that a program shows", async () => {
    for (const file of cases) {
      // Without indentation, where no text of several lines could lose some of its own.
      const flat = /"""|'''|"[^"\n]*\n/.test(file.program) ? file.program : file.program.replace(/^[ \t]+/gm, "")
      const program = editing.format(flat)
      if (program === file.program) continue
      const { differences } = await runCase({ ...file, program })
      // Empty lines that were too many are gone, and with them lines in positions.
      expect(
        differences.filter((it) => !/line|column/.test(it)),
        file.name,
      ).toEqual([])
    }
  })
  it("is idempotent on every case", () => {
    for (const { program } of cases) {
      const once = editing.format(program)
      expect(editing.format(once)).toBe(once)
    }
  })
  it("never throws, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom("let x = 1\n", "fn f() {\n", "}\n", "|x| x", '"a', "?p |> int", "// c\n", "\n"),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(60), (pieces, offset) => {
        const text = pieces.join("")
        const program = programOf("jade", "main.jde", text)
        const where = Math.min(offset, text.length)
        editing.format(text)
        editing.complete(program, where, true)
        editing.hover(program, where)
        editing.definition(program, where)
        editing.signatureHelp(program, where)
        editing.rename(program, where, "other")
      }),
      { numRuns: 200 },
    )
  })
})
