// ard/dynamic, always there as `Dynamic`: outside data made by hand (section 17.10).
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import type { Dynamic } from "./json-text.ts"
import type { ArdFunction, Member } from "./values.ts"

type Rt = LibraryContext

function* listOf(rt: Rt, [items, of]: readonly [unknown[], ArdFunction]): Generator<unknown, unknown, unknown> {
  const out: unknown[] = []
  for (const item of items.slice()) out.push(yield rt.call(of, item))
  return out
}

const same = (_rt: Rt, [value]: readonly [Dynamic]): Dynamic => value

export const dynamic: LibraryModule = {
  path: "ard/dynamic",
  doc: "Untyped data from outside; always there as `Dynamic`. Read it with `ard/decode`.",
  declarations: "type Primitive = Str | Bool | Int | Float | Void\n",
  entries: [
    {
      name: "from_str",
      signature: "fn from_str(value: Str) Dynamic",
      doc: "A text as outside data.",
      example: 'Dynamic::from_str("x")',
      mode: "pure",
      run: same,
    },
    {
      name: "from_int",
      signature: "fn from_int(value: Int) Dynamic",
      doc: "An Int as outside data.",
      example: "Dynamic::from_int(7)",
      mode: "pure",
      run: same,
    },
    {
      name: "from_float",
      signature: "fn from_float(value: Float) Dynamic",
      doc: "A Float as outside data.",
      example: "Dynamic::from_float(1.5)",
      mode: "pure",
      run: same,
    },
    {
      name: "from_bool",
      signature: "fn from_bool(value: Bool) Dynamic",
      doc: "A Bool as outside data.",
      example: "Dynamic::from_bool(true)",
      mode: "pure",
      run: same,
    },
    {
      name: "from_void",
      signature: "fn from_void() Dynamic",
      doc: "The absent value (null) as outside data.",
      example: "Dynamic::from_void()",
      mode: "pure",
      run: () => null,
    },
    {
      name: "from",
      signature: "fn from(value: Primitive) Dynamic",
      doc: "A simple value as outside data.",
      example: "Dynamic::from(7)",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [Member]) => value.$value ?? null,
    },
    {
      name: "from_list",
      signature: "fn from_list(items: [Dynamic]) Dynamic",
      doc: "A list as outside data.",
      example: "Dynamic::from_list([Dynamic::from_int(1)])",
      since: "2025-12",
      mode: "pure",
      run: (_rt: Rt, [items]: readonly [Dynamic[]]) => items.slice(),
    },
    {
      name: "object",
      signature: "fn object(fields: [Str:Dynamic]) Dynamic",
      doc: "Named fields as outside data.",
      example: 'Dynamic::object(["n": Dynamic::from_int(1)])',
      since: "2025-12",
      mode: "pure",
      run: (_rt: Rt, [fields]: readonly [Map<string, Dynamic>]) => new Map(fields),
    },
    {
      name: "list",
      signature: "fn list(items: [$T], of: fn($T) Dynamic) Dynamic",
      doc: "A list as outside data, each item made by a function.",
      example: "Dynamic::list([1, 2], Dynamic::from_int)",
      since: "2025-12",
      mode: "gen",
      run: listOf,
    },
  ],
}
