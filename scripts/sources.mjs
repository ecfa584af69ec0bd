// The project's own TypeScript as the checks see it: files, their syntax trees, what they import. Used by arrows.mjs and law.mjs.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { parseSync } from "vite"
import { root } from "./install.mjs"

/** Paths in the project of all TypeScript below `folder`, tests and generated parsers left out. */
export function sourceFiles(folder) {
  const found = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) found.push(...sourceFiles(path))
    else if (/\.tsx?$/.test(path) && !/\.(test|parser|parser\.terms)\.tsx?$/.test(path)) found.push(path)
  }
  return found.sort()
}

/** A file parsed: its text, tree, and `lineOf(offset)`. Throws with the parser's message where it does not parse. */
export function parsed(path, text = readFileSync(join(root, path), "utf8")) {
  const { program, module, errors } = parseSync(path, text)
  if (errors.length) throw new Error(`${path}: ${errors[0].message}`)
  return { path, text, program, module, lineOf: (offset) => text.slice(0, offset).split("\n").length }
}

/**
 * What a file imports. `target` is a path in the project or a package's name; `kind` is "type" (gone after compilation),
 * "value" or "lazy" (a dynamic import).
 */
export function importsOf({ path, text, module, lineOf }) {
  const found = []
  const add = (request, kind) => {
    const name = request.value ?? /^["'](.*)["']$/s.exec(text.slice(request.start, request.end))?.[1]
    if (name === undefined) return // computed: a blob's address, never a file of ours
    const target = name.startsWith(".") ? normalize(join(dirname(path), name)).replaceAll("\\", "/") : packageOf(name)
    found.push({ target, own: name.startsWith("."), kind, line: lineOf(request.start) })
  }
  for (const one of module.staticImports) {
    add(one.moduleRequest, one.entries.length > 0 && one.entries.every((entry) => entry.isType) ? "type" : "value")
  }
  const seen = new Set()
  for (const one of module.staticExports) {
    for (const { moduleRequest, isType } of one.entries) {
      if (!moduleRequest || seen.has(moduleRequest.start)) continue
      seen.add(moduleRequest.start)
      add(moduleRequest, isType ? "type" : "value")
    }
  }
  for (const one of module.dynamicImports) add(one.moduleRequest, "lazy")
  return found
}

function packageOf(name) {
  // A family of packages with one function each.
  if (name.startsWith("@stdlib/")) return "@stdlib/*"
  if (/^(node|virtual):/.test(name)) return name.replace(/^(node|virtual):.*/, "$1:*")
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/")
}
