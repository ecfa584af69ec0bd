// Collects the checker's diagnostics in the order in which Ard reports them: modules in the order of loading, within a
// module the top-level statements in the order of the text, although bodies of functions are checked after the rest.
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import type { Node } from "../syntax/ast.ts"

export class Reporter {
  private readonly buckets: Diagnostic[][] = []
  private bucket: Diagnostic[] = []

  constructor(private readonly file: string) {}

  /** What is reported from now on belongs to the top-level statement of that index; -1: before all of them. */
  enter(statement: number): void {
    const index = statement + 1
    this.bucket = this.buckets[index] ??= []
  }

  error(
    at: { from: number; to: number },
    kind: string,
    message: string,
    extra: { fixes?: readonly Fix[]; related?: Node & { message: string } } = {},
  ): void {
    this.add("error", at, kind, message, extra)
  }

  warning(at: { from: number; to: number }, kind: string, message: string, extra: { fixes?: readonly Fix[] } = {}): void {
    this.add("warning", at, kind, message, extra)
  }

  private add(
    severity: "error" | "warning",
    at: { from: number; to: number },
    kind: string,
    message: string,
    extra: { fixes?: readonly Fix[]; related?: Node & { message: string } },
  ): void {
    this.bucket.push({
      phase: "check",
      severity,
      kind,
      message,
      file: this.file,
      from: at.from,
      to: Math.max(at.to, at.from),
      ...(extra.fixes?.length ? { fixes: extra.fixes } : {}),
      ...(extra.related
        ? { related: { file: this.file, from: extra.related.from, to: extra.related.to, message: extra.related.message } }
        : {}),
    })
  }

  all(): Diagnostic[] {
    const found: Diagnostic[] = []
    const seen = new Set<string>()
    for (const bucket of this.buckets) {
      for (const it of bucket ?? []) {
        const key = `${it.from}:${it.to}:${it.kind}:${it.message}`
        if (seen.has(key)) continue
        seen.add(key)
        found.push(it)
      }
    }
    return found
  }
}
