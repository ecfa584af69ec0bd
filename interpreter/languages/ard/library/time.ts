// ard/dates, ard/duration, ard/chrono: the virtual clock as a program sees it (section 17.12). "Local" time is UTC.
import { dateOfDays, dateText } from "../../calendar.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { addInts, type Int, multiplyInts } from "./integers.ts"

type Rt = LibraryContext

const MS_PER_DAY = 86_400_000

/** Milliseconds since 1970 by the run's clock. */
function nowMs(rt: Rt): number {
  return rt.host.options.startMs + Math.floor(rt.kernel.nowUs / 1000)
}

const times =
  (factor: number) =>
  (_rt: Rt, [count]: readonly [Int]) =>
    multiplyInts(count, factor)

export const dates: LibraryModule = {
  path: "ard/dates",
  doc: "Days of the calendar.",
  entries: [
    {
      name: "get_today",
      signature: "fn get_today() Str",
      doc: "Today as `YYYY-MM-DD`, by the run's own clock.",
      example: "dates::get_today()",
      mode: "pure",
      run: (rt: Rt) => dateText(dateOfDays(Math.floor(nowMs(rt) / MS_PER_DAY))),
    },
  ],
}

export const duration: LibraryModule = {
  path: "ard/duration",
  doc: "Lengths of time in milliseconds, as `async::sleep` takes them.",
  entries: [
    {
      name: "from_millis",
      signature: "fn from_millis(count: Int) Int",
      doc: "That many milliseconds.",
      example: "async::sleep(duration::from_millis(250))",
      since: "2025-12",
      mode: "pure",
      run: (_rt: Rt, [count]: readonly [Int]) => addInts(count, 0),
    },
    {
      name: "from_seconds",
      signature: "fn from_seconds(count: Int) Int",
      doc: "That many seconds, in milliseconds.",
      example: "async::sleep(duration::from_seconds(2))",
      mode: "pure",
      run: times(1000),
    },
    {
      name: "from_minutes",
      signature: "fn from_minutes(count: Int) Int",
      doc: "That many minutes, in milliseconds.",
      example: "async::sleep(duration::from_minutes(1))",
      mode: "pure",
      run: times(60_000),
    },
    {
      name: "from_hours",
      signature: "fn from_hours(count: Int) Int",
      doc: "That many hours, in milliseconds.",
      example: "async::sleep(duration::from_hours(1))",
      mode: "pure",
      run: times(3_600_000),
    },
  ],
}

export const chrono: LibraryModule = {
  path: "ard/chrono",
  doc: "The time of day as a number.",
  entries: [
    {
      name: "now",
      signature: "fn now() Int",
      doc: "Seconds since 1970 by the run's own clock.",
      example: "chrono::now()",
      since: "2026-01-17",
      mode: "pure",
      run: (rt: Rt) => Math.floor(nowMs(rt) / 1000),
    },
  ],
}
