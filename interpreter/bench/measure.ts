// Medians and how figures are written, for all parts of `npm run bench`.

const ROUNDS = 5

/** The middle of five, of each of the figures that one round gives. */
export async function medians(round: () => Promise<readonly number[]>, rounds = ROUNDS): Promise<number[]> {
  const all: (readonly number[])[] = []
  for (let i = 0; i < rounds; i++) all.push(await round())
  return (all[0] ?? []).map((_, at) => {
    const column = all.map((figures) => figures[at] as number)
    column.sort((a, b) => a - b)
    return column[rounds >> 1] as number
  })
}

export function perUnit(ms: number, units: number): string {
  const ns = (ms * 1_000_000) / units
  return ns >= 1000 ? `${(ns / 1000).toFixed(2)} us` : `${ns.toFixed(1)} ns`
}

export function row(...cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(i === 0 ? 10 : 26))
    .join("")
    .trimEnd()
}
