// A long list drawn as far as the reader has come: what is next is added when its end comes near the screen. A document of
// megabytes has tens of thousands of blocks, and nobody sees them at once.
import { type ReactNode, useEffect, useRef, useState } from "react"

export function Sight<T>({
  items,
  step,
  children,
}: {
  readonly items: readonly T[]
  /** How many are drawn at once. */
  readonly step: number
  readonly children: (item: T, index: number) => ReactNode
}) {
  const [count, setCount] = useState(step)
  const end = useRef<HTMLDivElement>(null)
  const more = count < items.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again whenever the end has moved
  useEffect(() => {
    if (!end.current || !more) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setCount((before) => before + step),
      { rootMargin: "1200px" },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [count, more, step])
  return (
    <>
      {items.slice(0, count).map(children)}
      {more && (
        <div ref={end} className="h-8 text-chip text-muted">
          …
        </div>
      )}
    </>
  )
}
