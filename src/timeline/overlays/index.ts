// The overlays of the timeline, the first at the bottom. A new one is a file in this folder and a line here.
import { criticalPath } from "./critical-path.ts"
import { flows } from "./flows.ts"
import type { Overlay } from "./overlay.ts"
import { picked } from "./picked.ts"
import { playhead } from "./playhead.ts"
import { range } from "./range.ts"

export const OVERLAYS: readonly Overlay[] = [picked, criticalPath, flows, range, playhead]
