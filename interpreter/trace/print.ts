// A trace as text, a line an event: for goldens, for reading, for `diff`. Everything that the trace holds is in it except
// the sites, which are printed as line numbers where the source is given.
import type { Program } from "../source/text.ts"
import { fileOf } from "../source/text.ts"
import { Kind } from "./event.ts"
import { type Argument, KINDS, namesOf } from "./kinds.ts"
import type { Trace } from "./trace.ts"

/**
 * Lines such as `1200  2 b  call-sent  #4  2`: microseconds, the task's number and name (`-` outside any), kind, arguments.
 * With a program, the line of the source follows as `@7`.
 */
export function printTrace(trace: Trace, program?: Program): string {
  const lines: string[] = []
  const names: string[] = []
  for (const event of trace.events()) {
    if (event.kind === Kind.TaskSpawn && event.a === names.length) names.push(trace.text(event.b))
    const info = KINDS.get(event.kind)
    const parts = [`${event.atUs}`.padStart(9), (event.task < 0 ? "-" : `${event.task} ${names[event.task] ?? "?"}`).padEnd(12)]
    parts.push(info ? info.name : `kind-${event.kind}`)
    for (const text of [shown(info?.a ?? "number", event.a, trace), shown(info?.b ?? "number", event.b, trace)])
      if (text !== "") parts.push(text)
    const site = trace.sites[event.site]
    const file = site && program ? fileOf(program, site.file) : undefined
    if (site && file) parts.push(`@${file === program?.entry ? "" : `${site.file}:`}${file.lineAt(site.from)}`)
    lines.push(parts.join("  ").trimEnd())
  }
  return lines.map((line) => `${line}\n`).join("")
}

function shown(argument: Argument, value: number, trace: Trace): string {
  switch (argument) {
    case "none":
      return ""
    case "text":
      return JSON.stringify(trace.text(value))
    case "task":
      return value < 0 ? "by nobody" : `task ${value}`
    case "id":
    case "on":
      return value < 0 ? "" : `#${value}`
    case "count":
    case "number":
      return `${value}`
    default:
      return namesOf(argument)?.[value] ?? `${value}`
  }
}
