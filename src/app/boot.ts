// What happens when the page opens, and what is watched from then on: settings, drafts, problems while typing, keys, what
// screen readers are told. The first example of a language runs by itself: only our own, only simulated, only untouched.

import { sharedFold } from "../../interpreter/trace/fold.ts"
import { diagnose, reducedMotion, startRun, warmSandbox } from "../client/session.ts"
import { readyEditor, wantEditor } from "../editor/open-editor.ts"
import { models } from "../providers/models.ts"
import type { LinkedMoment } from "../share/link.ts"
import { isNotebook, type OpenDocument } from "../store/document.ts"
import { SETTINGS_KEY, settingsFrom } from "../store/settings.ts"
import { type AppState, actions, app } from "../store/store.ts"
import { changeView, view } from "../timeline/view.ts"
import { commandForKey, runCommand } from "./commands.ts"
import { isRunning } from "./deeds.ts"
import { documentOf, EXAMPLES, exampleById } from "./examples/index.ts"
import { keepDrafts, lastDraft, openDraft } from "./keeping/drafts.ts"
import { keeping } from "./keeping/trouble.ts"
import { endOf } from "./layout/Transport.tsx"
import { watchSuggestions } from "./offers/suggestion.ts"
import { NOT_RUN, summaryOf } from "./panels/summary.ts"
import { isEmbedded } from "./share/embed.ts"

const CHECK_AFTER_MS = 180
const SAY_EVERY_MS = 2000
const SAY_AFTER_MS = 150
const FETCH_AFTER_MS = 3000

/** What the link names with which the page was opened. */
let moment: LinkedMoment | null = null

/** Reads what was kept, opens the first document and makes its editor ready. Call before the page is drawn. */
export async function openFirst(): Promise<void> {
  await openDocument()
  expectFirst()
  const { document } = app.getState()
  if (!isNotebook(document.path)) await readyEditor(document.language, document.text)
}

/** The lanes of the opening example, before anything is loaded that could tell them from its text. */
function expectFirst(): void {
  const { id, version, exampleId, edited } = app.getState().document
  const tasks = exampleId === null || edited ? undefined : exampleById(exampleId)?.starts
  if (tasks) changeView({ predicted: { document: id, version, tasks } })
}

async function openDocument(): Promise<void> {
  const settings = settingsFrom(localStorageText(SETTINGS_KEY))
  actions.changeSettings(settings)
  actions.chooseSpeed(settings.speed)
  warmSandbox()
  const first = EXAMPLES[0]
  const example = /^#example\.([\w-]+)$/.exec(location.hash)?.[1]
  if (example !== undefined && (await (await import("./document/files.ts")).openGallery(example))) return
  const linked = location.hash === "" ? null : await (await import("../share/link.ts")).openLink(location.hash)
  if (linked && !("problem" in linked)) {
    actions.openDocument(linked.document)
    moment = linked
    return
  }
  if (example !== undefined) keeping.setState({ link: `There is no example named “${example}”. Examples are behind the document's name.` })
  if (linked) {
    keeping.setState({ link: linked.problem })
    if (linked.document) {
      actions.openDocument(linked.document)
      return
    }
  }
  const draft = isEmbedded ? null : await lastDraft()
  if (draft) openDraft(draft)
  else if (first) actions.openDocument(documentOf(first))
}

/** A link that is followed or pasted while the page is open changes the address only: it is opened as if the page were. */
function watchLinks(): void {
  addEventListener("hashchange", () => {
    if (/^#(?:v\d|example\.)/.test(location.hash)) location.reload()
  })
}

/** Starts the show if there is one, and everything that watches the page. Call once it is drawn. */
export function watch(): void {
  watchSettings()
  // A page in a frame shows somebody's document: it keeps nothing on the reader's device.
  if (!isEmbedded) keepDrafts()
  watchProblems()
  watchKeys()
  watchFocus()
  watchSpoken()
  watchState()
  watchSuggestions()
  watchIdle()
  watchAnswers()
  watchLinks()
  changeView({
    copyLink: () => runCommand("copy-moment"),
    goTo: (site) => void import("./panels/go-to.ts").then(({ goToSite }) => goToSite(site)),
  })
  const { document } = app.getState()
  const linked = moment
  if (linked !== null) void import("./share/shown.ts").then(({ showLinked }) => showLinked(linked))
  // Who followed a link that is broken came for something else than the show.
  else if (document.exampleId !== null && !document.edited && keeping.getState().link === null) runShow()
  onceAtRest(wantEditor)
  watchLater(document)
}

/** What is needed once the reader does something is fetched at the first sign of it, or when the show is over. */
function watchLater(opened: OpenDocument): void {
  const signs = ["pointerdown", "keydown", "dragenter"] as const
  let fetched = false
  const now = () => {
    if (fetched) return
    fetched = true
    for (const sign of signs) removeEventListener(sign, now, true)
    // Offline, the page goes on without: drafts are kept all the same.
    import("./later.ts").then(({ watchReader }) => watchReader(opened)).catch(() => {})
  }
  for (const sign of signs) addEventListener(sign, now, true)
  onceAtRest(now)
  if (new URLSearchParams(location.search).has("src")) now()
}

/** Calls back once nothing runs and nothing plays, after the page has shown it. */
function onceAtRest(then: () => void): void {
  const resting = (state: AppState) => !isRunning(state) && !state.playback.playing
  if (resting(app.getState())) {
    setTimeout(then)
    return
  }
  const stop = app.subscribe(resting, () => {
    stop()
    setTimeout(then)
  })
}

/** The example that runs by itself. Any key or press stops it where it is; with reduced motion its end is shown at once. */
function runShow(): void {
  if (reducedMotion()) {
    actions.showAtOnce(true)
    startRun()
    const show = app.getState().runs.current?.id
    const stop = app.subscribe(
      (state) => state.runs.current,
      (run) => {
        if (run?.id === show && run?.state !== "ended") return
        stop()
        // Over, or the reader has begun another run: from here on the reader's speed counts.
        actions.showAtOnce(false)
      },
    )
    return
  }
  startRun()
  const show = app.getState().runs.current?.id
  const end = () => {
    removeEventListener("pointerdown", interrupt, true)
    removeEventListener("keydown", interrupt, true)
  }
  const interrupt = (event: Event) => {
    const { runs, playback } = app.getState()
    if (event instanceof KeyboardEvent && /^(Tab|Shift|Control|Alt|Meta|F\d+)$/.test(event.key)) return
    end()
    // A press on the controls of time means what they say.
    if (event.target instanceof Element && event.target.closest('[data-region="transport"], [data-region="timeline"], header, footer'))
      return
    if (runs.current?.id === show && playback.playing) actions.togglePlay()
  }
  addEventListener("pointerdown", interrupt, true)
  addEventListener("keydown", interrupt, true)
}

function watchSettings(): void {
  const apply = () => {
    const { settings } = app.getState()
    if (settings.theme === "system") delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = settings.theme
  }
  apply()
  app.subscribe(
    (state) => state.settings,
    (settings) => {
      apply()
      try {
        localStorage.setItem(SETTINGS_KEY, JSON.stringify(settings))
      } catch {
        // The choice holds until the page is closed.
      }
    },
  )
}

function localStorageText(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Asks what is wrong with the text a moment after each change; an answer about an older text is dropped by the store. */
function watchProblems(): void {
  let timer = 0
  const ask = async (document: OpenDocument) => {
    // The cells of a notebook are checked when they are put together.
    if (isNotebook(document.path)) {
      actions.findProblems(document.version, [])
      return
    }
    const diagnostics = await diagnose(document)
    if (diagnostics && app.getState().document.version === document.version) actions.findProblems(document.version, diagnostics)
  }
  const soon = () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(app.getState().document), CHECK_AFTER_MS)
  }
  app.subscribe((state) => state.document.version, soon)
  app.subscribe(
    (state) => state.runs.sandbox,
    (sandbox) => {
      if (sandbox === "ready" && app.getState().problems.documentVersion !== app.getState().document.version) soon()
    },
  )
  // A run that was rejected says the same, and says it sooner.
  app.subscribe(
    (state) => state.runs.current,
    (run, before) => {
      if (run?.report?.outcome !== "rejected") return
      if (run.documentVersion === app.getState().document.version) actions.findProblems(run.documentVersion, run.diagnostics)
      // The problems may have been there before, or be out of sight: something answers the press of Run.
      if (before?.id !== run.id || !before.report) actions.toast(NOT_RUN)
    },
  )
  soon()
}

function watchKeys(): void {
  // Before anybody else sees the key: the splitters, for one, would take F6 for themselves.
  addEventListener(
    "keydown",
    (event) => {
      const command = commandForKey(event)
      if (!command) return
      event.preventDefault()
      event.stopPropagation()
      if (command.enabled?.(app.getState()) ?? true) command.run()
    },
    true,
  )
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable="true"]')
    if (event.key === "?" && !typing) actions.openDialog("keys")
    if (event.key === "Escape" && app.getState().shell.presentation) actions.present(false)
  })
}

/** A dialog that closes gives the focus back to what had it when it opened, unless something else has taken it by then. */
function watchFocus(): void {
  let before: Element | null = null
  let closing = 0
  app.subscribe(
    (state) => state.shell.dialog,
    (dialog, previous) => {
      if (dialog !== null) {
        // One that another opens while it closes gives the focus back to what had it before both.
        if (previous === null && closing === 0) before = document.activeElement
        clearTimeout(closing)
        closing = 0
        return
      }
      const opener = before
      closing = window.setTimeout(() => {
        closing = 0
        const { activeElement } = document
        if (opener instanceof HTMLElement && opener.isConnected && (!activeElement || activeElement === document.body)) opener.focus()
      })
    },
  )
}

/** Start, trouble and end of a run, at most one message every two seconds; answers as they stream are never read out. */
function watchSpoken(): void {
  let lastMs = Number.NEGATIVE_INFINITY
  let waiting = 0
  const say = (text: string) => {
    clearTimeout(waiting)
    // A text that does not run is told at once, without having been said to run.
    waiting = window.setTimeout(
      () => {
        lastMs = performance.now()
        actions.announce(text)
      },
      Math.max(SAY_AFTER_MS, lastMs + SAY_EVERY_MS - performance.now()),
    )
  }
  app.subscribe(isRunning, (running) => {
    const run = app.getState().runs.current
    // What is still to be said about the run before would come after the news of this one.
    clearTimeout(waiting)
    if (running) say("Running.")
    else if (run?.report && run.report.outcome !== "rejected") {
      const { outcome, message, fault } = run.report
      say(summaryOf(sharedFold(run.trace), outcome, fault?.message || message, endOf(run.report, app.getState().playback.revealedUs)))
    }
  })
  app.subscribe(
    (state) => state.runs.current?.waitingFor === "input",
    (waits) => {
      if (waits) say("The program waits for a line of input.")
    },
  )
}

/** Fetches what is wanted next once nothing goes on, so that the first press of a key finds it there; keeps the page. */
function watchIdle(): void {
  const stop = app.subscribe(
    (state) => state.runs.sandbox === "ready" && !isRunning(state) && !state.playback.playing,
    (idle) => {
      if (!idle) return
      stop()
      setTimeout(() => {
        void import("./keys/Palette.tsx").catch(() => {})
        if (import.meta.env.PROD && !isEmbedded) import("./offline.ts").then(({ keepPage }) => keepPage()).catch(() => {})
      }, FETCH_AFTER_MS)
    },
  )
}

/** The timeline shows what calls cost and whether they were asked now; who answers is told to it, it asks nobody. */
function watchAnswers(): void {
  const tell = () => {
    const { origins } = models.getState()
    if (view.getState().answers !== origins) changeView({ answers: origins })
  }
  tell()
  models.subscribe(tell)
}

/** Says on the root element whether anything goes on, for whoever drives the page from outside. */
function watchState(): void {
  const show = () => {
    const state = app.getState()
    document.documentElement.dataset.page =
      state.runs.sandbox !== "ready" ? state.runs.sandbox : isRunning(state) || state.playback.playing ? "running" : "idle"
  }
  show()
  app.subscribe(show)
}
