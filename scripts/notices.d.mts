import type { Plugin } from "vite"

/** Puts `third-party-notices.txt` beside the built page. */
export function notices(): Plugin
