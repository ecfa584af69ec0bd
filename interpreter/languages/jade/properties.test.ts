// What must hold for every program: the front end answers whatever the text, literals survive printing and reading,
// integers are those of mathematics up to 63 bits, emitted text names nothing foreign, and a run is a value.
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drive } from "../../cli/drive.ts"
import { nodePorts } from "../../cli/node-ports.ts"
import { inputsOfCase, parseCase } from "../../conformance/case.ts"
import { mutated } from "../../conformance/mutated.ts"
import { findCases, show } from "../../conformance/runner.ts"
import { emitProgram } from "../../engine/emit.ts"
import { foreignWords } from "../../engine/free-identifiers.ts"
import { PLAIN_DIALS } from "../../models/script.ts"
import { inputsOf } from "../../session/defaults.ts"
import type { RunInputs } from "../../session/inputs.ts"
import { prepareRun, Run } from "../../session/run.ts"
import { programOf } from "../../source/text.ts"
import { Trace } from "../../trace/trace.ts"
import { checkProgram } from "./check/check.ts"
import { jade } from "./index.ts"
import { lowerProgram } from "./lower/program.ts"
import { stringifyJson } from "./runtime/json.ts"
import { floatText, quoted } from "./runtime/print.ts"

const noLimit = () => {}
const cases = findCases(join(dirname(), "../../conformance/jade"))
const texts = cases.map((it) => it.program)

function dirname(): string {
  return fileURLToPath(new URL(".", import.meta.url))
}

const PIECES =
  '{ } ( ) [ ] " \' """ , : :: . ~> ? |> | || = == ... @ \n // fn async await prompt let if elif else for in while try catch struct extend use std 1 2.5 nil f" \\ ; # self'.split(
    " ",
  )

const anyCase = fc.constantFrom(...texts)
const changes = fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...PIECES, "")), { maxLength: 6 })
const broken = fc.tuple(anyCase, anyCase, changes, fc.boolean()).map((given) => mutated(...given))
const noise = fc.array(fc.constantFrom(...PIECES, " ", "\n"), { maxLength: 60 }).map((it) => it.join(" "))

async function printed(code: string): Promise<readonly string[]> {
  const shown = await show(
    inputsOf("jade", "main.jde", code, { model: { rules: [], otherwise: "error", dials: PLAIN_DIALS, live: false } }),
  )
  expect(shown.error).toBeNull()
  return shown.stdout
}

describe("the front end", () => {
  it("answers every text, and only programs without errors become runnable", () => {
    fc.assert(
      fc.property(fc.oneof(broken, noise, fc.string({ maxLength: 80 })), (text) => {
        const program = programOf("jade", "main.jde", text)
        const diagnostics = jade.check(program)
        const { unit } = jade.compile(program, { wantValue: true })
        expect(unit === null).toBe(diagnostics.some((it) => it.severity === "error"))
        for (const { from, to } of diagnostics) expect(from >= 0 && to >= from && from <= text.length).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it("survives texts nested beyond all bounds", () => {
    for (const text of [
      "(".repeat(20_000),
      "[".repeat(20_000),
      "!".repeat(20_000) + "true",
      "if true {\n".repeat(5_000),
      `print(${"(".repeat(3_000)}1${")".repeat(3_000)})`,
    ]) {
      const { unit, diagnostics } = jade.compile(programOf("jade", "main.jde", text), { wantValue: false })
      expect(unit !== null || diagnostics.length > 0).toBe(true)
    }
  })

  it("emits no word that is not its own", () => {
    for (const { program, json } of cases) {
      const { unit } = jade.compile(programOf("jade", "main.jde", program, parseCase(json).files ?? {}), { wantValue: true })
      if (unit) for (const hooks of [false, true]) expect(foreignWords(emitProgram(unit.ir, { hooks }))).toEqual([])
    }
  })
})

describe("literals", () => {
  it("of floats are read back as they are printed", async () => {
    const floats = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 300, seed: 11 })
    const lines = await printed(floats.map((value) => `print(${floatText(value).replace(/^-/, "0.0 - ")})`).join("\n"))
    expect(lines.map(Number)).toEqual(floats.map((value) => (Object.is(value, -0) ? 0 : value)))
  })

  it("of strings are read back as they are quoted", async () => {
    const strings = fc
      .sample(fc.string({ unit: "grapheme", maxLength: 30 }), { numRuns: 200, seed: 12 })
      .map((it) => it.replaceAll("\r", ""))
    const lines = await printed(`use std::json\n${strings.map((value) => `print(json.stringify(${quoted(value)}))`).join("\n")}`)
    expect(lines).toEqual(strings.map((value) => stringifyJson(value, false, noLimit)))
  })
})

const LIMIT = 4611686018427387904n
const integer = fc.oneof(
  fc.bigInt({ min: -LIMIT, max: LIMIT - 1n }),
  fc.bigInt({ min: -20n, max: 20n }),
  fc.constantFrom(-LIMIT, LIMIT - 1n, 9007199254740991n, 9007199254740992n, -9007199254740993n, 2147483647n, -2147483648n),
)

describe("integer arithmetic", () => {
  it("is that of 63 bits, with an error instead of a wrap", async () => {
    const pairs = fc.sample(fc.tuple(integer, integer, fc.constantFrom("+", "-", "*", "/", "%", "&", "|", "^")), { numRuns: 600, seed: 13 })
    const literal = (value: bigint) => (value < 0n ? `(${value})` : String(value))
    // Through parameters the kinds are unknown to the check; as literals they are known: both ways must agree.
    const code = pairs.map(
      ([a, b, op], i) =>
        `fn f${i}(a, b) { return a ${op} b }\ntry { print(f${i}(${literal(a)}, ${literal(b)})) } catch e { print("error") }\n` +
        `try { print(${literal(a)} ${op} ${literal(b)}) } catch e { print("error") }`,
    )
    const expected = pairs.flatMap(([a, b, op]) => {
      const value = exact(a, b, op)
      const text = value === null || value < -LIMIT || value >= LIMIT ? "error" : String(value)
      return [text, text]
    })
    expect(await printed(code.join("\n"))).toEqual(expected)
  })

  it("compares as mathematics does", async () => {
    const pairs = fc.sample(fc.tuple(integer, integer), { numRuns: 200, seed: 14 })
    const literal = (value: bigint) => (value < 0n ? `(${value})` : String(value))
    const code = pairs.map(
      ([a, b]) => `print([${literal(a)} < ${literal(b)}, ${literal(a)} == ${literal(b)}, ${literal(a)} >= ${literal(b)}])`,
    )
    expect(await printed(code.join("\n"))).toEqual(pairs.map(([a, b]) => `[${a < b}, ${a === b}, ${a >= b}]`))
  })
})

function exact(a: bigint, b: bigint, op: string): bigint | null {
  switch (op) {
    case "+":
      return a + b
    case "-":
      return a - b
    case "*":
      return a * b
    case "/":
      return b === 0n ? null : a / b
    case "%":
      return b === 0n ? null : a % b
    case "&":
      return a & b
    case "|":
      return a | b
    default:
      return a ^ b
  }
}

async function traceBytes(inputs: RunInputs, sites = true): Promise<string> {
  const prepared = await prepareRun(inputs, nodePorts(false))
  if (!prepared.run) return "rejected"
  const trace = new Trace(prepared.sites)
  await drive(prepared.run, trace)
  return shownTrace(trace, sites)
}

/** `sites`: with the places; their numbers depend on what was lowered to a call of the runtime. */
function shownTrace(trace: Trace, sites = true): string {
  // How a trace is cut into chunks is the driver's; what they hold is the run's.
  return JSON.stringify([
    trace.chunks.flatMap((chunk) => [...chunk.times]),
    trace.chunks.flatMap((chunk) => [...chunk.words].filter((_, i) => sites || i % 5 !== 2)),
    trace.strings,
  ])
}

/** The trace of a program that is compiled as if the check had found out no type at all. */
async function traceWithoutTypes(inputs: RunInputs): Promise<string> {
  const program = programOf("jade", inputs.entry.path, inputs.entry.text, inputs.files)
  const { model, runs } = checkProgram(program)
  if (!runs) return "rejected"
  model.types.clear()
  const unit = lowerProgram(model, [], inputs.wantValue)
  const ports = nodePorts(false)
  const run = new Run(inputs, program, jade, unit, await ports.loadFactory(emitProgram(unit.ir, { hooks: false })), ports)
  const trace = new Trace(unit.sites.ranges)
  await drive(run, trace)
  return shownTrace(trace, false)
}

describe("a run", () => {
  it("does the same whether types were known or not", async () => {
    for (const file of cases.filter((_, i) => i % 3 === 0)) {
      const inputs = inputsOfCase("jade", "main.jde", file.program, parseCase(file.json))
      expect(await traceWithoutTypes(inputs), file.name).toBe(await traceBytes(inputs, false))
    }
  })

  it("gives the same bytes of trace every time", async () => {
    for (const file of cases) {
      const inputs = inputsOfCase("jade", "main.jde", file.program, parseCase(file.json))
      expect(await traceBytes(inputs), file.name).toBe(await traceBytes(inputs))
    }
  })
})
