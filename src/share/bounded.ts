// A stream of bytes read whole, up to a bound: what comes from a link or from an address is somebody else's, and a small
// thing can unpack to a very large one. Used by links and by documents opened from an address.

/** The bytes of `stream`; null, and the stream cancelled, where there are more than `mostBytes`. Throws what the stream throws. */
export async function readBounded(stream: ReadableStream<Uint8Array>, mostBytes: number): Promise<Uint8Array | null> {
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > mostBytes) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
