// The cells of a notebook above the ruler: a bracket over the time each of them took, with its number in the document. The
// cells of each language have a row of their own, for its clock is its own. Cells that took no time are a tick; a number is
// written where it has room.
import type { Spans } from "../../../interpreter/trace/spans.ts"
import type { RunRecord } from "../../store/runs.ts"
import { type Scene, xOf } from "../scene.ts"
import { CHARACTER_PX, LABEL_FONT } from "./ink.ts"

/** Height of a row of brackets; a run without sections has none. */
export const SECTIONS_PX = 16

export interface Bracket {
  /** "cell 2", shorter where that does not fit, "" where nothing does. */
  readonly text: string
  readonly left: number
  readonly right: number
  readonly row: number
}

/** What the cells of a run are called, in its own order: a list for each of its programs. */
export type CellNames = readonly (readonly string[])[]

export function cellNamesOf({ entry, beside = [] }: RunRecord["inputs"]): CellNames {
  return [entry, ...beside.map((program) => program.entry)].map(({ cellNames = [] }) => cellNames)
}

/** How many rows of brackets these sections take. */
export function sectionRows(sections: Spans["sections"], names: CellNames): number {
  return sections.length === 0 ? 0 : Math.max(1, names.length)
}

/** What of the run's sections is on screen, in order of time. */
export function bracketsOf(scene: Scene, sections: Spans["sections"], names: CellNames = []): Bracket[] {
  const brackets: Bracket[] = []
  const lastRight: number[] = []
  for (const section of sections) {
    if (section.startUs > scene.edgeUs || section.startStep > scene.edgeStep) break
    const left = xOf(scene, section.startUs, section.startStep)
    const open = section.endUs < 0 || section.endUs > scene.edgeUs || section.endStep > scene.edgeStep
    const right = open ? xOf(scene, scene.edgeUs, scene.edgeStep) : xOf(scene, section.endUs, section.endStep)
    if (right < 0 || left > scene.widthPx) continue
    const { row, cell } = placeOf(section.name)
    // Thousands of cells within one pixel are one tick.
    if (right - (lastRight[row] ?? Number.NEGATIVE_INFINITY) < 1) continue
    lastRight[row] = right
    const room = Math.min(scene.widthPx, right) - Math.max(0, left) - 8
    const called = namesFor(section.name, cell === null ? undefined : (names[row]?.[cell] ?? String(cell + 1)))
    brackets.push({ text: called.find((name) => name.length * CHARACTER_PX <= room) ?? "", left, right, row })
  }
  return brackets
}

/** Cells are named by their place, from 0; beside other programs with the program's before it: `1.0`. */
function placeOf(name: string): { readonly row: number; readonly cell: number | null } {
  const [, row = "0", cell] = /^(?:(\d+)\.)?(\d+)$/.exec(name) ?? []
  return cell === undefined ? { row: 0, cell: null } : { row: Number(row), cell: Number(cell) }
}

/** What a section is called, the longest first. Other names stand as they are. */
function namesFor(name: string, number: string | undefined): readonly string[] {
  return number === undefined ? [name] : [`cell ${number}`, number]
}

export function drawSections(ctx: CanvasRenderingContext2D, scene: Scene, sections: Spans["sections"], names: CellNames): void {
  const { colours } = scene.palette
  ctx.font = LABEL_FONT
  ctx.textBaseline = "middle"
  ctx.textAlign = "center"
  ctx.lineWidth = 1
  ctx.strokeStyle = colours.control
  ctx.fillStyle = colours.text2
  ctx.beginPath()
  const brackets = bracketsOf(scene, sections, names)
  for (const { left, right, row } of brackets) {
    const top = row * SECTIONS_PX
    const from = Math.round(left) + 0.5
    const to = Math.max(from, Math.round(right) - 1.5)
    ctx.moveTo(from, top + SECTIONS_PX)
    ctx.lineTo(from, top + 2.5)
    ctx.lineTo(to, top + 2.5)
    ctx.lineTo(to, top + SECTIONS_PX - 6)
  }
  ctx.stroke()
  for (const { text, left, right, row } of brackets) {
    if (text !== "") ctx.fillText(text, (Math.max(0, left) + Math.min(scene.widthPx, right)) / 2, (row + 0.5) * SECTIONS_PX + 2)
  }
  ctx.textAlign = "left"
}
