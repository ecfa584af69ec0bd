// Keys as text: how a command names them, how this reader's keyboard does, and which name a key press has. Pure but for the
// question whether this is a Mac.

export const IS_MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform)

/** Keys as the reader's keyboard names them: "Ctrl+Enter", "⌘ Enter". */
export function shownKeys(keys: string, mac = IS_MAC): string {
  return mac ? keys.replace("Mod+", "⌘ ").replace("Alt+", "⌥ ").replace("Shift+", "⇧ ") : keys.replace("Mod", "Ctrl")
}

/** The key press in the notation of `Command.keys`. */
export function pressedKeys(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "code">,
  mac = IS_MAC,
): string {
  const mod = mac ? event.metaKey : event.ctrlKey
  // With Alt some keyboards type another character; the place of the key tells then.
  const digit = event.altKey ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined
  const key = digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key)
  const shift = event.shiftKey && (key.length > 1 || /[A-Z]/.test(key))
  return `${mod ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`
}
