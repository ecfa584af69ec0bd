// Claims about `counterpoint conformance`: every way in which a folder of cases can be wrong is one failure that says what was
// expected and what was found, and the last line counts.
import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { conformanceCommand } from "./conformance-command.ts"
import { Stage } from "./testing.ts"
import { Usage } from "./usage.ts"

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

function aCase(name: string, json: unknown, program = 'print("hi")\n', extension = "jde"): void {
  stage.file(`${name}.${extension}`, program)
  stage.file(`${name}.json`, typeof json === "string" ? json : JSON.stringify(json))
}

const GOOD = { title: "says hi", stdout: ["hi"] }

async function refusal(args: string[]): Promise<string> {
  const problem = await conformanceCommand(args).catch((thrown: unknown) => thrown)
  expect(problem).toBeInstanceOf(Usage)
  return (problem as Usage).message
}

describe("a folder of cases", () => {
  it("is run with the folders below it, in the order of the names", async () => {
    aCase("b", GOOD)
    aCase("sub/deep/a", GOOD)
    aCase("a", { ...GOOD, stdout: undefined, stdoutOneOf: [["ho"], ["hi"]] }, 'print("hi")\n', "vibe")
    expect(await conformanceCommand([stage.folder, "--verbose"])).toBe(0)
    expect(stage.out).toBe("ok   jade/b\nok   sub/deep/a\nok   vibe/a\n3 passed, 0 failed\n")
  })

  it.each([
    ["another output", { ...GOOD, stdout: ["ho"] }, 'stdout: expected ["ho"], got ["hi"]'],
    ["no legal output", { ...GOOD, stdout: undefined, stdoutOneOf: [["a"], []] }, 'stdout: expected one of ["a"] or [], got ["hi"]'],
    ["another time", { ...GOOD, timing: { virtualMs: 5 } }, "virtualMs: expected 5, got 0"],
    ["no error", { ...GOOD, error: { phase: "run", kind: "Nope" } }, "error: expected Nope (run), but the run ended without an error"],
    ["JSON that is none", '{"title":', "the case cannot be read: not JSON: "],
    ["a list", [], "the case cannot be read: a case is an object, found []"],
    ["an unknown key", { title: "t", stdot: [] }, 'the case cannot be read: a case has no key "stdot"; the keys are title, basis, model'],
    [
      "an unknown inner key",
      { ...GOOD, error: { knd: "x" } },
      '"error" has no key "knd"; the keys are phase, kind, line, column, contains',
    ],
    ["a text for lines", { title: "t", stdout: "hi" }, '"stdout" should be a list of lines, found "hi"'],
    ["lines for outputs", { title: "t", stdoutOneOf: ["hi"] }, '"stdoutOneOf[0]" should be a list of lines, found "hi"'],
    ["two lines in one", { title: "t", stdout: ["a\nb"] }, '"stdout[0]" should be a text of one line, found "a\\nb"'],
    ["no phase", { ...GOOD, error: { phase: "later" } }, '"error.phase" should be parse, check or run, found "later"'],
    ["a half call", { ...GOOD, timing: { calls: 1.5 } }, '"timing.calls" should be a whole number from 0 on, found 1.5'],
    ["a rule's slip", { ...GOOD, model: [{ replyy: "x" }] }, '"model": rule 1 has no key "replyy"'],
    ["a file that is no text", { ...GOOD, files: { "a.jde": 1 } }, '"files.a.jde" should be a text, found 1'],
    [
      "nothing at all as an error",
      { ...GOOD, error: null },
      '"error" should be an object with phase, kind, line, column, contains, found null',
    ],
  ])("fails with what was expected and what was found: %s", async (_, json, difference) => {
    aCase("a", json)
    expect(await conformanceCommand([stage.folder])).toBe(1)
    expect(stage.out).toContain(`FAIL jade/a: `)
    expect(stage.out).toContain(difference)
    expect(stage.out.endsWith("\n0 passed, 1 failed\n")).toBe(true)
    expect(stage.out).not.toContain("our own fault")
  })

  it("names the first line that differs where the output is long", async () => {
    const lines = Array.from({ length: 200 }, (_, i) => `line ${i}`)
    aCase("a", { title: "t", stdout: lines.with(150, "other") }, 'let i = 0\nwhile i < 200 {\n    print(f"line {i}")\n    i = i + 1\n}\n')
    expect(await conformanceCommand([stage.folder])).toBe(1)
    expect(stage.out).toContain('FAIL jade/a: stdout: line 151: expected "other", got "line 150"; 200 lines expected, 200 got\n')
  })

  it("fails for halves of cases and for files that are no text", async () => {
    stage.file("lonely.jde", "print(1)\n")
    stage.file("widow.json", JSON.stringify(GOOD))
    aCase("alien", GOOD, "print(1)\n", "jade")
    aCase("binary", GOOD, "print(\0)\n")
    aCase("good", GOOD)
    expect(await conformanceCommand([stage.folder])).toBe(1)
    expect(stage.out).toContain("FAIL jade/lonely: lonely.jde has no lonely.json beside it that says what it shows\n")
    expect(stage.out).toContain("FAIL widow: widow.json has no program beside it: expected widow.vibe, widow.jde, widow.ard; found none\n")
    expect(stage.out).toContain("expected alien.vibe, alien.jde, alien.ard; found alien.jade\n")
    expect(stage.out).toMatch(/FAIL jade\/binary: the case cannot be read: .*holds zero bytes\n/)
    expect(stage.out.endsWith("\n1 passed, 4 failed\n")).toBe(true)
  })

  it("passes over JSON that is no case, follows links and is not led in circles by them", async () => {
    aCase("good", GOOD)
    stage.file("package.json", '{ "name": "x", "files": [] }')
    symlinkSync(stage.folder, join(stage.folder, "again"))
    symlinkSync(join(stage.folder, "good.jde"), join(stage.folder, "linked.jde"))
    symlinkSync(join(stage.folder, "good.json"), join(stage.folder, "linked.json"))
    expect(await conformanceCommand([stage.folder])).toBe(0)
    expect(stage.out).toBe("2 passed, 0 failed\n")
  })

  it("takes files as Windows writes them", async () => {
    aCase("a", `\ufeff${JSON.stringify(GOOD, null, 2).replaceAll("\n", "\r\n")}\r\n`, '\ufeffprint("hi")\r\n')
    expect(await conformanceCommand([stage.folder])).toBe(0)
  })
})

describe("not-yet.txt", () => {
  it("excuses what it lists, and fails for what passes or does not exist", async () => {
    aCase("bad", { ...GOOD, stdout: ["ho"] })
    aCase("good", GOOD)
    stage.file("not-yet.txt", "# soon\r\njade/bad  # a reason\r\njade/good\njade/gone\n")
    expect(await conformanceCommand([stage.folder])).toBe(1)
    expect(stage.out).toBe(
      "FAIL jade/good: passes, but is listed in not-yet.txt: take it off the list\n" +
        "FAIL jade/gone: is listed in not-yet.txt, but there is no such case\n" +
        "1 not yet, as listed\n0 passed, 2 failed\n",
    )
  })
})

describe("a wrong argument", () => {
  it("is one line", async () => {
    aCase("good", GOOD)
    expect(await refusal([])).toBe("conformance needs a folder of cases; see counterpoint help")
    expect(await refusal(["a", "b"])).toBe("conformance takes 1 name, got 2: a b")
    expect(await refusal([join(stage.folder, "none")])).toMatch(/^no folder ".*none"$/)
    expect(await refusal([join(stage.folder, "good.jde")])).toMatch(/good\.jde" is a file, not a folder of cases$/)
    expect(await refusal([stage.folder, "--filter", "zzz"])).toMatch(/^no cases in ".*" with "zzz" in their name$/)
  })
})
