// Things of an instant that have a sign of their own: values through channels, output, notices, faults.
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { barTop, rowMiddle, type Scene, xOf } from "../scene.ts"
import * as glyphs from "./glyphs.ts"
import type { Layers } from "./layers.ts"

/** Channel operations, notices and faults: things of an instant that have a sign of their own. */
export function drawMarks(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { marks } = lane
  const { colours, fills } = scene.palette
  const top = barTop(scene, row)
  const y = rowMiddle(scene, row)
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (scene.axis.key(marks[middle]?.atUs ?? 0, marks[middle]?.step ?? 0) < scene.fromKey) low = middle + 1
    else high = middle
  }
  let lastX = Number.NEGATIVE_INFINITY
  for (let i = low; i < marks.length && i - low < 20_000; i++) {
    const mark = marks[i]
    if (!mark || mark.atUs > scene.edgeUs || mark.step > scene.edgeStep) break
    const x = xOf(scene, mark.atUs, mark.step)
    if (x > scene.widthPx + 4) break
    if (mark.what !== "fault" && x - lastX < 4) continue
    switch (mark.what) {
      case "send":
      case "receive":
      case "close":
        layers.over.rect(colours.bg, x - 3.5, y - 3.5, 7, 7)
        if (mark.what === "close") glyphs.cross(layers.over, x, y, colours.io, 2.5)
        else if (mark.what === "send") layers.over.rect(fills.io, x - 2.5, y - 2.5, 5, 5)
        else layers.over.outline(colours.io, 1.4, x - 3, y - 3, 6, 6)
        lastX = x
        break
      case "notice":
        glyphs.diamond(layers.over, x, top + 2, colours.text2)
        lastX = x
        break
      case "fault":
        layers.over.rect(fills.error, x - 3, top, 6, scene.metrics.barPx)
        lastX = x
        break
      case "print":
        layers.over.rect(colours.text2, x - 0.5, top - 3, 1.5, 3)
        lastX = x
        break
      default:
    }
  }
}
