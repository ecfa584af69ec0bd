import { describe, expect, it } from "vitest"
import { COMMANDS } from "../commands.ts"
import { ALSO_CALLED, ranked } from "./rank.ts"

const first = (typed: string) => ranked(COMMANDS, typed)[0]?.title

describe("the palette", () => {
  it("puts first what is called as was typed, then what begins so", () => {
    expect(first("run")).toBe("Run")
    expect(first("step")).toBe("Step through the run")
    expect(first("share")).toBe("Share: copy a link, Markdown, a picture")
    expect(first("pres")).toBe("Presentation mode")
  })

  it("finds a command by any of its words, in any order, and by a part of one", () => {
    expect(first("theme")).toBe("Change the theme: system, light, dark")
    expect(first("critics")).toBe("Open: three critics")
    expect(first("file save")).toBe("Save as a file")
    expect(ranked(COMMANDS, "arkdow").map(({ title }) => title)).toContain("Copy as Markdown")
  })

  it("shows nothing that lacks one of the words, and finds each command by its own title", () => {
    expect(ranked(COMMANDS, "theme unicorn")).toEqual([])
    expect(ranked(COMMANDS, "link").every(({ title }) => /link/i.test(title))).toBe(true)
    for (const { title } of COMMANDS) expect(first(title)).toBe(title)
  })

  it("knows what commands are called elsewhere, and that each of these is a command", () => {
    const entries = COMMANDS.map(({ id, title }) => ({ title, also: ALSO_CALLED[id] }))
    const titles = (typed: string) => ranked(entries, typed).map(({ title }) => title)
    expect(titles("settings")).toContain("Models: simulated, recorded, real")
    expect(titles("download")).toContain("Save as a file")
    expect(titles("pdf")).toEqual(["Print the document and its output"])
    expect(Object.keys(ALSO_CALLED).filter((id) => !COMMANDS.some((command) => command.id === id))).toEqual([])
  })

  it("shows everything in its order until something is typed", () => {
    expect(ranked(COMMANDS, "  ")).toEqual(COMMANDS)
  })
})
