// For each journey of real models a fake provider of its own and a folder for its files, both gone when it ends.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "@playwright/test"
import { type FakeProvider, startFakeProvider } from "./fake-provider.ts"

export interface Given {
  readonly fake: FakeProvider
  readonly folder: string
}

/** Said once at the top of a file; what it gives is anew in every journey. */
export function providerForEach(): Given {
  const given = {} as { fake: FakeProvider; folder: string }
  test.beforeEach(async () => {
    given.fake = await startFakeProvider()
    given.folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
  })
  test.afterEach(async () => {
    await given.fake.stop()
    rmSync(given.folder, { recursive: true })
  })
  return given
}
