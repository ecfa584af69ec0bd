// Other orders than first in, first out: found by seed, written down, and replayed exactly.
import { describe, expect, it } from "vitest"
import { type Chooser, parseSchedule, printSchedule, ReplayChooser, ShuffleChooser } from "./chooser.ts"
import { setUp } from "./testing.ts"

describe("schedules", () => {
  const program = (chooser: Chooser) => {
    const { kernel, recorder, printed, print, start, spawn } = setUp({ chooser })
    start(function* () {
      for (const name of ["a", "b", "c"])
        spawn(name, function* () {
          print(name)
        })
      yield kernel.sleep(1, -1)
    })
    kernel.run()
    return { printed: printed.map((line) => line.slice(-1)).join(""), choices: kernel.choices, chunks: recorder.flush() }
  }

  it("find other orders by seed, and replay any of them exactly", () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      const first = program(new ShuffleChooser(seed))
      orders.add(first.printed)
      const again = program(new ReplayChooser(first.choices))
      expect(again.printed).toBe(first.printed)
      expect(again.chunks).toEqual(first.chunks)
    }
    expect([...orders].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"])
  })

  it("print as short text and are read back", () => {
    expect(printSchedule([0, 0, 0, 0, 1, 2, 2])).toBe("0*4 1 2 2")
    expect(parseSchedule("0*4 1 2 2")).toEqual([0, 0, 0, 0, 1, 2, 2])
    expect(parseSchedule("zero")).toBeNull()
    expect(parseSchedule("1*99999999")).toBeNull()
  })

  it("the same inputs give the same bytes", () => {
    expect(program(new ShuffleChooser(7)).chunks).toEqual(program(new ShuffleChooser(7)).chunks)
  })
})
