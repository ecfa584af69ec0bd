// Whether a value is a model script: for scripts that come from documents, files, links and editors.

/** What is wrong with a model script; null if nothing is. Also for scripts that come from files, links and editors. */
export function rulesProblem(value: unknown): string | null {
  if (!Array.isArray(value)) return "a model script is a list of rules"
  for (const [i, rule] of value.entries()) {
    const where = `rule ${i + 1}`
    if (!isObject(rule)) return `${where} should have keys such as match and reply`
    for (const [key, part] of Object.entries(rule)) {
      const check = Object.hasOwn(RULE_CHECKS, key) ? RULE_CHECKS[key] : undefined
      if (!check) return `${where} has no key "${key}"; the keys are ${Object.keys(RULE_CHECKS).join(", ")}`
      const problem = check(part)
      if (problem) return `${where}: ${key} ${problem}`
    }
  }
  return null
}

const RULE_CHECKS: Readonly<Record<string, (value: unknown) => string | null>> = {
  match: (value) => (typeof value === "string" ? null : "should be a text that the prompt contains"),
  reply: (value) => (isReply(value) ? null : "should be a text, or { tools: [{ name, args }] }"),
  replies: (value) => (Array.isArray(value) && value.length > 0 && value.every(isReply) ? null : "should be a list of replies"),
  latencyMs: (value) => (typeof value === "number" && value >= 0 && value <= 86_400_000 ? null : "should be milliseconds from 0 to a day"),
  usage: (value) => (isObject(value) && isWhole(value.in, 0, 1e9) && isWhole(value.out, 0, 1e9) ? null : "should be { in, out } in tokens"),
  finish: (value) => (value === "length" || value === "refused" ? null : `should be "length" (cut off at the token limit) or "refused"`),
  error: (value) =>
    isObject(value) && isWhole(value.status, 0, 599) && isWhole(value.times, 0, 1e6) ? null : "should be { status, times }",
}

function isReply(value: unknown): boolean {
  if (typeof value === "string") return true
  return isObject(value) && Array.isArray(value.tools) && value.tools.every((tool) => isObject(tool) && typeof tool.name === "string")
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
}
