// The colours of time, measured: contrast by WCAG 2, distance for every kind of sight by OKLab after the Machado 2009
// simulation. The numbers are those of the stylesheet itself, so nobody swaps one colour without hearing from this test.
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { TOKENS } from "./palette.ts"

type Rgb = readonly [number, number, number]
type Matrix = readonly [Rgb, Rgb, Rgb]

const css = readFileSync(new URL("../styles.css", import.meta.url), "utf8")

/** The tokens of a block of the stylesheet. */
function tokensAfter(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`)
  const block = css.slice(from, css.indexOf("\n  }", from))
  return new Map([...block.matchAll(/(--[a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] as string, match[2] as string]))
}

const THEMES = { light: tokensAfter("  :root"), dark: tokensAfter('  :root[data-theme="dark"]') }

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
const linearRgb = (hex: string): Rgb => [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb
const times = (matrix: Matrix, [r, g, b]: Rgb): Rgb =>
  matrix.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b))) as unknown as Rgb

function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = linearRgb(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHT: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function distance(one: string, other: string, sight: Matrix): number {
  const [a, b] = [one, other].map((hex) => oklab(times(sight, linearRgb(hex)))) as [Rgb, Rgb]
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

const KINDS = ["--compute", "--model", "--io", "--retry", "--error", "--wait"]

describe.each(Object.entries(THEMES))("in the %s theme", (_theme, tokens) => {
  const colour = (name: string): string => {
    const value = tokens.get(name)
    if (!value) throw new Error(`the stylesheet has no ${name}`)
    return value
  }

  test("every kind of time is seen against both row colours", () => {
    for (const kind of KINDS) {
      expect(contrast(colour(kind), colour("--bg"))).toBeGreaterThanOrEqual(3)
      expect(contrast(colour(kind), colour("--lane"))).toBeGreaterThanOrEqual(3)
    }
  })

  test("labels on bars can be read", () => {
    for (const kind of ["--compute", "--model", "--io", "--retry", "--error"]) {
      expect(contrast(colour(kind.replace("--", "--on-")), colour(kind))).toBeGreaterThanOrEqual(4.5)
    }
  })

  test("any two kinds differ for every kind of sight", () => {
    for (const sight of Object.values(SIGHT)) {
      for (const [i, one] of KINDS.entries()) {
        for (const other of KINDS.slice(i + 1)) expect(distance(colour(one), colour(other), sight)).toBeGreaterThan(10)
      }
    }
  })

  test("texts of the frame can be read where they stand", () => {
    for (const name of ["--text", "--text-2", "--text-muted", "--accent", "--error-text", "--ok-text"]) {
      for (const ground of ["--bg", "--lane", "--raised"]) expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5)
    }
    for (const ground of ["--bg", "--lane"]) expect(contrast(colour("--control"), colour(ground))).toBeGreaterThanOrEqual(3)
    expect(contrast(colour("--focus"), colour("--bg"))).toBeGreaterThanOrEqual(3)
  })
})

test("the smallest distances are those that were searched for", () => {
  const least = (tokens: Map<string, string>, sight: string) => {
    const colours = KINDS.map((kind) => tokens.get(kind) as string)
    const pairs = colours.flatMap((one, i) => colours.slice(i + 1).map((other) => distance(one, other, SIGHT[sight] as Matrix)))
    return Math.round(Math.min(...pairs) * 10) / 10
  }
  const all = (tokens: Map<string, string>) => Object.keys(SIGHT).map((sight) => least(tokens, sight))
  expect(all(THEMES.light)).toEqual([14, 11.8, 11.3, 10.8])
  expect(all(THEMES.dark)).toEqual([17.4, 12.7, 12.7, 13.6])
})

test("the canvas falls back to the light theme of the stylesheet", () => {
  for (const [variable, fallback] of Object.values(TOKENS)) expect(fallback).toBe(THEMES.light.get(variable))
})

test("both ways to the dark theme give the same colours", () => {
  const system = tokensAfter('    :root:not([data-theme="light"])')
  for (const [name, value] of THEMES.dark) expect(system.get(name)).toBe(value)
})
