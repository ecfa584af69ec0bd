// Patterns of `match` by the kind of its subject (section 7): what each arm means, which stand twice, what is missing. Each
// reader adds one reading per arm and gives a function that reports missing arms, to be called after the arms are checked.
import type { Arm, Expr, MatchExpr } from "../syntax/ast.ts"
import type { EnumSymbol, Pattern, TypeSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { check, undefinedPath } from "./expressions.ts"
import { memberPatterns, visibleName } from "./fixes.ts"
import { pathMeaning, sourceText } from "./names.ts"
import { attempt, sameType, shallow, typeName } from "./relations.ts"
import { primitiveType, publicType } from "./type-nodes.ts"
import { BOOL, type Type, UNKNOWN } from "./types.ts"

/** What one arm of a match is about: its meaning (null after an error) and how its names are declared. */
export interface Reading {
  readonly meaning: Pattern | null
  /** Declares the pattern's name in the arm's scope. */
  readonly declare?: () => Pattern
}

const CATCH_ALL: Reading = { meaning: { kind: "catchAll" } }
const WRONG: Reading = { meaning: null }

function patternRange(arm: Arm): { from: number; to: number } {
  return { from: arm.patternFrom, to: arm.patternTo }
}

function wrongPattern(cx: Context, arm: Arm, message: string, instead: string | null = null): Reading {
  const { from, to } = patternRange(arm)
  const fixes = instead === null ? [] : [{ title: `Change it to '${instead}'`, edits: [{ from, to, insert: instead }] }]
  cx.reporter.error({ from, to }, "InvalidPattern", message, { fixes })
  return WRONG
}

function duplicate(cx: Context, arm: Arm, name: string): void {
  cx.reporter.error(patternRange(arm), "DuplicateCase", `Duplicate case: ${name}`)
}

export function duplicateCatchAll(cx: Context, arm: Arm): void {
  cx.reporter.error(patternRange(arm), "DuplicateCase", "Duplicate catch-all case")
}

/** Reads an arm without a pattern; from then on the match has one. */
function readCatchAll(cx: Context, arm: Arm, hasOne: boolean, readings: Reading[]): true {
  if (hasOne) duplicateCatchAll(cx, arm)
  readings.push(CATCH_ALL)
  return true
}

/** Diagnostics of one match that carry the fix: it adds all arms, so more of the same help nobody. */
const MOST_FIXES = 20

/** Reports missing arms at the match, with a fix that adds them all. */
export function notExhaustive(cx: Context, expr: MatchExpr, messages: readonly string[], patterns: readonly string[]): void {
  if (!messages.length) return
  const close = expr.to - 1
  const text = cx.module.file?.text ?? ""
  const last = expr.arms[expr.arms.length - 1]
  const lineStart = text.lastIndexOf("\n", expr.from - 1) + 1
  const indent = /^[ \t]*/.exec(text.slice(lineStart, expr.from))?.[0] ?? ""
  const arms = patterns.map((it) => `${indent}  ${it} => panic("not written yet"),\n`).join("")
  const closeLine = text.lastIndexOf("\n", close - 1) + 1
  const insertAt = text.slice(closeLine, close).trim() === "" ? closeLine : close
  const edits = [{ from: insertAt, to: insertAt, insert: insertAt === close ? `\n${arms}${indent}` : arms }]
  if (last && !/^\s*,/.test(text.slice(last.to, close))) edits.unshift({ from: last.to, to: last.to, insert: "," })
  const fixes = text[close] === "}" ? [{ title: patterns.length > 1 ? "Add the missing arms" : "Add the missing arm", edits }] : []
  messages.forEach((message, index) => {
    cx.reporter.error(expr, "MatchNotExhaustive", message, index < MOST_FIXES ? { fixes } : {})
  })
}

export function readBool(cx: Context, expr: MatchExpr, readings: Reading[]): () => void {
  const seen = new Set<boolean>()
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    if (!pattern) {
      const other = expr.arms.flatMap((it) => (it.pattern?.kind === "bool" ? [it.pattern.value] : []))
      const instead = other.length === 1 ? String(!other[0]) : null
      readings.push(wrongPattern(cx, arm, "Catch-all case is not allowed for boolean matches", instead))
    } else if (pattern.kind !== "bool") {
      readings.push(wrongPattern(cx, arm, "Pattern in boolean match must be a boolean literal (true or false)"))
    } else {
      pattern.type = BOOL
      if (seen.has(pattern.value)) duplicate(cx, arm, `'${pattern.value}'`)
      seen.add(pattern.value)
      readings.push({ meaning: { kind: "bool", value: pattern.value } })
    }
  }
  if (readings.some((it) => it.meaning === null)) return () => {}
  return () => {
    const missing = [true, false].filter((it) => !seen.has(it))
    notExhaustive(
      cx,
      expr,
      missing.map((it) => `Incomplete match: Missing case for '${it}'`),
      missing.map(String),
    )
  }
}

function literalInt(expr: Expr): bigint | null {
  if (expr.kind === "int") return expr.value
  if (expr.kind === "unary" && expr.op === "-" && expr.operand.kind === "int") return -expr.operand.value
  return null
}

export function readInt(cx: Context, expr: MatchExpr, readings: Reading[]): () => void {
  let catchAll = false
  const seen = new Set<string>()
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    if (!pattern) {
      catchAll = readCatchAll(cx, arm, catchAll, readings)
      continue
    }
    const reading = intPattern(cx, arm, pattern)
    readings.push(reading)
    if (reading.meaning?.kind !== "int") continue
    const key = `${reading.meaning.from}..${reading.meaning.to}`
    if (seen.has(key)) duplicate(cx, arm, sourceText(cx, patternRange(arm)))
    seen.add(key)
  }
  return () => {
    if (!catchAll) notExhaustive(cx, expr, ["Incomplete match: missing catch-all (_) case for Int"], ["_"])
  }
}

function intPattern(cx: Context, arm: Arm, pattern: Expr): Reading {
  const value = literalInt(pattern)
  if (value !== null) {
    check(cx, pattern, "any")
    return { meaning: { kind: "int", from: value, to: value } }
  }
  if (pattern.kind === "range") {
    const from = literalInt(pattern.start)
    const to = literalInt(pattern.end)
    if (from === null) return wrongPattern(cx, arm, `Invalid start value in range: ${sourceText(cx, pattern.start)}`)
    if (to === null) return wrongPattern(cx, arm, `Invalid end value in range: ${sourceText(cx, pattern.end)}`)
    check(cx, pattern.start, "any")
    check(cx, pattern.end, "any")
    if (from > to) return wrongPattern(cx, arm, "Range start must be less than or equal to end")
    return { meaning: { kind: "int", from, to } }
  }
  if (pattern.kind === "path") {
    const meaning = pathMeaning(cx, pattern)
    if ("target" in meaning && meaning.target.kind === "variant") {
      pattern.target = meaning.target
      const at = meaning.target.enum.variants[meaning.target.index]?.value ?? 0n
      return { meaning: { kind: "int", from: at, to: at } }
    }
  }
  return wrongPattern(cx, arm, `Invalid pattern for Int match: ${sourceText(cx, pattern)}`)
}

export function readStr(cx: Context, expr: MatchExpr, readings: Reading[]): () => void {
  let catchAll = false
  const seen = new Set<string>()
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    if (!pattern) {
      catchAll = readCatchAll(cx, arm, catchAll, readings)
    } else if (pattern.kind !== "string" || pattern.parts.some((it) => typeof it !== "string")) {
      readings.push(wrongPattern(cx, arm, `Invalid pattern for Str match: ${sourceText(cx, pattern)}`))
    } else {
      const value = pattern.parts.join("")
      check(cx, pattern, "any")
      if (seen.has(value)) duplicate(cx, arm, sourceText(cx, pattern))
      seen.add(value)
      readings.push({ meaning: { kind: "str", value } })
    }
  }
  return () => {
    if (!catchAll) notExhaustive(cx, expr, ["Incomplete match: missing catch-all (_) case for Str"], ["_"])
  }
}

export function readEnum(cx: Context, expr: MatchExpr, subject: EnumSymbol, readings: Reading[]): () => void {
  const seen = new Set<number>()
  let catchAll = false
  let wrong = false
  let prefix = visibleName(cx.module, subject)
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    if (!pattern) {
      catchAll = readCatchAll(cx, arm, catchAll, readings)
      continue
    }
    const reading = enumPattern(cx, arm, pattern, subject)
    readings.push(reading)
    if (reading.meaning?.kind !== "variant") {
      wrong = true
      continue
    }
    const { index } = reading.meaning
    if (pattern.kind === "path")
      prefix = pattern.parts
        .slice(0, -1)
        .map((it) => it.name)
        .join("::")
    if (seen.has(index)) duplicate(cx, arm, sourceText(cx, pattern))
    seen.add(index)
  }
  return () => {
    if (catchAll || wrong) return
    const missing = subject.variants.filter((_, index) => !seen.has(index))
    if (!missing.length) return
    const patterns = missing.map((it) => `${prefix}::${it.name}`)
    const messages = missing.map((it) => `Incomplete match: missing case for '${subject.name}::${it.name}'`)
    notExhaustive(cx, expr, messages, patterns)
  }
}

function enumPattern(cx: Context, arm: Arm, pattern: Expr, subject: EnumSymbol): Reading {
  if (pattern.kind !== "path") return wrongPattern(cx, arm, "Pattern in enum match must be an enum variant or wildcard")
  const meaning = pathMeaning(cx, pattern)
  if (!("target" in meaning)) {
    undefinedPath(cx, pattern, meaning)
    return WRONG
  }
  if (meaning.target.kind !== "variant") return wrongPattern(cx, arm, "Pattern in enum match must be an enum variant or wildcard")
  pattern.target = meaning.target
  pattern.type = { kind: "enum", symbol: meaning.target.enum }
  if (meaning.target.enum !== subject) {
    return wrongPattern(cx, arm, `Cannot match ${meaning.target.enum.name} variant against ${subject.name} enum`)
  }
  return { meaning: { kind: "variant", enum: subject, index: meaning.target.index } }
}

export function readUnion(cx: Context, expr: MatchExpr, subject: Type & { kind: "union" }, readings: Reading[]): () => void {
  const seen = new Set<Type>()
  let catchAll = false
  let wrong = false
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    if (!pattern) {
      catchAll = readCatchAll(cx, arm, catchAll, readings)
      continue
    }
    const head = patternHead(pattern)
    if (!head) {
      wrong = true
      readings.push(
        pattern.kind === "name"
          ? wrongPattern(
              cx,
              arm,
              "Catch-all case should be matched with '_'",
              bareMember(cx, pattern, subject) ? `${pattern.name}(it)` : "_",
            )
          : wrongPattern(cx, arm, `Type ${sourceText(cx, pattern)} is not part of union ${subject.symbol.name}`),
      )
      continue
    }
    const member = subject.symbol.members.map(shallow).find((it) => namesType(cx, head.callee, it))
    if (!member) {
      wrong = true
      readings.push(wrongPattern(cx, arm, `Type ${sourceText(cx, head.callee)} is not part of union ${subject.symbol.name}`))
      continue
    }
    if (seen.has(member)) cx.reporter.warning(patternRange(arm), "DuplicateCase", `Duplicate case: ${typeName(member)}`)
    seen.add(member)
    readings.push({
      meaning: null,
      declare: () => ({ kind: "member", type: member, symbol: cx.declareLocal(head.name, member, "pattern", false) }),
    })
  }
  return () => {
    if (catchAll || wrong) return
    const missing = subject.symbol.members.map(shallow).filter((it) => !seen.has(it))
    const patterns = memberPatterns(cx.module, missing)
    const messages = missing.map((it) => `Incomplete match: missing case for '${typeName(it)}'`)
    notExhaustive(cx, expr, messages, patterns)
  }
}

/** A member's name without the parentheses that bind its value. */
function bareMember(cx: Context, pattern: Expr, subject: Type & { kind: "union" }): boolean {
  return subject.symbol.members.map(shallow).some((it) => namesType(cx, pattern, it))
}

/** `Type(name)`, `ok(name)`: what stands before the parentheses and the name in them. */
function patternHead(pattern: Expr): { readonly callee: Expr; readonly name: { name: string; from: number; to: number } } | null {
  if (pattern.kind !== "call" || pattern.args.length !== 1) return null
  const name = pattern.args[0]?.value
  if (name?.kind !== "name" || (pattern.callee.kind !== "name" && pattern.callee.kind !== "path")) return null
  return { callee: pattern.callee, name: { name: name.name, from: name.from, to: name.to } }
}

/** After an error: the name that a pattern may bind exists all the same, so that its uses are no errors of their own. */
export function declareLoosely(cx: Context, arm: Arm): void {
  const pattern = arm.pattern
  const name = pattern?.kind === "name" ? pattern : pattern && patternHead(pattern)?.name
  if (name) cx.declareLocal(name, UNKNOWN, "pattern", false)
}

/** Whether a pattern's type name means that member of the union. */
function namesType(cx: Context, callee: Expr, member: Type): boolean {
  if (callee.kind === "path") {
    const [alias, name] = callee.parts
    const module = alias && cx.module.imports.get(alias.name)
    const symbol = (name && module && publicType(module, name.name)) ?? null
    if (!alias || !name || !module || !isMember(symbol, member)) return false
    cx.record(alias, module)
    if (symbol) cx.record(name, symbol)
    return true
  }
  if (callee.kind !== "name") return false
  const primitive = primitiveType(callee.name)
  if (primitive) return member.kind === "primitive" && member.name === callee.name
  const symbol = cx.findType(callee.name)
  if (!symbol || !isMember(symbol, member)) return false
  cx.record(callee, symbol)
  return true
}

function isMember(symbol: TypeSymbol | null, member: Type): boolean {
  if (symbol?.kind === "alias") return attempt(() => sameType(symbol.type, member))
  return symbol !== null && "symbol" in member && member.symbol === symbol
}

export function readMaybe(cx: Context, expr: MatchExpr, of: Type, readings: Reading[]): () => void {
  let some = false
  let none = false
  let wrong = false
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    if (!pattern) {
      if (none) duplicateCatchAll(cx, arm)
      none = true
      readings.push(CATCH_ALL)
    } else if (pattern.kind !== "name") {
      wrong = true
      readings.push(wrongPattern(cx, arm, "Pattern in Maybe match must be an identifier"))
    } else {
      if (some) duplicate(cx, arm, pattern.name)
      some = true
      readings.push({ meaning: null, declare: () => ({ kind: "some", symbol: cx.declareLocal(pattern, of, "pattern", false) }) })
    }
  }
  return () => {
    if (wrong) return
    if (!some) notExhaustive(cx, expr, ["Match on a Maybe type must include a binding case"], ["it"])
    if (!none) notExhaustive(cx, expr, ["Match on a Maybe type must include a wildcard (_) case"], ["_"])
  }
}

export function readResult(cx: Context, expr: MatchExpr, value: Type, error: Type, readings: Reading[]): () => void {
  const seen = new Set<string>()
  if (expr.arms.length > 2) cx.reporter.error(expr, "InvalidPattern", "Too many cases in match")
  for (const arm of expr.arms) {
    const pattern = arm.pattern
    const head = pattern && patternHead(pattern)
    const which = pattern?.kind === "name" ? pattern.name : head?.callee.kind === "name" ? head.callee.name : ""
    if (!pattern || (which !== "ok" && which !== "err")) {
      if (expr.arms.length <= 2)
        cx.reporter.warning(patternRange(arm), "InvalidPattern", "Ignored pattern: a Result has the cases ok and err")
      readings.push(WRONG)
      continue
    }
    if (seen.has(which)) {
      duplicate(cx, arm, which)
      readings.push(WRONG)
      continue
    }
    seen.add(which)
    const name = head?.name ?? { name: which, from: pattern.from, to: pattern.to }
    readings.push({
      meaning: null,
      declare: () => ({ kind: which, symbol: cx.declareLocal(name, which === "ok" ? value : error, "pattern", false) }),
    })
  }
  return () => {
    const missing = ["ok", "err"].filter((it) => !seen.has(it))
    notExhaustive(
      cx,
      expr,
      missing.map((which) => `Missing ${which} case`),
      missing.map((which) => (which === "ok" ? "ok(value)" : "err(error)")),
    )
  }
}
