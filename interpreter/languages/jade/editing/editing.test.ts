// Editing Jade: what the editor offers, in finished and in broken programs, and a layout that keeps meaning.
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { findCases } from "../../../conformance/runner.ts"
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

describe("names", () => {
  const source = "let count = 1\nfn add(by) {\n    count = count + by\n    return count\n}\nprint(add(2))\n"
  it("lead to their definition", () => {
    const { program, offset } = at(source.replace("return count", "return cou¦nt"))
    expect(editing.definition(program, offset)).toEqual({ file: "main.jde", from: 4, to: 9 })
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
})

describe("signature help", () => {
  it("marks the argument that is being written", () => {
    const { program, offset } = at("fn area(width, height = 2) { return width * height }\nprint(area(1, ¦))\n")
    const help = editing.signatureHelp(program, offset)
    expect(help?.label).toBe("fn area(width, height = 2)")
    expect(help?.active).toBe(1)
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
      'fn f(a, b = 2) {\n    return a + b * -1\n}\nlet g = |x| x + 1\nprint(f(1, b = 3))\nlet d = { "a": 1, "b": [1, 2] }\n',
    )
  })
  const cases = findCases(join(dirname(fileURLToPath(import.meta.url)), "../../../conformance/jade"))
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
