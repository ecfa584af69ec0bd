// Bodies of the system modules' functions (catalogue.ts names them): ids, time, random numbers, JSON, and the files of the
// document, which live in memory for the run. SPEC 4.6, 13. All of them have their value at once; what goes wrong is a
// message, which becomes a fault where a program called, and the tool's answer where a model did.
import { jsonProblem } from "./json-problem.ts"
import type { Room } from "./room.ts"
import { jsonText, plainText, readJson } from "./texts.ts"
import { uuidFrom } from "./uuid.ts"
import { ErrorValue, kindWord } from "./values.ts"

/** What a system function throws. */
export class SystemProblem {
  constructor(readonly message: string) {}
}

export type SystemBody = (args: readonly unknown[], site: number) => unknown

export function systemBodies(room: Room): Readonly<Record<string, Readonly<Record<string, SystemBody>>>> {
  return { "system/utils": utils(room), "system/tools": files(room) }
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") throw new SystemProblem(`${what} must be a text, got ${kindWord(value ?? null)}`)
  return value
}

function utils(room: Room): Record<string, SystemBody> {
  const { random, kernel, options } = room.host
  return {
    uuid: () => uuidFrom(random),
    now: () => Math.floor(options.startMs + kernel.nowUs / 1000),
    random: ([min, max]) => {
      if (typeof min !== "number" || typeof max !== "number") return random.fraction()
      const [low, high] = [Math.floor(Math.min(min, max)), Math.floor(Math.max(min, max))]
      return low + random.below(high - low + 1)
    },
    jsonParse: ([source]) => {
      const read = readJson(textOf(source, "the JSON text"))
      if (!read) throw new SystemProblem(jsonProblem(String(source)))
      return read.value
    },
    jsonStringify: ([value, pretty], site) => jsonText(value ?? null, site, pretty === true ? "  " : "") ?? "null",
  }
}

function files(room: Room): Record<string, SystemBody> {
  const store = room.host.files
  const madeDirs = new Set<string>()
  const pathOf = (value: unknown): string => {
    const parts: string[] = []
    for (const part of textOf(value, "the path").split("/")) {
      if (part === "..") parts.pop()
      else if (part !== "." && part !== "") parts.push(part)
    }
    return parts.join("/")
  }
  const readText = (path: string): string => {
    const text = store.read(path)
    if (text === undefined) throw new SystemProblem(`file '${path}' not found`)
    return text
  }
  const isDir = (path: string) => path === "" || madeDirs.has(path) || store.paths().some((it) => it.startsWith(`${path}/`))
  const unavailable: SystemBody = (_, site) => new ErrorValue("Error", "not available in the playground", room.location(site))
  const fileName = (value: unknown): string => {
    const path = pathOf(value)
    if (path === "") throw new SystemProblem("the path is empty")
    return path
  }
  return {
    readFile: ([path]) => readText(pathOf(path)),
    writeFile: ([path, content]) => {
      const name = fileName(path)
      store.write(name, typeof content === "string" ? content : plainText(content ?? "", -1))
      return `wrote ${name}`
    },
    appendFile: ([path, content]) => {
      const name = fileName(path)
      store.write(name, (store.read(name) ?? "") + (typeof content === "string" ? content : plainText(content ?? "", -1)))
      return `appended to ${name}`
    },
    fileExists: ([path]) => store.exists(pathOf(path)),
    listDir: ([path]) => {
      const dir = path === undefined || path === null ? "" : pathOf(path)
      if (!isDir(dir)) throw new SystemProblem(`folder '${dir}' not found`)
      const prefix = dir === "" ? "" : `${dir}/`
      const names = new Set<string>()
      for (const file of [...store.paths(), ...[...madeDirs].map((it) => `${it}/`)]) {
        if (!file.startsWith(prefix) || file.length === prefix.length) continue
        const rest = file.slice(prefix.length)
        const slash = rest.indexOf("/")
        names.add(slash < 0 ? rest : rest.slice(0, slash + 1))
      }
      return [...names].sort(byCodeUnits)
    },
    edit: ([path, oldText, newText]) => {
      const name = pathOf(path)
      const text = readText(name)
      const wanted = textOf(oldText, "the old text")
      const first = wanted === "" ? -1 : text.indexOf(wanted)
      if (first < 0) throw new SystemProblem(`the text to replace does not occur in '${name}'`)
      if (text.indexOf(wanted, first + 1) >= 0) throw new SystemProblem(`the text to replace occurs more than once in '${name}'`)
      store.write(name, text.slice(0, first) + textOf(newText, "the new text") + text.slice(first + wanted.length))
      return `edited ${name}`
    },
    glob: ([pattern]) => {
      const matches = globMatcher(textOf(pattern, "the pattern"))
      return store.paths().filter(matches)
    },
    grep: ([pattern, path]) => {
      const wanted = textOf(pattern, "the pattern")
      const below = path === undefined || path === null ? "" : pathOf(path)
      const lines: string[] = []
      for (const file of store.paths()) {
        if (below !== "" && file !== below && !file.startsWith(`${below}/`)) continue
        readText(file)
          .split("\n")
          .forEach((line, i) => {
            if (line.includes(wanted)) lines.push(`${file}:${i + 1}: ${line}`)
          })
      }
      return lines
    },
    mkdir: ([path]) => {
      const name = fileName(path)
      const parts = name.split("/")
      for (let i = 1; i <= parts.length; i++) madeDirs.add(parts.slice(0, i).join("/"))
      return `made ${name}`
    },
    dirExists: ([path]) => isDir(pathOf(path)),
    bash: unavailable,
    runCode: unavailable,
  }
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** A test for `*` (not over slashes), `**` (over them) and `?`. Linear in pattern times path. */
function globMatcher(pattern: string): (path: string) => boolean {
  const wanted = pattern.replace(/^\.\//, "")
  const matches = (p: number, s: number, path: string): boolean => {
    for (; p < wanted.length; p++, s++) {
      const c = wanted[p]
      if (c === "*") {
        const deep = wanted[p + 1] === "*"
        const rest = deep ? (wanted[p + 2] === "/" ? p + 3 : p + 2) : p + 1
        for (let at = s; at <= path.length; at++) {
          if (matches(rest, at, path)) return true
          if (!deep && path[at] === "/") return false
        }
        return false
      }
      if (s >= path.length || (c !== "?" && c !== path[s]) || (c === "?" && path[s] === "/")) return false
    }
    return s === path.length
  }
  return (path) => matches(0, 0, path)
}
