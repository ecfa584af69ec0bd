// Names that nobody else has drawn, for documents and tabs of this device; nothing of a run. Browsers lend `randomUUID` to secure
// pages only, and a page on plain http, or framed by one, is none.

export function freshId(): string {
  if (typeof crypto === "undefined") return ""
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
