// Ctrl+C while a program runs: the first stops the run, so that its report, trace and recording are still written; another
// one ends the process. Used by run-once.ts.

/** A terminal and a parent process may both pass on one Ctrl+C: signals this close together are one. */
const ONE_PRESS_MS = 500

/** Calls `stop` at the first Ctrl+C; gives a function that ends the listening and says whether there was one. */
export function onInterrupt(stop: () => void): () => boolean {
  let firstMs: number | null = null
  const heard = () => {
    if (firstMs === null) {
      firstMs = Date.now()
      stop()
    } else if (Date.now() - firstMs > ONE_PRESS_MS) process.exit(130)
  }
  process.on("SIGINT", heard)
  return () => {
    process.off("SIGINT", heard)
    return firstMs !== null
  }
}
