// The `Date` that programs in the sandbox see (Vibe's ts blocks): it reads the run's virtual clock, its "local" time is
// UTC, and it parses only what the language standard fixes, so that neither the machine's clock nor its time zone can
// enter a run (design: the law). Used by lockdown.ts; the session's worker sets the clock when a run begins.

/** 2026-01-01T00:00:00Z, the start date of a run that has no other. */
const DEFAULT_NOW_MS = 1_767_225_600_000

let clock: () => number = () => DEFAULT_NOW_MS

/** Sets what `Date.now()` and `new Date()` read: milliseconds since 1970, whole or not. */
export function setDateClock(nowMs: () => number): void {
  clock = nowMs
}

const HostDate = Date
const hostParse = Date.parse.bind(Date)
const hostUtc = Date.UTC.bind(Date)

/** The only form all engines read alike: an ISO date, with or without a time; a time without a zone is "local", which is UTC here. */
const ISO = /^(?:\d{4}|[+-]\d{6})(?:-\d{2}(?:-\d{2})?)?(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

function parse(text: unknown): number {
  const given = String(text)
  const match = ISO.exec(given)
  if (match) return hostParse(match[1] !== undefined && match[2] === undefined ? `${given}Z` : given)
  // What our own toString and toUTCString print, read back.
  const printed = /^[A-Z][a-z]{2},? (?:([A-Z][a-z]{2}) (\d{2})|(\d{2}) ([A-Z][a-z]{2})) (-?\d{4,6}) (\d{2}):(\d{2}):(\d{2}) GMT/.exec(given)
  if (!printed) return Number.NaN
  const month = MONTHS.indexOf(printed[1] ?? printed[4] ?? "")
  if (month < 0) return Number.NaN
  return hostUtc(Number(printed[5]), month, Number(printed[2] ?? printed[3]), Number(printed[6]), Number(printed[7]), Number(printed[8]))
}

const two = (n: number) => String(n).padStart(2, "0")
const day = (d: Date) =>
  `${WEEKDAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${two(d.getUTCDate())} ${String(d.getUTCFullYear()).padStart(4, "0")}`
const time = (d: Date) =>
  `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} GMT+0000 (Coordinated Universal Time)`
const printed = (d: Date, text: (d: Date) => string) => (Number.isNaN(d.getTime()) ? "Invalid Date" : text(d))

/** Local getters and setters become those of UTC; texts of the host's locale go, the others are printed in UTC. */
function tamePrototype(prototype: Date): void {
  const methods = prototype as unknown as Record<string, unknown>
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const utc = /^([gs]et)UTC(.+)$/.exec(name)
    if (utc) methods[`${utc[1]}${utc[2]}`] = methods[name]
  }
  const ours = {
    getTimezoneOffset(this: Date) {
      return Number.isNaN(this.getTime()) ? Number.NaN : 0
    },
    getYear(this: Date) {
      return this.getUTCFullYear() - 1900
    },
    toString(this: Date) {
      return printed(this, (d) => `${day(d)} ${time(d)}`)
    },
    toDateString(this: Date) {
      return printed(this, day)
    },
    toTimeString(this: Date) {
      return printed(this, time)
    },
  }
  for (const [name, value] of Object.entries(ours)) {
    Object.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true })
  }
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString", "setYear"]) delete methods[name]
}

/** Changes the realm's dates for good and gives the constructor to put in place of `Date`. */
export function tameDate(): DateConstructor {
  tamePrototype(HostDate.prototype)
  const printDate = HostDate.prototype.toString
  function TameDate(this: unknown, ...given: unknown[]): unknown {
    if (new.target === undefined) return printDate.call(new HostDate(clock()))
    return Reflect.construct(HostDate, [instant(given)], new.target)
  }
  function instant(given: readonly unknown[]): number {
    if (given.length === 0) return clock()
    const [first] = given
    if (given.length > 1) return hostUtc(...(given.map(Number) as [number, number]))
    if (first instanceof HostDate) return first.getTime()
    const value = typeof first === "object" && first !== null ? toPrimitive(first) : first
    return typeof value === "string" ? parse(value) : Number(value)
  }
  const toPrimitive = (value: object): unknown => {
    const convert = (value as { [Symbol.toPrimitive]?: (hint: string) => unknown })[Symbol.toPrimitive]
    if (convert) return convert.call(value, "default")
    const plain = value.valueOf()
    return typeof plain === "object" ? String(value) : plain
  }
  const statics = { now: () => Math.floor(clock()), parse, UTC: hostUtc, prototype: HostDate.prototype }
  for (const [name, value] of Object.entries(statics)) {
    Object.defineProperty(TameDate, name, { value, writable: false, enumerable: false, configurable: false })
  }
  Object.defineProperty(TameDate, "name", { value: "Date" })
  Object.defineProperty(HostDate.prototype, "constructor", { value: TameDate, writable: true, enumerable: false, configurable: true })
  return TameDate as unknown as DateConstructor
}
