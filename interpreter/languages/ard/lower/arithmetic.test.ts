// Arithmetic of whole programs, through the checker, the lowering and the emitted fast paths, against BigInt wrapped to 64 bits.
import fc from "fast-check"
import { expect, it } from "vitest"
import { drive } from "../../../cli/drive.ts"
import { nodePorts } from "../../../cli/node-ports.ts"
import { inputsOf } from "../../../session/defaults.ts"
import { prepareRun } from "../../../session/run.ts"
import { totalsOf } from "../../../trace/totals.ts"
import { Trace } from "../../../trace/trace.ts"

type Tree =
  | { readonly value: bigint }
  | { readonly op: "+" | "-" | "*" | "/" | "%"; readonly left: Tree; readonly right: Tree }
  | { readonly minus: Tree }

const MAX = 2n ** 63n - 1n
const literal = fc
  .oneof(
    fc.constantFrom(0n, 1n, 2n, 10n, 2n ** 31n, 2n ** 32n + 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, MAX, MAX - 1n),
    fc.bigInt({ min: 0n, max: MAX }),
    fc.bigInt({ min: 0n, max: 100n }),
  )
  .map((value): Tree => ({ value }))

const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    literal,
    fc.record({ op: fc.constantFrom("+", "-", "*", "/", "%"), left: tie("tree"), right: tie("tree") }) as fc.Arbitrary<Tree>,
    fc.record({ minus: tie("tree") }),
  ),
})).tree

function textOf(it: Tree): string {
  if ("value" in it) return `id(${it.value})`
  return "minus" in it ? `(-${textOf(it.minus)})` : `(${textOf(it.left)} ${it.op} ${textOf(it.right)})`
}

/** The value, or null for a division by zero. */
function exactValue(it: Tree): bigint | null {
  if ("value" in it) return it.value
  if ("minus" in it) {
    const value = exactValue(it.minus)
    return value === null ? null : BigInt.asIntN(64, -value)
  }
  const left = exactValue(it.left)
  const right = exactValue(it.right)
  if (left === null || right === null) return null
  if ((it.op === "/" || it.op === "%") && right === 0n) return null
  const exact = {
    "+": () => left + right,
    "-": () => left - right,
    "*": () => left * right,
    "/": () => left / right,
    "%": () => left % right,
  }
  return BigInt.asIntN(64, exact[it.op]())
}

it("is exact, wraps at 64 bits, and compares as integers do", async () => {
  const trees = fc.sample(tree, { numRuns: 1000, seed: 7 })
  const lines = trees.flatMap((one) => {
    const value = exactValue(one)
    return value === null ? [] : [{ text: textOf(one), value }]
  })
  expect(lines.length).toBeGreaterThan(400)
  const body = lines.map(({ text }, i) => {
    const other = lines[i - 1]?.text ?? "0"
    return `  io::print("{${text}} {${text} < ${other}} {${text} == ${other}}")`
  })
  const program = `use ard/io\nfn id(n: Int) Int { n }\nfn main() {\n${body.join("\n")}\n}\n`
  const prepared = await prepareRun(inputsOf("ard", "main.ard", program), nodePorts(false))
  expect(prepared.diagnostics).toEqual([])
  if (!prepared.run) return
  const trace = new Trace(prepared.sites)
  await drive(prepared.run, trace)
  const expected = lines.map(({ value }, i) => {
    const other = lines[i - 1]?.value ?? 0n
    return `${value} ${value < other} ${value === other}`
  })
  expect(totalsOf(trace).stdoutLines()).toEqual(expected)
})
