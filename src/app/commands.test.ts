// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest"

vi.mock("../client/session.ts", () => ({ startRun: vi.fn(), startSequentialRun: vi.fn(), stopRun: vi.fn(), sendInput: vi.fn() }))

const { COMMANDS, commandForKey } = await import("./commands.ts")
const { pressedKeys, shownKeys } = await import("./keys/key-names.ts")

const key = (key: string, rest: Partial<KeyboardEvent> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
})

describe("commands", () => {
  it("have names and keys of their own", () => {
    const ids = COMMANDS.map((command) => command.id)
    expect(new Set(ids).size).toBe(ids.length)
    const bound = COMMANDS.flatMap((command) => (command.keys ?? []).map((keys) => `${command.where} ${keys}`))
    expect(new Set(bound).size).toBe(bound.length)
  })

  it.each(["0", "L", "<", ">"])("list %s, a key of the timeline", (letter) => {
    expect(COMMANDS.some((command) => command.where === "timeline" && command.keys?.includes(letter))).toBe(true)
  })

  it.each([
    ["run", key("Enter", { ctrlKey: true })],
    ["stop", key(".", { ctrlKey: true })],
    ["palette", key("k", { ctrlKey: true })],
    ["share", key("s", { ctrlKey: true })],
    ["next-region", key("F6")],
    ["previous-region", key("F6", { shiftKey: true })],
    ["go-editor", key("1", { altKey: true, code: "Digit1" })],
    ["go-timeline", key("£", { altKey: true, code: "Digit3" })],
  ])("%s has its key", (id, event) => {
    expect(commandForKey(event)?.id).toBe(id)
  })

  it("leave plain typing alone", () => {
    for (const letter of ["a", "Enter", " ", "0", "k"]) expect(commandForKey(key(letter))).toBe(undefined)
  })

  it("name keys as the reader's keyboard does", () => {
    expect(shownKeys("Mod+Enter", false)).toBe("Ctrl+Enter")
    expect(shownKeys("Mod+Enter", true)).toBe("⌘ Enter")
    expect(pressedKeys(key("Enter", { metaKey: true }), true)).toBe("Mod+Enter")
    expect(pressedKeys(key("Enter", { metaKey: true }), false)).toBe("Enter")
  })
})
