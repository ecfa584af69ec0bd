// Builtins that are always there (SPEC 17.1): output, input, lengths, functions by name, routing.
import { SUSPENDED } from "../../../kernel/task.ts"
import { field, lengthOfValue } from "../runtime/access.ts"
import { typeError } from "../runtime/faults.ts"
import { pending } from "../runtime/jade.ts"
import { printForm } from "../runtime/print.ts"
import { Char, Fn, isCallable, kindOf, Struct } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

export const core = entriesOf({ k: "global" }, [
  {
    signature: 'print(value: any, end: str = "\\n") -> nil',
    doc: "Writes the print form of a value and a line end, or `end` instead of it.",
    example: { code: 'print([1, "two", 3.0])\nprint("same ", end = "")\nprint("line")', prints: ["[1, two, 3.0]", "same line"] },
    native: true,
    run(jade, [value, end], site) {
      jade.kernel.print(printForm(value) + (end === undefined ? "\n" : String(end)), site)
      return null
    },
  },
  {
    signature: "write(value: any) -> nil",
    doc: "Writes the print form of a value without a line end.",
    example: { code: 'write("a")\nwrite(1)\nprint("")', prints: ["a1"] },
    run(jade, [value], site) {
      jade.kernel.print(printForm(value), site)
      return null
    },
  },
  {
    signature: "len(value: any) -> int",
    doc: "The number of characters of a str, of elements of an array or stream, of entries of a dict, of bytes.",
    example: { code: 'print(len("né"))\nprint(len([1, 2, 3]))\nprint(len({"a": 1}))', prints: ["2", "3", "1"] },
    run: (_jade, [value], site) => lengthOfValue(value, site),
  },
  {
    signature: 'input(text: str = "") -> str',
    doc: "Writes `text`, then reads a line of input; an empty str at the end of the input.",
    example: { code: 'let name = input("Name? ")\nprint("Hello, " + name)', prints: ["Name? Hello, Ada"], stdin: ["Ada"] },
    *run(jade, [text], site) {
      if (typeof text === "string" && text !== "") jade.kernel.print(text, site)
      let line: unknown = jade.host.readLine(site)
      if (line === SUSPENDED) line = yield SUSPENDED
      return typeof line === "string" ? line : ""
    },
  },
  {
    signature: "func(name: any) -> fn",
    doc: "The global function of that name, or the function itself.",
    example: { code: 'fn double(n) { return n * 2 }\nlet f = func("double")\nprint(f(4))', prints: ["8"] },
    run(jade, [value], site) {
      if (isCallable(value)) return value
      const name = value instanceof Char ? value.text : value
      const found = typeof name === "string" ? (jade.globalNamed(name, site) ?? jade.builtinNamed(name)) : undefined
      if (!isCallable(found)) throw typeError(`func(): there is no function ${typeof name === "string" ? name : kindOf(value)}`, site)
      return found
    },
  },
  {
    signature: "route(object: any, name: any = nil) -> any",
    doc: "Calls the method of that name, or the global function with the object; without a name, the field that `@route` names decides.",
    example: {
      code: 'struct Job { kind }\nextend Job {\n    fn mail(self) { return "mailed" }\n}\nprint(route(Job { kind: "x" }, "mail"))',
      prints: ["mailed"],
    },
    native: true,
    *run(jade, [object, name], site): Generator<unknown, unknown, unknown> {
      let wanted: unknown = name ?? null
      if (wanted === null && object instanceof Struct && object.type.routeField !== null)
        wanted = field(object, object.type.routeField, site)
      if (wanted === null) return object
      const text = wanted instanceof Char ? wanted.text : wanted
      if (typeof text !== "string") throw typeError(`route() needs the name of a method, got ${kindOf(wanted)}`, site)
      const method = object instanceof Struct ? object.type.methods.get(text) : undefined
      const target = method ?? jade.globalNamed(text, site)
      if (!(target instanceof Fn) && !isCallable(target)) throw typeError(`route(): there is no method or function ${text}`, site)
      const result = jade.call(target, [object], site)
      return pending(result) ? yield result : result
    },
  },
])
