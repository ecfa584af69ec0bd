// What the reader sees of each hostile program, in the Output: a refusal that the program met (and went on), or the error
// that ended the run. Read by hostile.spec.ts. A program that is not named here must get to its last line, "after", with
// nothing of what it tried having got through.

export interface Seen {
  /** Texts that the output must hold. */
  readonly words: readonly string[]
  /** Texts that it must not. */
  readonly never?: readonly string[]
  /** Ends only when the reader presses Stop. */
  readonly stop?: boolean
}

export const EVERYWHERE: Seen = { words: ["after"] }

const refused: Seen = { words: ["refused, ", "after"] }
const stopped: Seen = { words: [], stop: true }
const ended = (...words: string[]): Seen => ({ words, never: ["crashed"] })

export const SEEN: Readonly<Record<string, Seen>> = {
  "endless-block.vibe": stopped,
  "endless-promises.vibe": stopped,
  "flood-timers.vibe": stopped,
  "network-http.jde": { words: ["network access is not available here", "after"] },
  "network-post.jde": { words: ["network access is not available here", "after"] },
  "network-http.ard": { words: ["refused, network access is not available here", "after"] },
  "network-fetch.vibe": { words: ["fetch is not available in the playground: programs have no network", "after"] },
  "host-files.jde": refused,
  "host-files.ard": refused,
  "host-shell.jde": { words: ["refused, ", "not available in the browser", "after"] },
  "host-extern.ard": ended("before", "External function not found: fetch"),
  "host-extern-constructor.ard": ended("before", "External function not found: constructor"),
  // Refused before the block begins: when the browser refuses an import, and how, is not the same twice.
  "network-import.vibe": ended("import() loads code while the program runs"),
  "code-import-data.vibe": ended("import() loads code while the program runs"),
  "code-import-blob.vibe": ended("import() loads code while the program runs"),
  // Refused by the checker.
  "prototype-field-jade.jde": ended(),
  "value-deep.vibe": ended("the result is nested too deeply"),
  "value-getter.vibe": ended("ts block runtime error: trap sprung"),
  "value-proxy.vibe": ended("ts block runtime error: trap sprung"),
  "value-error-getter.vibe": ended("an error whose message cannot be read"),
  "value-error-proxy.vibe": ended("an error whose message cannot be read"),
  "value-trapped-argument.vibe": ended("trap sprung"),
  "value-trapped-list.vibe": ended("trap sprung"),
  "value-huge-length.vibe": ended("stopped at 16 MB of values"),
  // So many lines that the last need not be the ones in view.
  "flood-output.vibe": ended("flood "),
  "flood-output-block.vibe": ended("flood "),
  "flood-tasks.ard": ended("stopped at 100\u202f000 tasks"),
  "memory-text.jde": ended("stopped at 256 MB of values"),
  "memory-list.ard": ended("stopped at 256 MB of values"),
  "value-powers.vibe": { words: ["9 true 512 1180591620717411303424", "after"] },
  "value-never.vibe": ended("waits for a promise that nothing will settle"),
  "code-function.vibe": { words: ["code from text is not available here", "after"] },
  "clock-real-time.vibe": { words: ["the clock stood still", "after"] },
  "builtins-next-run.jde": { words: ["4 true [a]", "after"] },
  "endless-jade.jde": ended("recursion limit exceeded"),
  // What a call sees of the program grows with every call, so what is sent ends it before the number of calls does.
  "flood-calls.vibe": ended("characters sent to models"),
  "flood-calls.jde": ended("stopped at 100\u202f000 tasks"),
}
