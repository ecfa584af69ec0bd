// ard/string, always there as `Str`: the methods of texts and the trait of what can be printed (section 17.5).

import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { type Int, indexOf } from "./integers.ts"
import { checkTextSize } from "./sizes.ts"
import { codePointAt, replaceEvery, replaceFirst, splitText, trimSpaces, utf8Size } from "./text.ts"
import { NONE } from "./values.ts"

type Rt = LibraryContext

export const string: LibraryModule = {
  path: "ard/string",
  doc: "Texts; always there as `Str`.",
  declarations: "trait ToString {\n  fn to_str() Str\n}\n",
  uses: [],
  traits: { Str: ["Str::ToString"] },
  entries: [
    {
      name: "size",
      owner: "Str",
      signature: "fn size() Int",
      doc: "The number of bytes of the text in UTF-8.",
      example: '"aé".size()',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => utf8Size(text),
    },
    {
      name: "is_empty",
      owner: "Str",
      signature: "fn is_empty() Bool",
      doc: "Whether the text has nothing in it.",
      example: '"".is_empty()',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => text === "",
    },
    {
      name: "contains",
      owner: "Str",
      signature: "fn contains(sub: Str) Bool",
      doc: "Whether `sub` occurs in the text; an empty one always does.",
      example: '"teapot".contains("pot")',
      mode: "pure",
      run: (_rt: Rt, [text, sub]: readonly [string, string]) => text.includes(sub),
    },
    {
      name: "starts_with",
      owner: "Str",
      signature: "fn starts_with(prefix: Str) Bool",
      doc: "Whether the text begins with `prefix`.",
      example: '"teapot".starts_with("tea")',
      mode: "pure",
      run: (_rt: Rt, [text, prefix]: readonly [string, string]) => text.startsWith(prefix),
    },
    {
      name: "ends_with",
      owner: "Str",
      signature: "fn ends_with(suffix: Str) Bool",
      doc: "Whether the text ends with `suffix`.",
      example: '"teapot".ends_with("pot")',
      since: "2026-05-18",
      mode: "pure",
      run: (_rt: Rt, [text, suffix]: readonly [string, string]) => text.endsWith(suffix),
    },
    {
      name: "at",
      owner: "Str",
      signature: "fn at(index: Int) Str?",
      doc: "The character (code point) at an index counted in characters from 0; none outside the text.",
      example: '"aéb".at(1).or("")',
      since: "2026-05-18",
      mode: "pure",
      run: (_rt: Rt, [text, index]: readonly [string, Int]) => codePointAt(text, indexOf(index)) ?? NONE,
    },
    {
      name: "replace",
      owner: "Str",
      signature: "fn replace(old: Str, new: Str) Str",
      doc: "The text with the first `old` replaced by `new`.",
      example: '"tick tick".replace("tick", "tock")',
      mode: "pure",
      run: (rt: Rt, [text, old, by]: readonly [string, string, string]) => {
        checkTextSize(rt, text.length + by.length)
        return replaceFirst(text, old, by)
      },
    },
    {
      name: "replace_all",
      owner: "Str",
      signature: "fn replace_all(old: Str, new: Str) Str",
      doc: "The text with every `old` replaced by `new`.",
      example: '"tick tick".replace_all("tick", "tock")',
      mode: "pure",
      run: (rt: Rt, [text, old, by]: readonly [string, string, string]) => {
        const places = old === "" ? text.length + 1 : Math.floor(text.length / old.length)
        if (text.length + places * by.length > 1_000_000) {
          // Only then worth counting how often it really occurs.
          const found = old === "" ? places : text.split(old).length - 1
          checkTextSize(rt, text.length + found * (by.length - old.length))
        }
        return replaceEvery(text, old, by)
      },
    },
    {
      name: "split",
      owner: "Str",
      signature: "fn split(separator: Str) [Str]",
      doc: "The parts between the separators, empty ones kept; an empty separator gives the characters.",
      example: '"a,b".split(",")',
      mode: "pure",
      run: (_rt: Rt, [text, separator]: readonly [string, string]) => splitText(text, separator),
    },
    {
      name: "trim",
      owner: "Str",
      signature: "fn trim() Str",
      doc: "The text without the spaces (not tabs, not newlines) at both ends.",
      example: '"  padded ".trim()',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => trimSpaces(text),
    },
    {
      name: "to_str",
      owner: "Str",
      signature: "fn to_str() Str",
      doc: "The text itself.",
      example: '"same".to_str()',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => text,
    },
  ],
}
