// ard/list, always there as `List`: the methods of lists and functions over them (section 17.7).
import { Fault } from "../../../engine/fault.ts"
import type { Kernel } from "../../../kernel/kernel.ts"
import { type LibraryContext, NOT_NOW } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { type Int, indexOf } from "./integers.ts"
import { countGrowth, countWhole } from "./sizes.ts"
import { type ArdFunction, NONE, some } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>
type List = unknown[]

function outOfRange(index: Int, list: List, site: number): never {
  throw new Fault("IndexOutOfRange", `Index out of range (${index}) on list of length ${list.length}`, site)
}

export function listAt(list: List, index: Int, site: number): unknown {
  if (typeof index !== "number" || index < 0 || index >= list.length) outOfRange(index, list, site)
  return list[index]
}

export function listPush(rt: { readonly kernel: Kernel }, list: List, value: unknown, site = -1): number {
  const size = list.push(value)
  countGrowth(rt, size, site)
  return size
}

function prepend(rt: Rt, [list, value]: readonly [List, unknown]): number {
  const size = list.unshift(value)
  countGrowth(rt, size)
  return size
}

export function listSet(list: List, index: Int, value: unknown): boolean {
  const at = indexOf(index)
  if (at < 0 || at >= list.length) return false
  list[at] = value
  return true
}

function swap(_rt: Rt, [list, i, j]: readonly [List, Int, Int], site: number): void {
  const first = listAt(list, i, site)
  list[Number(i)] = listAt(list, j, site)
  list[Number(j)] = first
}

/** Stable: a merge from the bottom up. The list changes in one piece at the end. */
function* sort(rt: Rt, [list, less]: readonly [List, ArdFunction]): Steps {
  let from = list.slice()
  let to: unknown[] = new Array(from.length)
  const size = from.length
  for (let width = 1; width < size; width *= 2) {
    for (let start = 0; start < size; start += width * 2) {
      const middle = Math.min(start + width, size)
      const end = Math.min(start + width * 2, size)
      let left = start
      let right = middle
      for (let at = start; at < end; at++) {
        let takeRight = right < end
        if (takeRight && left < middle) {
          let isLess = rt.callNow(less, from[right], from[left])
          if (isLess === NOT_NOW) isLess = yield rt.call(less, from[right], from[left])
          takeRight = isLess === true
        }
        to[at] = takeRight ? from[right++] : from[left++]
      }
    }
    const done = to
    to = from
    from = done
  }
  for (let i = 0; i < size; i++) list[i] = from[i]
  return undefined
}

function* map(rt: Rt, [list, change]: readonly [List, ArdFunction]): Steps {
  const out: List = []
  for (const item of list.slice()) {
    let changed = rt.callNow(change, item)
    if (changed === NOT_NOW) changed = yield rt.call(change, item)
    listPush(rt, out, changed)
  }
  return out
}

function* find(rt: Rt, [list, where]: readonly [List, ArdFunction]): Steps {
  for (const item of list.slice()) {
    let found = rt.callNow(where, item)
    if (found === NOT_NOW) found = yield rt.call(where, item)
    if (found) return some(item)
  }
  return NONE
}

function* keep(rt: Rt, [list, where]: readonly [List, ArdFunction]): Steps {
  const out: List = []
  for (const item of list.slice()) {
    let kept = rt.callNow(where, item)
    if (kept === NOT_NOW) kept = yield rt.call(where, item)
    if (kept) listPush(rt, out, item)
  }
  return out
}

/** What `List::partition` gives; the fields' names are those of emitted code. */
class Partition {
  static readonly structName = "Partition"
  constructor(
    readonly $selected: List,
    readonly $others: List,
  ) {}
}

function* partition(rt: Rt, [list, where]: readonly [List, ArdFunction]): Steps {
  const parts = new Partition([], [])
  for (const item of list.slice()) {
    let selected = rt.callNow(where, item)
    if (selected === NOT_NOW) selected = yield rt.call(where, item)
    listPush(rt, selected ? parts.$selected : parts.$others, item)
  }
  return parts
}

export const list: LibraryModule = {
  path: "ard/list",
  doc: "Lists, written `[T]`; always there as `List`.",
  declarations: "struct Partition<$T> {\n  selected: [$T],\n  others: [$T],\n}\n",
  entries: [
    {
      name: "new",
      signature: "fn new() [$T]",
      doc: "An empty list.",
      example: "mut names = List::new<Str>()",
      mode: "pure",
      run: () => [],
    },
    {
      name: "concat",
      signature: "fn concat(a: [$T], b: [$T]) [$T]",
      doc: "A new list with the items of both.",
      example: "List::concat([1, 2], [3])",
      mode: "pure",
      run: (rt: Rt, [a, b]: readonly [List, List]) => {
        countWhole(rt, a.length + b.length)
        return a.concat(b)
      },
    },
    {
      name: "map",
      signature: "fn map(list: [$T], with: fn($T) $U) [$U]",
      doc: "A new list with every item changed by a function.",
      example: "List::map([1, 2], fn(n: Int) Int { n * 2 })",
      since: "2025-12-31",
      mode: "gen",
      run: map,
    },
    {
      name: "find",
      signature: "fn find(list: [$T], where: fn($T) Bool) $T?",
      doc: "The first item for which the function gives true.",
      example: "List::find([1, 2, 3], fn(n: Int) Bool { n > 1 })",
      since: "2025-12-31",
      mode: "gen",
      run: find,
    },
    {
      name: "keep",
      signature: "fn keep(list: [$T], where: fn($T) Bool) [$T]",
      doc: "A new list of the items for which the function gives true.",
      example: "List::keep([1, 2, 3], fn(n: Int) Bool { n > 1 })",
      since: "2025-12-31",
      mode: "gen",
      run: keep,
    },
    {
      name: "drop",
      signature: "fn drop(list: [$T], count: Int) [$T]",
      doc: "A new list without the first `count` items.",
      example: "List::drop([1, 2, 3], 1)",
      since: "2025-12-31",
      mode: "pure",
      run: (rt: Rt, [list, count]: readonly [List, Int]) => {
        countWhole(rt, list.length)
        return count <= 0 ? list.slice() : typeof count === "bigint" ? [] : list.slice(count)
      },
    },
    {
      name: "partition",
      signature: "fn partition(list: [$T], where: fn($T) Bool) Partition<$T>",
      doc: "The items for which the function gives true (`selected`) and the rest (`others`).",
      example: "List::partition([1, 2, 3], fn(n: Int) Bool { n > 1 }).selected",
      since: "2025-12-31",
      mode: "gen",
      run: partition,
    },
    {
      name: "size",
      owner: "List",
      signature: "fn size() Int",
      doc: "The number of items.",
      example: "[1, 2].size()",
      mode: "pure",
      run: (_rt: Rt, [list]: readonly [List]) => list.length,
    },
    {
      name: "at",
      owner: "List",
      signature: "fn at(index: Int) $T",
      doc: "The item at an index from 0; outside the list the program stops with IndexOutOfRange.",
      example: "[1, 2].at(0)",
      mode: "pure",
      run: (_rt: Rt, [list, index]: readonly [List, Int], site: number) => listAt(list, index, site),
    },
    {
      name: "push",
      owner: "List",
      signature: "fn mut push(value: $T) Int",
      doc: "Adds an item at the end; gives the new size.",
      example: 'names.push("Ada")',
      mode: "pure",
      run: (rt: Rt, [list, value]: readonly [List, unknown]) => listPush(rt, list, value),
    },
    {
      name: "prepend",
      owner: "List",
      signature: "fn mut prepend(value: $T) Int",
      doc: "Adds an item at the front; gives the new size.",
      example: 'names.prepend("Ada")',
      mode: "pure",
      run: prepend,
    },
    {
      name: "set",
      owner: "List",
      signature: "fn mut set(index: Int, value: $T) Bool",
      doc: "Replaces the item at an index; false, and nothing done, outside the list.",
      example: 'names.set(0, "Grace")',
      mode: "pure",
      run: (_rt: Rt, [list, index, value]: readonly [List, Int, unknown]) => listSet(list, index, value),
    },
    {
      name: "sort",
      owner: "List",
      signature: "fn mut sort(less: fn($T, $T) Bool)",
      doc: "Sorts in place; `less` says whether its first argument comes before the second. Equal items keep their order.",
      example: "numbers.sort(fn(a: Int, b: Int) Bool { a < b })",
      mode: "gen",
      run: sort,
    },
    {
      name: "swap",
      owner: "List",
      signature: "fn mut swap(i: Int, j: Int)",
      doc: "Exchanges two items; outside the list the program stops with IndexOutOfRange.",
      example: "numbers.swap(0, 1)",
      mode: "pure",
      run: swap,
    },
  ],
}
