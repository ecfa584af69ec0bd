// @vitest-environment happy-dom
import { describe, expect, it } from "vitest"
import { DEFAULT_SETTINGS } from "../../store/settings.ts"
import { type Archive, importPlan, readArchive, writeArchive } from "./archive.ts"
import type { Draft } from "./drafts.ts"

const draft = (key: string, text: string, savedAtMs: number): Draft => ({
  key,
  savedAtMs,
  document: {
    id: key as Draft["document"]["id"],
    title: key,
    language: "jade",
    path: "main.jde",
    text,
    files: { "other.jde": "1" },
    rules: [{ match: "a", reply: "b" }],
    seed: 3,
    maxParallel: 2,
    exampleId: null,
    edited: true,
  },
})
const NOTHING: Archive = { documents: [], versions: [], recordings: [], settings: null }
const everything: Archive = {
  documents: [draft("file:a", "new", 20)],
  versions: [draft("file:a", "old", 10)],
  recordings: [],
  settings: { ...DEFAULT_SETTINGS, theme: "dark" },
}

describe("an export", () => {
  it("comes back as it was", () => {
    expect(readArchive(writeArchive(everything, "2026-02-03"))).toMatchObject({ ok: true, leftOut: 0, archive: everything })
  })

  it("that is none, is newer or is cut gets a sentence", () => {
    const text = writeArchive(everything, "")
    for (const broken of [
      "",
      "[]",
      "null",
      "7",
      '{"counterpoint":"cassette","version":1}',
      text.slice(0, -40),
      '{"counterpoint":"archive"}',
    ])
      expect(readArchive(broken), broken).toMatchObject({ ok: false })
    expect(readArchive('{"counterpoint":"archive","version":2}')).toMatchObject({ sentence: expect.stringContaining("newer") })
    expect(readArchive("[".repeat(200_000))).toMatchObject({ ok: false })
  })

  it("loses only the entries that are none, and says how many", () => {
    const forged = {
      counterpoint: "archive",
      version: 1,
      documents: [draft("file:a", "x", 1), null, { ...draft("file:b", "x", 1), key: "file:c" }, { ...draft("d", "x", 1), savedAtMs: -1 }],
      versions: "many",
      recordings: [{ document: "file:a", keptMs: 1, text: "{}" }, 7],
      settings: [],
    }
    const read = readArchive(JSON.stringify(forged))
    expect(read).toMatchObject({ ok: true, leftOut: 5, archive: { versions: [], recordings: [], settings: null } })
    expect(read.ok && read.archive.documents.map(({ key }) => key)).toEqual(["file:a"])
  })

  it("takes only rules that are rules", () => {
    const bad = draft("file:a", "x", 1)
    const text = JSON.stringify({
      counterpoint: "archive",
      version: 1,
      documents: [{ ...bad, document: { ...bad.document, rules: [{ match: 7 }, { match: "y", reply: "z" }] } }],
    })
    expect(readArchive(text)).toMatchObject({ archive: { documents: [{ document: { rules: [{ match: "y", reply: "z" }] } }] } })
  })
})

describe("importing", () => {
  it("adds what is not here", () => {
    expect(importPlan(NOTHING, everything)).toMatchObject({ documents: everything.documents, versions: everything.versions, known: 0 })
  })

  it("twice changes nothing", () => {
    expect(importPlan(everything, everything)).toEqual({ documents: [], versions: [], recordings: [], known: 1 })
  })

  it("loses neither text of a document: the later one is it, the other a version", () => {
    const earlier = { ...NOTHING, documents: [draft("file:a", "mine", 5)] }
    const later = { ...NOTHING, documents: [draft("file:a", "mine", 50)] }
    const file = { ...NOTHING, documents: [draft("file:a", "theirs", 20)] }
    expect(importPlan(earlier, file)).toMatchObject({ documents: file.documents, versions: earlier.documents })
    expect(importPlan(later, file)).toMatchObject({ documents: [], versions: file.documents })
  })
})
