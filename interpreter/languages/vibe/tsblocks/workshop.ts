// Everything that is needed to make ts blocks ready and to stand around them. Loaded by blocks.ts when a program has blocks or
// TypeScript files: most first visits meet none.
export { arithmetic, power } from "./arithmetic.ts"
export { compileBlock, compileFile, loadStripper, whyRefused } from "./compile.ts"
export { ProgramErrors } from "./host-errors.ts"
export { surroundings } from "./surroundings.ts"
