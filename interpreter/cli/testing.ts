// Where the tests of commands play: a folder of their own on disk, and what was said to stdout and stderr kept instead of
// shown. Used by the tests of this room.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
  out = ""
  err = ""
  private readonly restore: (() => void)[] = []

  constructor() {
    const hear = (stream: "out" | "err") => (text: unknown) => {
      this[stream] += String(text)
      return true
    }
    this.replace(process.stdout, "write", hear("out"))
    this.replace(process.stderr, "write", hear("err"))
    this.replace(console, "log", (text: unknown) => hear("out")(`${text}\n`))
    this.replace(console, "error", (text: unknown) => hear("err")(`${text}\n`))
  }

  /** Writes a file, with the folders it lies in, and gives its path. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  end(): void {
    for (const undo of this.restore) undo()
    rmSync(this.folder, { recursive: true })
  }

  private replace<T extends object>(owner: T, name: keyof T, by: unknown): void {
    const before = owner[name]
    owner[name] = by as T[keyof T]
    this.restore.push(() => {
      owner[name] = before
    })
  }
}
