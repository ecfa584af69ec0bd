/** The path of a browser that is there, or null. Throws if CHROMIUM_PATH names none. */
export function findBrowser(): string | null
/** The path of a browser, installed if there was none. Throws one line that says what to do. */
export function ensureBrowser(): string
