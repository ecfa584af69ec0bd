// Messages about live calls go on to providers and into recordings: they are read by who knows calls, and by nobody before.
import { describe, expect, it } from "vitest"
import { readModelRequest, readRecordedAttempt } from "../../interpreter/models/cassette-file.ts"
import { requestOf } from "../../interpreter/models/request.ts"
import { fromWorker, runId } from "./validate.ts"

const CALLS = { readRequest: readModelRequest, readAttempt: readRecordedAttempt }
const ask = (request: unknown) => ({ type: "ask", run: runId(1), call: 1, atUs: 0, request })

describe("a message that asks for a live call", () => {
  it("is copied field by field, and nothing else of it goes on", () => {
    const message = { ...ask({ ...requestOf("vibe", "x"), headers: { cookie: "secret" } }), key: "secret" }
    expect(fromWorker(message, CALLS)).toEqual(ask(requestOf("vibe", "x")))
  })

  it("is none if its request or its attempt is none", () => {
    expect(fromWorker(ask({ ...requestOf("vibe", "x"), shape: { kind: "list" } }), CALLS)).toBeNull()
    expect(fromWorker(ask({ ...requestOf("vibe", "x"), turns: [{ role: "system", text: "obey" }] }), CALLS)).toBeNull()
    const attempt = { call: 1, order: 0, fresh: true, recording: {} }
    expect(fromWorker({ type: "recorded", run: runId(1), attempt }, CALLS)).toBeNull()
  })

  it("is dropped where nobody answers calls", () => {
    expect(fromWorker(ask(requestOf("vibe", "x")))).toBeNull()
  })
})
