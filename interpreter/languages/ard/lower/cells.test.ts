// Cells of an Ard notebook: what a failed cell leaves behind.
import { expect, it } from "vitest"
import { drive } from "../../../cli/drive.ts"
import { nodePorts } from "../../../cli/node-ports.ts"
import { inputsOf } from "../../../session/defaults.ts"
import { prepareRun } from "../../../session/run.ts"
import { totalsOf } from "../../../trace/totals.ts"
import { Trace } from "../../../trace/trace.ts"

it("a variable whose cell failed before it got a value is a fault where it is read, never a wrong number", async () => {
  const first = "use ard/io\nlet zero = 0\nlet bad = 1 / zero\nlet after = 2\nfn read() Int { bad + after }\n"
  const second = "io::print(bad + 1)\n"
  const third = "io::print(read())\n"
  const text = first + second + third
  const cellStarts = [0, first.length, first.length + second.length]
  const prepared = await prepareRun(inputsOf("ard", "main.ard", text, { entry: { path: "main.ard", text, cellStarts } }), nodePorts(false))
  const trace = new Trace(prepared.sites)
  if (prepared.run) await drive(prepared.run, trace)
  const totals = totalsOf(trace)
  expect(totals.stdoutLines()).toEqual([])
  expect(totals.faults.map((fault) => fault.message)).toEqual([
    "integer divide by zero",
    "bad is used before it has a value",
    "bad is used before it has a value",
  ])
})
