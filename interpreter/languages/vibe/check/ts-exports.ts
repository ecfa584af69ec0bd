// What a TypeScript file of the document exports and which modules it needs, found without a TypeScript parser: comments
// and strings are blanked out, then the export and import forms are matched. Enough to say before anything runs that a
// name is not exported or a package cannot be had (SPEC 4.6, 13); what a module really is shows when it is loaded.

export interface TsModuleOutline {
  readonly exports: ReadonlyMap<string, { readonly isFunction: boolean }>
  /** `export * from …`: more names than can be told. */
  readonly open: boolean
  /** Specifiers of imports that survive when types are stripped, in order. */
  readonly imports: readonly { readonly path: string; readonly from: number; readonly to: number }[]
}

export function outlineOf(source: string): TsModuleOutline {
  const code = withoutCommentsAndStrings(source)
  const exports = new Map<string, { isFunction: boolean }>()
  for (const match of code.matchAll(/\bexport\s+(?:declare\s+)?(?:async\s+)?function\s*\*?\s*([A-Za-z_$][\w$]*)/g)) {
    exports.set(match[1] ?? "", { isFunction: true })
  }
  for (const match of code.matchAll(
    /\bexport\s+(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=;]{0,500})?(=\s*(?:async\b\s*)?(?:function\b|\([^()]{0,500}\)\s*(?::[^=]{0,500})?=>|[A-Za-z_$][\w$]*\s*=>))?/g,
  )) {
    exports.set(match[1] ?? "", { isFunction: match[2] !== undefined })
  }
  for (const match of code.matchAll(/\bexport\s+(?:declare\s+)?(?:abstract\s+)?(?:class|enum|interface|type)\s+([A-Za-z_$][\w$]*)/g))
    exports.set(match[1] ?? "", { isFunction: false })
  for (const match of code.matchAll(/\bexport\s*(?:type\s*)?\{([^}]{0,5000})\}/g)) {
    for (const item of (match[1] ?? "").split(",")) {
      const name = /^\s*(?:type\s+(?!as\b))?(?:([A-Za-z_$][\w$]*)\s+as\s+)?([A-Za-z_$][\w$]*)\s*$/.exec(item)
      if (name?.[2]) {
        const own = name[1] ?? name[2]
        exports.set(name[2], { isFunction: new RegExp(`\\bfunction\\s*\\*?\\s*${own.replace(/\$/g, "\\$")}\\b`).test(code) })
      }
    }
  }
  if (/\bexport\s+default\b/.test(code)) exports.set("default", { isFunction: /\bexport\s+default\s+(?:async\s+)?function\b/.test(code) })
  const imports: { path: string; from: number; to: number }[] = []
  for (const match of code.matchAll(/\b(?:import|export)\b(?!\s+type\b)[^;"'`()=]{0,2000}?\bfrom\s*(["'])|\bimport\s*(["'])/g)) {
    const from = match.index + match[0].length - 1
    const to = source.indexOf(match[1] ?? match[2] ?? "", from + 1) + 1
    if (to > from) imports.push({ path: source.slice(from + 1, to - 1), from, to })
  }
  return { exports, open: /\bexport\s*\*\s*from\b/.test(code), imports }
}

/** Templates nested deeper than this are blanked whole. */
const MAX_TEMPLATES = 20

/** The text with comments and the insides of strings made blank; offsets stay. */
export function withoutCommentsAndStrings(source: string, depth = 0): string {
  const out: string[] = []
  let at = 0
  const blank = (to: number) => {
    out.push(source.slice(at, to).replace(/[^\n]/g, " "))
    at = to
  }
  while (at < source.length) {
    const c = source.charAt(at)
    if (c === "/" && source[at + 1] === "/") {
      const end = source.indexOf("\n", at)
      blank(end < 0 ? source.length : end)
    } else if (c === "/" && source[at + 1] === "*") {
      const end = source.indexOf("*/", at + 2)
      blank(end < 0 ? source.length : end + 2)
    } else if (c === '"' || c === "'") {
      out.push(c)
      at++
      let end = at
      while (end < source.length && source[end] !== c && source[end] !== "\n") end += source[end] === "\\" ? 2 : 1
      blank(Math.min(end, source.length))
      if (at < source.length) out.push(source.charAt(at++))
    } else if (c === "`") {
      at = template(source, at, out, depth)
    } else {
      out.push(c)
      at++
    }
  }
  return out.join("")
}

/** Copies a template literal with its text blank and its `${…}` kept; gives the offset behind it. */
function template(source: string, start: number, out: string[], depth: number): number {
  let at = start + 1
  out.push("`")
  while (at < source.length) {
    const c = source.charAt(at)
    if (c === "`") {
      out.push("`")
      return at + 1
    }
    if (c === "\\") {
      out.push("  ")
      at += 2
    } else if (c === "$" && source[at + 1] === "{") {
      let braces = 0
      let end = at + 1
      for (; end < source.length; end++) {
        if (source[end] === "{") braces++
        else if (source[end] === "}" && --braces === 0) break
      }
      const inner = source.slice(at + 2, end)
      out.push("  ", depth < MAX_TEMPLATES ? withoutCommentsAndStrings(inner, depth + 1) : inner.replace(/[^\n]/g, " "), " ")
      at = end + 1
    } else {
      out.push(c === "\n" ? c : " ")
      at++
    }
  }
  return source.length
}
