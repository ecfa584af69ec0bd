// Methods of arrays, of streams, and the package `array` (SPEC 17.2).
import { order, sameValue } from "../runtime/arith.ts"
import { typeError } from "../runtime/faults.ts"
import { type Jade, pending } from "../runtime/jade.ts"
import { joinedForms } from "../runtime/print.ts"
import { Arr, kindOf, Stream, stored } from "../runtime/values.ts"
import { type Declaration, entriesOf } from "./entry.ts"

type Steps = Generator<unknown, unknown, unknown>

const itemsOf = (value: unknown): readonly unknown[] => (value instanceof Arr || value instanceof Stream ? value.items : [])

function* mapped(jade: Jade, list: unknown, fn: unknown, site: number): Steps {
  jade.countList(itemsOf(list).length)
  const result: unknown[] = []
  for (const item of [...itemsOf(list)]) {
    const value = jade.call(fn, [stored(item)], site)
    result.push(stored(pending(value) ? yield value : value))
  }
  return new Arr(result)
}

function* filtered(jade: Jade, list: unknown, fn: unknown, site: number): Steps {
  const result: unknown[] = []
  for (const item of [...itemsOf(list)]) {
    const value = jade.call(fn, [stored(item)], site)
    const keep = pending(value) ? yield value : value
    if (typeof keep !== "boolean") throw typeError(`filter() needs a function that gives a bool, it gave ${kindOf(keep)}`, site)
    if (keep) result.push(stored(item))
  }
  return new Arr(result)
}

/** Sorted ascending and stable; pairs of kinds that have no order count as equal. A merge sort of ours: every host gives the same. */
function sorted(items: readonly unknown[]): unknown[] {
  let from = [...items]
  let to: unknown[] = new Array(from.length)
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length)
      const end = Math.min(start + 2 * width, from.length)
      let left = start
      let right = middle
      for (let at = start; at < end; at++) {
        const takeLeft = left < middle && (right >= end || (order(from[left], from[right]) || 0) <= 0)
        to[at] = takeLeft ? from[left++] : from[right++]
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** What arrays and streams share. */
const reading: readonly Declaration[] = [
  {
    signature: "len() -> int",
    doc: "The number of elements.",
    example: { code: "print([1, 2].len())", prints: ["2"] },
    run: (_jade, [list]) => itemsOf(list).length,
  },
  {
    signature: "contains(item: any) -> bool",
    doc: "Whether an element equals the item; never an error.",
    example: { code: 'print([1, "a", nil].contains("a"))', prints: ["true"] },
    run: (_jade, [list, item]) => itemsOf(list).some((it) => sameValue(item, it)),
  },
  {
    signature: "map(f: fn) -> array",
    doc: "A new array of what the function gives for each element; an async fn starts a task for each.",
    example: { code: "print([1, 2, 3].map(|n| n * n))", prints: ["[1, 4, 9]"] },
    run: (jade, [list, fn], site) => mapped(jade, list, fn, site),
  },
  {
    signature: "filter(f: fn) -> array",
    doc: "A new array of the elements for which the function gives true.",
    example: { code: "print([1, 2, 3, 4].filter(|n| n % 2 == 0))", prints: ["[2, 4]"] },
    run: (jade, [list, fn], site) => filtered(jade, list, fn, site),
  },
  {
    signature: "join(separator: str) -> str",
    doc: "The print forms of the elements with the separator between them.",
    example: { code: 'print([1, "b", 2.0].join("|"))', prints: ["1|b|2.0"] },
    run: (jade, [list, separator]) => joinedForms(jade, itemsOf(list), String(separator)),
  },
]

export const arrayMethods = entriesOf({ k: "method", of: "array" }, [
  ...reading,
  {
    signature: "push(item: any) -> nil",
    doc: "Appends an element; the array is changed for everybody who holds it.",
    example: { code: "let xs = [1]\nxs.push(2)\nprint(xs)", prints: ["[1, 2]"] },
    run(jade, [list, item]) {
      jade.countStored(item)
      if (list instanceof Arr) list.items.push(stored(item))
      return null
    },
  },
  {
    signature: "pop() -> any",
    doc: "Removes the last element and gives it; nil if there is none.",
    example: { code: "let xs = [1, 2]\nprint(xs.pop())\nprint([].pop())", prints: ["2", "nil"] },
    run(jade, [list]) {
      if (!(list instanceof Arr) || list.items.length === 0) return null
      jade.kernel.countValueBytes(-16)
      return list.items.pop()
    },
  },
  {
    signature: "sort() -> nil",
    doc: "Sorts in place, ascending and stable: numbers, strings or bools.",
    example: { code: "let xs = [3, 1, 2]\nxs.sort()\nprint(xs)", prints: ["[1, 2, 3]"] },
    run(_jade, [list]) {
      if (list instanceof Arr) replace(list, sorted(list.items))
      return null
    },
  },
  {
    signature: "reverse() -> nil",
    doc: "Reverses in place.",
    example: { code: "let xs = [1, 2, 3]\nxs.reverse()\nprint(xs)", prints: ["[3, 2, 1]"] },
    run(_jade, [list]) {
      if (list instanceof Arr) list.items.reverse()
      return null
    },
  },
])

function replace(list: Arr, items: readonly unknown[]): void {
  for (let i = 0; i < items.length; i++) list.items[i] = items[i]
}

export const streamMethods = entriesOf({ k: "method", of: "stream" }, reading)

/** The package: methods with the array as first argument; sort and reverse give new arrays. */
export const arrayPackage = entriesOf({ k: "package", name: "array" }, [
  {
    signature: "len(array: array | stream) -> int",
    doc: "The number of elements.",
    example: { code: "use std::array\nprint(array.len([1, 2]))", prints: ["2"] },
    run: (_jade, [list]) => itemsOf(list).length,
  },
  {
    signature: "push(array: array, item: any) -> nil",
    doc: "Appends an element in place.",
    example: { code: "use std::array\nlet xs = []\narray.push(xs, 1)\nprint(xs)", prints: ["[1]"] },
    run(jade, [list, item]) {
      jade.countStored(item)
      if (list instanceof Arr) list.items.push(stored(item))
      return null
    },
  },
  {
    signature: "pop(array: array) -> any",
    doc: "Removes the last element and gives it; nil if there is none.",
    example: { code: "use std::array\nprint(array.pop([1, 2]))", prints: ["2"] },
    run: (_jade, [list]) => (list instanceof Arr ? (list.items.pop() ?? null) : null),
  },
  {
    signature: "contains(array: array | stream, item: any) -> bool",
    doc: "Whether an element equals the item.",
    example: { code: "use std::array\nprint(array.contains([1, 2], 2))", prints: ["true"] },
    run: (_jade, [list, item]) => itemsOf(list).some((it) => sameValue(item, it)),
  },
  {
    signature: "sort(array: array | stream) -> array",
    doc: "A new array, sorted ascending and stable.",
    example: { code: "use std::array\nlet xs = [2, 1]\nprint(array.sort(xs))\nprint(xs)", prints: ["[1, 2]", "[2, 1]"] },
    run(jade, [list]) {
      jade.countList(itemsOf(list).length)
      return new Arr(sorted(itemsOf(list)).map(stored))
    },
  },
  {
    signature: "reverse(array: array | stream) -> array",
    doc: "A new array in reverse order.",
    example: { code: "use std::array\nprint(array.reverse([1, 2]))", prints: ["[2, 1]"] },
    run(jade, [list]) {
      jade.countList(itemsOf(list).length)
      return new Arr([...itemsOf(list)].reverse().map(stored))
    },
  },
  {
    signature: "map(array: array | stream, f: fn) -> array",
    doc: "A new array of what the function gives for each element.",
    example: { code: "use std::array\nprint(array.map([1, 2], |n| n + 1))", prints: ["[2, 3]"] },
    run: (jade, [list, fn], site) => mapped(jade, list, fn, site),
  },
  {
    signature: "filter(array: array | stream, f: fn) -> array",
    doc: "A new array of the elements for which the function gives true.",
    example: { code: "use std::array\nprint(array.filter([1, 2], |n| n > 1))", prints: ["[2]"] },
    run: (jade, [list, fn], site) => filtered(jade, list, fn, site),
  },
  {
    signature: "join(array: array | stream, separator: str) -> str",
    doc: "The print forms of the elements with the separator between them.",
    example: { code: 'use std::array\nprint(array.join([1, 2], "-"))', prints: ["1-2"] },
    run: (jade, [list, separator]) => joinedForms(jade, itemsOf(list), String(separator)),
  },
])
