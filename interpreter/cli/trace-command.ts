// `counterpoint trace FILE`: a trace that `run --trace` or the page saved, as text: the timeline, then a line for each task.
import { foldOf } from "../trace/fold.ts"
import { readTrace } from "../trace/format.ts"
import { taskTable, textTimeline } from "../trace/text-timeline.ts"
import { parse, readBytes, Usage } from "./usage.ts"

/** As on the page. */
const MOST_BYTES = 250_000_000

/** Exit code 0; a file that cannot be read, is cut, newer or no trace is a wrong argument. */
export async function traceCommand(args: string[]): Promise<number> {
  const path = parse("trace", args, {}, { min: 1, max: 1 }).files[0] as string
  const read = readTrace(readBytes(path, MOST_BYTES))
  if (!read.ok) throw new Usage(`"${path}": ${read.sentence}`)
  const fold = foldOf(read.trace)
  process.stdout.write(textTimeline(fold, { width: Math.min(200, process.stdout.columns ?? 100) }))
  const table = taskTable(fold)
  if (table !== "") process.stdout.write(`\n${table}`)
  return 0
}
