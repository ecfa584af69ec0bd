// The package `path` (SPEC 17.9): paths as texts, nothing is looked up.
import { entriesOf } from "./entry.ts"

/** Without `.` and `..`, without double slashes. */
export function normalized(path: string): string {
  const absolute = path.startsWith("/")
  const parts: string[] = []
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop()
    else if (part !== ".." || !absolute) parts.push(part)
  }
  return (absolute ? "/" : "") + parts.join("/")
}

function base(path: string): string {
  const trimmed = path.replace(/\/+$/, "")
  return trimmed.slice(trimmed.lastIndexOf("/") + 1)
}

/** Where the extension begins in a name; -1 if it has none. */
function dotOf(name: string): number {
  const dot = name.lastIndexOf(".")
  return dot > 0 ? dot : -1
}

export const path = entriesOf({ k: "package", name: "path" }, [
  {
    signature: "join(...parts: str) -> str",
    doc: "The parts as one path; an absolute part begins anew.",
    example: { code: 'use std::path\nprint(path.join("a", "b", "c.txt"))\nprint(path.join("a", "/b"))', prints: ["a/b/c.txt", "/b"] },
    run: (_jade, parts) =>
      parts
        .map(String)
        .reduce(
          (whole, part) => (part.startsWith("/") || whole === "" ? part : part === "" ? whole : `${whole.replace(/\/$/, "")}/${part}`),
          "",
        ),
  },
  {
    signature: "basename(path: str) -> str",
    doc: "The last part.",
    example: { code: 'use std::path\nprint(path.basename("/a/b.txt"))', prints: ["b.txt"] },
    run: (_jade, [text]) => base(String(text)),
  },
  {
    signature: "dirname(path: str) -> str",
    doc: 'Everything before the last part; "." for a bare name.',
    example: { code: 'use std::path\nprint(path.dirname("/a/b.txt"))\nprint(path.dirname("b.txt"))', prints: ["/a", "."] },
    run(_jade, [text]) {
      const trimmed = String(text).replace(/\/+$/, "")
      const slash = trimmed.lastIndexOf("/")
      return slash < 0 ? "." : slash === 0 ? "/" : trimmed.slice(0, slash)
    },
  },
  {
    signature: "ext(path: str) -> any",
    doc: "The extension with its dot, or nil.",
    example: { code: 'use std::path\nprint(path.ext("a.tar.gz"))\nprint(path.ext("README"))', prints: [".gz", "nil"] },
    run(_jade, [text]) {
      const name = base(String(text))
      const dot = dotOf(name)
      return dot < 0 ? null : name.slice(dot)
    },
  },
  {
    signature: "stem(path: str) -> str",
    doc: "The last part without its extension.",
    example: { code: 'use std::path\nprint(path.stem("/a/b.txt"))', prints: ["b"] },
    run(_jade, [text]) {
      const name = base(String(text))
      const dot = dotOf(name)
      return dot < 0 ? name : name.slice(0, dot)
    },
  },
  {
    signature: "abs(path: str) -> str",
    doc: "The path from the root; the current folder is `/`.",
    example: { code: 'use std::path\nprint(path.abs("a/../b"))', prints: ["/b"] },
    run: (_jade, [text]) => normalized(`/${String(text)}`),
  },
  {
    signature: "is_abs(path: str) -> bool",
    doc: "Whether the path begins at the root.",
    example: { code: 'use std::path\nprint(path.is_abs("/a"))', prints: ["true"] },
    run: (_jade, [text]) => String(text).startsWith("/"),
  },
])
