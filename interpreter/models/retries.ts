// How often a reply that does not fit what was asked for may be asked for again: an option of a run (Jade 15.5). Its bounds stand
// here, for all who take the option: front matters, the command line, cassettes, links, the page.

/** More than this nobody means. */
export const MOST_RETRIES = 1_000
/** Where a run does not say it. */
export const DEFAULT_RETRIES = 3

export const isRetries = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_RETRIES
