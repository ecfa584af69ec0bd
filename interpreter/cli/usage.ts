// Wrong arguments, missing files, texts that are none: one clear line on stderr and exit code 2. Every command reads its
// files and options through here, so that they all answer alike.
import { existsSync, readFileSync, statSync } from "node:fs"
import { parseArgs } from "node:util"

/** What the user got wrong; the message is the line to print. */
export class Usage extends Error {}

const MAX_FILE_BYTES = 20_000_000

/** The bytes of a file, or a Usage that says why there are none: missing, a folder, more than `most`, not to be read. */
export function readBytes(path: string, most: number): Uint8Array {
  if (!existsSync(path)) throw new Usage(`no file "${path}"`)
  const stat = statSync(path)
  if (stat.isDirectory()) throw new Usage(`"${path}" is a folder, not a file`)
  if (stat.size > most) throw new Usage(`"${path}" has ${stat.size} bytes; at most ${most} can be read`)
  try {
    return readFileSync(path)
  } catch (problem) {
    throw new Usage(`"${path}" cannot be read: ${(problem as Error).message}`)
  }
}

/** The text of a file, or a Usage that says why there is none: as for `readBytes`, or not text. */
export function readText(path: string): string {
  const bytes = readBytes(path, MAX_FILE_BYTES)
  if (bytes.includes(0)) throw new Usage(`"${path}" is not a text file: it holds zero bytes`)
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Usage(`"${path}" is not a text file: it is not valid UTF-8`)
  }
}

export type Parsed = ReturnType<typeof parse>

/** `FILE:LINE:COLUMN`, or the file alone for what has no place in it, such as a limit. */
export function placed({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }): string {
  return line > 0 ? `${file}:${line}:${column}` : file
}

export type Options = Record<string, { type: "string" | "boolean"; short?: string; multiple?: boolean }>

/** Parses arguments strictly; `files` says how many names must stand beside the options, and of what. */
export function parse(command: string, args: string[], options: Options, files: { min: number; max: number; of?: string }) {
  let parsed: { values: Record<string, string | boolean | string[] | undefined>; positionals: string[] }
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true }) as typeof parsed
  } catch (problem) {
    const [sentence = ""] = (problem as Error).message.split("\n", 1)
    const ambiguous = /^Option '(--[\w-]+)'.* argument is ambiguous/.exec(sentence)
    throw new Usage(
      ambiguous
        ? `${ambiguous[1]} needs a value; one that begins with a dash is written ${ambiguous[1]}=-…`
        : `${command}: ${sentence.split(". To specify")[0]}`,
    )
  }
  const { values, positionals } = parsed
  if (positionals.length < files.min) throw new Usage(`${command} needs ${files.of ?? "a file"}; see counterpoint help`)
  if (positionals.length > files.max)
    throw new Usage(`${command} takes ${files.max} name${files.max === 1 ? "" : "s"}, got ${positionals.length}: ${positionals.join(" ")}`)
  return {
    files: positionals,
    text: (name: string): string | undefined => (typeof values[name] === "string" ? (values[name] as string) : undefined),
    /** Of an option that may be given several times. */
    all: (name: string): readonly string[] => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    flag: (name: string): boolean => values[name] === true,
    /** A whole number from `min` to `max`. */
    number: (name: string, min: number, max: number): number | undefined => {
      const value = values[name]
      if (typeof value !== "string") return undefined
      const number = Number(value)
      if (!/^-?\d+$/.test(value) || number < min || number > max)
        throw new Usage(`--${name} takes a whole number from ${min} to ${max}, got "${value}"`)
      return number
    },
  }
}
