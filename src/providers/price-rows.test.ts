// The price table: the reader's own prices lie over the list, and what is typed is a price or told to be none.
import { describe, expect, it } from "vitest"
import { PRICES, PRICES_DATE } from "../../interpreter/models/prices.ts"
import { modelProblem, type OwnPrice, priceRows, readPrice, withoutPrice, withPrice } from "./price-rows.ts"
import { modelSettingsFrom } from "./settings.ts"

const mini: OwnPrice = { provider: "openai", model: "gpt-5-mini*", inUsd: 1, outUsd: 2, date: "2026-11-28" }
const mystery: OwnPrice = { provider: "custom", model: "mystery", inUsd: 3, outUsd: 4, date: "2026-11-28" }

describe("the price table", () => {
  it("holds every model of the list with the list's date, and own prices in the place of those they replace", () => {
    expect(priceRows([]).map(({ model }) => model)).toEqual(PRICES.map(({ model }) => model))
    expect(priceRows([]).every(({ date, own }) => date === PRICES_DATE && !own)).toBe(true)
    const rows = priceRows([mini])
    expect(rows).toHaveLength(PRICES.length)
    expect(rows.find(({ model }) => model === "gpt-5-mini*")).toEqual({ ...mini, own: true, listed: true })
  })

  it("takes models that the list does not know, and gives the list's price back when an own one is removed", () => {
    const own = withPrice(withPrice([], mini), mystery)
    expect(priceRows(own)).toHaveLength(PRICES.length + 1)
    expect(priceRows(own).find(({ model }) => model === "mystery")).toMatchObject({ own: true, listed: false })
    expect(withPrice(own, { ...mini, inUsd: 9 })).toHaveLength(2)
    expect(priceRows(withoutPrice(own, mini)).find(({ model }) => model === "gpt-5-mini*")).toMatchObject({ own: false, inUsd: 0.25 })
  })

  it("is kept with its dates, and whatever is stored wrongly is left out", () => {
    const stored = JSON.stringify({ prices: [mini, { ...mystery, date: "yesterday" }, { ...mini, inUsd: 1e9 }] })
    expect(modelSettingsFrom(stored).prices).toEqual([mini, { ...mystery, date: "" }])
  })
})

describe("a typed price", () => {
  it("is read as dollars", () => {
    expect(["0", "0.25", " $3 ", ".5", "12."].map(readPrice)).toEqual([0, 0.25, 3, 0.5, 12])
  })

  it.each([
    ["", /missing/],
    ["0,25", /write 0\.25/],
    ["cheap", /“cheap” is no number/],
    ["1e3", /no number/],
    ["-1", /0 or more/],
    ["200000", /at most 100000/],
  ])("that is none is told: %s", (text, sentence) => {
    expect(readPrice(text)).toMatch(sentence)
  })

  it("belongs to a model with a name that is not there yet", () => {
    expect(modelProblem(" ", "openai", [])).toMatch(/Which model/)
    expect(modelProblem("gpt*mini", "openai", [])).toMatch(/at the end/)
    expect(modelProblem("gpt-5*", "openai", [])).toMatch(/is in the table/)
    expect(modelProblem("gpt-5*", "openrouter", [])).toBe(null)
  })
})
