// The error catalogue (SPEC 18), row by row: phase, kind and place. `¦` marks where the error points.
import { describe, expect, it } from "vitest"
import { show } from "../../conformance/runner.ts"
import { type ModelRule, PLAIN_DIALS } from "../../models/script.ts"
import { inputsOf } from "../../session/defaults.ts"
import { programOf } from "../../source/text.ts"
import { jade } from "./index.ts"

interface Row {
  readonly kind: string
  readonly code: string
  readonly text?: string
  readonly files?: Readonly<Record<string, string>>
  readonly model?: readonly ModelRule[]
}

function placed(code: string): { code: string; line: number; column: number } {
  const at = code.indexOf("¦")
  const before = code.slice(0, at).split("\n")
  return { code: code.replace("¦", ""), line: before.length, column: [...(before.at(-1) ?? "")].length + 1 }
}

const titled = (code: string): string => code.replaceAll("\n", " ⏎ ").slice(0, 160)

const PARSE: readonly Row[] = [
  { kind: "UnexpectedChar", code: "let x = 1¦;\n", text: "unexpected character" },
  { kind: "UnexpectedChar", code: "¦# a comment\n" },
  { kind: "UnexpectedChar", code: 'let x = "a\\¦qb"\n', text: "unexpected character" },
  { kind: "UnexpectedChar", code: "let x = ¦$y\n" },
  { kind: "UnexpectedChar", code: "let¦\u00a0x = 1\n", text: "(U+00A0)" },
  { kind: "UnexpectedChar", code: "let a¦😀 = 1\n", text: "unexpected character" },
  { kind: "UnterminatedString", code: 'print(1)\nlet s = ¦"abc\n', text: "unterminated string" },
  { kind: "UnterminatedString", code: "let s = ¦'''abc\n''\n", text: "unterminated string" },
  { kind: "UnterminatedString", code: 'print(¦f"{1 + ")\nprint("x")\n', text: "unterminated string" },
  { kind: "UnterminatedString", code: 'print("a)\nprint("b¦")\n', text: "unterminated string" },
  { kind: "UnterminatedString", code: "print('b') // don't\nlet c = ¦'\n" },
  { kind: "UnexpectedToken", code: 'let d = {"}": 1}\nprint(f"{d["}"]}")\nlet x = ¦)\n' },
  { kind: "UnexpectedToken", code: "// don't\nlet x = ¦)\n" },
  { kind: "UnexpectedToken", code: `let f = 1\nlet x = ¦f${"()".repeat(10_000)}\n`, text: "too long" },
  { kind: "UnexpectedToken", code: `let x = ¦1${" + 1".repeat(10_000)}\n`, text: "too long" },
  { kind: "UnexpectedToken", code: `let x = ${"(".repeat(398)}¦${"(".repeat(9_602)}1${")".repeat(10_000)}\n`, text: "nested too deeply" },
  { kind: "UnexpectedToken", code: "let n = 1\nn+¦+\n", text: "there is no '++'" },
  { kind: "UnexpectedToken", code: "let n = true ¦? 1 : 2\n", text: "there is no 'a ? b : c'" },
  { kind: "LiteralOverflow", code: "print(¦4611686018427387904)\n", text: "overflows" },
  { kind: "UnexpectedToken", code: "let ¦= 3\n", text: "expected" },
  { kind: "UnexpectedToken", code: "fn f() ¦\n{\n}\n", text: "expected '{'" },
  { kind: "UnexpectedToken", code: "let x = 1e5\n".replace("e5", "¦e5") },
  { kind: "UnexpectedToken", code: "f().x ¦= 1\n", text: "found '='" },
  { kind: "UnexpectedToken", code: 'print(f"{¦}")\n', text: "found '}'" },
  { kind: "UnexpectedToken", code: 'print(f"{1 ¦2}")\n', text: "expected '}', found '2' (in an f-string slot)" },
  { kind: "UnexpectedToken", code: 'print(f"{1¦:5}")\n', text: "there are no format specifiers" },
  { kind: "UnexpectedToken", code: 'print(f"{{1¦}}")\n', text: "there is no '{{'" },
  { kind: "UnexpectedToken", code: "extend T {\n    ¦async fn f(self) { return 1 }\n}\n" },
  { kind: "UnexpectedToken", code: "let a = ¦...\n", text: "expected an expression, found '...'" },
  { kind: "UnexpectedToken", code: "let a = [¦...b]\n", text: "expected an expression, found '...'" },
  { kind: "UnexpectedToken", code: "print(1)\n¦...\n", text: "expected a statement, found '...'" },
  { kind: "UnexpectedToken", code: "for i in 0¦...3 { }\n", text: "there are no ranges" },
  { kind: "UnexpectedToken", code: "for i in 0.¦.3 { }\n", text: "there are no ranges" },
  { kind: "UnexpectedToken", code: "print(.¦5)\n", text: "a digit before its point" },
  { kind: "UnexpectedToken", code: "print(1.¦)\n", text: "a digit behind its point" },
  { kind: "UnexpectedToken", code: "print(a.¦?b)\n", text: "a.(?b)" },
  { kind: "UnexpectedToken", code: "let x = 1\n¦|> str\n", text: "a line goes on with the one before only where that one ends with '|>'" },
  { kind: "UnexpectedToken", code: "@twice\n¦if true { }\n", text: "behind a decorator, found 'if'" },
  { kind: "UnexpectedToken", code: "try {\n    print(1)\n} ¦finally {\n    print(2)\n}\n", text: "found 'finally'" },
  { kind: "UnexpectedEof", code: "let x =¦", text: "unexpected end of file" },
  { kind: "UnexpectedEof", code: "print(1 +¦", text: "unexpected end of file" },
  { kind: "ReturnOutsideFunction", code: "if true {\n    ¦return 1\n}\n", text: "outside of a function" },
  { kind: "YieldOutsideFunction", code: "¦yield 1\n" },
  { kind: "BreakOutsideLoop", code: "fn f() {\n    ¦break\n}\n", text: "outside a loop" },
  { kind: "ContinueOutsideLoop", code: "while true {\n    let f = || {\n        ¦continue\n    }\n}\n", text: "outside a loop" },
  { kind: "NestedFunction", code: "fn f() {\n    ¦fn g() { return 1 }\n}\n", text: "cannot be nested" },
  { kind: "NestedFunction", code: "let c = || {\n    ¦async fn g() { return 1 }\n}\n", text: "cannot be nested" },
  { kind: "PrefixDerefOnField", code: "print(?¦a.b)\n", text: "prefix '?'" },
]

const CHECK: readonly Row[] = [
  { kind: "UndefinedVariable", code: "print(¦nowhere)\n" },
  { kind: "UndefinedVariable", code: "if true { let x = 1 }\nprint(¦x)\n" },
  { kind: "UndefinedVariable", code: "print(¦x)\nlet x = 1\n" },
  { kind: "UndefinedVariable", code: "for x in [1] { }\nprint(¦x)\n" },
  { kind: "TypeMismatch", code: 'print(¦1 + "a")\n' },
  { kind: "TypeMismatch", code: "print(2 * ¦1 && true)\n".replace("¦", "").replace("2", "¦2") },
  { kind: "TypeMismatch", code: "let x = ¦!1\n" },
  { kind: "TypeMismatch", code: "let x = ¦~1.0\n" },
  { kind: "TypeMismatch", code: "print(¦1 == 1.0)\n" },
  { kind: "TypeMismatch", code: "print(¦true < 1)\n" },
  { kind: "TypeMismatch", code: 'let s = "a"\n¦while s { }\n' },
  { kind: "TypeMismatch", code: "if true {\n} ¦elif 1 {\n}\n" },
  { kind: "TypeMismatch", code: "¦prompt p = 3\n" },
  { kind: "TypeMismatch", code: 'let s = "a"\nprint(¦?s)\n' },
  { kind: "TypeMismatch", code: "let n = 1\nprint(¦n[0])\n" },
  { kind: "TypeError", code: "¦for i in 3 { }\n" },
  { kind: "TypeError", code: '¦for k in {"a": 1} { }\n' },
  { kind: "NotCallable", code: "let n = 1\n¦n()\n" },
  { kind: "UndefinedType", code: "let p = ¦P { x: 1 }\n" },
  { kind: "MissingField", code: "struct P { x, y }\nlet p = ¦P { x: 1 }\n" },
  { kind: "UndefinedField", code: "struct P { x }\nlet p = ¦P { x: 1, z: 2 }\n" },
  { kind: "UndefinedField", code: "struct P { x }\nlet p = P { x: 1 }\n¦p.z = 2\n" },
  { kind: "DuplicateField", code: "struct P { x }\nlet p = ¦P { x: 1, x: 2 }\n" },
  { kind: "DuplicateField", code: "struct ¦P { x, x }\n" },
  { kind: "DuplicateField", code: "struct A { x }\nstruct ¦B(A) { x }\n" },
  { kind: "InheritanceCycle", code: "struct ¦A(A) { x }\n" },
  { kind: "UndefinedType", code: "struct B(¦Nobody) { x }\n" },
  { kind: "PromptFieldNotStr", code: "¦struct Q { prompt p = 3 }\n" },
  { kind: "UndefinedInterface", code: "struct T { x }\n¦extend T: I { }\n" },
  { kind: "MissingInterfaceMethod", code: "interface I { fn m(self) }\nstruct T { x }\n¦extend T: I { }\n" },
  { kind: "InvalidPipeStage", code: "let x = ¦5 |> 3\n" },
  { kind: "InvalidPipeStage", code: "struct P { x }\nlet y = ¦5 |> P\n" },
  { kind: "YieldAndReturn", code: "fn ¦g() {\n    yield 1\n    return 2\n}\n" },
  { kind: "QuotedImport", code: '¦use "lib.jde"\n', files: { "lib.jde": "let x = 1\n" } },
  { kind: "ImportAlias", code: "¦use lib as l\n", files: { "lib.jde": "let x = 1\n" } },
  { kind: "ImportNotFound", code: "¦use nowhere\n", text: "native" },
  { kind: "ImportNotFound", code: "¦from std::nothing use x\n" },
  { kind: "SharedMutation", code: "let n = 0\nasync fn f() {\n    ¦n = 1\n}\nf()\n", text: "writes to the global" },
  { kind: "SharedMutation", code: "async fn f(xs) {\n    ¦xs.push(1)\n}\nf([])\n", text: "calls `push()` on a shared collection" },
  { kind: "SharedMutation", code: "async fn f(xs) {\n    ¦xs[0] = 1\n}\nf([0])\n", text: "assigns into a shared collection" },
  {
    kind: "SharedMutation",
    code: "fn h(xs) { xs.pop() }\nasync fn f(xs) {\n    ¦h(xs)\n}\nf([])\n",
    text: "passes a shared value to `h`, which mutates it",
  },
]

const RUN: readonly Row[] = [
  { kind: "NotAFuture", code: "let x = 5\nprint(¦await x)\n", text: "non-Future" },
  { kind: "NotAFuture", code: "¦join(1)\n", text: "non-Future" },
  { kind: "DoubleAwait", code: "async fn f() { return 1 }\nlet a = f()\nawait a\n¦await a\n", text: "more than once" },
  {
    kind: "AsyncPanic",
    code: "use std::time\nasync fn f() { time.sleep(1) }\nlet a = f()\na.cancel()\n¦await a\n",
    text: "async task panicked",
  },
  {
    kind: "PromptOverflow",
    code: 'prompt p = "n"\nprint(await ¦?p |> int)\n',
    text: "after 4 attempt(s)",
    model: [{ match: "n", reply: "x" }],
  },
  {
    kind: "InferenceError",
    code: 'prompt p = "n"\nprint(1, end = ¦?p)\n',
    text: "inference error",
    model: [{ match: "n", reply: "x", error: { status: 503, times: 9 } }],
  },
  { kind: "NoInferenceBackend", code: 'prompt p = "n"\nprint(¦?p)\n', text: "no inference backend" },
  { kind: "NotAPrompt", code: "fn f(x) { return ¦?x }\nf(3)\n", text: "is not a prompt" },
  { kind: "NotAPrompt", code: "struct H { p }\nlet h = H { p: 1 }\nprint(¦h.(?p))\n" },
  { kind: "Exception", code: '¦raise "stop"\n', text: "unhandled exception: stop" },
  { kind: "DivisionByZero", code: "let z = 0\nprint(1 + ¦2 / z)\n", text: "division by zero" },
  { kind: "RemainderByZero", code: "let z = 0.0\nprint(¦2 % z)\n", text: "remainder by zero" },
  { kind: "IntegerOverflow", code: "let b = 4611686018427387903\nprint(¦b + 1)\n", text: "integer overflow" },
  { kind: "InvalidShift", code: "let s = 64\nprint(¦1 << s)\n", text: "invalid shift amount" },
  { kind: "TypeError", code: 'fn f(a) { return ¦a - 1 }\nf("x")\n', text: "type error" },
  { kind: "TypeError", code: "fn f(a) {\n    ¦if a { }\n}\nf(1)\n" },
  { kind: "IndexOutOfBounds", code: "let xs = [1]\nprint(¦xs[1])\n", text: "out of bounds" },
  { kind: "IndexOutOfBounds", code: "let xs = [1]\n¦xs[-1] = 2\n", text: "out of bounds" },
  { kind: "KeyNotFound", code: 'let d = {}\nprint(¦d["k"])\n', text: "not found in dict" },
  { kind: "UndefinedField", code: "let d = {}\nprint(¦d.k)\n", text: "has no" },
  { kind: "UndefinedField", code: "fn f(n) { return ¦n.upper() }\nf(3)\n", text: "`int` has no method" },
  { kind: "NotAStruct", code: "let d = {}\n¦d.k = 1\n", text: "not a struct" },
  { kind: "NotCallable", code: "fn f(g) { return ¦g(1) }\nf(2)\n", text: "not callable" },
  { kind: "ArityMismatch", code: "fn f(a) { return a }\n¦f()\n", text: "wrong number of arguments: expected 1, got 0" },
  { kind: "ArityMismatch", code: "print(¦len())\n", text: "expected 1, got 0" },
  { kind: "UndefinedVariable", code: "fn f(n) { return || ¦n }\nlet g = f(1)\ng()\n", text: "undefined variable" },
  { kind: "UndefinedVariable", code: "fn f() { return ¦late }\nf()\nlet late = 1\n", text: "undefined variable" },
  { kind: "RecursionLimitExceeded", code: "fn f() { return ¦f() }\nf()\n", text: "recursion limit" },
  { kind: "IoError", code: 'use std::json\n¦json.parse("{")\n', text: "I/O error" },
  { kind: "IoError", code: 'use std::fs\n¦fs.read("none")\n', text: "I/O error" },
]

const inputs = (row: Row, code: string) =>
  inputsOf("jade", "main.jde", code, {
    files: row.files ?? {},
    model: { rules: row.model ?? [], otherwise: "error", dials: PLAIN_DIALS, live: false },
  })

describe("before a program runs", () => {
  for (const [phase, rows] of [
    ["parse", PARSE],
    ["check", CHECK],
  ] as const) {
    for (const row of rows) {
      it(`${row.kind} (${phase}): ${titled(row.code)}`, async () => {
        const { code, line, column } = placed(row.code)
        const shown = await show(inputs(row, code))
        expect(shown.error).toMatchObject({ phase, kind: row.kind, line, column, message: expect.stringContaining(row.text ?? "") })
        expect([shown.stdout, shown.calls]).toEqual([[], 0])
      })
    }
  }
})

describe("while a program runs", () => {
  for (const row of RUN) {
    it(`${row.kind}: ${titled(row.code)}`, async () => {
      const { code, line, column } = placed(row.code)
      const shown = await show(inputs(row, code))
      expect(shown.error).toMatchObject({ phase: "run", kind: row.kind, line, column, message: expect.stringContaining(row.text ?? "") })
    })
  }

  it("everything but a raised value is caught as a RuntimeError that tells its place", async () => {
    for (const row of RUN.filter((it) => it.kind !== "Exception")) {
      const { code } = placed(row.code)
      const lines = code.trimEnd().split("\n")
      const last = lines.pop()
      const caught = [...lines, "try {", last, "} catch RuntimeError e {", '    print(e.message.starts_with("["))', "}", ""].join("\n")
      const shown = await show(inputs(row, caught.replace(/\blet late = 1$/m, "")))
      if (shown.error === null) expect(shown.stdout.at(-1), row.code).toBe("true")
    }
  })
})

describe("a hint", () => {
  it("tells a future from its value", async () => {
    const ask = "async fn f() { return 1 }\nlet a = f()\n"
    expect(jade.check(programOf("jade", "main.jde", `${ask}print(a + 1)\n`))[0]?.message).toContain("await the future first")
    const run = async (code: string) => (await show(inputs({ kind: "", code }, code))).error?.message
    expect(await run(`${ask}fn add(x) { return x + 1 }\nadd(a)\n`)).toContain("await the future first")
    expect(await run(`${ask}fn up(x) { return x.upper() }\nup(a)\n`)).toContain("await it first")
  })
  it("is told once, at the mistake itself", () => {
    const kinds = (code: string) => jade.check(programOf("jade", "main.jde", code)).map((it) => `${it.kind} ${it.from}`)
    expect(kinds("let a = 1; let b = 2\n")).toEqual(["UnexpectedChar 9"])
    expect(kinds("let a = ??1\n")).toEqual(["TypeMismatch 9"])
    expect(kinds("let a = prompt prompt 1\n")).toEqual(["TypeMismatch 15"])
  })
  it("knows names of other languages", () => {
    expect(jade.check(programOf("jade", "main.jde", "for i in range(3) { print(i) }\n"))[0]?.message).toContain("no ranges")
  })
})

describe("a quick fix", () => {
  const fixed = (code: string, files: Record<string, string> = {}) => {
    const fix = jade.check(programOf("jade", "main.jde", code, files)).flatMap((it) => it.fixes ?? [])[0]
    let text = code
    for (const edit of [...(fix?.edits ?? [])].reverse()) text = text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
    return text
  }
  it("mends what the message suggests", () => {
    expect(fixed("let x = 1;\n")).toBe("let x = 1\n")
    expect(fixed("# note\n")).toBe("// note\n")
    expect(fixed("let total = 1\nprint(totl)\n")).toBe("let total = 1\nprint(total)\n")
    expect(fixed('struct Q { prompt p = "x" }\nlet q = Q {}\nprint(?q.p)\n')).toBe(
      'struct Q { prompt p = "x" }\nlet q = Q {}\nprint(q.(?p))\n',
    )
    expect(fixed('use "lib.jde"\n', { "lib.jde": "" })).toBe("use lib\n")
    expect(fixed("use std::math as m\n")).toBe("use std::math\n")
    expect(fixed("struct P { x, y }\nlet p = P { x: 1 }\n")).toBe("struct P { x, y }\nlet p = P { x: 1, y: nil }\n")
    expect(fixed("interface I { fn m(self) }\nstruct T { x }\nextend T: I {\n}\n")).toBe(
      "interface I { fn m(self) }\nstruct T { x }\nextend T: I {\n    fn m(self) {\n        return nil\n    }\n}\n",
    )
    expect(fixed("let x = math.floor(2.5)\n")).toBe("use std::math\nlet x = math.floor(2.5)\n")
    expect(fixed("use std::json\nlet x = floor(2.5)\n")).toBe("use std::json\nfrom std::math use floor\nlet x = floor(2.5)\n")
    expect(fixed("async fn f() { return 1 }\nlet a = f()\nprint(1 + a)\n")).toContain("print(1 + await a)\n")
    expect(fixed('let n = 1\nprint("n: " + n)\n')).toBe('let n = 1\nprint("n: " + str(n))\n')
    expect(fixed("print(1 == 1.5)\n")).toBe("print(float(1) == 1.5)\n")
    expect(fixed("let n = 1\nprint(await n)\n")).toBe("let n = 1\nprint(n)\n")
    expect(fixed('let d = {"k": 1}\nfor k in d { }\n')).toBe('let d = {"k": 1}\nfor k in d.keys() { }\n')
    expect(fixed("struct P { x, y }\nlet p = P(1, y = 2)\n")).toBe("struct P { x, y }\nlet p = P { x: 1, y: 2 }\n")
    expect(fixed("struct P { width }\nlet p = P { widht: 1 }\n")).toBe("struct P { width }\nlet p = P { width: 1 }\n")
    expect(fixed('print(?"hello")\n')).toBe('print(?(prompt "hello"))\n')
    expect(fixed("var x = 1\n")).toBe("let x = 1\n")
    expect(fixed("let n = 1\nn += 2\n")).toBe("let n = 1\nn = n + 2\n")
    expect(fixed("if true {\n} else if false {\n}\n")).toBe("if true {\n} elif false {\n}\n")
    expect(fixed("print(True)\n")).toBe("print(true)\n")
  })
})
