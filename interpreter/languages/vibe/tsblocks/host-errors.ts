// What a JavaScript engine says about a mistake in a ts block differs between engines, and engine texts may not enter a
// trace (design: the law). Errors that a block makes itself keep their message; the engine's own are put into our words,
// by what they are about where that can be told.

/** Classes that blocks see as Error, TypeError …: what is made with them was made by the program. */
export class ProgramErrors {
  readonly classes: Readonly<Record<string, ErrorConstructor>>
  private readonly made = new WeakSet<object>()

  constructor() {
    const { made } = this
    const wrap = (Original: ErrorConstructor): ErrorConstructor => {
      const Wrapped = function (this: unknown, ...args: unknown[]) {
        const error: Error = Reflect.construct(Original, args, new.target ?? Wrapped)
        made.add(error)
        // The engine's stack holds addresses of the host; a program's trace may not.
        Object.defineProperty(error, "stack", { value: `${error.name}: ${error.message}`, writable: true, configurable: true })
        return error
      } as unknown as ErrorConstructor & { prototype: Error }
      Object.defineProperty(Wrapped, "name", { value: Original.name })
      Object.setPrototypeOf(Wrapped, Original)
      Wrapped.prototype = Object.create(Original.prototype, { constructor: { value: Wrapped, writable: true, configurable: true } })
      return Wrapped
    }
    this.classes = {
      Error: wrap(Error),
      TypeError: wrap(TypeError as unknown as ErrorConstructor),
      RangeError: wrap(RangeError as unknown as ErrorConstructor),
      SyntaxError: wrap(SyntaxError as unknown as ErrorConstructor),
      ReferenceError: wrap(ReferenceError as unknown as ErrorConstructor),
      EvalError: wrap(EvalError as unknown as ErrorConstructor),
      URIError: wrap(URIError as unknown as ErrorConstructor),
      AggregateError: wrap(AggregateError as unknown as ErrorConstructor),
    }
  }

  /** The message of something that was thrown. */
  messageOf(thrown: unknown): string {
    try {
      return this.read(thrown)
    } catch {
      // Getters and proxies of the program's own answer for themselves, and may throw again.
      return "an error whose message cannot be read"
    }
  }

  /** `Name: message` of an error. */
  textOf(error: Error): string {
    const message = this.messageOf(error)
    try {
      const name = String(error.name)
      return message.startsWith(`${name}: `) ? message : `${name}: ${message}`
    } catch {
      return message
    }
  }

  /** The same for what came out of a value that our own code was reading: an engine would speak of our code's names. */
  messageWhileReading(thrown: unknown): string {
    try {
      if (thrown instanceof Error && !this.made.has(thrown)) return "the JavaScript engine refused what it does"
    } catch {
      // A proxy that does not even let itself be asked what it is.
    }
    return this.messageOf(thrown)
  }

  /** Gives an error that an engine made our words, for the code that caught it; whatever else is thrown stays as it is. */
  retell(thrown: unknown): void {
    try {
      if (!(thrown instanceof Error) || this.made.has(thrown)) return
      const message = engineMessage(String(thrown.name), thrown.message)
      const plain = { writable: true, configurable: true, enumerable: false }
      Object.defineProperty(thrown, "message", { ...plain, value: message })
      Object.defineProperty(thrown, "stack", { ...plain, value: `${thrown.name}: ${message}` })
      this.made.add(thrown)
      // What `Promise.any` gathered.
      const inner: unknown = (thrown as { errors?: unknown }).errors
      if (Array.isArray(inner)) for (const one of inner) this.retell(one)
    } catch {
      // A proxy, or an error that nobody may change: it is no engine's.
    }
  }

  private read(thrown: unknown): string {
    if (typeof thrown !== "object" || thrown === null) return String(thrown)
    const error = thrown as { readonly name?: unknown; readonly message?: unknown }
    const message = typeof error.message === "string" ? error.message : ""
    const isEngines = thrown instanceof Error && !this.made.has(thrown)
    if (isEngines) return engineMessage(String(error.name), message)
    return message || String(error.name ?? "an error without message")
  }
}

type Say = (match: RegExpExecArray) => string

/** What engines say, each in its own words, and how it is said here. */
const PATTERNS: readonly (readonly [RegExp, Say])[] = [
  // Our own, of the sandbox (worker/lockdown.ts).
  [/^code from text is not available here$|^built-ins cannot be changed here \('.{1,80}'\)$/, (m) => m[0]],
  [
    /^(?:Can't find variable: )?([A-Za-z_$][\w$]*) is not defined|^Can't find variable: ([A-Za-z_$][\w$]*)/,
    (m) => `${m[1] ?? m[2]} is not defined`,
  ],
  [
    /^(?:Cannot access|can't access lexical declaration) '(.{1,80})' before initialization/,
    (m) => `cannot use '${m[1]}' before its declaration`,
  ],
  [/^(.{1,80}?) is not a function/, (m) => `${m[1]} is not a function`],
  [/^(.{1,80}?) is not a constructor/, (m) => `${m[1]} is not a constructor`],
  [/^(.{1,80}?) is not iterable/, (m) => `${(m[1] ?? "").replace(/^object /, "")} is not iterable`],
  [/^Cannot read propert(?:y|ies) of (undefined|null) \(reading '(.{1,80})'\)/, (m) => `cannot read '${m[2]}' of ${m[1]}`],
  [/^Cannot set propert(?:y|ies) of (undefined|null) \(setting '(.{1,80})'\)/, (m) => `cannot set '${m[2]}' of ${m[1]}`],
  [/^Cannot destructure property '(.{1,80}?)' of .* as it is (undefined|null)/, (m) => `cannot read '${m[1]}' of ${m[2]}`],
  [/^can't access property "(.{1,80})", .* is (undefined|null)/, (m) => `cannot read '${m[1]}' of ${m[2]}`],
  [/^(undefined|null) is not an object \(evaluating '.*\.([\w$]+)'\)/, (m) => `cannot read '${m[2]}' of ${m[1]}`],
  [
    /^[Cc]an(?:no|')t convert (?:undefined|null)(?: or null)? to object|not be null or undefined/,
    () => "undefined and null have no properties",
  ],
  [
    /^Assignment to constant variable|^invalid assignment to const|^Attempted to assign to readonly property/,
    () => "a constant cannot be assigned",
  ],
  [
    /^Cannot (?:assign to read only|add) property|object is not extensible|is read-only/,
    () => "a constant's value is frozen: it cannot be changed in a ts block",
  ],
  [/^[Cc]annot use 'in' operator/, () => "'in' needs an object on its right"],
  [/instanceof' is not (?:callable|an object)|^invalid 'instanceof' operand/, () => "'instanceof' needs a class on its right"],
  [/^Invalid array length|^invalid array length|^Array size is not/, () => "an array cannot have that length"],
  [/^Reduce of empty array|^reduce of empty array/, () => "reduce of an empty array needs an initial value"],
  [/^Invalid count value|^repeat count must|prototype\.repeat argument/, () => "the count of repeat is out of range"],
  [/^Invalid string length|^invalid string length/, () => "the text is too long"],
  [/digits argument must be|^precision .* out of range|argument must be between \d+ and \d+/, () => "the number of digits is out of range"],
  [/^Invalid time value|^invalid date/i, () => "the date is invalid"],
  [/^Invalid regular expression/, () => "the regular expression is not valid"],
  [/^URI malformed|^malformed URI/, () => "the text is no well-formed URI"],
  [/circular structure to JSON|^cyclic object value|serialize cyclic/, () => "a value that contains itself has no JSON"],
  [/serialize a? ?BigInt|^BigInt value can't be serialized/, () => "a bigint has no JSON"],
  [
    /^Cannot mix BigInt|^Cannot convert a BigInt value|^can't convert BigInt|^Invalid mix of BigInt|^Cannot convert \S+ to a BigInt/,
    () => "bigints and other values cannot be mixed",
  ],
  [/^(?:BigInt d|D)ivision by zero|^0 is an invalid divisor/, () => "a bigint cannot be divided by zero"],
  [/^Maximum call stack size exceeded|too much recursion/, () => "too much recursion"],
]

/** What is said of errors whose name alone tells what happened. */
const BY_NAME: Readonly<Record<string, string>> = {
  AggregateError: "all promises were rejected",
  DataCloneError: "the value cannot be cloned",
}

function engineMessage(name: string, message: string): string {
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name] as string
  for (const [pattern, say] of PATTERNS) {
    const match = pattern.exec(message)
    if (match) return say(match)
  }
  return `${/^\w+Error$/.test(name) ? name : "Error"}: the JavaScript engine refused what the code does`
}
