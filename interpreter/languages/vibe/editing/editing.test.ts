// Editing Vibe: what the editor offers at a place, in finished and in broken programs.
import { describe, expect, it } from "vitest"
import { type Program, programOf } from "../../../source/text.ts"
import { editing } from "./index.ts"

/** A program whose `|` is the cursor. */
function at(marked: string, files: Record<string, string> = {}): { program: Program; offset: number } {
  const offset = marked.indexOf("|")
  return { program: programOf("vibe", "main.vibe", marked.slice(0, offset) + marked.slice(offset + 1), files), offset }
}

function labels(marked: string, files: Record<string, string> = {}, explicit = true): string[] {
  const { program, offset } = at(marked, files)
  return (editing.complete(program, offset, explicit)?.options ?? []).map((it) => it.label)
}

function hover(marked: string, files: Record<string, string> = {}): string {
  const { program, offset } = at(marked, files)
  const found = editing.hover(program, offset)
  return found ? `${found.code} | ${found.text}` : ""
}

/** The files after renaming what is at the cursor, or the refusal. */
function renamed(marked: string, name: string, files: Record<string, string> = {}): string | Record<string, string> {
  const { program, offset } = at(marked, files)
  const result = editing.rename(program, offset, name)
  if ("refusal" in result) return result.refusal
  const texts: Record<string, string> = {}
  for (const [path, edits] of Object.entries(result.edits)) {
    let text = path === "main.vibe" ? program.entry.text : (files[path] ?? "")
    for (const { from, to, insert } of [...edits].reverse()) text = text.slice(0, from) + insert + text.slice(to)
    texts[path] = text
  }
  return texts
}

describe("completion", () => {
  it("offers statements at the beginning of a line, and the names declared above", () => {
    const found = labels("let total = 1\nfunction tidy(t: text): text { return t }\n|\nlet below = 2")
    expect(found).toEqual(expect.arrayContaining(["let", "async", "model", "function", "for", "total", "tidy", "print", "env"]))
    expect(found).not.toContain("below")
    expect(found).not.toContain("else")
  })
  it("offers names of the function, its parameters and the loop inside a block", () => {
    const found = labels("let outer = 1\nfunction f(given: text) {\n  for one in [1] {\n    let inner = one\n    print(|)\n  }\n}")
    expect(found).toEqual(expect.arrayContaining(["outer", "given", "one", "inner", "f"]))
    expect(found).not.toContain("let")
  })
  it("offers types behind a colon of a declaration, not behind a key", () => {
    expect(labels("let x: |")).toEqual(expect.arrayContaining(["text", "number[]", "json", "model"]))
    expect(labels("function f(a: |) { }")).toContain("boolean")
    expect(labels("function f(a: text): | { }")).toContain("number")
    expect(labels('const { a: | } = do "x"')).toContain("text[]")
    expect(labels("let o = { a: | }")).not.toContain("text[]")
  })
  it("offers methods and members by type, and the keys of an object", () => {
    expect(labels("let list: text[] = []\nlist.|")).toEqual(["len", "push", "pop", "toString", "err", "errDetails", "toolCalls"])
    expect(labels('let s = "x"\nprint(s.|)')).toEqual(["len", "toString", "err", "errDetails", "toolCalls"])
    expect(labels("let o = { city: 1, size: 2 }\nprint(o.|)").slice(0, 2)).toEqual(["city", "size"])
    expect(labels("for i in 1..|")).not.toContain("len")
  })
  it("offers the keys of a model that are not there yet, and tools", () => {
    expect(labels('model m = { name: "x", | }')).toEqual(["apiKey", "url", "provider", "maxRetriesOnError", "thinkingLevel", "tools"])
    expect(labels('tool area(w: number) { ts(w) { } }\nlet other = 1\nmodel m = { name: "x", tools: [|] }')).toEqual(["area"])
  })
  it("offers models and contexts behind a prompt", () => {
    const found = labels('model fast = { name: "x" }\nlet a = do "hello" |')
    expect(found).toEqual(["fast", "default", "local"])
    expect(labels('let notes = ["a"]\nlet a = do "hello" |')).toEqual(["default", "local", "notes"])
  })
  it("offers variables inside braces of a text, nothing elsewhere in it or in comments", () => {
    expect(labels('let city = "Bern"\nprint("in {|")')).toEqual(["city"])
    expect(labels('let city = "Bern"\nprint("in ci|")')).toEqual([])
    expect(labels("let city = 1\n// ci|")).toEqual([])
  })
  it("offers files, system modules and what they export", () => {
    const files = {
      "lib/tools.vibe": "export function tidy(t: text): text { return t }\nexport const LIMIT = 3\nconst own = 1\n",
      "geo.ts": "export const area = (n: number) => n",
    }
    expect(labels('import { a } from "|"', files)).toEqual(["./lib/tools.vibe", "./geo.ts", "system/utils", "system/tools"])
    expect(labels('import { | } from "./lib/tools.vibe"', files)).toEqual(["tidy", "LIMIT"])
    expect(labels('import { | } from "./geo.ts"', files)).toEqual(["area"])
    expect(labels('import { | } from "system/utils"')).toContain("jsonParse")
  })
  it("knows the keys of objects inside objects, also in texts, and what a call gives", () => {
    const o = 'let o = { city: { name: "Bern" }, tags: ["a"] }\n'
    expect(labels(`${o}print(o.city.|)`)).toEqual(["name", "toString"])
    expect(labels(`${o}print(o.tags.|)`)).toEqual(["len", "push", "pop", "toString"])
    expect(labels(`${o}print("in {o.|")`)).toEqual(["city", "tags", "err", "errDetails", "toolCalls"])
    expect(labels(`${o}print("in {o.city.|}")`)).toEqual(["name"])
    expect(labels("function f(): text[] { return [] }\nprint(f().|)")).toEqual([
      "len",
      "push",
      "pop",
      "toString",
      "err",
      "errDetails",
      "toolCalls",
    ])
  })
  it("offers only what may stand at a place", () => {
    const fast = 'model fast = { name: "x" }\nlet total = 1\nfunction work(): text { return "w" }\n'
    expect(labels(`${fast}async |`)).toEqual(["work", "let", "const", "do", "vibe", "ts"])
    expect(labels(`${fast}async let x = w|`)).toEqual(["work", "do", "vibe", "ts"])
    expect(labels("if true { } |").slice(0, 2)).toEqual(["else", "print"])
    expect(labels("for i in 3 { } |").slice(0, 3)).toEqual(["forget", "verbose", "compress"])
    expect(labels(`${fast}let p: prompt = "x"\nfor i in 3 { } compress(|)`)).toEqual(["fast", "p"])
    expect(labels(`${fast}let y = ts(|) { }`)).toEqual(["total"])
    expect(labels("function f() {\n  |\n}")).toEqual(expect.arrayContaining(["return", "let"]))
    for (const word of ["function", "tool", "import", "export", "break"]) expect(labels("function f() {\n  |\n}")).not.toContain(word)
    expect(labels("while true {\n  |\n}")).toContain("break")
    expect(labels("|")).not.toContain("return")
  })
  it("offers the words of models and tools", () => {
    expect(labels('model m = { name: "x", provider: "|" }')).toEqual(["anthropic", "openai", "google"])
    expect(labels('model m = { name: "x", thinkingLevel: "|" }')).toEqual(["low", "medium", "high"])
    const tool = "tool area(width: number, height: number): number\n  @|\n{ ts() { return 1 } }"
    expect(labels(tool)).toEqual(["description", "param"])
    expect(labels(tool.replace("@", "@param "))).toEqual(["width", "height"])
  })
  it("keeps quiet where a new name is written, after numbers, and where nobody asked", () => {
    expect(labels("let |")).toEqual([])
    expect(labels("let x = 1|")).toEqual([])
    expect(labels("let x = 1\n|", {}, false)).toEqual([])
  })
})

describe("hover", () => {
  it("shows type, comment and kind of a name", () => {
    expect(hover("// How many there are.\nlet total: number = 1\nprint(to|tal)")).toBe("let total: number | How many there are.")
    expect(hover("function add(a: number, b: number): number { return a + b }\nprint(a|dd(1, 2))")).toContain(
      "function add(a: number, b: number): number",
    )
    expect(hover('model fast = { name: "quick-1" }\nlet a = do "x" fa|st')).toBe('model fast | The model "quick-1".')
    expect(hover('print(e|nv("A"))')).toContain("function env(name: text, default?: text): text")
  })
  it("says whether reading an async variable waits here, and for what", () => {
    const program = 'async let fact = do "A fact"\nlet list: text[] = []\nlist.push(fact)\nprint(fact)\nprint("{fact}")\n'
    expect(hover(program.replace("push(fact", "push(fa|ct"))).toContain(
      'push does not wait: the place in the array is kept for the answer of do "A fact" started in line 1.',
    )
    expect(hover(program.replace("print(fact", "print(fa|ct"))).toContain(
      'Reading it here waits for do "A fact" started in line 1, unless that has ended by then.',
    )
    expect(hover(program.replace("{fact", "{fa|ct"))).toContain("Reading it here does not wait: it was waited for in line 4.")
    expect(hover('async let a = do "A"\nif true { print(a) }\nprint(|a)')).toContain("waits for")
    expect(hover('async let a = do "A"\nlet b = do "About {|a}"')).toContain("Naming it in a prompt waits for")
    expect(hover('async let a = do "A"\n|a = "mine"')).toContain("Assigning does not wait")
    expect(hover('async let a = do "A"\nlet n: number = ts() { return |a.length }')).toContain("waits for")
  })
  it("says what reading an array with open places waits for", () => {
    const program =
      'let all: text[] = []\nasync let one = do "One"\nall.push(one)\nprint(all.len())\nfor x in all { print(x) }\nprint(all)\nprint(one)'
    expect(hover(program.replace("all.len", "a|ll.len"))).toContain("nothing is waited for")
    expect(hover(program.replace("in all", "in a|ll"))).toContain(
      'Every element is waited for when its turn comes: do "One", pushed in line 3.',
    )
    expect(hover(program.replace("print(all)", "print(a|ll)"))).toContain(
      'Reading it here waits for the values still to come: do "One", pushed in line 3.',
    )
    const loop = 'let all: text[] = []\nfor i in 3 {\n  async let one = do "One"\n  all.push(one)\n}\nprint(all)'
    expect(hover(loop.replace("print(all", "print(a|ll"))).toContain(
      'Reading it here does not wait: leaving the loop of line 2 waited for do "One", pushed in line 4.',
    )
    expect(hover(loop.replace("for", "f|or"))).toContain('Leaving this loop waits for do "One" (line 3).')
    expect(hover("let list = [1]\nprint(li|st)")).not.toContain("wait")
  })
  it("says whether a model call waits where it stands", () => {
    expect(hover('let x = d|o "q"')).toContain("The program waits here for the answer.")
    expect(hover('async let x = d|o "q"')).toContain("The program goes on at once")
  })
  it("explains methods, members, model keys, types and words", () => {
    expect(hover("let l = [1]\nprint(l.le|n())")).toContain("len(): number")
    expect(hover("let l = [1]\nprint(l.er|r)")).toContain("err: boolean")
    expect(hover('model m = { name: "x", thinking|Level: "low" }')).toContain("thinkingLevel: text")
    expect(hover("let x: nu|mber = 1")).toContain("A finite number.")
    expect(hover('asy|nc let x = do "y"')).toContain("reading the variable waits")
    expect(hover('tool t() @descr|iption "x" { ts() { } }')).toContain("@description | What the tool does")
  })
})

describe("definition, references and rename", () => {
  const files = {
    "lib.vibe": "export const LIMIT = 3\nexport function half(n: number): number { return n / LIMIT }\n",
    "geo.ts": "export function area(n: number) { return n }\n",
  }
  it("goes to where a name is declared, also in other files", () => {
    const definition = (marked: string) => {
      const { program, offset } = at(marked, files)
      return editing.definition(program, offset)
    }
    expect(definition("let a = 1\nprint(|a)")).toEqual({ file: "main.vibe", from: 4, to: 5 })
    expect(definition('let a = 1\nprint("{|a}")')).toEqual({ file: "main.vibe", from: 4, to: 5 })
    expect(definition('import { half } from "./lib.vibe"\nprint(ha|lf(2))')).toEqual({ file: "lib.vibe", from: 39, to: 43 })
    expect(definition('import { area } from "./geo.ts"\nprint(ar|ea(2))')).toEqual({ file: "geo.ts", from: 16, to: 20 })
    expect(definition('import { half } from "./li|b.vibe"')).toEqual({ file: "lib.vibe", from: 0, to: 0 })
    expect(definition("pri|nt(1)")).toBeNull()
  })
  it("renames in texts, prompts, ts blocks and other files, and nothing else of the same name", () => {
    expect(
      renamed(
        'let |n = 1\nfunction f(n: number): number { return n }\nlet p = do "use {n} and !{n}"\nlet t: number = ts(n) { const o = { n: n }; return n + o.n }\nprint("{n} n")',
        "count",
      ),
    ).toEqual({
      "main.vibe":
        'let count = 1\nfunction f(n: number): number { return n }\nlet p = do "use {count} and !{count}"\nlet t: number = ts(count) { const o = { n: count }; return count + o.n }\nprint("{count} n")',
    })
    expect(renamed('import { LIMIT } from "./lib.vibe"\nprint(LIM|IT)', "MOST", files)).toEqual({
      "main.vibe": 'import { MOST } from "./lib.vibe"\nprint(MOST)',
      "lib.vibe": "export const MOST = 3\nexport function half(n: number): number { return n / MOST }\n",
    })
    expect(renamed('tool t(|a: text) @param a "x" { ts(a) { return a } }', "b")).toEqual({
      "main.vibe": 'tool t(b: text) @param b "x" { ts(b) { return b } }',
    })
    expect(renamed("let |a = 1\nlet t = ts(a) { return { a } }", "b")).toEqual({
      "main.vibe": "let b = 1\nlet t = ts(b) { return { a: b } }",
    })
  })
  it("refuses what would change the meaning", () => {
    expect(renamed("let |a = 1\nlet b = a", "b")).toContain("'b' is already declared")
    expect(renamed("let |a = 1\nfunction f(b: number): number { return a + b }", "b")).toContain("'b' already means something else")
    expect(renamed("let |a = 1", "while")).toBe("'while' is a word of Vibe.")
    expect(renamed("let |a = 1", "2x")).toContain("is no name")
    expect(renamed("let o = { key: 1 }\nlet { |key: number } = o", "other")).toContain("is the name of a field of the value")
    expect(renamed('let { |key: number } = do "Q"\nprint(key)', "other")).toEqual({
      "main.vibe": 'let { other: number } = do "Q"\nprint(other)',
    })
    expect(renamed("let |a = 1\nprint(a)", "print")).toContain("'print' comes with Vibe")
    expect(renamed("pri|nt(1)", "show")).toContain("comes with Vibe")
    expect(renamed("let x = 5|0", "show")).toBe("There is no name here.")
    expect(renamed("let |a = 1\nlet t = ts(a) { return a }", "class")).toContain("is a word of JavaScript")
  })
})

describe("signature help", () => {
  const help = (marked: string) => {
    const { program, offset } = at(marked)
    const found = editing.signatureHelp(program, offset)
    return found ? `${found.label} #${found.active}` : ""
  }
  it("shows the parameters of functions, builtins and methods, and the one at the cursor", () => {
    const f = "function add(a: number, b: number): number { return a + b }\n"
    expect(help(`${f}add(|)`)).toBe("add(a: number, b: number): number #0")
    expect(help(`${f}add(1, |)`)).toBe("add(a: number, b: number): number #1")
    expect(help(`${f}add([1, 2], "x,y", |`)).toBe("add(a: number, b: number): number #1")
    expect(help('env("A", |)')).toBe("env(name: text, default?: text): text #1")
    expect(help("let l = [1]\nl.push(|)")).toBe("push(element: any): json #0")
    expect(help("let x = (1 + |)")).toBe("")
  })
})

describe("indentation and folding", () => {
  const indent = (text: string, line: number) => {
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0)
    return editing.indent(editing.parser.parse(text), text, start, 2)
  }
  it("follows the brackets, and leaves texts alone", () => {
    const text = 'function f() {\nif true {\nprint(\n1\n)\n}\n}\nlet s = "two\nlines"\n'
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((line) => indent(text, line))).toEqual([0, 2, 2, 2, 0, 0, 0, 0, null])
    expect(indent("function f() {\n  if true {\n    print(1)\n", 4)).toBe(4)
    expect(indent("let x = ts() {\n  const a = [\n", 3)).toBe(4)
    expect(indent("if true {\n  let l = list\n.push(1)", 3)).toBe(4)
  })
  it("folds blocks, objects, ts bodies and comments over several lines", () => {
    const fold = (text: string) => editing.fold(editing.parser.parse(text), text, 0, text.indexOf("\n"))
    expect(fold("if true {\n  print(1)\n}\n")).toEqual({ from: 9, to: 21 })
    expect(fold("let x = ts(a) {\n  return 1\n}\n")).toEqual({ from: 15, to: 27 })
    expect(fold("/* one\n two */\n")).toEqual({ from: 6, to: 12 })
    expect(fold('let p = do "one\n two"\n')).toEqual({ from: 15, to: 20 })
    expect(fold("print(1)\nprint(2)\n")).toBeNull()
  })
})
