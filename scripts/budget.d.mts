/** Kilobytes of compressed JavaScript that a first visit may fetch. */
export const BUDGET_KB: number
/** Compressed sizes of what the built page fetches until its first run has ended. */
export function firstLoad(dist?: string): { totalKb: number; files: { file: string; kb: number }[] }
