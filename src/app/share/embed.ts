// The page inside another page: `?embed` takes the head away but for the run and a way out, and keeps nothing on the
// reader's device. The code for it is text for somebody else's page, so what is put into it is escaped.

export const isEmbedded = typeof location !== "undefined" && new URLSearchParams(location.search).has("embed")

/** HTML that frames the page at `pageUrl` (without its query and hash) with the document of `hash`. */
export function embedCode(pageUrl: string, hash: string, title: string): string {
  const source = `${pageUrl.replace(/[?#].*$/, "")}?embed${hash}`
  return `<iframe src="${escaped(source)}" title="${escaped(title === "" ? "A program in Counterpoint" : title)}" width="100%" height="560" loading="lazy" style="border:1px solid #8884;border-radius:10px"></iframe>`
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
