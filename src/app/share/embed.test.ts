// The HTML that frames a document on somebody else's page: it carries the link and lets no text out of its place.
import { describe, expect, it } from "vitest"
import { embedCode } from "./embed.ts"

describe("embed code", () => {
  it("frames the page with the document of the link", () => {
    expect(embedCode("https://example.org/play/?src=x#old", "#v1.abc", "Fan out")).toContain(
      'src="https://example.org/play/?embed#v1.abc" title="Fan out"',
    )
  })

  it("lets no title out of its attribute", () => {
    const code = embedCode("https://example.org/", "#v1.abc", '"><script>alert(1)</script>')
    expect(code).not.toContain("<script>")
    expect(code.match(/</g)?.length).toBe(2)
  })
})
