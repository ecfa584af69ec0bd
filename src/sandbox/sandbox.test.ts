// The worker as texts and the frame's document, as far as Node can tell; that they hold in a browser is e2e/sandbox's matter.
import { createHash } from "node:crypto"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { chunkMark, ENTRY_CHUNK } from "../../interpreter/worker/load-chunk.ts"
import { frameDocument, pagePolicy } from "./frame.ts"
import { buildWorker, closure } from "./worker-build.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

describe("the worker as texts", () => {
  test("a lazy import becomes a part of its own, and what parts share is named by a mark", async () => {
    const { chunks, files } = await buildWorker(root, "e2e/sandbox/attack-worker.ts", true)
    const part = [...chunks.values()].find((chunk) => chunk.name.includes("attack-part"))
    expect(part?.imports).toHaveLength(1)
    const shared = part?.imports[0] ?? ""
    expect(part?.text).toContain(`"${chunkMark(shared)}"`)
    expect(closure(chunks, ENTRY_CHUNK).map(({ name }) => name)).toEqual([shared, ENTRY_CHUNK])
    for (const { text } of chunks.values()) expect(text).not.toMatch(/from\s*["']\.\//)
    expect(files.some((file) => file.endsWith("interpreter/worker/lockdown.ts"))).toBe(true)
  })

  test("a part that is not there fails the build", async () => {
    const folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
    writeFileSync(join(folder, "entry.ts"), 'export const later = () => import("./missing.ts")\n')
    await expect(buildWorker(folder, "entry.ts", false)).rejects.toThrow("./missing.ts")
  })
})

describe("the frame", () => {
  const document = frameDocument()
  const script = /<script>([\s\S]*)<\/script>/.exec(document)?.[1] ?? ""
  const hash = `'sha256-${createHash("sha256").update(script).digest("base64")}'`

  test("its policy allows its own script and nothing else that is not a blob", () => {
    expect(script.length).toBeGreaterThan(100)
    expect(/content="([^"]*)"/.exec(document)?.[1]).toBe(`default-src 'none'; script-src blob: ${hash}; worker-src blob:`)
  })

  test("the page's policy allows the frame's script, and no inline script without a hash, no eval", () => {
    const policy = pagePolicy(["theme()"])
    expect(policy).toContain(hash)
    expect(policy).toContain(createHash("sha256").update("theme()").digest("base64"))
    const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src"))
    expect(scripts).not.toMatch(/unsafe|\*|https?:/)
  })
})
