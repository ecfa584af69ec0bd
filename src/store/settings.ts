// What the reader prefers, kept in localStorage (the only thing that is). Unknown or damaged values fall back one by one.
export type ThemeChoice = "system" | "light" | "dark"

export interface Settings {
  readonly theme: ThemeChoice
  /** Single-letter keys of the timeline (WCAG 2.1.4: they can be switched off). */
  readonly singleKeys: boolean
  /** The editor's keys are those of vim. */
  readonly vimKeys: boolean
  /** Speed that a new page begins with. */
  readonly speed: number
}

export const DEFAULT_SETTINGS: Settings = { theme: "system", singleKeys: true, vimKeys: false, speed: 1 }
export const SETTINGS_KEY = "counterpoint.settings"

/** Settings out of stored text; whatever is not right is the default. */
export function settingsFrom(text: string | null): Settings {
  let stored: unknown
  try {
    stored = JSON.parse(text ?? "{}")
  } catch {
    return DEFAULT_SETTINGS
  }
  if (typeof stored !== "object" || stored === null) return DEFAULT_SETTINGS
  const { theme, singleKeys, vimKeys, speed } = stored as Record<string, unknown>
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    singleKeys: typeof singleKeys === "boolean" ? singleKeys : DEFAULT_SETTINGS.singleKeys,
    vimKeys: vimKeys === true,
    speed: typeof speed === "number" && speed >= 0.1 && speed <= 10 ? speed : DEFAULT_SETTINGS.speed,
  }
}
