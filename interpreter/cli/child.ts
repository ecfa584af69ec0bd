// Programs that may have ts blocks run in a child process without our environment, and this is its other end: it passes
// signals on, so that Ctrl+C or a killed parent leaves nothing behind, and ends a child that no longer gives control back,
// which only a ts block that loops can do (the languages themselves are stopped by counted limits).
import { spawn } from "node:child_process"

/** The last argument of a child: it is one, and must not start another. */
export const IN_CHILD = "--in-child"

const BEAT_MS = 1_000
/** Far longer than the longest stretch in which an honest program is compiled. */
const SILENCE_MS = 60_000

/** Runs a command in a child of its own and gives its exit code. */
export function inChild(bundle: string, args: readonly string[], silenceMs = SILENCE_MS): Promise<number> {
  // A promise of a ts block that fails unheard is the program's own affair, as in a browser; Node would end the process.
  const script = `process.on("unhandledRejection",()=>{});import(${JSON.stringify(`file://${bundle}`)}).then(async (m)=>{process.exitCode=await m.main(process.argv.slice(1),"")}).catch((e)=>{console.error(e);process.exit(1)})`
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, "--", ...args, IN_CHILD], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {},
  })
  let heardMs = Date.now()
  child.on("message", () => {
    heardMs = Date.now()
  })
  const watch = setInterval(() => {
    if (Date.now() - heardMs < silenceMs) return
    console.error(`counterpoint: ended: no sign of life for ${silenceMs / 1000} s; does a ts block loop without end?`)
    child.kill("SIGKILL")
  }, BEAT_MS)
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const
  const pass = (signal: NodeJS.Signals) => child.kill(signal === "SIGINT" ? "SIGINT" : "SIGKILL")
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve) => {
    const end = (code: number) => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, pass)
      resolve(code)
    }
    child.once("error", (problem) => {
      console.error(`counterpoint: the child process could not start: ${problem.message}`)
      end(1)
    })
    child.once("close", (code) => end(code ?? 1))
  })
}

/** In the child: tells the parent now and then that control comes back, and ends when the parent is gone. */
export function beat(): void {
  if (!process.send) return
  const tell = process.send.bind(process)
  setInterval(() => process.connected && tell("here"), BEAT_MS).unref()
  process.once("disconnect", () => process.exit(1))
  process.channel?.unref()
}
