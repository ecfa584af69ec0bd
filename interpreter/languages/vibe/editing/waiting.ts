// Whether a place waits, and for what, in words: reading an async variable, reading an array with places kept for values
// that are still to come, leaving a loop (SPEC 11.3 to 11.5). Told without running, so what may have ended by then is said.
import type { Program } from "../../../source/text.ts"
import { isVariableStatement } from "../check/bodies.ts"
import type { Use, VibeSymbol } from "../check/symbols.ts"
import { type AsyncStmt, bare, type Expr, type ForStmt, type Stmt, type WhileStmt } from "../syntax/ast.ts"
import { type Analysis, forEachStatement, sameSymbol, textOf } from "./analysis.ts"

/** Whether using the name at this place waits, and for what; "" for names that never wait. */
export function waitingOf(program: Program, analysis: Analysis, use: Use): string {
  const { symbol } = use
  if (use.how === "declare" || use.how === "import") return ""
  if (!symbol.pending) return waitingOfList(program, analysis, use)
  const file = fileOf(program, symbol.file)
  const line = file ? file.lineAt(symbol.span.from) : 0
  const operation = `${startedBy(textOf(program, symbol.file), symbol.pending)} started in line ${line}`
  if (use.how === "write") return `Assigning does not wait; the answer of ${operation} is dropped when it comes.`
  if (use.how === "push") return `push does not wait: the place in the array is kept for the answer of ${operation}.`
  const earlier = analysis.uses.find(
    (it) =>
      it.file === use.file &&
      it.from < use.from &&
      sameSymbol(it.symbol, symbol) &&
      ["read", "prompt", "call"].includes(it.how) &&
      dominates(analysis, it.from, use.from),
  )
  if (earlier && file) return `Reading it here does not wait: it was waited for in line ${file.lineAt(earlier.from)}.`
  const prompt = use.how === "prompt" ? "Naming it in a prompt" : "Reading it here"
  return `${prompt} waits for ${operation}, unless that has ended by then.`
}

const fileOf = (program: Program, path: string) => (program.entry.path === path ? program.entry : program.files.get(path))

function startedIn({ what }: AsyncStmt): Expr | null {
  return isVariableStatement(what) ? what.init : what
}

function startedBy(text: string, statement: AsyncStmt): string {
  const init = startedIn(statement)
  if (!init) return "the operation"
  if (init.k === "ts") return "the ts block"
  const code = text.slice(init.from, init.to).replace(/\s+/g, " ")
  return code.length > 60 ? `${code.slice(0, 59)}…` : code
}

// ---- arrays with places kept ----------------------------------------------------------------------------------------

/** For an array of the entry to which pending variables are pushed. */
function waitingOfList(program: Program, analysis: Analysis, use: Use): string {
  const { text, path } = program.entry
  if (use.file !== path || use.symbol.file !== path) return ""
  const pushes = analysis.uses.filter((it) => {
    if (it.how !== "push" || !it.symbol.pending || it.file !== path) return false
    const receiver = receiverOf(analysis, text, it)
    return receiver !== null && sameSymbol(receiver, use.symbol)
  })
  const [first] = pushes
  const pending = first?.symbol.pending
  if (!first || !pending) return ""
  const behind = text.slice(use.to)
  if (/^\s*\.\s*(?:len|push)\s*\(/.test(behind)) return "Places that are kept for values still to come count; nothing is waited for."
  const values = `${startedBy(text, pending)}, pushed in line ${program.entry.lineAt(first.from)}`
  const left = loopLeft(analysis, pending.from, use.from)
  if (left) return `Reading it here does not wait: leaving the loop of line ${program.entry.lineAt(left.from)} waited for ${values}.`
  if (/\bfor\s+\w+\s+in\s+$/.test(text.slice(Math.max(0, use.from - 80), use.from)) && /^\s*\{/.test(behind))
    return `Every element is waited for when its turn comes: ${values}.`
  return `Reading it here waits for the values still to come: ${values}.`
}

/** The array that the pushed name goes into: `list.push(name)`, also further on in a chain. */
function receiverOf(analysis: Analysis, text: string, push: Use): VibeSymbol | null {
  const chain = /([A-Za-z_]\w*)\s*(?:\.\s*push\s*\(\s*[\w.]*\s*\)\s*)*\.\s*push\s*\(\s*$/.exec(
    text.slice(Math.max(0, push.from - 200), push.from),
  )
  if (!chain) return null
  const at = Math.max(0, push.from - 200) + chain.index
  return analysis.uses.find((it) => it.file === push.file && it.from === at)?.symbol ?? null
}

// ---- loops ----------------------------------------------------------------------------------------------------------

type Loop = ForStmt | WhileStmt

/** The outermost loop around `started` that has been left at `place`; null if there is none. */
function loopLeft(analysis: Analysis, started: number, place: number): Loop | null {
  let found: Loop | null = null
  forEachStatement(analysis.entry.ast.body, (s) => {
    if (found || (s.k !== "for" && s.k !== "while")) return
    if (s.body.from < started && started < s.body.to && place >= s.to) found = s
  })
  return found
}

/** What leaving the loop whose word stands at `offset` waits for; "" where it starts nothing by itself. */
export function leavingOf(program: Program, analysis: Analysis, offset: number): string {
  let loop: Loop | null = null
  forEachStatement(analysis.entry.ast.body, (s) => {
    if ((s.k === "for" || s.k === "while") && s.from === offset) loop = s
  })
  const found = loop as Loop | null
  if (!found) return ""
  const started: string[] = []
  forEachStatement(found.body.body, (s) => {
    if (s.k === "async") started.push(`${startedBy(program.entry.text, s)} (line ${program.entry.lineAt(s.from)})`)
  })
  if (started.length === 0) return ""
  const shown = started.slice(0, 4).join(", ")
  return `Leaving this loop waits for ${shown}${started.length > 4 ? ` and ${started.length - 4} more` : ""}.`
}

// ---- order ----------------------------------------------------------------------------------------------------------

/** Is what stands at `first` always evaluated before what stands at `second`? Same or enclosing block, earlier statement. */
function dominates(analysis: Analysis, first: number, second: number): boolean {
  const blockOf = (offset: number) =>
    analysis.entry.scopes.filter((scope) => scope.from <= offset && offset < scope.to).sort((a, b) => b.from - a.from || a.to - b.to)[0]
  const inner = blockOf(first)
  if (!inner) return false
  if (!(inner.from <= second && second < inner.to)) return false
  return inner.owner === (blockOf(second)?.owner ?? null) && !sameStatement(analysis.entry.ast.body, first, second)
}

function sameStatement(body: readonly Stmt[], a: number, b: number): boolean {
  return body.some(
    (s) => s.from <= a && a <= s.to && s.from <= b && b <= s.to && (s.k === "expr" || s.k === "let" || s.k === "const" || s.k === "async"),
  )
}

/** Does the `do` or `vibe` at `offset` wait where it stands? Not behind `async`. */
export function asksHere(analysis: Analysis, offset: number): boolean {
  let isAsync = false
  forEachStatement(analysis.entry.ast.body, (s) => {
    if (s.k !== "async") return
    const init = startedIn(s)
    if (init && bare(init).k === "ask" && init.from === offset) isAsync = true
  })
  return !isAsync
}
