// Bytes: the package `bytes` and the methods of its values (SPEC 17.10).
import { Fault } from "../../../engine/fault.ts"
import { typeError } from "../runtime/faults.ts"
import { decodeUtf8 } from "../runtime/text.ts"
import { Arr, Bytes, isInt, kindOf, Stream } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

const dataOf = (value: unknown): Uint8Array => (value instanceof Bytes ? value.data : new Uint8Array())
const clamped = (index: unknown, length: number): number => Math.min(Math.max(Number(index), 0), length)

export const bytesMethods = entriesOf({ k: "method", of: "bytes" }, [
  {
    signature: "len() -> int",
    doc: "The number of bytes.",
    example: { code: 'print("né".encode().len())', prints: ["3"] },
    run: (_jade, [bytes]) => dataOf(bytes).length,
  },
  {
    signature: "decode() -> str",
    doc: "The text of bytes in UTF-8; raises if they are none.",
    example: { code: 'print("né".encode().decode())', prints: ["né"] },
    run(_jade, [bytes], site) {
      const decoded = decodeUtf8(dataOf(bytes))
      if ("text" in decoded) return decoded.text
      throw new Fault("IoError", `I/O error: invalid UTF-8 at byte ${decoded.badAt}`, site)
    },
  },
  {
    signature: "slice(from: int, to: int) -> bytes",
    doc: "The bytes from `from` up to and without `to`; indices beyond the ends count as the ends.",
    example: { code: 'print("window".encode().slice(2, 5))', prints: ['b"ndo"'] },
    run(_jade, [bytes, from, to]) {
      const data = dataOf(bytes)
      return new Bytes(data.slice(clamped(from, data.length), Math.max(clamped(from, data.length), clamped(to, data.length))))
    },
  },
])

export const bytesPackage = entriesOf({ k: "package", name: "bytes" }, [
  {
    signature: "zeros(count: int) -> bytes",
    doc: "So many bytes of value 0.",
    example: { code: "use std::bytes\nprint(bytes.zeros(2))", prints: ['b"\\x00\\x00"'] },
    run(jade, [count], site) {
      if (Number(count) < 0) throw typeError("bytes.zeros() needs a count of at least 0", site)
      jade.kernel.countValueBytes(Number(count))
      return new Bytes(new Uint8Array(Number(count)))
    },
  },
  {
    signature: "from_ints(array: array | stream) -> bytes",
    doc: "Bytes of ints from 0 to 255.",
    example: { code: "use std::bytes\nprint(bytes.from_ints([72, 105]).decode())", prints: ["Hi"] },
    run(_jade, [array], site) {
      const items = array instanceof Arr || array instanceof Stream ? array.items : []
      return new Bytes(
        Uint8Array.from(items, (item) => {
          if (!isInt(item) || item < 0 || item > 255)
            throw typeError(`a byte is an int from 0 to 255, got ${isInt(item) ? item : kindOf(item)}`, site)
          return Number(item)
        }),
      )
    },
  },
  {
    signature: "concat(a: bytes, b: bytes) -> bytes",
    doc: "New bytes of both, one behind the other.",
    example: { code: 'use std::bytes\nprint(bytes.concat("a".encode(), "b".encode()))', prints: ['b"ab"'] },
    run(jade, [a, b]) {
      const first = dataOf(a)
      const second = dataOf(b)
      jade.kernel.countValueBytes(first.length + second.length)
      const both = new Uint8Array(first.length + second.length)
      both.set(first)
      both.set(second, first.length)
      return new Bytes(both)
    },
  },
])
