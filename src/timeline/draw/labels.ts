// Words on bars: as much as fits, on a plate of its own where the bar is a texture.
import { shortened } from "../../../interpreter/trace/units.ts"
import type { Scene } from "../scene.ts"
import { CHARACTER_PX, fittedText } from "./ink.ts"
import type { Layers } from "./layers.ts"

/** On what a task waits: text on a small plate in the middle of the bar. */
export function pill(scene: Scene, text: string, left: number, right: number, y: number, layers: Layers): void {
  const room = right - left - 12
  const fitted = fittedText(shortened(text, 60), room)
  if (fitted === "") return
  const width = Math.min(room, fitted.length * CHARACTER_PX + 10)
  const x = (left + right) / 2
  const { colours } = scene.palette
  layers.over.rect(colours.bg, x - width / 2, y - 8, width, 16)
  layers.over.outline(colours.wait, 1, x - width / 2, y - 8, width, 16)
  layers.labels.text(fitted, x, y + 0.5, colours.text2, "center")
}

export function label(scene: Scene, layers: Layers, text: string, left: number, right: number, y: number, colour: string): void {
  const from = Math.max(2, left) + 4
  const fitted = fittedText(text, Math.min(scene.widthPx, right) - from - 4)
  if (fitted !== "") plated(scene, layers, fitted, from, y, colour)
}

/** Text on a bar; on a plate of its own where the bar is a texture (forced colours). */
export function plated(
  scene: Scene,
  layers: Layers,
  text: string,
  x: number,
  y: number,
  colour: string,
  align: "left" | "right" = "left",
  font?: string,
): void {
  if (scene.palette.forced) {
    const width = text.length * CHARACTER_PX + 4
    layers.over.rect(scene.palette.colours.bg, align === "left" ? x - 2 : x - width + 2, y - 7, width, 14)
  }
  layers.labels.text(text, x, y + 0.5, colour, align, font)
}
