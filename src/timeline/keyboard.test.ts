// Which key does what on the timeline; the browser's own keys and a screen reader's stay theirs.
import { expect, test } from "vitest"
import { timelineKey } from "./keyboard.ts"

const press = (key: string, modifiers: Partial<Parameters<typeof timelineKey>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

test("a press of a key without modifiers does what the list of keys says", () => {
  const expected: Record<string, string> = {
    " ": "play",
    ArrowUp: "up",
    ArrowDown: "down",
    ArrowRight: "in",
    ArrowLeft: "out",
    Home: "first",
    End: "last",
    Enter: "details",
    g: "line",
    "[": "cause",
    "]": "effect",
    w: "zoomIn",
    s: "zoomOut",
    a: "panLeft",
    d: "panRight",
    f: "fitSelection",
    "0": "fit",
    c: "path",
    "/": "search",
    e: "explain",
    m: "marker",
    n: "note",
    l: "link",
    "<": "slower",
    ">": "faster",
  }
  for (const [key, action] of Object.entries(expected)) expect(timelineKey(press(key), true)).toBe(action)
})

test("Alt and an arrow step through events, ten with Shift", () => {
  expect(timelineKey(press("ArrowRight", { altKey: true }), true)).toBe("nextEvent")
  expect(timelineKey(press("ArrowLeft", { altKey: true, shiftKey: true }), true)).toBe("previousEvents")
})

test("single letters can be switched off, the others stay", () => {
  for (const key of ["w", "c", "0", "/", "<"]) expect(timelineKey(press(key), false)).toBeNull()
  expect(timelineKey(press("ArrowDown"), false)).toBe("down")
  expect(timelineKey(press(" "), false)).toBe("play")
})

test("the browser's own keys are left alone", () => {
  for (const key of ["w", "s", "d", "f", "0", "c"]) expect(timelineKey(press(key, { ctrlKey: true }), true)).toBeNull()
  expect(timelineKey(press("d", { metaKey: true }), true)).toBeNull()
})
