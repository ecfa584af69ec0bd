// The calendar is the host's, day for day, without asking it.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dateOfDays, dateText, daysOfDate } from "./calendar.ts"

const MS_PER_DAY = 86_400_000
/** Of the years 1 to 9999: outside of them the host writes years otherwise. */
const days = fc.integer({ min: -719_162, max: 2_932_896 })

describe("the calendar", () => {
  it("has the host's date for every day", () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(dateText(dateOfDays(day))).toBe(new Date(day * MS_PER_DAY).toISOString().slice(0, 10))
      }),
    )
  })

  it("counts days and dates alike", () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(daysOfDate(dateOfDays(day))).toBe(day)
      }),
    )
  })

  it("knows which years have a leap day", () => {
    const after28February = (year: number) => dateText(dateOfDays(daysOfDate({ year, month: 2, day: 28 }) + 1))
    expect([1900, 2000, 2024, 2026].map(after28February)).toEqual(["1900-03-01", "2000-02-29", "2024-02-29", "2026-03-01"])
  })
})
