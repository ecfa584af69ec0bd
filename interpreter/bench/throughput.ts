// `npm run bench`, third part: what many small programs cost (`eval --batch`), from text to value in one process; and how
// fast a run records its trace.
import { evaluate } from "../cli/eval-command.ts"
import { inputsOf } from "../session/defaults.ts"
import { Kind } from "../trace/event.ts"
import { Recorder } from "../trace/recorder.ts"
import { medians } from "./measure.ts"

const PROGRAMS: Readonly<Record<string, (i: number) => string>> = {
  vibe: (i) =>
    `function twice(n: number): number {\n  return n * 2\n}\nlet xs = [1, 2, ${i}]\nlet s = 0\nfor x in xs {\n  s = s + twice(x)\n}\ns\n`,
  jade: (i) => `fn twice(n) {\n  return n * 2\n}\nlet s = 0\nfor x in [1, 2, ${i}] {\n  s = s + twice(x)\n}\ns\n`,
  ard: (i) => `fn twice(n: Int) Int {\n  n * 2\n}\nmut s = 0\nfor x in [1, 2, ${i}] {\n  s =+ twice(x)\n}\ns\n`,
}
const COUNT = 200
const EVENTS = 1_000_000

export async function benchThroughput(print: (line: string) => void): Promise<void> {
  print("\nmany small programs, each compiled, run and asked for its value, in one process")
  for (const [language, program] of Object.entries(PROGRAMS)) {
    let next = 0
    const [ms] = await medians(async () => {
      const begin = performance.now()
      for (let i = 0; i < COUNT; i++) {
        const n = next++
        const { value, diagnostics } = await evaluate(inputsOf(language, `p.${language}`, program(n), { wantValue: true }))
        if (value !== 6 + 2 * n) throw new Error(`${language}: expected ${6 + 2 * n}, got ${value} ${diagnostics[0]?.message ?? ""}`)
      }
      return [performance.now() - begin]
    })
    print(`${language.padEnd(10)} ${((COUNT * 1000) / (ms as number)).toFixed(0)} a second`)
  }
  const [recorded] = await medians(async () => {
    const recorder = new Recorder()
    const begin = performance.now()
    for (let i = 0; i < EVENTS; i++) recorder.event(Kind.TaskResume, i, i & 1023, i & 63, 0, 0)
    const chunks = recorder.flush()
    const ms = performance.now() - begin
    if (chunks.reduce((sum, chunk) => sum + chunk.count, 0) !== EVENTS) throw new Error("events are missing")
    return [ms]
  })
  print(`\ntrace      a million events recorded in ${(recorded as number).toFixed(0)} ms`)
}
