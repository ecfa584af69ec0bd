// Keeps a panel that scrolls at its end while what it holds grows, for panels that are read like a log. The reader lets go of
// the end by scrolling up and takes hold of it again by going back there; what the browser moves by itself, because rows got
// their height late or others came in above them, changes nothing.
import { type RefObject, useLayoutEffect, useRef } from "react"

/** Pixels from the end that still count as being there. */
const AT_END_PX = 40
const UPWARDS = new Set(["ArrowUp", "PageUp", "Home"])

/**
 * Follows the end of the nearest `panel` (a selector) around `content`, whose growth is watched. Gives a function that lets go
 * of the end, for what the reader asks to see further up.
 */
export function useFollowing(content: RefObject<HTMLElement | null>, panel: string): () => void {
  const follows = useRef(true)
  useLayoutEffect(() => {
    const inner = content.current
    const outer = inner?.closest<HTMLElement>(panel)
    if (!inner || !outer) return
    let topPx = outer.scrollTop
    let heightPx = outer.scrollHeight
    const toEnd = () => {
      if (follows.current) outer.scrollTop = outer.scrollHeight
      topPx = outer.scrollTop
      heightPx = outer.scrollHeight
    }
    const onScroll = () => {
      const atEnd = outer.scrollHeight - outer.scrollTop - outer.clientHeight < AT_END_PX
      // Up, while nothing grew or shrank: nobody but the reader does that.
      if (atEnd) follows.current = true
      else if (outer.scrollTop < topPx && outer.scrollHeight === heightPx) follows.current = false
      topPx = outer.scrollTop
      heightPx = outer.scrollHeight
    }
    const letGo = () => {
      if (outer.scrollTop > 0) follows.current = false
    }
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0) letGo()
    }
    const onKey = (event: KeyboardEvent) => {
      if (UPWARDS.has(event.key) && event.target === outer) letGo()
    }
    const sizes = new ResizeObserver(toEnd)
    sizes.observe(inner)
    sizes.observe(outer)
    outer.addEventListener("scroll", onScroll, { passive: true })
    outer.addEventListener("wheel", onWheel, { passive: true })
    outer.addEventListener("touchmove", letGo, { passive: true })
    outer.addEventListener("keydown", onKey)
    return () => {
      sizes.disconnect()
      outer.removeEventListener("scroll", onScroll)
      outer.removeEventListener("wheel", onWheel)
      outer.removeEventListener("touchmove", letGo)
      outer.removeEventListener("keydown", onKey)
    }
  }, [content, panel])
  return () => {
    follows.current = false
  }
}
