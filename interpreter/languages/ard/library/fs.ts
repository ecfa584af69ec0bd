// ard/fs: files of the document, in memory (section 17.13). The program cannot reach any other file. Paths are relative to
// the document; `.` and `..` are resolved, and nothing lies above its root.
import { type LibraryContext, visible } from "./context.ts"
import type { LibraryFunction, LibraryModule } from "./entry.ts"
import { checkTextSize } from "./sizes.ts"
import { err, type Outcome, ok } from "./values.ts"

type Rt = LibraryContext

/** The path as the virtual files know it; "" is the root. */
export function normalPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split("/")) {
    if (part === "..") parts.pop()
    else if (part !== "" && part !== ".") parts.push(part)
  }
  return parts.join("/")
}

function isDirectory(rt: Rt, path: string): boolean {
  return path === "" || rt.directories.has(path) || rt.host.files.paths().some((file) => file.startsWith(`${path}/`))
}

function exists(rt: Rt, path: string): boolean {
  return rt.host.files.exists(path) || isDirectory(rt, path)
}

const missing = (verb: string, path: string): Outcome => err(`${verb} ${path}: no such file or directory`)
const isADirectory = (verb: string, path: string): Outcome => err(`${verb} ${path}: is a directory`)

function read(rt: Rt, path: string): Outcome {
  const text = rt.host.files.read(normalPath(path))
  if (text !== undefined) return ok(text)
  return isDirectory(rt, normalPath(path)) ? isADirectory("read", path) : missing("open", path)
}

function write(rt: Rt, path: string, text: string): Outcome {
  const at = normalPath(path)
  if (isDirectory(rt, at)) return isADirectory("open", path)
  if (!hasParent(rt, at)) return missing("open", path)
  rt.kernel.countValueBytes(text.length)
  rt.host.files.write(at, text)
  return ok(undefined)
}

/** The directory that a path lies in exists, as far as virtual files have any. */
function hasParent(rt: Rt, at: string): boolean {
  const slash = at.lastIndexOf("/")
  const parent = slash < 0 ? "" : at.slice(0, slash)
  return isDirectory(rt, parent)
}

function append(rt: Rt, path: string, text: string): Outcome {
  const at = normalPath(path)
  const before = rt.host.files.read(at)
  if (before === undefined) return isDirectory(rt, at) ? isADirectory("open", path) : missing("open", path)
  checkTextSize(rt, before.length + text.length)
  rt.host.files.write(at, before + text)
  return ok(undefined)
}

function createFile(rt: Rt, path: string): Outcome {
  const written = write(rt, path, "")
  return written.$ok ? ok(true) : written
}

function remove(rt: Rt, path: string): Outcome {
  return rt.host.files.delete(normalPath(path)) ? ok(undefined) : missing("remove", path)
}

function listDirectory(rt: Rt, path: string): Outcome {
  const at = normalPath(path)
  if (!isDirectory(rt, at)) return missing("open", path)
  const prefix = at === "" ? "" : `${at}/`
  const names = new Set<string>()
  for (const entry of [...rt.host.files.paths(), ...rt.directories]) {
    if (entry.startsWith(prefix) && entry !== at) names.add(entry.slice(prefix.length).split("/")[0] as string)
  }
  return ok([...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
}

function createDirectory(rt: Rt, path: string): Outcome {
  const at = normalPath(path)
  if (rt.host.files.exists(at)) return err(`mkdir ${path}: file exists`)
  let made = ""
  for (const part of at.split("/")) {
    made = made === "" ? part : `${made}/${part}`
    if (rt.host.files.exists(made)) return err(`mkdir ${path}: not a directory`)
    if (made !== "") rt.directories.add(made)
  }
  return ok(undefined)
}

function deleteDirectory(rt: Rt, path: string): Outcome {
  const at = normalPath(path)
  if (at === "") return err("remove /: the document's root cannot be deleted")
  if (!isDirectory(rt, at)) return missing("remove", path)
  for (const file of rt.host.files.paths()) if (file.startsWith(`${at}/`)) rt.host.files.delete(file)
  for (const directory of [...rt.directories]) if (directory === at || directory.startsWith(`${at}/`)) rt.directories.delete(directory)
  return ok(undefined)
}

function copy(rt: Rt, from: string, to: string): Outcome {
  const text = read(rt, from)
  return text.$ok ? write(rt, to, text.$value as string) : text
}

function rename(rt: Rt, from: string, to: string): Outcome {
  const done = copy(rt, from, to)
  if (done.$ok && normalPath(from) !== normalPath(to)) rt.host.files.delete(normalPath(from))
  return done
}

/** An operation on files is seen by other fibers, and so happens at a choice point. */
function effect(body: (rt: Rt, ...args: string[]) => unknown): LibraryFunction {
  return (rt: Rt, args: readonly string[]) => visible(rt, () => body(rt, ...args))
}

export const fs: LibraryModule = {
  path: "ard/fs",
  doc: "The document's own files, in memory.",
  entries: [
    {
      name: "exists",
      signature: "fn exists(path: Str) Bool",
      doc: "Whether there is a file or directory.",
      example: 'fs::exists("note.txt")',
      mode: "may",
      run: effect((rt, path = "") => exists(rt, normalPath(path))),
    },
    {
      name: "read",
      signature: "fn read(path: Str) Str!Str",
      doc: "The text of a file.",
      example: 'fs::read("note.txt").or("")',
      mode: "may",
      run: effect((rt, path = "") => read(rt, path)),
    },
    {
      name: "write",
      signature: "fn write(path: Str, text: Str) Void!Str",
      doc: "Writes a file, a new one or over the old text.",
      example: 'fs::write("note.txt", "one")',
      mode: "may",
      run: effect((rt, path = "", text = "") => write(rt, path, text)),
    },
    {
      name: "append",
      signature: "fn append(path: Str, text: Str) Void!Str",
      doc: "Adds text at the end of a file that exists.",
      example: 'fs::append("note.txt", "two")',
      mode: "may",
      run: effect((rt, path = "", text = "") => append(rt, path, text)),
    },
    {
      name: "create_file",
      signature: "fn create_file(path: Str) Bool!Str",
      doc: "Makes an empty file.",
      example: 'fs::create_file("note.txt")',
      mode: "may",
      run: effect((rt, path = "") => createFile(rt, path)),
    },
    {
      name: "delete",
      signature: "fn delete(path: Str) Void!Str",
      doc: "Deletes a file.",
      example: 'fs::delete("note.txt")',
      mode: "may",
      run: effect((rt, path = "") => remove(rt, path)),
    },
    {
      name: "is_file",
      signature: "fn is_file(path: Str) Bool",
      doc: "Whether the path is a file.",
      example: 'fs::is_file("note.txt")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, path = "") => rt.host.files.exists(normalPath(path))),
    },
    {
      name: "is_dir",
      signature: "fn is_dir(path: Str) Bool",
      doc: "Whether the path is a directory.",
      example: 'fs::is_dir("notes")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, path = "") => isDirectory(rt, normalPath(path))),
    },
    {
      name: "list_dir",
      signature: "fn list_dir(path: Str) [Str]!Str",
      doc: "The names in a directory, sorted.",
      example: 'fs::list_dir(".")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, path = "") => listDirectory(rt, path)),
    },
    {
      name: "create_dir",
      signature: "fn create_dir(path: Str) Void!Str",
      doc: "Makes a directory and those above it.",
      example: 'fs::create_dir("notes")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, path = "") => createDirectory(rt, path)),
    },
    {
      name: "delete_dir",
      signature: "fn delete_dir(path: Str) Void!Str",
      doc: "Deletes a directory with everything in it.",
      example: 'fs::delete_dir("notes")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, path = "") => deleteDirectory(rt, path)),
    },
    {
      name: "copy",
      signature: "fn copy(from: Str, to: Str) Void!Str",
      doc: "Copies a file.",
      example: 'fs::copy("a.txt", "b.txt")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, from = "", to = "") => copy(rt, from, to)),
    },
    {
      name: "rename",
      signature: "fn rename(from: Str, to: Str) Void!Str",
      doc: "Gives a file another path.",
      example: 'fs::rename("a.txt", "b.txt")',
      since: "2025-12",
      mode: "may",
      run: effect((rt, from = "", to = "") => rename(rt, from, to)),
    },
    {
      name: "cwd",
      signature: "fn cwd() Str!Str",
      doc: "The directory that paths start from: the document's root.",
      example: "fs::cwd()",
      since: "2025-12",
      mode: "pure",
      run: () => ok("/"),
    },
    {
      name: "abs",
      signature: "fn abs(path: Str) Str!Str",
      doc: "The path from the document's root.",
      example: 'fs::abs("./note.txt")',
      since: "2025-12",
      mode: "pure",
      run: (_rt: Rt, [path]: readonly [string]) => ok(`/${normalPath(path)}`),
    },
  ],
}
