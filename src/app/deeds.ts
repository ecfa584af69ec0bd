// What the commands do where it is more than one call: to stop, to step, to open an example, to show a panel. Who uses them is
// commands.ts, which gives each a name and keys, and the parts of the page that ask whether anything runs.

import { startRun, startSequentialRun, stopRun } from "../client/session.ts"
import { withEditor } from "../editor/open-editor.ts"
import { isLive } from "../store/playback.ts"
import { hasHappened, isStale, shownRun } from "../store/runs.ts"
import type { SideTab } from "../store/shell.ts"
import type { Move } from "../store/stepping.ts"
import { type AppState, actions, app } from "../store/store.ts"
import { changeView } from "../timeline/view.ts"
import { nextEventUs, previousEventUs } from "./event-times.ts"
import { documentOf, EXAMPLES, exampleById } from "./examples/index.ts"

/** The worker still runs, or the run is still unfolding before the reader. */
export function isRunning(state: AppState): boolean {
  const run = state.runs.current
  if (!run) return false
  return run.state !== "ended" || (state.playback.playing && isLive(state.playback))
}

export function stop(): void {
  const { runs, playback } = app.getState()
  if (runs.current && runs.current.state !== "ended") stopRun()
  else if (playback.playing) actions.togglePlay()
}

export function stepEvent(direction: 1 | -1): void {
  const state = app.getState()
  const run = shownRun(state.runs)
  if (!run) return
  const toUs = direction > 0 ? nextEventUs(run.trace, state.playback.atUs) : previousEventUs(run.trace, state.playback.atUs)
  actions.scrub(toUs ?? (direction > 0 ? state.playback.endUs : 0))
}

/** The next statement. Where this text has not run yet it is run, and its first statement is shown. */
export function step(): void {
  const { runs, document } = app.getState()
  if (shownRun(runs) && !isStale(runs, document.version)) {
    stepBy("over")
    return
  }
  void startRun().then(() => {
    const stop = app.subscribe(() => look())
    const look = () => {
      const { runs, document: now, shell } = app.getState()
      const run = runs.current
      const mine = run?.documentVersion === document.version
      if (mine && hasHappened(run)) {
        stop()
        actions.scrub(0)
        stepBy("over")
        // A real model waits for the reader's word first; a text with problems does not run.
      } else if (now.version !== document.version || shell.dialog !== null || (mine && run.state === "ended")) stop()
    }
    look()
  })
}

export function stepBy(move: Move): void {
  showSide("details")
  withSteps(({ step }) => step(move))
}

export function breakBy(direction: 1 | -1): void {
  showSide("details")
  withSteps(({ runTo }) => runTo(direction))
}

export function openExample(id: string): void {
  const example = exampleById(id)
  if (!example) return
  actions.openDocument(documentOf(example))
  startRun()
}

/** The first example of a language, as choosing the language opens it. */
export function openLanguage(language: string): void {
  const first = EXAMPLES.find((example) => example.language === language)
  if (first) openExample(first.id)
}

const THEMES = ["system", "light", "dark"] as const

export function nextTheme(): void {
  const { theme } = app.getState().settings
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system"
  actions.changeSettings({ theme: next })
  actions.toast(next === "system" ? "Theme: as the system" : `Theme: ${next}`)
}

/** Steps, links and files come when they are first asked for. */
const withSteps = (act: (steps: typeof import("../client/stepper.ts")) => unknown) => fetched(import("../client/stepper.ts"), act)
export const withLinks = (act: (links: typeof import("./share/copy-link.ts")) => unknown) => () =>
  fetched(import("./share/copy-link.ts"), act)
export const withFiles = (act: (files: typeof import("./document/files.ts")) => unknown) => () =>
  fetched(import("./document/files.ts"), act)

function fetched<Part>(part: Promise<Part>, act: (part: Part) => unknown): void {
  part.then(act, () => actions.toast("This part of the page could not be loaded. Are you offline? Otherwise reload the page."))
}

/** The same program with its async functions one at a time, the run before behind it as a ghost. */
export function runSequentially(): void {
  changeView({ ghost: true })
  startSequentialRun()
}

/** What a key of the editor does, in CodeMirror's notation. */
export const pressInEditor = (key: string) => () => withEditor((editor) => void editor.press(key))

/** Puts the focus into its input too, once it is there. */
export function showConsole(): void {
  showSide("console")
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-console-input]")?.focus())
}

export function showSide(tab: SideTab): void {
  actions.chooseSideTab(tab)
  actions.choosePhoneTab(tab)
}
