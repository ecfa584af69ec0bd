// Every row of the error catalogue (SPEC 12.1, 12.2): which error comes first, its kind and where it points.
import { describe, expect, it } from "vitest"
import { positionOf } from "../../../source/diagnostic.ts"
import { programOf } from "../../../source/text.ts"
import { vibe } from "../index.ts"

function firstError(text: string, files: Record<string, string> = {}): string {
  const program = programOf("vibe", "main.vibe", text, files)
  const first = vibe.check(program).find((it) => it.severity === "error")
  if (!first) return "no error"
  const { line, column } = positionOf(program, first)
  const where = first.file === "main.vibe" ? "" : ` in ${first.file}`
  return `${first.phase} ${first.kind} ${line}:${column}${where} ${first.message}`
}

type Row = readonly [string, string]

const PARSE: readonly Row[] = [
  ["let y = 2;", "parse LexerError 1:10 unexpected character: ->;<- at offset: 9, skipped 1 characters. Statements need no separator"],
  ["let a = 1\nlet é = 2", "parse LexerError 2:5 unexpected character: ->é<- at offset: 14, skipped 1 characters."],
  ["print(!x)", "parse LexerError 1:7 unexpected character: ->!<- at offset: 6, skipped 1 characters. Write 'not'"],
  ['print("a" & "b")', "parse LexerError 1:11 unexpected character: ->&<- at offset: 10, skipped 1 characters. Write 'and'"],
  ["let a = true && false", "parse LexerError 1:14 unexpected character: ->&<- at offset: 13, skipped 2 characters. Write 'and'"],
  ["let a = 日本", "parse LexerError 1:9 unexpected character: ->日<- at offset: 8, skipped 2 characters."],
  ["let\u00a0a\u3000=\u20281\u000b print(a)", "no error"],
  [
    'let s = "never closed\nprint(s)',
    'parse LexerError 1:9 unexpected character: ->"<- at offset: 8, skipped 1 characters. This string is never closed',
  ],
  ["let a = 1 /* open", "parse LexerError 1:11 this comment is never closed"],
  ['print("x")\nif true {\n  print("y")', "parse ParserError 2:9 Unclosed brace '{' - missing '}'"],
  [
    "let a = (1 + [2, 3)\nlet b = 1",
    "parse ParserError 1:19 Mismatched delimiters: expected closing bracket ']' to match '[' at line 1, but found ')'",
  ],
  ["let a = (1 + 2", "parse ParserError 1:9 Unclosed parenthesis '(' - missing ')'"],
  ["let a = [1, [2]", "parse ParserError 1:9 Unclosed bracket '[' - missing ']'"],
  ["print(1))", "parse ParserError 1:9 Unmatched closing parenthesis ')'"],
  ["let x = ts(a) { return 1\nprint(x)", "parse ParserError 1:15 Unclosed brace '{' - missing '}'"],
  ["let model = 3", "parse ParserError 1:5 Invalid identifier 'model' - 'model' is a reserved keyword"],
  ["function add(x, y: number) { }", "parse ParserError 1:15 Missing type annotation for parameter 'x'"],
  ["let o = { a: 1 b: 2 }", "parse ParserError 1:16 Missing comma between properties. Add ',' after the previous property"],
  ["let l = [1 2]", "parse ParserError 1:12 Missing comma between array elements. Add ','"],
  ["list[0] = 5", "parse ParserError 1:9 only a plain name can be assigned to"],
  ["count += 1", "parse ParserError 1:8 there is no '+='"],
  ["if a < b < c { }", "parse ParserError 1:10 comparisons cannot be chained"],
  ["let r = do", "parse ParserError 1:11 found end of file, expected an expression"],
  ["for i 1..3 { }", "parse ParserError 1:7 found '1', expected 'in'"],
  ["async function f() { }", "parse ParserError 1:7 there are no async functions"],
  ["function f() { }\nasync not f()", "parse ParserError 2:7 async needs something to run"],
  ['async { do "x" }', "parse ParserError 1:7 there are no async blocks"],
  ["let x = { async: true }\nasync {\n  let a = 5\n  print(a)\n}\nlet = 1", "parse ParserError 2:7 there are no async blocks"],
  ["async for i in 3 { }", "parse ParserError 1:7 async cannot start 'for'"],
  ["let f = x => x", "parse ParserError 1:12 there are no arrow functions"],
  ['let o = { b: 1, "a": 2 }', "parse ParserError 1:17 keys of an object are names without quotes"],
  ["let a = 1\nlet o = { a }", "parse ParserError 2:13 a property needs a value: write 'a: a'"],
  ['import { a as b } from "./l.vibe"', "parse ParserError 1:12 names are imported as they are exported"],
  ['import a from "./l.vibe"', "parse ParserError 1:8 the names of an import stand in braces"],
  [
    "print(\u201chi\u201d)",
    "parse LexerError 1:7 unexpected character: ->\u201c<- at offset: 6, skipped 1 characters. Strings stand in straight quotes",
  ],
  ["async let a = 5", "parse ParserError 1:15 async needs something to run"],
  ["let a: txt = 1", "parse ParserError 1:8 unknown type 'txt'"],
  ["let a: string = 1", "parse ParserError 1:8 unknown type 'string': write text"],
  ["let x = (1 +\nlet y = 2;", "parse LexerError 2:10 unexpected character: ->;<-"],
  [`let x = ${"(".repeat(10_000)}1${")".repeat(10_000)}`, "parse ParserError 1:1009 this is nested too deeply"],
]

const CHECK: readonly Row[] = [
  ["let a = a", "check SemanticError 1:9 'a' is not defined yet: its own first value cannot read it"],
  ["let x = 1e5", "check SemanticError 1:10 'e5' is not defined: a number is written in digits"],
  ["let a = 1\nif a = 2 { }", "check SemanticError 2:4 if condition must be boolean, got number: '=' assigns, '==' compares"],
  ["print(nope)", "check SemanticError 1:7 'nope' is not defined"],
  ['print("a {nope}")', "check SemanticError 1:11 'nope' is not defined"],
  ['print("{0}")', "check SemanticError 1:9 '0' is not defined"],
  ["nope = 1", "check SemanticError 1:1 'nope' is not defined"],
  ["let x = ts(nope) { return 1 }", "check SemanticError 1:12 'nope' is not defined"],
  ['let x = do "hi" nope', "check SemanticError 1:17 'nope' is not defined"],
  ['let x = do "hi" default\nlet y = do "hi" nope local', "check SemanticError 2:17 'nope' is not defined"],
  ["let a = 1\nlet a = 2", "check SemanticError 2:1 'a' is already declared"],
  ["const a = 1\na = 2", "check SemanticError 2:1 Cannot reassign constant 'a'"],
  ["function f() { }\nf = 2", "check SemanticError 2:1 Cannot reassign function 'f'"],
  ['model m = { name: "x" }\nm = 2', "check SemanticError 2:1 Cannot reassign model 'm'"],
  ['let n: number = "five"', "check SemanticError 1:1 Type error: cannot assign text to number"],
  ["let b: boolean = null", "check SemanticError 1:1 Type error: cannot assign null to boolean"],
  ['function f(n: number) { }\nf("x")', "check SemanticError 2:3 Type error: cannot assign text to number"],
  ['function f(): text { return "" }\nlet n: number = f()', "check SemanticError 2:1 Type error: cannot assign text to number"],
  ["let n: number = 1\nn = true", "check SemanticError 2:1 Type error: cannot assign boolean to number"],
  ["let j: json = [1]", "check SemanticError 1:1 json type expects an object, not an array. Use json[] for arrays."],
  ['let j: json = "{oops"', "check SemanticError 1:1 Invalid JSON literal"],
  ['let l = [1, "a"]', "check SemanticError 1:13 Mixed array types: element 1 is text but expected number"],
  ["let l = [1] + 2", "check SemanticError 1:9 Cannot concatenate array with non-array using +"],
  ['let l = [1] + ["a"]', "check SemanticError 1:9 Cannot concatenate number[] with text[]: array types must match"],
  ["let x = null", "check SemanticError 1:1 Cannot infer type from null"],
  ["let x = []", "check SemanticError 1:1 Cannot infer type from empty array"],
  ["const x = null", "check SemanticError 1:1 Cannot initialize const with null"],
  [
    'model m = { name: "x" }\nlet k: model = m',
    "check SemanticError 2:1 Variables with type 'model' must be declared with 'const', not 'let'",
  ],
  ["let b = 1\nasync let a = b", "check SemanticError 2:1 async declarations require a single do, vibe, ts block, or function call"],
  ["let o = { a: 1 }\nasync o.a", "check SemanticError 2:1 async declarations require a single do, vibe, ts block, or function call"],
  [
    "let { a: text } = 5",
    "check SemanticError 1:1 Destructuring assignment requires a do/vibe expression, json variable, or function call",
  ],
  ['let { a: text, a: text } = do "x"', "check SemanticError 1:16 Duplicate field 'a' in destructuring pattern"],
  ['let x = 1\nprint("a !{x}")', "check SemanticError 2:10 Expansion syntax !{x} is only valid in prompt strings"],
  ["if 5 { }", "check SemanticError 1:4 if condition must be boolean, got number"],
  ['while "x" { }', "check SemanticError 1:7 while condition must be boolean, got text"],
  ["for i in 5..1 { }", "check SemanticError 1:10 Range start (5) must be <= end (1)"],
  ["return 5", "check SemanticError 1:1 return outside of function"],
  ["break", "check SemanticError 1:1 break outside of loop"],
  ["for i in 3 { function f() { } }", "check SemanticError 1:14 Functions can only be declared at global scope"],
  ["if true { tool t() { ts() { } } }", "check SemanticError 1:11 Tools can only be declared at global scope"],
  ['if true { import { a } from "./a.vibe" }', "check SemanticError 1:11 Imports can only be declared at global scope"],
  [
    'function f(n: number): text {\n  if n > 1 { return "x" }\n}',
    "check SemanticError 1:1 Function 'f' has return type 'text' but not all code paths return or throw",
  ],
  ["tool t(): text { }", "check SemanticError 1:1 Tool 't' has return type 'text' but not all code paths return or throw"],
  ["function f() { }\nlet x = f()", "check SemanticError 2:1 Cannot assign result of 'f()' to a variable - function has no return type"],
  ['let k = 1\nlet x = do "hi" k', "check SemanticError 2:17 Expected model, got variable 'k'"],
  ['model m = { name: "x" }\nlet x = do m', "check SemanticError 2:12 Cannot use model 'm' as prompt"],
  ["function f() { }\nlet x = do f", "check SemanticError 2:12 Cannot use function 'f' as prompt"],
  ["let j: json = { a: 1 }\nlet x = do j", "check SemanticError 2:12 Cannot use json typed variable 'j' as prompt"],
  ['model m = { url: "x" }', "check SemanticError 1:1 Model 'm' is missing required field 'name'"],
  ['model m = { name: "x", speed: 3 }', "check SemanticError 1:24 Model 'm' has unknown field 'speed'"],
  ['model m = { name: "x", provider: "acme" }', "check SemanticError 1:24 Invalid provider 'acme'. Must be: anthropic, openai, google"],
  ['model m = { name: "x", maxRetriesOnError: -1 }', "check SemanticError 1:24 maxRetriesOnError must be a non-negative integer, got -1"],
  ["tool t() { ts() { } }\nt()", "check SemanticError 2:1 Cannot call tool 't' directly."],
  ['tool t(a: text)\n  @param z "?"\n{ ts(a) { } }', "check SemanticError 2:10 @param 'z' does not match any parameter in tool 't'."],
  ["tool t(a: foo) { ts(a) { } }", "check SemanticError 1:8 Unknown type 'foo' in tool parameter 'a'"],
  ["tool t(): foo { ts() { } }", "check SemanticError 1:11 Unknown return type 'foo'"],
  ["for i in 2 { } compress(p)", "check SemanticError 1:25 compress argument 'p' is not declared"],
  ["let n = 1\nfor i in 2 { } compress(n)", "check SemanticError 2:25 compress argument 'n' must be prompt or model type, got number"],
  ['for i in 2 { } compress("x", m)', "check SemanticError 1:30 compress model 'm' is not declared"],
  ['let n = 1\nfor i in 2 { } compress("x", n)', "check SemanticError 2:30 compress argument 'n' must be model type, got number"],
  ["export let x = 1", "check SemanticError 1:1 Cannot export mutable variable 'x'. Only constants can be exported."],
  ['import { a } from "./a.vibe"\nimport { a } from "./a.vibe"', "check SemanticError 2:10 'a' is already imported from another module"],
  ['function a() { }\nimport { a } from "./a.vibe"', "check SemanticError 2:10 Import 'a' conflicts with existing function"],
  ['import { a } from "./a.vibe"\na = 2', "check SemanticError 2:1 Cannot reassign imported 'a'"],
]

const IMPORTS: readonly Row[] = [
  ['import { zzz } from "./a.vibe"', "check ImportError 1:10 Import error: 'zzz' is not exported from './a.vibe'"],
  [
    'import { x } from "./circle.vibe"',
    "check ImportError 1:19 in circle.vibe Import error: Circular dependency detected: main.vibe -> circle.vibe -> main.vibe",
  ],
  ['import { x } from "./gone.vibe"', "check ImportError 1:19 Import error: file './gone.vibe' not found"],
  ['import { x } from "system/magic"', "check ImportError 1:19 Import error: Unknown system module: 'system/magic'"],
  ['import { x } from "system/core"', "check ImportError 1:19 Import error: 'system/core' cannot be imported"],
  ['import { x } from "fs"', "check ImportError 1:19 Import error: package 'fs' cannot be loaded in the playground"],
  ['import { x } from "./broken.vibe"', "parse ParserError 1:5 in broken.vibe"],
]

const files = {
  "a.vibe": "export const a = 1\n",
  "circle.vibe": 'import { y } from "./main.vibe"\nexport const x = 1\n',
  "broken.vibe": "let = 5",
}

describe("the error catalogue", () => {
  it.each(PARSE)("parse: %j", (text, wanted) => expect(firstError(text)).toContain(wanted))
  it.each(CHECK)("check: %j", (text, wanted) => expect(firstError(text, files)).toContain(wanted))
  it.each(IMPORTS)("imports: %j", (text, wanted) => expect(firstError(text, files)).toContain(wanted))

  it("suggests a name that is nearly the same, as a fix", () => {
    const program = programOf("vibe", "main.vibe", "let total = 1\nprint(totla)")
    const [first] = vibe.check(program)
    expect(first?.message).toContain("did you mean 'total'?")
    expect(first?.fixes?.[0]?.edits).toEqual([{ from: 20, to: 25, insert: "total" }])
  })

  it("offers to write what Vibe has instead of signs of other languages", () => {
    const program = programOf("vibe", "main.vibe", "let a = true && !b;")
    const fixes = vibe.check(program).flatMap((it) => it.fixes ?? [])
    expect(fixes.map((it) => it.title)).toEqual(["Change to 'and'", "Change to 'not'", "Remove ';'"])
    expect(fixes[0]?.edits).toEqual([{ from: 13, to: 15, insert: "and" }])
  })

  it("offers to add a comma and a type that are missing", () => {
    const fixed = (text: string) => {
      const edit = vibe.check(programOf("vibe", "main.vibe", text))[0]?.fixes?.[0]?.edits[0]
      return edit ? text.slice(0, edit.from) + edit.insert + text.slice(edit.to) : ""
    }
    expect(fixed("let o = { a: 1\n b: 2 }")).toBe("let o = { a: 1,\n b: 2 }")
    expect(fixed("function add(x, y: number) { }")).toBe("function add(x: text, y: number) { }")
  })

  it("warns of a statement that does nothing on the line of another, and lets the program run", () => {
    const program = programOf("vibe", "main.vibe", 'print "hello"')
    const found = vibe.check(program)
    expect(found.map((it) => it.severity)).toEqual(["warning"])
    expect(vibe.compile(program, { wantValue: false }).unit).not.toBeNull()
  })

  it("tells an async block once, and nothing of what is in it", () => {
    const found = vibe.check(
      programOf("vibe", "main.vibe", "async {\n  let a = 5\n  async { print(a) }\n}\nlet o = { async: { b: 1 } }\nif o.async { }"),
    )
    expect(found.map((it) => it.message.slice(0, 25))).toEqual(["there are no async blocks", "there are no async blocks"])
  })

  it.each([
    ['function f(): number { return "x" }', "'f' gives number, and this is text"],
    ["function f(): text { if true { 5 } else { return [] } }", "'f' gives text, and this is number"],
    ["function f(n: number) { }\nf(1, 2)", "'f' takes one argument, and this one is ignored"],
    ['print("a", "b")', "'print' takes one argument, and this one is ignored: put the values into one text"],
    ["let l = [1]\nl.push(2, 3)", "'push' takes one argument, and this one is ignored"],
    ["let l = [1]\nprint(l.len(1))", "'len' takes no arguments, and this one is ignored"],
  ])("%j runs, with a warning", (text, message) => {
    const program = programOf("vibe", "main.vibe", text)
    const [first] = vibe.check(program)
    expect(`${first?.severity} ${first?.message}`).toContain(`warning ${message}`)
    expect(vibe.compile(program, { wantValue: false }).unit).not.toBeNull()
  })

  it.each([
    'function f(): json { return "\\{\\}" }',
    'function f(): number[] { return "[1]" }',
    "function f(): boolean { return null }",
    "function f(): prompt { return 5 }",
    "function f(): number[][] { return [1] }",
    'function f(): number { return do "x" }',
  ])("%j has nothing to warn of: validation takes it, or nobody knows", (text) => {
    expect(vibe.check(programOf("vibe", "main.vibe", text))).toEqual([])
  })

  it("allows a let without type for an answer, which is text", () => {
    expect(firstError('let a = do "x"')).toBe("no error")
    expect(firstError('let a = do "x"\nlet n: number = a')).toContain("cannot assign text to number")
  })
})
