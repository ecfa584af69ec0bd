// The child process of programs with ts blocks: its exit code is the command's, and one that never gives control back ends.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { inChild } from "./child.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function bundle(main: string): string {
  const path = join(folder, "main.mjs")
  writeFileSync(path, `export async function main(args) { ${main} }`)
  return path
}

describe("a child", () => {
  it("gets the arguments, none of the environment, and gives its exit code", { timeout: 30_000 }, async () => {
    const path = bundle("return args[0] === 'run' && args[1] === 'x y' && process.env.PATH === undefined ? 7 : 8")
    expect(await inChild(path, ["run", "x y"])).toBe(7)
  })

  it("goes on when a promise fails that nobody hears", { timeout: 30_000 }, async () => {
    expect(await inChild(bundle("Promise.reject(new Error('unheard')); await new Promise((go) => setTimeout(go, 20)); return 3"), [])).toBe(
      3,
    )
  })

  it("that fails says why", { timeout: 30_000 }, async () => {
    expect(await inChild(bundle("throw new Error('broken')"), [])).toBe(1)
  })

  it("that loops without end is ended, with a sentence", { timeout: 30_000 }, async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {})
    expect(await inChild(bundle("for (;;) {}"), [], 200)).toBe(1)
    expect(said).toHaveBeenCalledWith("counterpoint: ended: no sign of life for 0.2 s; does a ts block loop without end?")
  })
})
