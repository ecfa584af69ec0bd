// ard/map, always there as `Map`: the methods of maps (section 17.8). Keys keep the order in which they came in.

import type { Kernel } from "../../../kernel/kernel.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { countGrowth } from "./sizes.ts"
import { NONE, some } from "./values.ts"

type Rt = LibraryContext
type Entries = Map<unknown, unknown>

export function mapGet(map: Entries, key: unknown): unknown {
  const value = map.get(key)
  return value === undefined && !map.has(key) ? NONE : some(value)
}

export function mapSet(rt: { readonly kernel: Kernel }, map: Entries, key: unknown, value: unknown, site = -1): boolean {
  const before = map.size
  map.set(key, value)
  if (map.size > before) countGrowth(rt, map.size, site)
  return true
}

export const map: LibraryModule = {
  path: "ard/map",
  doc: "Maps, written `[K:V]`; always there as `Map`.",
  entries: [
    {
      name: "new",
      signature: "fn new() [Str:$V]",
      doc: "An empty map with Str keys.",
      example: "mut ages = Map::new<Int>()",
      since: "2026-01-01",
      mode: "pure",
      run: () => new Map(),
    },
    {
      name: "size",
      owner: "Map",
      signature: "fn size() Int",
      doc: "The number of keys.",
      example: '["a": 1].size()',
      mode: "pure",
      run: (_rt: Rt, [map]: readonly [Entries]) => map.size,
    },
    {
      name: "get",
      owner: "Map",
      signature: "fn get(key: $K) $V?",
      doc: "The value of a key; none where the key is missing.",
      example: '["a": 1].get("a").or(0)',
      mode: "pure",
      run: (_rt: Rt, [map, key]: readonly [Entries, unknown]) => mapGet(map, key),
    },
    {
      name: "has",
      owner: "Map",
      signature: "fn has(key: $K) Bool",
      doc: "Whether the key is there.",
      example: '["a": 1].has("a")',
      mode: "pure",
      run: (_rt: Rt, [map, key]: readonly [Entries, unknown]) => map.has(key),
    },
    {
      name: "keys",
      owner: "Map",
      signature: "fn keys() [$K]",
      doc: "The keys, in the order in which they came in.",
      example: '["a": 1].keys()',
      mode: "pure",
      run: (_rt: Rt, [map]: readonly [Entries]) => [...map.keys()],
    },
    {
      name: "set",
      owner: "Map",
      signature: "fn mut set(key: $K, value: $V) Bool",
      doc: "Adds or replaces the value of a key; always true.",
      example: 'ages.set("Ada", 36)',
      mode: "pure",
      run: (rt: Rt, [map, key, value]: readonly [Entries, unknown, unknown]) => mapSet(rt, map, key, value),
    },
    {
      name: "drop",
      owner: "Map",
      signature: "fn mut drop(key: $K)",
      doc: "Removes a key; a missing one changes nothing.",
      example: 'ages.drop("Ada")',
      mode: "pure",
      run: (_rt: Rt, [map, key]: readonly [Entries, unknown]) => {
        map.delete(key)
      },
    },
  ],
}
