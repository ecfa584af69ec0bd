// The command line: the second mouth of the session (design: command line). One function, called by
// `scripts/counterpoint.mjs` with the arguments; gives the exit code: 0 done, 1 the program or a case failed, 2 the
// command was wrong (one line on stderr says how).
import { checkCommand } from "./check-command.ts"
import { beat, IN_CHILD, inChild } from "./child.ts"
import { conformanceCommand } from "./conformance-command.ts"
import { evalCommand } from "./eval-command.ts"
import { exploreCommand } from "./explore-command.ts"
import { replCommand } from "./repl-command.ts"
import { runCommand } from "./run-command.ts"
import { LIMITS_HELP } from "./run-inputs.ts"
import { traceCommand } from "./trace-command.ts"
import { Usage } from "./usage.ts"

const HELP = `counterpoint: run, check and explore concurrent programs that call language models

  counterpoint run FILE [--json] [--trace F] [--timeline] [--model F] [--seed N] [--schedule fifo|shuffle|TEXT]
                        [--max-parallel N] [--max-retries N] [--sequential] [--pace MS] [--allow-ts]
                        [--dials NAME|DIAL=N,…]
                        [--live PROVIDER[:MODEL]] [--url ADDRESS] [--budget USD|none]
                        [--record F] [--replay F] [--squeeze N] [--language L]
                        [--limit NAME=N,…] [--var NAME=VALUE]… [--start DATE]
  counterpoint check FILE [--json]
  counterpoint eval FILE --json | eval --batch FILE.jsonl [--allow-ts]
  counterpoint repl vibe|jade|ard
  counterpoint conformance DIR [--filter TEXT] [--verbose]
  counterpoint explore FILE [--limit N] [--json]
  counterpoint trace FILE

FILE is a program (.vibe, .jde, .ard); run and check also take a document (.md) with cells in them.
trace tells as text what happened in a run, out of a file that run --trace or the page has written.

Limits of a run (--limit steps=400000000,tasks=1000), by default:
${LIMITS_HELP}
--var sets what a program reads as a variable of the environment; --start the date of virtual time 0 (2026-01-01T00:00:00Z).`

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  run: runCommand,
  check: checkCommand,
  eval: evalCommand,
  repl: replCommand,
  conformance: conformanceCommand,
  explore: exploreCommand,
  trace: traceCommand,
}

export async function main(args: string[], bundle: string): Promise<number> {
  // Whoever read our output has read enough (`| head`): that is no error of the program, and there is nobody to tell.
  process.stdout.on("error", (problem: NodeJS.ErrnoException) => {
    if (problem.code !== "EPIPE") throw problem
    process.exit(141)
  })
  const [name, ...rest] = args
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.log(HELP)
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    console.error(`counterpoint: no command "${name}"; the commands are ${Object.keys(COMMANDS).join(", ")}`)
    return 2
  }
  // ts blocks see whatever the process sees, so programs that may have them run in a child without our environment.
  const mayRunTs = name === "conformance" || rest.includes("--allow-ts")
  if (rest.includes(IN_CHILD)) beat()
  else if (mayRunTs) return inChild(bundle, [name, ...rest])
  try {
    return await command(rest.filter((arg) => arg !== IN_CHILD))
  } catch (problem) {
    if (!(problem instanceof Usage)) throw problem
    console.error(`counterpoint: ${problem.message}`)
    return 2
  }
}
