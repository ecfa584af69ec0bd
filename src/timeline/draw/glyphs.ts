// The little signs of the timeline: how a task ended, that something was tried again, that a tool was used. Lines, not
// letters, so that they look the same with every font. Sizes in pixels around a centre.
import type { Ink } from "./ink.ts"

export function check(ink: Ink, x: number, y: number, colour: string): void {
  ink.line(colour, 1.8, x - 3.5, y + 0.2, x - 1, y + 3)
  ink.line(colour, 1.8, x - 1.3, y + 3, x + 4, y - 3)
}

export function cross(ink: Ink, x: number, y: number, colour: string, size = 3): void {
  ink.line(colour, 1.8, x - size, y - size, x + size, y + size)
  ink.line(colour, 1.8, x - size, y + size, x + size, y - size)
}

/** An open ring: the result was never read. Eight short lines are round enough at this size. */
export function ring(ink: Ink, x: number, y: number, colour: string): void {
  const radius = 3.6
  for (let i = 0; i < 12; i++) {
    const from = (i / 12) * Math.PI * 2
    const to = ((i + 1) / 12) * Math.PI * 2
    ink.line(colour, 1.5, x + radius * Math.cos(from), y + radius * Math.sin(from), x + radius * Math.cos(to), y + radius * Math.sin(to))
  }
}

/** The bar was cut off here. */
export function slash(ink: Ink, x: number, y: number, height: number, colour: string): void {
  ink.line(colour, 2, x - 3, y + height / 2, x + 3, y - height / 2)
}

/** Nobody knows what became of it: the run was over first. */
export function openEnd(ink: Ink, x: number, y: number, height: number, colour: string): void {
  for (const part of [-0.35, 0, 0.35]) ink.line(colour, 1.6, x, y + part * height - 2, x, y + part * height + 2)
}

export function warning(ink: Ink, x: number, y: number, colour: string): void {
  ink.line(colour, 1.4, x - 4.5, y + 4, x + 4.5, y + 4)
  ink.line(colour, 1.4, x - 4.5, y + 4, x, y - 4)
  ink.line(colour, 1.4, x + 4.5, y + 4, x, y - 4)
  ink.line(colour, 1.4, x, y - 1, x, y + 1.2)
  ink.line(colour, 1.4, x, y + 2, x, y + 3)
}

/** A tool: a small square on a stick, in the bar's divider. */
export function tool(ink: Ink, x: number, y: number, colour: string): void {
  ink.outline(colour, 1.2, x - 3, y - 3, 6, 6)
  ink.line(colour, 1.2, x - 1.5, y, x + 1.5, y)
}

/** Once more: three quarters of a circle with an arrow head. */
export function again(ink: Ink, x: number, y: number, colour: string): void {
  const radius = 3
  for (let i = 1; i < 9; i++) {
    const from = (i / 12) * Math.PI * 2
    const to = ((i + 1) / 12) * Math.PI * 2
    ink.line(colour, 1.3, x + radius * Math.cos(from), y + radius * Math.sin(from), x + radius * Math.cos(to), y + radius * Math.sin(to))
  }
  ink.line(colour, 1.3, x, y - radius, x + 2.4, y - radius - 1.6)
  ink.line(colour, 1.3, x, y - radius, x + 2.4, y - radius + 1.6)
}

/** A spark: a real model was asked now. */
export function spark(ink: Ink, x: number, y: number, colour: string): void {
  ink.line(colour, 1.6, x, y - 4, x, y + 4)
  ink.line(colour, 1.6, x - 4, y, x + 4, y)
  ink.line(colour, 1.2, x - 2.3, y - 2.3, x + 2.3, y + 2.3)
  ink.line(colour, 1.2, x - 2.3, y + 2.3, x + 2.3, y - 2.3)
}

/** Two arrow heads backwards: the answer comes from a recording. */
export function rewind(ink: Ink, x: number, y: number, colour: string): void {
  for (const left of [x - 4, x]) {
    ink.line(colour, 1.5, left, y, left + 3.5, y - 3.5)
    ink.line(colour, 1.5, left, y, left + 3.5, y + 3.5)
  }
}

export function diamond(ink: Ink, x: number, y: number, colour: string): void {
  ink.line(colour, 1.4, x - 3, y, x, y - 3)
  ink.line(colour, 1.4, x, y - 3, x + 3, y)
  ink.line(colour, 1.4, x + 3, y, x, y + 3)
  ink.line(colour, 1.4, x, y + 3, x - 3, y)
}
