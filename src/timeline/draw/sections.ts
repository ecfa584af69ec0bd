// The cells of a notebook above the ruler: a bracket over the time each of them took, with its number. Cells that took no
// time are a tick; a number is written where it has room.
import type { Spans } from "../../../interpreter/trace/spans.ts"
import { type Scene, xOf } from "../scene.ts"
import { CHARACTER_PX, LABEL_FONT } from "./ink.ts"

/** Height of the row of brackets; a run without sections has none. */
export const SECTIONS_PX = 16

export interface Bracket {
  /** "cell 2", shorter where that does not fit, "" where nothing does. */
  readonly text: string
  readonly left: number
  readonly right: number
}

/** What of the run's sections is on screen, in order of time. */
export function bracketsOf(scene: Scene, sections: Spans["sections"]): Bracket[] {
  const brackets: Bracket[] = []
  let lastRight = Number.NEGATIVE_INFINITY
  for (const section of sections) {
    if (section.startUs > scene.edgeUs || section.startStep > scene.edgeStep) break
    const left = xOf(scene, section.startUs, section.startStep)
    const open = section.endUs < 0 || section.endUs > scene.edgeUs || section.endStep > scene.edgeStep
    const right = open ? xOf(scene, scene.edgeUs, scene.edgeStep) : xOf(scene, section.endUs, section.endStep)
    if (right < 0 || left > scene.widthPx) continue
    // Thousands of cells within one pixel are one tick.
    if (right - lastRight < 1) continue
    lastRight = right
    const room = Math.min(scene.widthPx, right) - Math.max(0, left) - 8
    const text = sectionName(section.name).find((name) => name.length * CHARACTER_PX <= room) ?? ""
    brackets.push({ text, left, right })
  }
  return brackets
}

/** What a section is called, the longest first. Cells are named by their place, from 0; other names stand as they are. */
function sectionName(name: string): readonly string[] {
  if (!/^\d+$/.test(name)) return [name]
  const number = String(Number(name) + 1)
  return [`cell ${number}`, number]
}

export function drawSections(ctx: CanvasRenderingContext2D, scene: Scene, sections: Spans["sections"]): void {
  const { colours } = scene.palette
  ctx.font = LABEL_FONT
  ctx.textBaseline = "middle"
  ctx.textAlign = "center"
  ctx.lineWidth = 1
  ctx.strokeStyle = colours.control
  ctx.fillStyle = colours.text2
  ctx.beginPath()
  const brackets = bracketsOf(scene, sections)
  for (const { left, right } of brackets) {
    const from = Math.round(left) + 0.5
    const to = Math.max(from, Math.round(right) - 1.5)
    ctx.moveTo(from, SECTIONS_PX)
    ctx.lineTo(from, 2.5)
    ctx.lineTo(to, 2.5)
    ctx.lineTo(to, SECTIONS_PX - 6)
  }
  ctx.stroke()
  for (const { text, left, right } of brackets) {
    if (text !== "") ctx.fillText(text, (Math.max(0, left) + Math.min(scene.widthPx, right)) / 2, SECTIONS_PX / 2 + 2)
  }
  ctx.textAlign = "left"
}
