// The package `time` (SPEC 17.7): all clocks read the virtual clock, and only waiting moves it. The calendar is UTC.

import { Fault } from "../../../engine/fault.ts"
import { type CalendarDate, dateOfDays, dateText, daysOfDate } from "../../calendar.ts"
import { typeError } from "../runtime/faults.ts"
import type { Jade } from "../runtime/jade.ts"
import { Dict, Float } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

const MAX_SECONDS = 1_000_000_000_000

function microseconds(secs: unknown, site: number): number {
  const seconds = secs instanceof Float ? secs.value : Number(secs)
  if (!Number.isFinite(seconds)) throw typeError("a time is a finite number of seconds", site)
  return Math.max(0, Math.round(Math.min(seconds, MAX_SECONDS) * 1_000_000))
}

const nowMs = (jade: Jade): number => jade.host.options.startMs + Math.floor(jade.kernel.nowUs / 1000)

interface Moment extends CalendarDate {
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 is Monday. */
  readonly weekday: number
}

/** The calendar's words for a moment, in seconds since 1970. */
function momentOf(timestamp: number): Moment {
  const days = Math.floor(timestamp / 86_400)
  const rest = timestamp - days * 86_400
  const weekday = (((days + 3) % 7) + 7) % 7
  return { ...dateOfDays(days), hour: Math.floor(rest / 3600), minute: Math.floor((rest % 3600) / 60), second: rest % 60, weekday }
}

const two = (value: number): string => String(value).padStart(2, "0")

function stampText(timestamp: number, zone: string): string {
  const moment = momentOf(timestamp)
  const { hour, minute, second } = moment
  return `${dateText(moment)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`
}

function secondsOf(value: unknown, site: number): number {
  const seconds = value instanceof Float ? Math.floor(value.value) : Number(value)
  if (!Number.isFinite(seconds) || Math.abs(seconds) > MAX_SECONDS) throw typeError("this is no moment of the calendar", site)
  return seconds
}

export const time = entriesOf({ k: "package", name: "time" }, [
  {
    signature: "now() -> int",
    doc: "Seconds since 1970, by the virtual clock.",
    example: { code: "use std::time\nlet a = time.now()\ntime.sleep(2)\nprint(time.now() - a)", prints: ["2"] },
    run: (jade) => Math.floor(nowMs(jade) / 1000),
  },
  {
    signature: "now_ms() -> int",
    doc: "Milliseconds since 1970, by the virtual clock.",
    example: { code: "use std::time\nlet a = time.now_ms()\ntime.sleep(0.25)\nprint(time.now_ms() - a)", prints: ["250"] },
    run: nowMs,
  },
  {
    signature: "monotonic() -> float",
    doc: "Seconds since the run began.",
    example: { code: "use std::time\ntime.sleep(1.5)\nprint(time.monotonic())", prints: ["1.5"] },
    run: (jade) => new Float(jade.kernel.nowUs / 1_000_000),
  },
  {
    signature: "sleep(secs: number) -> nil",
    doc: "Waits; only this task is held up.",
    example: { code: "use std::time\nprint(time.sleep(0.1))", prints: ["nil"] },
    *run(jade, [secs], site) {
      yield jade.kernel.sleep(microseconds(secs, site), site)
      return null
    },
  },
  {
    signature: "after(secs: number) -> future",
    doc: "A future that ends after a while: a deadline for `wait`.",
    example: { code: "use std::time\nprint(wait([time.after(2), time.after(1)]))", prints: ["1"] },
    run: (jade, [secs], site) => jade.tasks.deadline(microseconds(secs, site)),
  },
  {
    signature: "utc(timestamp: number) -> str",
    doc: "A moment as text, in UTC.",
    example: { code: "use std::time\nprint(time.utc(86400))", prints: ["1970-01-02T00:00:00Z"] },
    run: (_jade, [timestamp], site) => stampText(secondsOf(timestamp, site), "Z"),
  },
  {
    signature: "parts(timestamp: number) -> dict",
    doc: "A moment as year, month, day, hour, minute, second and weekday (0 is Monday), in UTC.",
    example: {
      code: 'use std::time\nlet p = time.parts(1767225600)\nprint([p["year"], p["month"], p["day"], p["weekday"]])',
      prints: ["[2026, 1, 1, 3]"],
    },
    run: (_jade, [timestamp], site) => Dict.of(new Map<string, unknown>(Object.entries(momentOf(secondsOf(timestamp, site))))),
  },
  {
    signature: "stamp(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int",
    doc: "Seconds since 1970 of a moment of the calendar, in UTC.",
    example: { code: "use std::time\nprint(time.stamp(2026, 1, 1))", prints: ["1767225600"] },
    run(_jade, args, site) {
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = args.map((arg) => (arg === undefined ? 0 : Number(arg)))
      if (month < 1 || month > 12 || day < 1 || day > 31 || Math.abs(year) > 30_000)
        throw typeError("stamp(): this is no day of the calendar", site)
      return secondsOf(daysOfDate({ year, month, day }) * 86_400 + hour * 3600 + minute * 60 + second, site)
    },
  },
  {
    signature: 'local(zone: str = "UTC") -> str',
    doc: "Now as text in a zone: `UTC` or an offset such as `+02:00`.",
    example: { code: 'use std::time\nprint(len(time.local("+02:00")))', prints: ["25"] },
    run(jade, [zone], site) {
      const name = zone === undefined ? "UTC" : String(zone)
      const now = Math.floor(nowMs(jade) / 1000)
      const offset = /^([+-])(\d\d):(\d\d)$/.exec(name)
      if (offset) {
        const minutes = Number(offset[2]) * 60 + Number(offset[3])
        return stampText(now + (offset[1] === "-" ? -minutes : minutes) * 60, name)
      }
      if (name === "UTC" || name === "Z") return stampText(now, "Z")
      throw new Fault("IoError", `I/O error: time zone ${name} is not available here: use UTC or an offset such as +02:00`, site)
    },
  },
])
