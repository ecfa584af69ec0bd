// What a builtin of Jade is: one entry, declared once. The checker reads its result type, completion and hover its
// signature and sentence, the runtime its parameters and its body, and a test runs its example. The signature is a text
// (`pad_start(width: int, fill: str) -> str`) and the one place where names and kinds of parameters are written.
import type { Jade } from "../runtime/jade.ts"

/** Where an entry lives: always there, a method of a kind of value, or a function of a package. */
export type Home =
  | { readonly k: "global" }
  | { readonly k: "method"; readonly of: string }
  | { readonly k: "package"; readonly name: string }

export interface Parameter {
  readonly name: string
  /** A kind of value, `number` (int or float), `text` (str or char), `any`, or kinds joined by ` | `. */
  readonly kind: string
  /** The text of the default; null for a required parameter. */
  readonly initial: string | null
  /** Takes all further arguments. */
  readonly rest: boolean
}

/** Arguments as a body gets them: checked against the signature, chars given for `str` already texts. */
export type Args = readonly unknown[]

export type Body = (jade: Jade, args: Args, site: number, named: ReadonlyMap<string, unknown>) => unknown

export interface Declaration {
  readonly signature: string
  /** One sentence. */
  readonly doc: string
  readonly example: { readonly code: string; readonly prints: readonly string[]; readonly stdin?: readonly string[] }
  /** Gives the value, SUSPENDED, or a generator to run. Methods get their receiver as the first argument. */
  readonly run: Body
  /** Prints as `<native fn>`. */
  readonly native?: boolean
  /** Takes these named arguments apart from its parameters. */
  readonly named?: readonly string[]
}

export interface Entry extends Declaration {
  readonly home: Home
  /** `len`, `pad_start`: the name behind the dot. */
  readonly shortName: string
  /** `len`, `str.pad_start`, `math.floor`: unique in the library. */
  readonly fullName: string
  readonly params: readonly Parameter[]
  readonly result: string
  /** Fewest and most arguments, without the receiver. */
  readonly least: number
  readonly most: number
}

/** Reads the signatures of a topic's declarations. */
export function entriesOf(home: Home, declarations: readonly Declaration[]): Entry[] {
  return declarations.map((declaration) => {
    const match = /^(\w+)\((.*)\) -> (.+)$/.exec(declaration.signature)
    if (!match) throw new RangeError(`not a signature: ${declaration.signature}`)
    const [, shortName = "", list = "", result = ""] = match
    const params = list === "" ? [] : list.split(", ").map(parameterOf)
    const last = params[params.length - 1]
    const prefix = home.k === "method" ? `${home.of}.` : home.k === "package" ? `${home.name}.` : ""
    return {
      ...declaration,
      home,
      shortName,
      fullName: prefix + shortName,
      params,
      result,
      least: params.filter((param) => param.initial === null && !param.rest).length,
      most: last?.rest ? Number.POSITIVE_INFINITY : params.length,
    }
  })
}

function parameterOf(text: string): Parameter {
  const match = /^(\.\.\.)?(\w+): ([\w |]+?)(?: = (.+))?$/.exec(text)
  if (!match) throw new RangeError(`not a parameter: ${text}`)
  const [, dots, name = "", kind = "", initial] = match
  return { name, kind, initial: initial ?? null, rest: dots !== undefined }
}

/** The signature as hover and completion show it. */
export function shownSignature(entry: Entry): string {
  return entry.fullName.slice(0, -entry.shortName.length) + entry.signature
}
