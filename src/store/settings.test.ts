// Settings survive a visit, and one that is damaged costs only itself.
import { describe, expect, it } from "vitest"
import { DEFAULT_SETTINGS, settingsFrom } from "./settings.ts"

describe("settings", () => {
  it("come back as they were stored", () => {
    expect(settingsFrom(JSON.stringify({ ...DEFAULT_SETTINGS, theme: "dark", speed: 2 }))).toMatchObject({ theme: "dark", speed: 2 })
  })

  it("fall back one by one where they are damaged", () => {
    expect(settingsFrom("{")).toEqual(DEFAULT_SETTINGS)
    expect(settingsFrom(null)).toEqual(DEFAULT_SETTINGS)
    expect(settingsFrom("7")).toEqual(DEFAULT_SETTINGS)
    expect(settingsFrom('{"theme":"pink","speed":-1,"singleKeys":false}')).toEqual({ ...DEFAULT_SETTINGS, singleKeys: false })
  })
})
