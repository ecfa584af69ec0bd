// The page's state: slices side by side, each moved only by the pure transitions of its file. Components read with
// `useApp(selector)`; whoever is no component (client, timeline's canvas, editor) uses `app.getState()` and `app.subscribe`.
// Writing happens through `actions`, so that every way in which the state can change is listed in one place.
import { useStore } from "zustand"
import { subscribeWithSelector } from "zustand/middleware"
import { createStore } from "zustand/vanilla"
import * as consoles from "./console.ts"
import * as documents from "./document.ts"
import * as playbacks from "./playback.ts"
import * as problems from "./problems.ts"
import * as runs from "./runs.ts"
import * as selections from "./selection.ts"
import * as settings from "./settings.ts"
import * as shells from "./shell.ts"
import * as steppings from "./stepping.ts"

export interface AppState {
  readonly document: documents.OpenDocument
  readonly runs: runs.Runs
  readonly problems: problems.Problems
  readonly playback: playbacks.Playback
  readonly picked: selections.Picked
  readonly stepping: steppings.Stepping
  readonly breakpoints: readonly steppings.Breakpoint[]
  readonly settings: settings.Settings
  readonly shell: shells.Shell
  readonly console: consoles.Console
}

const NO_DOCUMENT: documents.OpenDocument = {
  id: "none" as documents.DocumentId,
  title: "",
  language: "vibe",
  path: "main.vibe",
  text: "",
  files: {},
  rules: [],
  seed: documents.DEFAULT_SEED,
  maxParallel: 0,
  exampleId: null,
  edited: false,
  version: 0,
  replaced: 0,
}

export const app = createStore<AppState>()(
  subscribeWithSelector(
    (): AppState => ({
      document: NO_DOCUMENT,
      runs: runs.NO_RUNS,
      problems: problems.NO_PROBLEMS,
      playback: playbacks.AT_REST,
      picked: selections.NOTHING_PICKED,
      stepping: steppings.NOT_STEPPING,
      breakpoints: [],
      settings: settings.DEFAULT_SETTINGS,
      shell: shells.SHELL,
      console: consoles.EMPTY_CONSOLE,
    }),
  ),
)

/** A component's view of the state; it renders again when what the selector gives is another value. */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(app, selector)
}

function set<K extends keyof AppState>(key: K, value: AppState[K]): void {
  if (app.getState()[key] !== value) app.setState({ [key]: value } as Pick<AppState, K>)
}

const state = () => app.getState()

export const actions = {
  // the document
  nameDocument: (title: string) => set("document", documents.documentNamed(state().document, title)),
  editText: (text: string) => set("document", documents.textEdited(state().document, text)),
  replaceText: (text: string) => set("document", documents.textReplaced(state().document, text)),
  openDocument: (next: Omit<documents.OpenDocument, "version" | "replaced">) =>
    set("document", documents.documentOpened(state().document, next)),
  chooseRules: (rules: documents.OpenDocument["rules"]) => set("document", documents.rulesChosen(state().document, rules)),
  chooseDials: (dials: NonNullable<documents.OpenDocument["dials"]>) => set("document", documents.dialsChosen(state().document, dials)),
  chooseBounds: (bounds: Parameters<typeof documents.boundsChosen>[1]) => set("document", documents.boundsChosen(state().document, bounds)),
  typeVariables: (variables: NonNullable<documents.OpenDocument["variables"]>) =>
    set("document", documents.variablesTyped(state().document, variables)),
  takeOptions: (options: documents.DocumentOptions) => set("document", documents.optionsTaken(state().document, options)),
  chooseSeed: (seed: number) => set("document", documents.seedChosen(state().document, seed)),

  findProblems: (documentVersion: number, found: problems.Problems["diagnostics"]) =>
    set("problems", problems.problemsFound(state().problems, documentVersion, found)),

  // time
  /** The reader puts the playhead at `us` microseconds; pauses. */
  scrub: (us: number) => set("playback", playbacks.scrubbed(state().playback, us)),
  /** The run that has just begun is shown from `us` microseconds on: what lies before has been seen. */
  beginAt: (us: number) => set("playback", playbacks.begunAt(state().playback, us)),
  togglePlay: () => set("playback", playbacks.playToggled(state().playback)),
  replay: () => set("playback", playbacks.replayed(state().playback)),
  revealAll: () => set("playback", playbacks.revealedAll(state().playback)),
  passTime: (elapsedMs: number) => set("playback", playbacks.timePassed(state().playback, elapsedMs)),
  showAtOnce: (atOnce: boolean) => set("playback", playbacks.atOnceChosen(state().playback, atOnce)),
  chooseSpeed: (speed: number) => set("playback", playbacks.speedChosen(state().playback, speed)),
  stepSpeed: (direction: 1 | -1) => set("playback", playbacks.speedStepped(state().playback, direction)),
  /** The stretch of time on screen; null fits the run. */
  chooseWindow: (window: playbacks.TimeWindow | null) => set("playback", playbacks.windowChosen(state().playback, window)),

  // steps
  setBreakpoints: (breakpoints: readonly steppings.Breakpoint[]) => set("breakpoints", breakpoints),
  leaveSteps: () => set("stepping", steppings.NOT_STEPPING),

  // what is picked
  select: (selection: selections.Selection) => set("picked", selections.selected(state().picked, selection)),
  point: (selection: selections.Selection) => set("picked", selections.pointed(state().picked, selection)),

  // the page
  changeSettings: (change: Partial<settings.Settings>) => set("settings", { ...state().settings, ...change }),
  chooseSideTab: (tab: shells.SideTab) => set("shell", shells.sideTabChosen(state().shell, tab)),
  choosePhoneTab: (tab: shells.PhoneTab) => set("shell", shells.phoneTabChosen(state().shell, tab)),
  stepSheet: (direction: 1 | -1) => set("shell", shells.sheetStepped(state().shell, direction)),
  chooseSheet: (sheet: shells.Sheet) => set("shell", { ...state().shell, sheet }),
  openDialog: (dialog: shells.Dialog) => set("shell", { ...state().shell, dialog }),
  present: (presentation: boolean) => set("shell", { ...state().shell, presentation }),
  showPrintedOnly: (printedOnly: boolean) => set("shell", { ...state().shell, printedOnly }),
  /** Offers a text to be copied by hand; null takes the offer away. */
  offerByHand: (byHand: shells.ByHand | null) => set("shell", { ...state().shell, byHand }),
  /** A link wants to open a document of another host; null takes the offer away. */
  offerSource: (source: string | null) => set("shell", { ...state().shell, source }),
  offerUpdate: (update: boolean) => set("shell", { ...state().shell, update }),
  /** Says something to screen readers, politely. */
  announce: (text: string) => set("shell", shells.announced(state().shell, text)),
  /** A short word to everyone, shown for a moment and said to screen readers; null takes it away. */
  toast: (toast: string | null) => {
    const { shell } = state()
    set("shell", { ...(toast === null ? shell : shells.announced(shell, toast)), toast })
  },
}

/** For `src/client/stepper.ts` alone, which asks the worker. */
export const stepActions = {
  change: (change: (stepping: steppings.Stepping) => steppings.Stepping) => set("stepping", change(state().stepping)),
}

/** For `src/client/console.ts` alone, which asks the worker. */
export const consoleActions = {
  /** Gives the number under which its answer comes. */
  submitted: (text: string): number => {
    set("console", consoles.entrySubmitted(state().console, text))
    return state().console.lastId
  },
  answered: (id: number, result: NonNullable<consoles.ConsoleEntry["result"]>) =>
    set("console", consoles.entryAnswered(state().console, id, result)),
  cleared: () => set("console", consoles.consoleCleared(state().console)),
}

/** For `src/client` alone, which has checked the message that causes the change. */
export const runActions = {
  sandbox: (sandbox: runs.SandboxState) => set("runs", { ...state().runs, sandbox }),
  start: (...args: Parameters<typeof runs.runStarted> extends [unknown, ...infer Rest] ? Rest : never) =>
    app.setState((now) => ({
      runs: runs.runStarted(now.runs, ...args),
      playback: playbacks.playbackStarted(now.playback),
      picked: selections.NOTHING_PICKED,
      stepping: steppings.NOT_STEPPING,
      // What was said about the run before is not true of this one.
      shell: now.shell.toast === null ? now.shell : { ...now.shell, toast: null },
    })),
  change: (id: runs.RunRecord["id"], change: (run: runs.RunRecord) => Partial<runs.RunRecord>) =>
    app.setState((now) => {
      const next = runs.runChanged(now.runs, id, change)
      const run = next.current
      if (next === now.runs || !run) return now
      const playback = ((): playbacks.Playback => {
        const endUs = run.report?.virtualUs ?? run.nowUs
        switch (run.report?.outcome) {
          case "stopped":
            return playbacks.showStopped(now.playback)
          case "rejected": {
            const kept = runs.shownRun(next)
            return kept === run
              ? playbacks.edgeMoved(now.playback, endUs, true)
              : playbacks.shownWhole(now.playback, kept?.report?.virtualUs ?? 0)
          }
          default:
            return playbacks.edgeMoved(now.playback, endUs, run.state === "ended")
        }
      })()
      return { runs: next, playback }
    }),
  clear: () =>
    app.setState((now) => ({
      runs: runs.runsCleared(now.runs),
      playback: { ...playbacks.AT_REST, speed: now.playback.speed },
      picked: selections.NOTHING_PICKED,
    })),
}
