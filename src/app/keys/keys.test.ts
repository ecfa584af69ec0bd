// The list of keys and the palette tell the truth: every key of the timeline is in them, and they name no other.
import { describe, expect, it } from "vitest"
import { timelineKey } from "../../timeline/keyboard.ts"
import { TIMELINE_KEYS } from "./keys.ts"
import { TIMELINE_COMMANDS } from "./timeline-commands.ts"

const NAMES: Readonly<Record<string, string>> = {
  Space: " ",
  Up: "ArrowUp",
  Down: "ArrowDown",
  Left: "ArrowLeft",
  Right: "ArrowRight",
  "Page Up": "PageUp",
  "Page Down": "PageDown",
}

describe("the list of the timeline's keys", () => {
  const listed = TIMELINE_KEYS.flatMap(([keys]) => keys.split(", "))

  it.each(listed)("%s does something there", (keys) => {
    const parts = keys.split("+")
    const name = parts.pop() ?? ""
    const press = {
      key: NAMES[name] ?? name,
      altKey: parts.includes("Alt"),
      ctrlKey: parts.includes("Ctrl"),
      metaKey: false,
      shiftKey: false,
    }
    expect(timelineKey(press, true)).not.toBe(null)
  })

  it("holds every letter and sign that works there", () => {
    const signs = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((sign) => sign === sign.toUpperCase())
    const work = signs.filter((key) => timelineKey({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }, true) !== null)
    expect(work.filter((key) => !listed.includes(key))).toEqual([])
  })
})

describe("the timeline's commands in the palette", () => {
  it.each(TIMELINE_COMMANDS.map(({ keys, key }) => [keys, key] as const))("%s does there what it does as a key", (keys, key) => {
    expect(timelineKey({ key: keys, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }, true)).toBe(key)
  })

  it("are, with those of the page, every letter and sign that works there", async () => {
    const listed = [...TIMELINE_COMMANDS.map(({ keys }) => keys), "0", "L", "<", ">"]
    const signs = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((sign) => sign === sign.toUpperCase())
    const work = signs.filter((key) => timelineKey({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }, true) !== null)
    expect(work.toSorted()).toEqual(listed.toSorted())
  })
})
