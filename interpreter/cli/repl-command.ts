// `counterpoint repl LANG`: a console. Lines are gathered until brackets close and operators have their operands; an
// empty line ends an entry that is still open. Jade's runs async functions one at a time and warns, as its documents say.
import { createInterface } from "node:readline"
import { LANGUAGES, languageEntry } from "../languages/index.ts"
import { ConsoleSession, consoleInputs, entryGoesOn } from "../session/console.ts"
import { inputsOf } from "../session/defaults.ts"
import { evaluate } from "../session/evaluation.ts"
import { NODE_PACE } from "./drive.ts"
import { nodePorts } from "./node-ports.ts"
import { parse, Usage } from "./usage.ts"

export async function replCommand(args: string[]): Promise<number> {
  const options = parse("repl", args, { "allow-ts": { type: "boolean" } }, { min: 1, max: 1, of: "a language" })
  const entry = languageEntry(options.files[0] as string)
  if (!entry) throw new Usage(`repl takes a language: ${LANGUAGES.map((l) => l.id).join(", ")}; got "${options.files[0]}"`)
  const base = consoleInputs(inputsOf(entry.id, `console.${entry.extension}`, "", { allowTs: options.flag("allow-ts") }))
  const session = new ConsoleSession(base, (inputs) => evaluate(inputs, nodePorts(inputs.allowTs), NODE_PACE))

  const interactive = process.stdin.isTTY === true
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: interactive })
  const ask = (more: boolean) => {
    if (!interactive) return
    lines.setPrompt(more ? "... " : `${entry.id}> `)
    lines.prompt()
  }
  if (interactive) console.log(`${entry.title} console. Simulated model, virtual time. Ctrl+D leaves.`)
  let pending = ""
  let failed = false
  const submit = async (): Promise<void> => {
    const text = pending
    pending = ""
    if (text.trim() === "") return
    const result = await session.submit(text.replace(/\n$/, ""))
    process.stdout.write(result.output)
    if (result.output !== "" && !result.output.endsWith("\n")) process.stdout.write("\n")
    process.stderr.write(result.errors)
    for (const { line, column, kind, message } of result.warnings) console.error(`warning: ${line}:${column}: ${kind}: ${message}`)
    for (const problem of result.problems) console.error(`${problem.line}:${problem.column}: ${problem.kind}: ${problem.message}`)
    if (result.problems.length > 0) failed = true
    if (result.echo !== null) console.log(result.echo)
  }
  ask(false)
  for await (const line of lines) {
    pending += `${line}\n`
    if (line.trim() === "" || !entryGoesOn(entry.id, pending)) await submit()
    ask(pending !== "")
  }
  await submit()
  return failed && !interactive ? 1 : 0
}
