// What the page needs of models without running anything: the simulated model's dials, prices, cassettes as files.
export { type Cassette, type CassetteInput, merged, type RecordedCall } from "./cassette.ts"
export { readCassette, writeCassette } from "./cassette-file.ts"
export { changedDials, dialProblem, dialsFrom, EVERYDAY_DIALS } from "./dials.ts"
export { DIAL_PRESETS, presetOf } from "./presets.ts"
export {
  type Cost,
  costUsd,
  costWith,
  NO_COST,
  PRICES,
  PRICES_DATE,
  type Price,
  type PriceEntry,
  priceEntryFor,
  priceOf,
  usd,
} from "./prices.ts"
export { type ModelDials, type ModelRule, PLAIN_DIALS } from "./script.ts"
