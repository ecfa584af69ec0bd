// How values over time become rectangles on whole pixels.
import { describe, expect, it } from "vitest"
import { levelsOf } from "./columns.ts"

const column = (x: number, width: number, value: number) => ({ x, width, value })

describe("columns as levels", () => {
  it("are one rectangle while they are equally high to the pixel", () => {
    expect(levelsOf([column(0, 1, 10), column(1, 1, 10.2), column(2, 3, 9.9)], 1)).toEqual([{ left: 0, width: 5, heightPx: 10, any: true }])
  })

  it("are apart where the height changes, where there is a gap, and where little is not nothing", () => {
    expect(levelsOf([column(0, 2, 4), column(2, 1, 5), column(9, 1, 5)], 1).map(({ left, width }) => [left, width])).toEqual([
      [0, 2],
      [2, 1],
      [9, 1],
    ])
    expect(levelsOf([column(0, 1, 0), column(1, 1, 0.1)], 1).map(({ any }) => any)).toEqual([false, true])
  })

  it("are at least a pixel wide", () => {
    expect(levelsOf([column(3.2, 0.1, 7)], 1)).toEqual([{ left: 3, width: 1, heightPx: 7, any: true }])
  })
})
