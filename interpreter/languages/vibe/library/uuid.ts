// Random ids from a run's own stream: `uuid` of system/utils and `crypto.randomUUID` of ts blocks.
import type { RandomStream } from "../../../kernel/random.ts"

/** A random id (version 4) from a stream. */
export function uuidFrom(random: RandomStream): string {
  const digits: string[] = []
  for (let i = 0; i < 32; i++) digits.push((i === 12 ? 4 : i === 16 ? 8 + random.below(4) : random.below(16)).toString(16))
  const text = digits.join("")
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-")
}
