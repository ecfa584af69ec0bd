// Real models on the command line, against a provider on this machine: a run is recorded, the provider goes away, and the
// replay writes the same bytes. The key is nowhere: not in the trace, the recording, the output or what is said.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type FakeProvider, startFakeProvider } from "../../e2e/providers/fake-provider.ts"
import { runCommand } from "./run-command.ts"
import { Usage } from "./usage.ts"

const KEY = "sk-cli-0123456789abcdefghij"
const PROGRAM = `
let outline = do "Outline a talk"
async let a = do "As a teacher, review: !{outline}"
async let b = do "As a sceptic, review: !{outline}"
print("{a} | {b}")
`

let folder: string
let fake: FakeProvider

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
  fake = await startFakeProvider()
  vi.stubEnv("COUNTERPOINT_API_KEY", KEY)
  writeFileSync(join(folder, "talk.vibe"), PROGRAM)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await fake.stop()
  rmSync(folder, { recursive: true })
})

/** What a command said and gave back. */
async function run(...args: string[]) {
  return runFile("talk.vibe", ...args)
}

async function runFile(name: string, ...args: string[]) {
  let said = ""
  const hear = (text: unknown) => {
    said += `${String(text)}\n`
    return true
  }
  const spies = [
    vi.spyOn(console, "log").mockImplementation(hear),
    vi.spyOn(console, "error").mockImplementation(hear),
    vi.spyOn(process.stdout, "write").mockImplementation(hear),
    vi.spyOn(process.stderr, "write").mockImplementation(hear),
  ]
  try {
    const code = await runCommand([join(folder, name), ...args])
    return { code, said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const file = (name: string) => join(folder, name)
const live = (model: string) => ["--live", `custom:${model}`, "--url", `${fake.origin}/v1`, "--budget", "none"]

/** Programs that ask in the ways of their languages: typed answers, tools, fibers that retry nothing. */
const LANGUAGES: readonly {
  readonly name: string
  readonly model: string
  readonly program: string
  readonly prints: readonly string[]
}[] = [
  {
    name: "typed.jde",
    model: "ok",
    program:
      'async fn count(what) {\n    prompt p = "How many " + what\n    return await ?p |> int\n}\nlet a = count("otters")\nlet b = count("herons")\nprint(await a + await b)\nprint(__model__)\n',
    prints: ["84", "ok"],
  },
  {
    name: "fibers.ard",
    model: "ok",
    program:
      'use ard/async\nuse ard/io\nuse ard/llm\n\nfn main() {\n  let a = async::start(fn() { io::print(llm::ask("one").or("none")) })\n  let b = async::start(fn() { io::print(llm::ask("two").or("none")) })\n  a.join()\n  b.join()\n}\n',
    prints: ["You said: one.", "You said: two."],
  },
  {
    name: "tools.vibe",
    model: "tool",
    program:
      'tool area(w: number, h: number): number\n  @description "Area of a rectangle"\n{\n  ts(w, h) { return w * h; }\n}\nmodel m = { name: "m", tools: [area] }\nlet a = vibe "How large is 3 by 4?" m\nlet names: text[] = do "List three names" m\nprint(a)\n',
    prints: [],
  },
]

describe.each(LANGUAGES)("$name", ({ name, model, program, prints }) => {
  it("runs live, and replays to the same bytes", async () => {
    writeFileSync(file(name), program)
    const lived = await runFile(name, ...live(model), "--record", file("c"), "--trace", file("live.trace"), "--json", "--allow-ts")
    const result = JSON.parse(lived.said) as { outcome: string; stdout: string[]; fault: unknown }
    for (const line of prints) expect(result.stdout, JSON.stringify(result)).toContain(line)
    await fake.stop()
    const replayed = await runFile(name, "--replay", file("c"), "--trace", file("replay.trace"), "--json", "--allow-ts")
    expect(JSON.parse(replayed.said)).toEqual(result)
    expect(readFileSync(file("replay.trace")).equals(readFileSync(file("live.trace")))).toBe(true)
    if (model === "tool") expect(fake.received.some((request) => /"role":"tool"/.test(JSON.stringify(request.body)))).toBe(true)
  })
})

describe("run --live", () => {
  it("records a run that replays to the same bytes without the provider", async () => {
    const recorded = await run(...live("ok"), "--record", file("talk.cassette"), "--trace", file("live.trace"), "--json")
    expect(recorded.code).toBe(0)
    expect(fake.received).toHaveLength(3)
    expect(fake.load.most).toBe(2)
    await fake.stop()
    const replayed = await run("--replay", file("talk.cassette"), "--trace", file("replay.trace"), "--json")
    expect(JSON.parse(replayed.said)).toEqual(JSON.parse(recorded.said))
    expect(readFileSync(file("replay.trace")).equals(readFileSync(file("live.trace")))).toBe(true)
  })

  it("leaves no key anywhere, even when the provider repeats it", async () => {
    for (const model of ["echo-key", "401", "500", "404"]) {
      const { said } = await run(...live(model), "--record", file("c"), "--trace", file("t"))
      const everything = said + readFileSync(file("c"), "utf8") + readFileSync(file("t"), "latin1")
      expect(everything.length).toBeGreaterThan(500)
      expect(everything).not.toContain(KEY)
      expect(everything).not.toContain(KEY.slice(0, 12))
      expect(everything).not.toContain(KEY.slice(-12))
      expect(everything.toLowerCase()).not.toContain("authorization")
    }
  })

  it("asks only what an edit changed, and records replayed and fresh answers together", async () => {
    await run(...live("ok"), "--record", file("first"))
    writeFileSync(file("talk.vibe"), PROGRAM.replace("As a sceptic", "As a child"))
    fake.received.length = 0
    const edited = await run("--replay", file("first"), ...live("ok"), "--record", file("second"), "--trace", file("live.trace"))
    expect(edited.code).toBe(0)
    expect(edited.said).toMatch(/live: 3 answers \(2 from the recording\), \d+ tokens in, \d+ out, cost unknown/)
    expect(fake.received.map((request) => JSON.stringify(request.body)).join()).toContain("As a child")
    expect(fake.received).toHaveLength(1)
    await fake.stop()
    await run("--replay", file("second"), "--trace", file("replay.trace"))
    expect(readFileSync(file("replay.trace")).equals(readFileSync(file("live.trace")))).toBe(true)
  })

  it("stops before its budget is passed", async () => {
    const { said } = await run("--live", "openai:gpt-5-mini", "--url", `${fake.origin}/v1`, "--budget", "0.0001", "--json").catch(
      (problem: unknown) => ({ said: String((problem as Error).message) }),
    )
    expect(said).toContain("OPENAI_API_KEY")
    vi.stubEnv("OPENAI_API_KEY", KEY)
    const stopped = await run("--live", "openai:gpt-5-mini", "--url", `${fake.origin}/v1`, "--budget", "0.0001", "--json")
    expect(JSON.parse(stopped.said)).toMatchObject({ outcome: "stopped" })
    expect(fake.received).toHaveLength(0)
    const paid = await run("--live", "openai:gpt-5-mini", "--url", `${fake.origin}/v1`, "--budget", "0.05", "--json")
    const result = JSON.parse(paid.said)
    expect(result.outcome).toBe("done")
    expect(result.costUsd).toBeCloseTo((0.25 * result.tokens.in + 2 * result.tokens.out) / 1e6, 9)
  })

  it("answers wrong options with one line", async () => {
    await expect(run("--live", "nobody")).rejects.toThrow(/--live knows no provider "nobody"/)
    await expect(run("--live", "custom:x")).rejects.toThrow("needs an address")
    await expect(run("--live", "custom:x", "--url", "http://evil.example/v1")).rejects.toThrow(Usage)
    await expect(run("--dials", "sunny-day")).rejects.toThrow(/"sunny-day" is no preset/)
    await expect(run(...live("ok"), "--budget", "much")).rejects.toThrow("--budget takes US dollars")
    writeFileSync(file("broken"), '{"counterpoint":"cassette","version":1,')
    await expect(run("--replay", file("broken"))).rejects.toThrow("This recording is damaged")
    writeFileSync(file("newer"), '{"counterpoint":"cassette","version":9}')
    await expect(run("--replay", file("newer"))).rejects.toThrow("made with a newer version (9;")
  })
})
