// ard/int, ard/float, ard/bool: conversions and rounding (section 17.6).
import { Fault } from "../../../engine/fault.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { fixedText, floatText, parseFloat64, roundedHalfAway, truncatedToInt } from "./floats.ts"
import { type Int, indexOf, parseInt64 } from "./integers.ts"
import { NONE } from "./values.ts"

type Rt = LibraryContext

/** Decimals past which a double has no more digits to give. */
const MAX_DECIMALS = 1074

function formatFloat(_rt: Rt, [value, decimals]: readonly [number, Int], site: number): string {
  const places = indexOf(decimals)
  if (places < 0 || places > MAX_DECIMALS) {
    throw new Fault("Panic", `Float::format: the number of decimals must be from 0 to ${MAX_DECIMALS}, not ${decimals}`, site)
  }
  return fixedText(value, places)
}

export const int: LibraryModule = {
  path: "ard/int",
  doc: "Whole numbers of 64 bits; always there as `Int`.",
  uses: ["Str"],
  traits: { Int: ["Str::ToString"] },
  entries: [
    {
      name: "from_str",
      signature: "fn from_str(text: Str) Int?",
      doc: "The Int written in a text: optional sign, decimal digits, nothing else; none if it is no Int.",
      example: 'Int::from_str("-12").or(0)',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => parseInt64(text) ?? NONE,
    },
    {
      name: "to_str",
      owner: "Int",
      signature: "fn to_str() Str",
      doc: "The number in decimal.",
      example: "5.to_str()",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [Int]) => String(value),
    },
  ],
}

export const float: LibraryModule = {
  path: "ard/float",
  doc: "Numbers with a fraction (IEEE doubles); always there as `Float`.",
  uses: ["Str"],
  traits: { Float: ["Str::ToString"] },
  entries: [
    {
      name: "from_str",
      signature: "fn from_str(text: Str) Float?",
      doc: "The Float written in a text, such as `1`, `1.5`, `.5`, `1e3`, `inf`, `nan`; none if it is no Float.",
      example: 'Float::from_str("2.25").or(0.0)',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => parseFloat64(text) ?? NONE,
    },
    {
      name: "from_int",
      signature: "fn from_int(value: Int) Float",
      doc: "The Float nearest to an Int.",
      example: "Float::from_int(3)",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [Int]) => Number(value),
    },
    {
      name: "floor",
      signature: "fn floor(value: Float) Float",
      doc: "The greatest whole number that is not greater.",
      example: "Float::floor(41.2)",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [number]) => Math.floor(value),
    },
    {
      name: "ceil",
      signature: "fn ceil(value: Float) Float",
      doc: "The smallest whole number that is not smaller.",
      example: "Float::ceil(41.2)",
      since: "2026-06-15",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [number]) => Math.ceil(value),
    },
    {
      name: "round",
      signature: "fn round(value: Float) Float",
      doc: "The nearest whole number; halves go away from zero.",
      example: "Float::round(2.5)",
      since: "2026-06-15",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [number]) => roundedHalfAway(value),
    },
    {
      name: "format",
      signature: "fn format(value: Float, decimals: Int) Str",
      doc: "The number with that many decimals.",
      example: "Float::format(3.14159, 3)",
      since: "2026-06-15",
      mode: "pure",
      run: formatFloat,
    },
    {
      name: "to_str",
      owner: "Float",
      signature: "fn to_str() Str",
      doc: "The number with two decimals.",
      example: "1.5.to_str()",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [number]) => floatText(value),
    },
    {
      name: "to_int",
      owner: "Float",
      signature: "fn to_int() Int",
      doc: "The number without its fraction.",
      example: "12.99.to_int()",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [number]) => truncatedToInt(value),
    },
  ],
}

export const bool: LibraryModule = {
  path: "ard/bool",
  doc: "Truth values.",
  uses: ["Str"],
  traits: { Bool: ["Str::ToString"] },
  entries: [
    {
      name: "to_str",
      owner: "Bool",
      signature: "fn to_str() Str",
      doc: "`true` or `false`.",
      example: "true.to_str()",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [boolean]) => String(value),
    },
  ],
}
