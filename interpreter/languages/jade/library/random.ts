// The package `random` (SPEC 17.8): numbers from the run's seed, the same in every run of it.
import { Fault } from "../../../engine/fault.ts"
import { typeError } from "../runtime/faults.ts"
import { Arr, Float, intOf, Stream, stored } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

export const random = entriesOf({ k: "package", name: "random" }, [
  {
    signature: "int(low: int, high: int) -> int",
    doc: "An int from `low` to `high`, both included.",
    example: { code: "use std::random\nlet n = random.int(1, 6)\nprint(n >= 1 && n <= 6)", prints: ["true"] },
    run(jade, [low, high], site) {
      const from = BigInt(low as number | bigint)
      const count = BigInt(high as number | bigint) - from + 1n
      if (count <= 0n) throw typeError("random.int(): the high end lies below the low end", site)
      if (count <= 9007199254740992n) return intOf(from + BigInt(jade.random.below(Number(count))))
      const drawn = (BigInt(jade.random.next()) << 32n) | BigInt(jade.random.next())
      return intOf(from + (drawn % count))
    },
  },
  {
    signature: "float() -> float",
    doc: "A float from 0 up to and without 1.",
    example: { code: "use std::random\nprint(random.float() < 1.0)", prints: ["true"] },
    run: (jade) => new Float(jade.random.fraction()),
  },
  {
    signature: "choice(array: array | stream) -> any",
    doc: "One of the elements; raises if there is none.",
    example: { code: 'use std::random\nprint(random.choice(["only"]))', prints: ["only"] },
    run(jade, [array], site) {
      const items = array instanceof Arr || array instanceof Stream ? array.items : []
      if (items.length === 0) throw new Fault("IndexOutOfBounds", "random.choice() of an empty array: out of bounds", site)
      return stored(items[jade.random.below(items.length)])
    },
  },
  {
    signature: "shuffle(array: array) -> nil",
    doc: "Puts the elements in random order, in place.",
    example: { code: "use std::random\nlet xs = [1, 2, 3]\nrandom.shuffle(xs)\nprint(len(xs))", prints: ["3"] },
    run(jade, [array]) {
      if (!(array instanceof Arr)) return null
      const { items } = array
      for (let i = items.length - 1; i > 0; i--) {
        const j = jade.random.below(i + 1)
        const held = items[i]
        items[i] = items[j]
        items[j] = held
      }
      return null
    },
  },
  {
    signature: "seed(number: int) -> nil",
    doc: "Begins a sequence of random numbers of its own.",
    example: {
      code: "use std::random\nrandom.seed(7)\nlet a = random.int(1, 1000)\nrandom.seed(7)\nprint(a == random.int(1, 1000))",
      prints: ["true"],
    },
    run(jade, [number]) {
      jade.reseed(Number(number))
      return null
    },
  },
])
