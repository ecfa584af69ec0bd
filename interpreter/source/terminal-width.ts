// How wide a text stands in a terminal, and how to keep one that is written from right to left from turning its neighbours
// round. For columns made of characters (trace/text-timeline.ts). No tables of the host: the same text everywhere.

/** Stretches of code points that take two columns: scripts of East Asia, emoji. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
]

/** Code points that take none: marks on the letter before, joiners, selectors of a form, marks of direction. */
const NONE: readonly (readonly [number, number])[] = [
  [0x0300, 0x036f],
  [0x0591, 0x05bd],
  [0x064b, 0x065f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfe00, 0xfe0f],
  [0x1f3fb, 0x1f3ff],
  [0xe0100, 0xe01ef],
]

const JOINER = 0x200d

/** Columns of a line of text in a terminal. What is joined to the character before stands on it. */
export function terminalWidth(text: string): number {
  let columns = 0
  let before = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (before !== JOINER && !within(NONE, point)) columns += within(WIDE, point) ? 2 : 1
    before = point
  }
  return columns
}

/** From the first Hebrew letter to the last Arabic one, their forms for print, and marks that turn what follows round. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u200f]/

/** The text within marks of its own direction where it has letters or marks of the other one, else as it is. */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}

function within(stretches: readonly (readonly [number, number])[], point: number): boolean {
  return stretches.some(([first, last]) => point >= first && point <= last)
}
