// `npm run bench`, second part: how long it takes to stand at any step of a run of about a million steps, and see its
// variables. The wish behind it: under 100 ms, so that scrubbing backwards feels like scrubbing.
import { nodePorts } from "../cli/node-ports.ts"
import { inputsOf } from "../session/defaults.ts"
import { Inspector } from "../session/inspection.ts"
import { medians } from "./measure.ts"

const TURNS = 250_000
const PROGRAMS: Readonly<Record<string, string>> = {
  vibe: `let s = 0\nlet i = 0\nwhile i < ${TURNS} {\n  s = s + i\n  let odd = i % 2\n  s = s - odd\n  i = i + 1\n}\nprint(s)\n`,
  jade: `let s = 0\nlet i = 0\nwhile i < ${TURNS} {\n    s = s + i\n    let odd = i % 2\n    s = s - odd\n    i = i + 1\n}\nprint(s)\n`,
  ard: `use ard/io\nfn main() {\n  mut s = 0\n  for mut i = 0; i < ${TURNS}; i =+ 1 {\n    s =+ i\n    let odd = i % 2\n    s =- odd\n    let even = 1 - odd\n  }\n  io::print(s)\n}\n`,
}

export async function benchRewind(print: (line: string) => void): Promise<void> {
  print("\nrewind     to a step of about a million, medians of five (programs compiled once)")
  for (const [language, text] of Object.entries(PROGRAMS)) {
    const inspector = new Inspector(
      nodePorts(false),
      async () => false,
      () => () => false,
    )
    const inputs = inputsOf(language, `rewind.${language}`, text)
    const count = (await inspector.index(inputs))?.count ?? 0
    const cells: string[] = []
    for (const share of [0.1, 0.5, 0.999]) {
      const step = Math.max(1, Math.floor(count * share))
      const [ms] = await medians(async () => {
        const begin = performance.now()
        const found = await inspector.at(inputs, step)
        const tookMs = performance.now() - begin
        if (found?.step !== step || found.variables.length === 0) throw new Error(`${language}: step ${step} was not reached`)
        return [tookMs]
      })
      cells.push(`step ${step}: ${(ms as number).toFixed(0)} ms`)
    }
    print(`${language.padEnd(10)} ${count} steps   ${cells.join("   ")}`)
  }
}
