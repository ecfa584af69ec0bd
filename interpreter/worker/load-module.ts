// How the sandboxed worker runs text it has compiled: as a module, by import(blob:), which its content policy allows while
// eval stays refused. The little of the host that this needs is taken here, when the worker starts: `lockdown` removes it
// from every place where a program could find it. Used by worker/entry.ts (the host of compiled programs and of Vibe's ts
// blocks) and by load-chunk.ts.

const HostBlob = globalThis.Blob
const createUrl = globalThis.URL?.createObjectURL?.bind(globalThis.URL)
const revokeUrl = globalThis.URL?.revokeObjectURL?.bind(globalThis.URL)

/** An address under which this text can be imported; it lives as long as the worker. */
export function blobUrl(text: string): string {
  return createUrl(new HostBlob([text], { type: "text/javascript" }))
}

/**
 * Evaluates a module's text and gives its exports. Every call evaluates anew, the same text too.
 * Rejected with the host's SyntaxError where the text does not parse, with what it throws where it throws.
 */
export async function loadModule(text: string): Promise<Record<string, unknown>> {
  const url = blobUrl(text)
  try {
    return (await import(/* @vite-ignore */ url)) as Record<string, unknown>
  } finally {
    revokeUrl(url)
  }
}
