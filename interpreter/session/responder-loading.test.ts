// The built-in responder is loaded when a run first needs it, and nobody can tell when that was: the run that waited for it
// and one that found it there write the same bytes. Timers of the same instant (equal latencies, a sleep as long as a call)
// are where a difference would show.
import { beforeEach, expect, it, vi } from "vitest"

const PROGRAMS = {
  vibe: `async let a = do "Tell me about the sea"
async let s = do "scripted"
async let b = do "Tell me about rain"
async let t: number = do "How many words in: one two three"
print("{a} {b} {s} {t}")
let last = do "And now?"
print(last)
`,
  jade: `async fn ask(q) {
    prompt p = q
    return await ?p
}
let first = ask("Tell me about the sea")
let second = ask("scripted")
let third = ask("Name a red fruit")
print(await first)
print(await second)
print(await third)
`,
  ard: `use ard/async
use ard/io
use ard/llm

fn main() {
  let a = async::start(fn() { io::print(llm::ask("Tell me about the sea").or("none")) })
  let b = async::start(fn() { io::print(llm::ask("scripted").or("none")) })
  async::sleep(100)
  io::print("slept")
  a.join()
  b.join()
}
`,
}

beforeEach(() => vi.resetModules())

async function traced(language: keyof typeof PROGRAMS, dials: object): Promise<string> {
  const { inputsOf } = await import("./defaults.ts")
  const { prepareRun } = await import("./run.ts")
  const { PLAIN_DIALS } = await import("../models/script.ts")
  const { writeTrace } = await import("../trace/format.ts")
  const { Trace } = await import("../trace/trace.ts")
  const { drive } = await import("../cli/drive.ts")
  const { nodePorts } = await import("../cli/node-ports.ts")
  const model = {
    rules: [{ match: "scripted", reply: "as written" }],
    otherwise: "responder" as const,
    dials: { ...PLAIN_DIALS, ...dials },
    live: false,
  }
  const { run, sites, diagnostics } = await prepareRun(
    inputsOf(language, `main.${language}`, PROGRAMS[language], { model }),
    nodePorts(false),
  )
  expect(diagnostics).toEqual([])
  if (!run) throw new Error("rejected")
  const trace = new Trace(sites)
  await drive(run, trace)
  expect(trace.length).toBeGreaterThan(20)
  return Buffer.from(writeTrace(trace)).toString("base64")
}

it.each(["vibe", "jade", "ard"] as const)("%s: the run that loads it is the run that finds it loaded", async (language) => {
  for (const dials of [{}, { jitter: 0.5, latencyMs: 800 }, { tokensPerSecond: 30 }, { cutShare: 0.5, jitter: 1 }]) {
    vi.resetModules()
    const first = await traced(language, dials)
    expect(await traced(language, dials)).toBe(first)
  }
})

it("that cannot be loaded ends the run with a sentence, and what had happened stays", async () => {
  vi.doMock("../models/responder/index.ts", () => {
    throw new Error("the network is down")
  })
  const { inputsOf } = await import("./defaults.ts")
  const { evaluate } = await import("./evaluation.ts")
  const { NODE_PACE } = await import("../cli/drive.ts")
  const { nodePorts } = await import("../cli/node-ports.ts")
  const evaluation = await evaluate(
    inputsOf("vibe", "main.vibe", 'print("before")\nlet a = do "Hello"\nprint(a)\n'),
    nodePorts(false),
    NODE_PACE,
  )
  vi.doUnmock("../models/responder/index.ts")
  expect(evaluation?.output).toBe("before\n")
  expect(evaluation?.report).toMatchObject({ outcome: "stopped", message: expect.stringContaining("could not be loaded") })
})
