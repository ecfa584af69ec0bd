// The packages that reach outside (SPEC 17.11, 20): `env` and `fs` on virtual ground, `http`, `uhttp` and `sh` refused with
// the errors that the language has for it.
import { Fault } from "../../../engine/fault.ts"
import type { Jade } from "../runtime/jade.ts"
import { decodeUtf8, encodeUtf8 } from "../runtime/text.ts"
import { Arr, Bytes } from "../runtime/values.ts"
import { type Declaration, entriesOf } from "./entry.ts"
import { normalized } from "./path.ts"

const io = (message: string, site: number): Fault => new Fault("IoError", `I/O error: ${message}`, site)

export const env = entriesOf({ k: "package", name: "env" }, [
  {
    signature: "get(name: str) -> any",
    doc: "A variable of this run, or nil: those the reader typed and those that were set.",
    example: { code: 'use std::env\nprint(env.get("MISSING"))', prints: ["nil"] },
    run: (jade, [name]) => jade.variables.get(String(name)) ?? null,
  },
  {
    signature: "set(name: str, value: str) -> nil",
    doc: "Sets a variable of this run.",
    example: { code: 'use std::env\nenv.set("A", "1")\nprint(env.get("A"))', prints: ["1"] },
    run(jade, [name, value]) {
      jade.variables.set(String(name), String(value))
      return null
    },
  },
  {
    signature: "args() -> array of str",
    doc: "The words of the command line.",
    example: { code: "use std::env\nprint(env.args()[0])", prints: ["jade"] },
    run: (jade) => new Arr(["jade", "run", jade.names.entryPath]),
  },
  {
    signature: "cwd() -> str",
    doc: "The current folder, which is the root of the virtual files.",
    example: { code: "use std::env\nprint(env.cwd())", prints: ["/"] },
    run: () => "/",
  },
])

// ---- files -------------------------------------------------------------------------------------------------------------

const folders = new WeakMap<Jade, Set<string>>()
/** Files whose bytes are no text, by path: the virtual files hold texts. */
const binaries = new WeakMap<Jade, Map<string, Uint8Array>>()

function made<T>(map: WeakMap<Jade, T>, jade: Jade, fresh: () => T): T {
  let value = map.get(jade)
  if (!value) {
    value = fresh()
    map.set(jade, value)
  }
  return value
}

const foldersOf = (jade: Jade): Set<string> => made(folders, jade, () => new Set())
const binariesOf = (jade: Jade): Map<string, Uint8Array> => made(binaries, jade, () => new Map())
const pathOf = (path: unknown): string => normalized(`/${String(path)}`).slice(1)

function isFile(jade: Jade, path: string): boolean {
  return jade.host.files.exists(path) || binariesOf(jade).has(path)
}

function isFolder(jade: Jade, path: string): boolean {
  return path === "" || foldersOf(jade).has(path) || allPaths(jade).some((file) => file.startsWith(`${path}/`))
}

function allPaths(jade: Jade): string[] {
  return [...jade.host.files.paths(), ...binariesOf(jade).keys()]
}

function readText(jade: Jade, path: string, site: number): string {
  const text = jade.host.files.read(path)
  if (text !== undefined) return text
  if (binariesOf(jade).has(path)) throw io(`${path} holds no text`, site)
  throw io(isFolder(jade, path) ? `${path === "" ? "/" : path} is a folder` : `no such file: ${path}`, site)
}

function readData(jade: Jade, path: string, site: number): Uint8Array {
  return binariesOf(jade).get(path) ?? encodeUtf8(readText(jade, path, site))
}

/** Refuses a path that a file cannot have: it is a folder's, or goes through a file. */
function allowFile(jade: Jade, path: string, site: number): void {
  if (!isFile(jade, path) && isFolder(jade, path)) throw io(`${path === "" ? "/" : path} is a folder`, site)
  for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
    const above = path.slice(0, end)
    if (isFile(jade, above)) throw io(`${above} is a file, not a folder`, site)
  }
}

function writeText(jade: Jade, path: string, text: string, site: number): void {
  allowFile(jade, path, site)
  jade.kernel.countValueBytes(text.length * 2 - (jade.host.files.read(path)?.length ?? 0) * 2)
  binariesOf(jade).delete(path)
  jade.host.files.write(path, text)
}

function writeData(jade: Jade, path: string, data: Uint8Array, site: number): void {
  const decoded = decodeUtf8(data)
  if ("text" in decoded) {
    writeText(jade, path, decoded.text, site)
    return
  }
  allowFile(jade, path, site)
  jade.kernel.countValueBytes(data.length)
  jade.host.files.delete(path)
  binariesOf(jade).set(path, data.slice())
}

const dataOf = (value: unknown): Uint8Array => (value instanceof Bytes ? value.data : new Uint8Array())

export const fs = entriesOf({ k: "package", name: "fs" }, [
  {
    signature: "read(path: str) -> str",
    doc: "The text of a file.",
    example: { code: 'use std::fs\nfs.write("note.txt", "hello")\nprint(fs.read("note.txt"))', prints: ["hello"] },
    run: (jade, [path], site) => readText(jade, pathOf(path), site),
  },
  {
    signature: "write(path: str, text: str) -> nil",
    doc: "Writes a file; what it held is gone.",
    example: { code: 'use std::fs\nfs.write("a.txt", "1")\nfs.write("a.txt", "2")\nprint(fs.read("a.txt"))', prints: ["2"] },
    run(jade, [path, text], site) {
      writeText(jade, pathOf(path), String(text), site)
      return null
    },
  },
  {
    signature: "append(path: str, text: str) -> nil",
    doc: "Adds to the end of a file, which comes into being if it was not there.",
    example: { code: 'use std::fs\nfs.append("a.txt", "1")\nfs.append("a.txt", "2")\nprint(fs.read("a.txt"))', prints: ["12"] },
    run(jade, [path, text], site) {
      const file = pathOf(path)
      writeText(jade, file, (isFile(jade, file) ? readText(jade, file, site) : "") + String(text), site)
      return null
    },
  },
  {
    signature: "exists(path: str) -> bool",
    doc: "Whether there is a file or folder of that path.",
    example: { code: 'use std::fs\nprint(fs.exists("nothing.txt"))', prints: ["false"] },
    run: (jade, [path]) => isFile(jade, pathOf(path)) || isFolder(jade, pathOf(path)),
  },
  {
    signature: "delete(path: str) -> nil",
    doc: "Removes a file.",
    example: { code: 'use std::fs\nfs.write("a.txt", "")\nfs.delete("a.txt")\nprint(fs.exists("a.txt"))', prints: ["false"] },
    run(jade, [path], site) {
      const file = pathOf(path)
      const text = jade.host.files.delete(file)
      if (!text && !binariesOf(jade).delete(file)) throw io(`no such file: ${file}`, site)
      return null
    },
  },
  {
    signature: "list_dir(path: str) -> array of str",
    doc: "The names in a folder, in order.",
    example: { code: 'use std::fs\nfs.write("d/b.txt", "")\nfs.write("d/a.txt", "")\nprint(fs.list_dir("d"))', prints: ["[a.txt, b.txt]"] },
    run(jade, [path], site) {
      const folder = pathOf(path)
      if (!isFolder(jade, folder)) throw io(`no such folder: ${folder}`, site)
      const prefix = folder === "" ? "" : `${folder}/`
      const names = new Set<string>()
      for (const file of [...allPaths(jade), ...foldersOf(jade)]) {
        if (file.startsWith(prefix) && file.length > prefix.length) names.add(file.slice(prefix.length).split("/")[0] ?? "")
      }
      return new Arr([...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    },
  },
  {
    signature: "mkdir(path: str) -> nil",
    doc: "Makes a folder.",
    example: { code: 'use std::fs\nfs.mkdir("d")\nprint(fs.is_dir("d"))', prints: ["true"] },
    run(jade, [path], site) {
      const folder = pathOf(path)
      allowFile(jade, `${folder}/`, site)
      for (let at = folder; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) foldersOf(jade).add(at)
      return null
    },
  },
  {
    signature: "is_file(path: str) -> bool",
    doc: "Whether there is a file of that path.",
    example: { code: 'use std::fs\nfs.write("a.txt", "")\nprint(fs.is_file("a.txt"))', prints: ["true"] },
    run: (jade, [path]) => isFile(jade, pathOf(path)),
  },
  {
    signature: "is_dir(path: str) -> bool",
    doc: "Whether there is a folder of that path.",
    example: { code: 'use std::fs\nprint(fs.is_dir("nowhere"))', prints: ["false"] },
    run: (jade, [path]) => !isFile(jade, pathOf(path)) && isFolder(jade, pathOf(path)),
  },
  {
    signature: "size(path: str) -> int",
    doc: "The bytes of a file.",
    example: { code: 'use std::fs\nfs.write("a.txt", "né")\nprint(fs.size("a.txt"))', prints: ["3"] },
    run: (jade, [path], site) => readData(jade, pathOf(path), site).length,
  },
  {
    signature: "copy(from: str, to: str) -> nil",
    doc: "Copies a file.",
    example: { code: 'use std::fs\nfs.write("a.txt", "x")\nfs.copy("a.txt", "b.txt")\nprint(fs.read("b.txt"))', prints: ["x"] },
    run(jade, [from, to], site) {
      writeData(jade, pathOf(to), readData(jade, pathOf(from), site), site)
      return null
    },
  },
  {
    signature: "rename(from: str, to: str) -> nil",
    doc: "Gives a file another path.",
    example: { code: 'use std::fs\nfs.write("a.txt", "x")\nfs.rename("a.txt", "b.txt")\nprint(fs.exists("a.txt"))', prints: ["false"] },
    run(jade, [from, to], site) {
      const old = pathOf(from)
      const data = readData(jade, old, site)
      if (pathOf(to) === old) return null
      writeData(jade, pathOf(to), data, site)
      jade.host.files.delete(old)
      binariesOf(jade).delete(old)
      return null
    },
  },
  {
    signature: "rmdir(path: str) -> nil",
    doc: "Removes an empty folder.",
    example: { code: 'use std::fs\nfs.mkdir("d")\nfs.rmdir("d")\nprint(fs.exists("d"))', prints: ["false"] },
    run(jade, [path], site) {
      const folder = pathOf(path)
      if (!isFolder(jade, folder) || folder === "") throw io(folder === "" ? "/ cannot be removed" : `no such folder: ${folder}`, site)
      if ([...allPaths(jade), ...foldersOf(jade)].some((it) => it.startsWith(`${folder}/`)))
        throw io(`the folder is not empty: ${folder}`, site)
      foldersOf(jade).delete(folder)
      return null
    },
  },
  {
    signature: "read_bytes(path: str) -> bytes",
    doc: "The bytes of a file.",
    example: { code: 'use std::fs\nfs.write("a.txt", "Hi")\nprint(fs.read_bytes("a.txt"))', prints: ['b"Hi"'] },
    run: (jade, [path], site) => new Bytes(readData(jade, pathOf(path), site).slice()),
  },
  {
    signature: "write_bytes(path: str, data: bytes) -> nil",
    doc: "Writes bytes to a file.",
    example: { code: 'use std::fs\nfs.write_bytes("a.bin", "Hi".encode())\nprint(fs.read("a.bin"))', prints: ["Hi"] },
    run(jade, [path, data], site) {
      writeData(jade, pathOf(path), dataOf(data), site)
      return null
    },
  },
  {
    signature: "append_bytes(path: str, data: bytes) -> nil",
    doc: "Adds bytes to the end of a file.",
    example: { code: 'use std::fs\nfs.append_bytes("a.bin", "Hi".encode())\nprint(fs.size("a.bin"))', prints: ["2"] },
    run(jade, [path, data], site) {
      const file = pathOf(path)
      const old = isFile(jade, file) ? readData(jade, file, site) : new Uint8Array()
      const more = dataOf(data)
      const both = new Uint8Array(old.length + more.length)
      both.set(old)
      both.set(more, old.length)
      writeData(jade, file, both, site)
      return null
    },
  },
])

// ---- refused -----------------------------------------------------------------------------------------------------------

function refused(home: string, signature: string, doc: string, call: string, why: string): Declaration {
  return {
    signature,
    doc: `${doc} Not available here: raises IoError.`,
    example: {
      code: `use std::${home}\ntry {\n    ${home}.${call}\n} catch e {\n    print(e.message.contains("not available"))\n}`,
      prints: ["true"],
    },
    run(_jade, _args, site) {
      throw io(why, site)
    },
  }
}

const NO_NETWORK = "network access is not available here"
const NO_HOST = "not available in the browser"

/** A socket's functions take its path first. */
function requests(home: string, to: string, address: string, why: string): Declaration[] {
  const plain = (name: string, doc: string) => refused(home, `${name}(${to}, headers: dict = {}) -> dict`, doc, `${name}(${address})`, why)
  const sending = (name: string, doc: string) =>
    refused(home, `${name}(${to}, body: any, headers: dict = {}) -> dict`, doc, `${name}(${address}, "")`, why)
  return [
    plain("get", "Asks an address."),
    sending("post", "Sends a body to an address."),
    sending("put", "Puts a body at an address."),
    plain("delete", "Deletes at an address."),
    plain("head", "Asks an address for its headers."),
    plain("get_bytes", "Asks an address for bytes."),
    sending("post_bytes", "Sends bytes to an address."),
  ]
}

export const http = entriesOf({ k: "package", name: "http" }, requests("http", "url: str", '"http://localhost"', NO_NETWORK))
export const uhttp = entriesOf({ k: "package", name: "uhttp" }, requests("uhttp", "socket: str, url: str", '"/run/socket", "/"', NO_HOST))
export const sh = entriesOf({ k: "package", name: "sh" }, [
  refused("sh", "exec(command: str) -> int", "Runs a command.", 'exec("true")', NO_HOST),
  refused("sh", "run(command: str) -> int", "Runs a command.", 'run("true")', NO_HOST),
  refused("sh", "output(command: str) -> str", "Runs a command and gives its output.", 'output("true")', NO_HOST),
])
