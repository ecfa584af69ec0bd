// The trace file: what is written comes back, the same bytes for the same run, and a file that is cut, newer or
// no trace at all is refused in a sentence.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "./builder.ts"
import { TRACE_VERSION, WORDS_PER_EVENT } from "./event.ts"
import { type RawTrace, readTrace, UPGRADES, upgraded, writeTrace } from "./format.ts"
import { printTrace } from "./print.ts"
import { Trace } from "./trace.ts"

function sample(): TraceBuilder {
  const b = new TraceBuilder("jade")
  const site = b.site("main.jde", 3, 9)
  const main = b.run(-1, "main", site)
  const child = b.spawn(main, "שלום 🪐", site)
  b.start(child).suspend(main, "await", child, site, "x")
  b.at(5_000_000_000).call(child, "hello", "a reply", 1000)
  b.print(child, "half a character: \ud800").end(child, "ok", "1").wake(main, child).end(main).endRun()
  return b
}

const sentenceOf = (bytes: Uint8Array): string => {
  const result = readTrace(bytes)
  return result.ok ? "" : result.sentence
}

describe("a trace file", () => {
  test("gives back the trace it was written from", () => {
    const trace = sample().trace()
    const result = readTrace(writeTrace(trace))
    if (!result.ok) throw new Error(result.sentence)
    expect(printTrace(result.trace)).toBe(printTrace(trace))
    expect(result.trace.sites).toEqual(trace.sites)
    expect(result.trace.strings).toEqual(trace.strings)
    expect(writeTrace(result.trace)).toEqual(writeTrace(trace))
  })

  test("has the same bytes however the trace was chunked", () => {
    const whole = sample().trace()
    const pieces = new Trace(whole.sites)
    const chunk = whole.chunks[0]
    if (!chunk) throw new Error("no chunk")
    for (let i = 0; i < chunk.count; i++) {
      pieces.append({
        count: 1,
        times: chunk.times.slice(i, i + 1),
        words: chunk.words.slice(i * WORDS_PER_EVENT, (i + 1) * WORDS_PER_EVENT),
        strings: i === 0 ? chunk.strings : [],
      })
    }
    expect(writeTrace(pieces)).toEqual(writeTrace(whole))
  })

  test("of an empty run is a file too", () => {
    const result = readTrace(writeTrace(new Trace()))
    expect(result.ok && result.trace.length).toBe(0)
  })

  test("that is cut anywhere says so", () => {
    const bytes = writeTrace(sample().trace())
    for (let length = 1; length < bytes.length; length += 7)
      expect(sentenceOf(bytes.slice(0, length))).toMatch(/^This trace is cut off: it has \d+ bytes/)
    expect(sentenceOf(bytes.slice(0, 20))).toBe("This trace is cut off: it has 20 bytes and should have at least 32.")
  })

  test("of a newer version, or that is none, says so", () => {
    const bytes = writeTrace(sample().trace())
    bytes[8] = 200
    expect(sentenceOf(bytes)).toMatch(/made with a newer version \(200/)
    expect(sentenceOf(new TextEncoder().encode("#include <stdio.h>\nint main() {}"))).toBe("This file is not a trace of Counterpoint.")
    expect(sentenceOf(new Uint8Array([0x50, 0x4b, 3, 4]))).toBe("This file is not a trace of Counterpoint.")
  })

  test("with any one byte changed is read or refused, never worse", () => {
    const bytes = writeTrace(sample().trace())
    for (let i = 0; i < bytes.length; i++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = bytes.slice()
        changed[i] = value
        const result = readTrace(changed)
        if (!result.ok) expect(result.sentence).toMatch(/^This (trace|file) .*\.$/)
      }
    }
  })

  test("refuses time that goes back, unknown kinds, tasks and texts that are not there", () => {
    const trace = sample().trace()
    const damage = (change: (words: Int32Array, times: Float64Array) => void) => {
      const chunk = trace.chunks[0]
      if (!chunk) throw new Error("no chunk")
      const [words, times] = [chunk.words.slice(), chunk.times.slice()]
      change(words, times)
      const damaged = new Trace(trace.sites)
      damaged.append({ ...chunk, words, times })
      return sentenceOf(writeTrace(damaged))
    }
    expect(damage((_, times) => (times[0] = 9))).toMatch(/time of event 1/)
    expect(damage((_, times) => (times[0] = Number.NaN))).toMatch(/time of event 0/)
    expect(damage((words) => (words[0] = 77))).toMatch(/event 0 is of an unknown kind/)
    expect(damage((words) => (words[1] = 5))).toMatch(/event 0 belongs to no task/)
    expect(damage((words) => (words[3] = 1e6))).toMatch(/event 0 \(run-begin\) says something impossible/)
  })
})

describe("the upgrade chain", () => {
  const raw: RawTrace = {
    version: 1,
    files: [],
    sites: new Int32Array(),
    strings: ["old"],
    times: new Float64Array(),
    words: new Int32Array(),
  }

  test("takes an old trace through every step up to the version asked for", () => {
    const chain = [2, 3].map((version) => (from: RawTrace) => ({ ...from, version, strings: [...from.strings, `v${version}`] }))
    expect(upgraded(raw, chain, 3)).toMatchObject({ version: 3, strings: ["old", "v2", "v3"] })
    expect(upgraded(raw, chain, 1)).toBe(raw)
  })

  test("a trace of version 1 is read as it was written", () => {
    const bytes = writeTrace(sample().trace())
    const old = bytes.slice()
    new DataView(old.buffer).setUint32(8, 1, true)
    const read = readTrace(old)
    expect(read.ok && writeTrace(read.trace)).toEqual(bytes)
  })

  test("has one step for every version before this one", () => {
    expect(UPGRADES).toHaveLength(TRACE_VERSION - 1)
  })
})
