// Stands for a part of the worker that comes later, as a language does: it shows that parts load after the lockdown.
import { setDateClock } from "../../interpreter/worker/tame-date.ts"

setDateClock(() => 86_400_000)
export const partOfTheWorker = `a part at ${new Date().toISOString()}`
