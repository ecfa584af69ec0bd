// Markdown as React elements: no innerHTML, raw HTML as text. Loaded with the first prose that is shown.
import Markdown from "react-markdown"
import remarkGfm from "remark-gfm"

const PLUGINS = [remarkGfm]

/** Only http(s) addresses and anchors are links; everything else is text. */
function safeUrl(url: string): string {
  return /^(?:https?:\/\/|#)/i.test(url) ? url : ""
}

export default function Rendered({ markdown }: { readonly markdown: string }) {
  return (
    <div className="notebook-prose text-lesson text-text">
      <Markdown
        remarkPlugins={PLUGINS}
        urlTransform={safeUrl}
        components={{
          a: ({ href, children }) =>
            href ? (
              <a href={href} target="_blank" rel="noreferrer noopener">
                {children}
              </a>
            ) : (
              <span>{children}</span>
            ),
          img: ({ src, alt }) =>
            typeof src === "string" && src !== "" ? (
              <a href={src} target="_blank" rel="noreferrer noopener">
                picture: {alt || src}
              </a>
            ) : (
              <span>{alt}</span>
            ),
          // The page has one h1; a document's headings begin below it.
          h1: ({ children }) => <h2 className="notebook-h1">{children}</h2>,
        }}
      >
        {markdown}
      </Markdown>
    </div>
  )
}
