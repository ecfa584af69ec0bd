// Faults of Jade programs (SPEC 13, 18.3). A language error is a Fault without payload; a raised value is a Fault of kind
// `Exception` whose payload holds the value (in an array, since the value may be nil).
import { Fault } from "../../../engine/fault.ts"
import { previewForm } from "./print.ts"
import { kindOf, Struct } from "./values.ts"

export function typeError(message: string, site: number): Fault {
  return new Fault("TypeError", `type error: ${message}`, site)
}

export function raised(value: unknown, site: number): Fault {
  return new Fault("Exception", `unhandled exception: ${shownException(value)}`, site, [value])
}

export function arityMismatch(expected: number, got: number, site: number): Fault {
  return new Fault("ArityMismatch", `wrong number of arguments: expected ${expected}, got ${got}`, site)
}

export function unknownKeyword(fn: string, name: string, site: number): Fault {
  return typeError(`${fn}() has no parameter ${name}`, site)
}

export function repeatedKeyword(fn: string, name: string, site: number): Fault {
  return typeError(`${fn}() got ${name} twice`, site)
}

export function undefinedVariable(name: string, site: number): Fault {
  return new Fault("UndefinedVariable", `undefined variable: ${name} has no value yet`, site)
}

/** Characters of a raised value in a message. */
const MAX_SHOWN = 2_000

/** The print form; for a struct with a str field `message`, that field too. */
function shownException(value: unknown): string {
  const text = previewForm(value, MAX_SHOWN)
  if (!(value instanceof Struct)) return text
  const slot = value.type.slots.get("message")
  const message = slot === undefined ? undefined : value.values[slot]
  return typeof message === "string" ? `${text} ${kindOf(value)}: ${message}` : `${text} ${kindOf(value)}`
}
