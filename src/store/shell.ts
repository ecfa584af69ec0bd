// What is open on the page: tabs, the phone's sheet, dialogs, the presentation mode. Nothing of it belongs to a run or to
// the document. Pure transitions.
export type SideTab = "output" | "tasks" | "details" | "console"
export type PhoneTab = "code" | SideTab
export type Sheet = "peek" | "half" | "full"
export type Dialog = "palette" | "keys" | "models" | "share" | "keeping" | "variables" | "text" | null

export interface ByHand {
  /** What it is, in the middle of a sentence: "the link". */
  readonly what: string
  readonly text: string
}

export interface Shell {
  readonly sideTab: SideTab
  readonly phoneTab: PhoneTab
  readonly sheet: Sheet
  readonly dialog: Dialog
  readonly presentation: boolean
  /** The output shows what was printed and nothing else. */
  readonly printedOnly: boolean
  /** The last thing said to screen readers; the number makes equal texts differ. */
  readonly said: { readonly text: string; readonly count: number }
  /** A short word to everyone that goes by itself ("Link copied"); null for none. */
  readonly toast: string | null
  /** What could not be copied, to be taken by hand; null for nothing. */
  readonly byHand: ByHand | null
  /** The address of a document that a link wants to open; null for none. */
  readonly source: string | null
  /** A newer version of the page waits to be taken. */
  readonly update: boolean
}

export const SHELL: Shell = {
  sideTab: "output",
  phoneTab: "code",
  sheet: "half",
  dialog: null,
  presentation: false,
  printedOnly: false,
  said: { text: "", count: 0 },
  toast: null,
  byHand: null,
  source: null,
  update: false,
}

export function sideTabChosen(shell: Shell, tab: SideTab): Shell {
  return { ...shell, sideTab: tab, phoneTab: shell.phoneTab === "code" ? "code" : tab }
}

export function phoneTabChosen(shell: Shell, tab: PhoneTab): Shell {
  return { ...shell, phoneTab: tab, sideTab: tab === "code" ? shell.sideTab : tab }
}

const SHEETS: readonly Sheet[] = ["peek", "half", "full"]

/** One step up or down; stays at the ends. */
export function sheetStepped(shell: Shell, direction: 1 | -1): Shell {
  const at = SHEETS.indexOf(shell.sheet) + direction
  return { ...shell, sheet: SHEETS[Math.min(SHEETS.length - 1, Math.max(0, at))] ?? "half" }
}

export function announced(shell: Shell, text: string): Shell {
  return { ...shell, said: { text, count: shell.said.count + 1 } }
}
