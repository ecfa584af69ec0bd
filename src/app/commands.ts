// Every action of the reader, each one entry: what it is called, its keys, what it does. The palette lists them, the page's
// keyboard looks them up, buttons run them by name. A new action or key is a new entry here. Keys that work only in the
// editor or on the timeline are bound there; they are listed all the same.

import { sendInput, startRun } from "../client/session.ts"
import { pickCursorLine } from "../editor/Editor.tsx"
import { withEditor } from "../editor/open-editor.ts"
import { isNotebook } from "../store/document.ts"
import { isLive } from "../store/playback.ts"
import { shownRun } from "../store/runs.ts"
import { type AppState, actions, app } from "../store/store.ts"
import {
  breakBy,
  isRunning,
  nextTheme,
  openExample,
  pressInEditor,
  runSequentially,
  showConsole,
  showSide,
  step,
  stepBy,
  stepEvent,
  stop,
  withFiles,
  withLinks,
} from "./deeds.ts"
import { EXAMPLES } from "./examples/index.ts"
import { pressedKeys } from "./keys/key-names.ts"
import { focusRegion, moveBetweenRegions } from "./layout/regions.ts"

export type Where = "everywhere" | "editor" | "timeline" | "nowhere"

export interface Command {
  readonly id: string
  readonly title: string
  readonly group: "Run" | "Time" | "Steps" | "View" | "Code" | "Document" | "Examples"
  /** As bound: modifiers in the order Mod, Alt, Shift. "Mod" is Cmd on a Mac and Ctrl elsewhere. */
  readonly keys?: readonly string[]
  /** Where the keys work. */
  readonly where: Where
  readonly enabled?: (state: AppState) => boolean
  readonly run: () => void
}

const hasRun = (state: AppState) => shownRun(state.runs) !== null

export const COMMANDS: readonly Command[] = [
  { id: "run", title: "Run", group: "Run", keys: ["Mod+Enter"], where: "everywhere", run: () => startRun() },
  { id: "stop", title: "Stop", group: "Run", keys: ["Mod+."], where: "everywhere", enabled: isRunning, run: stop },
  { id: "step", title: "Step through the run", group: "Run", where: "nowhere", run: step },
  {
    id: "run-sequential",
    title: "Run one at a time, as the console does",
    group: "Run",
    where: "nowhere",
    enabled: ({ document: open }) => open.language === "jade" && !isNotebook(open.path),
    run: runSequentially,
  },
  { id: "end-input", title: "End the program's input", group: "Run", where: "nowhere", enabled: waitsForInput, run: () => sendInput(null) },

  { id: "play", title: "Play or pause", group: "Time", keys: ["Space"], where: "timeline", enabled: hasRun, run: actions.togglePlay },
  { id: "replay", title: "Replay from the beginning", group: "Time", where: "nowhere", enabled: hasRun, run: actions.replay },
  {
    id: "next-event",
    title: "Next event",
    group: "Time",
    keys: ["Alt+Right"],
    where: "timeline",
    enabled: hasRun,
    run: () => stepEvent(1),
  },
  {
    id: "previous-event",
    title: "Previous event",
    group: "Time",
    keys: ["Alt+Left"],
    where: "timeline",
    enabled: hasRun,
    run: () => stepEvent(-1),
  },
  {
    id: "to-end",
    title: "Show the whole run",
    group: "Time",
    keys: ["Mod+End"],
    where: "timeline",
    enabled: hasRun,
    run: actions.revealAll,
  },
  { id: "faster", title: "Faster", group: "Time", keys: [">"], where: "timeline", run: () => actions.stepSpeed(1) },
  { id: "slower", title: "Slower", group: "Time", keys: ["<"], where: "timeline", run: () => actions.stepSpeed(-1) },
  { id: "fit", title: "Fit the run to the width", group: "Time", keys: ["0"], where: "timeline", run: () => actions.chooseWindow(null) },

  {
    id: "models",
    title: "Models: simulated, recorded, real",
    group: "Run",
    where: "nowhere",
    run: () => actions.openDialog("models"),
  },
  {
    id: "variables",
    title: "Variables of this document, which env reads",
    group: "Document",
    where: "nowhere",
    enabled: ({ document: open }) => isNotebook(open.path) || open.language !== "ard",
    run: () => actions.openDialog("variables"),
  },
  {
    id: "step-over",
    title: "Step over a statement",
    group: "Steps",
    keys: ["F10"],
    where: "everywhere",
    enabled: hasRun,
    run: () => stepBy("over"),
  },
  {
    id: "step-back",
    title: "Step back over a statement",
    group: "Steps",
    keys: ["Shift+F10"],
    where: "everywhere",
    enabled: hasRun,
    run: () => stepBy("back"),
  },
  {
    id: "step-into",
    title: "Step into a call",
    group: "Steps",
    keys: ["Mod+F10"],
    where: "everywhere",
    enabled: hasRun,
    run: () => stepBy("into"),
  },
  { id: "step-out", title: "Step out of a function", group: "Steps", where: "nowhere", enabled: hasRun, run: () => stepBy("out") },
  {
    id: "next-break",
    title: "On to the next breakpoint",
    group: "Steps",
    keys: ["F9"],
    where: "everywhere",
    enabled: hasRun,
    run: () => breakBy(1),
  },
  {
    id: "previous-break",
    title: "Back to the previous breakpoint",
    group: "Steps",
    keys: ["Shift+F9"],
    where: "everywhere",
    enabled: hasRun,
    run: () => breakBy(-1),
  },
  {
    id: "breakpoint",
    title: "Set or remove a breakpoint",
    group: "Steps",
    keys: ["Mod+F9"],
    where: "everywhere",
    run: () => withEditor((editor) => actions.announce(editor.toggleBreakpoint())),
  },
  { id: "leave-steps", title: "Leave stepping", group: "Steps", where: "nowhere", run: actions.leaveSteps },

  { id: "palette", title: "All commands", group: "View", keys: ["Mod+K"], where: "everywhere", run: () => actions.openDialog("palette") },
  {
    id: "keys",
    title: "Keys: all of them at a glance",
    group: "View",
    keys: ["?"],
    where: "nowhere",
    run: () => actions.openDialog("keys"),
  },
  { id: "output", title: "Show output", group: "View", where: "nowhere", run: () => showSide("output") },
  { id: "tasks", title: "Show tasks", group: "View", where: "nowhere", run: () => showSide("tasks") },
  { id: "details", title: "Show details", group: "View", where: "nowhere", run: () => showSide("details") },
  { id: "console", title: "Show the console", group: "View", where: "nowhere", run: showConsole },
  { id: "next-region", title: "Next region", group: "View", keys: ["F6"], where: "everywhere", run: () => moveBetweenRegions(1) },
  {
    id: "previous-region",
    title: "Previous region",
    group: "View",
    keys: ["Shift+F6"],
    where: "everywhere",
    run: () => moveBetweenRegions(-1),
  },
  { id: "go-editor", title: "Go to the editor", group: "View", keys: ["Alt+1"], where: "everywhere", run: () => focusRegion("editor") },
  { id: "go-output", title: "Go to the output", group: "View", keys: ["Alt+2"], where: "everywhere", run: () => focusRegion("output") },
  {
    id: "go-timeline",
    title: "Go to the timeline",
    group: "View",
    keys: ["Alt+3"],
    where: "everywhere",
    run: () => focusRegion("timeline"),
  },
  { id: "theme", title: "Change the theme: system, light, dark", group: "View", where: "nowhere", run: nextTheme },
  {
    id: "present",
    title: "Presentation mode",
    group: "View",
    where: "nowhere",
    run: () => actions.present(!app.getState().shell.presentation),
  },
  {
    id: "single-keys",
    title: "Switch single-letter keys of the timeline on or off",
    group: "View",
    where: "nowhere",
    run: () => {
      const singleKeys = !app.getState().settings.singleKeys
      actions.changeSettings({ singleKeys })
      actions.toast(singleKeys ? "Single-letter keys are on." : "Single-letter keys are off.")
    },
  },

  {
    id: "complete",
    title: "Complete",
    group: "Code",
    keys: ["Ctrl+Space"],
    where: "editor",
    run: pressInEditor("Ctrl-Space"),
  },
  {
    id: "definition",
    title: "Go to definition",
    group: "Code",
    keys: ["F12"],
    where: "editor",
    run: pressInEditor("F12"),
  },
  { id: "rename", title: "Rename", group: "Code", keys: ["F2"], where: "editor", run: pressInEditor("F2") },
  { id: "next-problem", title: "Next problem", group: "Code", keys: ["F8"], where: "editor", run: pressInEditor("F8") },
  {
    id: "format",
    title: "Format",
    group: "Code",
    keys: ["Shift+Alt+F"],
    where: "editor",
    run: () => withEditor((editor) => void editor.format()),
  },
  {
    id: "comment",
    title: "Comment or uncomment",
    group: "Code",
    keys: ["Mod+/"],
    where: "editor",
    run: pressInEditor("Mod-/"),
  },
  {
    id: "fix",
    title: "Apply the suggestion",
    group: "Code",
    keys: ["Alt+Enter"],
    where: "editor",
    run: pressInEditor("Alt-Enter"),
  },
  {
    id: "line-tasks",
    title: "Show the tasks that this line started",
    group: "Code",
    keys: ["Alt+T"],
    where: "everywhere",
    run: pickCursorLine,
  },
  {
    id: "vim",
    title: "Vim keys in the editor: on or off",
    group: "Code",
    where: "nowhere",
    run: () => {
      const vimKeys = !app.getState().settings.vimKeys
      actions.changeSettings({ vimKeys })
      actions.toast(vimKeys ? "Vim keys are on; :w runs the program." : "Vim keys are off.")
    },
  },
  {
    id: "find",
    title: "Find in the code",
    group: "Code",
    keys: ["Mod+F"],
    where: "editor",
    run: pressInEditor("Mod-f"),
  },

  {
    id: "open-file",
    title: "Open a file: a program or a notebook",
    group: "Document",
    keys: ["Mod+O"],
    where: "everywhere",
    run: withFiles((files) => files.pickFile()),
  },
  { id: "save-file", title: "Save as a file", group: "Document", where: "nowhere", run: withFiles((files) => files.saveFile()) },
  {
    id: "save-trace",
    title: "Save the run's trace as a file",
    group: "Document",
    where: "nowhere",
    enabled: hasRun,
    run: () => void import("./document/trace-file.ts").then(({ saveTraceFile }) => saveTraceFile()),
  },
  { id: "print", title: "Print the document and its output", group: "Document", where: "nowhere", run: () => print() },
  { id: "copy-markdown", title: "Copy as Markdown", group: "Document", where: "nowhere", run: withFiles((files) => files.copyMarkdown()) },
  {
    id: "versions",
    title: "Versions of this document; export or import everything",
    group: "Document",
    where: "nowhere",
    run: () => actions.openDialog("keeping"),
  },
  { id: "new-notebook", title: "New notebook", group: "Document", where: "nowhere", run: withFiles((files) => files.newNotebook()) },
  {
    id: "make-notebook",
    title: "Make this program a notebook",
    group: "Document",
    where: "nowhere",
    enabled: (state) => !isNotebook(state.document.path),
    run: withFiles((files) => files.makeNotebook()),
  },
  {
    id: "share",
    title: "Share: copy a link, Markdown, a picture",
    group: "Document",
    keys: ["Mod+S"],
    where: "everywhere",
    run: withLinks((links) => links.share()),
  },
  {
    id: "copy-moment",
    title: "Copy a link to this moment",
    group: "Document",
    keys: ["L"],
    where: "timeline",
    enabled: hasRun,
    run: withLinks((links) => links.copyLink()),
  },
  {
    id: "timeline-text",
    title: "Timeline as text",
    group: "View",
    where: "nowhere",
    // While a run unfolds, its text would tell what the reader has not seen yet.
    enabled: (state) => hasRun(state) && !isLive(state.playback),
    run: () => actions.openDialog("text"),
  },
  {
    id: "seed",
    title: "Another seed",
    group: "Document",
    where: "nowhere",
    run: () => {
      actions.chooseSeed(app.getState().document.seed + 1)
      startRun()
    },
  },
  ...EXAMPLES.map(
    (example): Command => ({
      id: `example-${example.id}`,
      title: `Open: ${example.title}`,
      group: "Examples",
      where: "nowhere",
      run: () => openExample(example.id),
    }),
  ),
]

function waitsForInput(state: AppState): boolean {
  return state.runs.current?.waitingFor === "input"
}

export function runCommand(id: string): void {
  const command = COMMANDS.find((candidate) => candidate.id === id)
  if (command && (command.enabled?.(app.getState()) ?? true)) command.run()
}

/** The command that a key press anywhere on the page runs; undefined for none. */
export function commandForKey(event: Parameters<typeof pressedKeys>[0]): Command | undefined {
  const pressed = pressedKeys(event)
  return COMMANDS.find((command) => command.where === "everywhere" && command.keys?.includes(pressed))
}
