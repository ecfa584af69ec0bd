// Who may import whom. The table below is the only one: `npm run check` holds the sources against it and fails on an import
// it does not allow, on a permission nobody uses and when ARCHITECTURE.md shows another table
// (`node scripts/arrows.mjs --write` puts it there).
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { root } from "./install.mjs"
import { importsOf, parsed, sourceFiles } from "./sources.mjs"

/** Room: the folder or file that is the room. The longest that fits a path decides. */
const ROOMS = {
  source: "interpreter/source/",
  trace: "interpreter/trace/",
  kernel: "interpreter/kernel/",
  engine: "interpreter/engine/",
  models: "interpreter/models/",
  providers: "interpreter/models/providers/",
  seam: ["language", "host", "editing", "syntax-errors", "layout", "spelling", "characters", "calendar", "predict", "overlap"].map(
    (name) => `interpreter/languages/${name}.ts`,
  ),
  registry: "interpreter/languages/index.ts",
  vibe: "interpreter/languages/vibe/",
  jade: "interpreter/languages/jade/",
  ard: "interpreter/languages/ard/",
  session: "interpreter/session/",
  protocol: "interpreter/worker/protocol.ts",
  worker: "interpreter/worker/",
  cli: "interpreter/cli/",
  conformance: "interpreter/conformance/",
  bench: "interpreter/bench/",
  app: "src/app/",
  notebook: "src/notebook/",
  client: "src/client/",
  store: "src/store/",
  editor: "src/editor/",
  timeline: "src/timeline/",
  timelineBench: "src/timeline/bench/",
  share: "src/share/",
  providerSettings: "src/providers/",
  ui: "src/ui/",
  sandbox: "src/sandbox/",
  main: "src/main.tsx",
}

/** Room: the rooms it may import from. `x (types)`: only types, which are gone after compilation. */
const ARROWS = {
  source: "",
  trace: "source",
  kernel: "trace",
  engine: "kernel source",
  models: "kernel trace",
  providers: "models",
  seam: "engine kernel models source",
  registry: "seam vibe jade ard",
  vibe: "seam engine kernel models trace source",
  jade: "seam engine kernel models trace source",
  ard: "seam engine kernel models trace source",
  session: "registry seam engine kernel models trace source",
  protocol: "session models trace source",
  worker: "protocol session registry engine trace source",
  cli: "conformance session registry seam(types) providers engine kernel models trace source",
  conformance: "cli session registry models trace",
  bench: "ard cli session trace source",
  notebook: "providerSettings editor store client ui registry protocol(types) session trace source",
  app: "editor timeline notebook share providerSettings store client ui registry protocol(types) models trace source",
  client: "store providerSettings registry protocol(types) worker(types) session models source trace",
  store: "protocol(types) session(types) models trace source",
  editor: "store registry seam(types) source trace",
  timeline: "store trace",
  share: "store models",
  providerSettings: "store ui providers models session trace",
  ui: "trace",
  sandbox: "worker",
  main: "app",
  timelineBench: "timeline client store session protocol(types) trace",
}

/** Room: the packages it may import. Rooms that are not here import none. */
const PACKAGES = {
  seam: "@lezer/common @lezer/lr",
  vibe: "@lezer/common @lezer/lr @lezer/highlight @stdlib/* sucrase acorn",
  jade: "@lezer/common @lezer/lr @lezer/highlight @stdlib/*",
  ard: "@lezer/common @lezer/lr @lezer/highlight",
  session: "yaml",
  cli: "node:*",
  conformance: "node:*",
  app: "react react-dom radix-ui zustand lucide-react cmdk idb virtual:*",
  notebook: "react zustand lucide-react react-markdown remark-gfm",
  client: "virtual:*",
  store: "zustand",
  editor:
    "react @codemirror/autocomplete @codemirror/commands @codemirror/language @codemirror/lint @codemirror/search @codemirror/state @codemirror/view @lezer/highlight @replit/codemirror-vim",
  timeline: "react lucide-react zustand",
  providerSettings: "react radix-ui zustand idb lucide-react",
  ui: "react radix-ui lucide-react",
  sandbox: "node:* vite",
  main: "react-dom",
  providers: "@ai-sdk/anthropic @ai-sdk/google @ai-sdk/openai-compatible",
  timelineBench: "react-dom",
}

const parse = (table) =>
  Object.entries(table).map(([room, words]) => [
    room,
    words
      .split(" ")
      .filter(Boolean)
      .map((word) => ({ to: word.replace("(types)", ""), typesOnly: word.endsWith("(types)") })),
  ])

function roomOf(path) {
  let best = ["", null]
  for (const [room, places] of Object.entries(ROOMS)) {
    for (const place of [places].flat()) if (path.startsWith(place) && place.length > best[0].length) best = [place, room]
  }
  return best[1]
}

/** Sentences about imports that are not allowed and permissions that nobody uses. */
export function checkArrows() {
  const problems = []
  const arrows = new Map(parse(ARROWS))
  const packages = new Map(parse(PACKAGES))
  const used = new Set()
  for (const path of ["interpreter", "src"].flatMap(sourceFiles)) {
    const room = roomOf(path)
    if (!room) {
      problems.push(`${path} is in no room: give its folder a line in scripts/arrows.mjs`)
      continue
    }
    for (const { target, own, kind, line } of importsOf(parsed(path))) {
      const to = own ? roomOf(target) : target
      if (own && to === room) continue
      if (own && !to && /\.(css|json|md)$/.test(target)) continue
      const allowed = (own ? arrows : packages).get(room)?.find((one) => one.to === to)
      if (!allowed) problems.push(`${path}:${line} imports ${target}: ${room} may not use ${to ?? "what is in no room"}`)
      else if (allowed.typesOnly && kind !== "type") problems.push(`${path}:${line} imports ${target}: ${room} may use only types of ${to}`)
      used.add(`${room} ${to}`)
    }
  }
  for (const [table, what] of [
    [arrows, "arrow"],
    [packages, "package"],
  ]) {
    for (const [room, targets] of table) {
      for (const { to } of targets)
        if (!used.has(`${room} ${to}`)) problems.push(`scripts/arrows.mjs allows the ${what} ${room} → ${to}, which nobody uses`)
    }
  }
  if (existsSync(DOCUMENT) && shown() !== table())
    problems.push("ARCHITECTURE.md shows other arrows: run 'node scripts/arrows.mjs --write'")
  return problems
}

const DOCUMENT = join(root, "ARCHITECTURE.md")
const BLOCK = /(<!-- arrows -->\n)[\s\S]*?(<!-- \/arrows -->)/

function table() {
  const rows = parse(ARROWS).map(([room, targets]) => {
    const words = targets.map(({ to, typesOnly }) => (typesOnly ? `${to} (types)` : to)).join(", ")
    const packages = (PACKAGES[room] ?? "").split(" ").filter(Boolean).join(", ")
    return `| ${room} | \`${[ROOMS[room]].flat().join("`, `")}\` | ${words} | ${packages} |`
  })
  return `| room | where | may import | packages |\n|---|---|---|---|\n${rows.join("\n")}\n`
}

function shown() {
  return /<!-- arrows -->\n([\s\S]*?)<!-- \/arrows -->/.exec(readFileSync(DOCUMENT, "utf8"))?.[1]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--write")) writeFileSync(DOCUMENT, readFileSync(DOCUMENT, "utf8").replace(BLOCK, `$1${table()}$2`))
  const problems = checkArrows()
  for (const problem of problems) console.error(problem)
  process.exit(problems.length ? 1 : 0)
}
