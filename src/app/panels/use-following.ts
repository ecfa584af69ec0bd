// Keeps a panel that scrolls at its end while what it holds grows, for panels that are read like a log. The reader lets go of
// the end by scrolling up and takes hold of it again by going back there; what the browser moves by itself, because rows got
// their height late, changes nothing. Only while the reader has let go does the browser hold the row in view in its place.
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
  const letGo = useRef(() => {})
  useLayoutEffect(() => {
    const inner = content.current
    const outer = inner?.closest<HTMLElement>(panel)
    if (!inner || !outer) return
    let topPx = outer.scrollTop
    let heightPx = outer.scrollHeight
    const follow = (end: boolean) => {
      follows.current = end
      // Rows that leave at the top while as many come in below would take the panel along, away from its end.
      outer.style.overflowAnchor = end ? "none" : ""
    }
    follow(follows.current)
    const isAtEnd = () => outer.scrollHeight - outer.scrollTop - outer.clientHeight < AT_END_PX
    const look = () => {
      topPx = outer.scrollTop
      heightPx = outer.scrollHeight
    }
    const onSize = () => {
      // What became shorter than the reader's place, as another run does, leaves him at its end.
      if (outer.scrollHeight < heightPx && isAtEnd()) follow(true)
      if (follows.current) outer.scrollTop = outer.scrollHeight
      look()
    }
    const onScroll = () => {
      const movedPx = outer.scrollTop - topPx
      if (movedPx > 0 && isAtEnd()) follow(true)
      // Up, while nothing grew or shrank: nobody but the reader does that.
      else if (movedPx < 0 && outer.scrollHeight === heightPx) follow(false)
      look()
    }
    letGo.current = () => follow(false)
    const goesUp = () => {
      if (outer.scrollTop > 0) follow(false)
    }
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0) goesUp()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.target !== outer) return
      if (UPWARDS.has(event.key)) goesUp()
      if (event.key !== "End") return
      // The browser would go to where the end is now, and rows that come meanwhile would leave the reader short of it.
      event.preventDefault()
      follow(true)
      outer.scrollTop = outer.scrollHeight
      look()
    }
    const sizes = new ResizeObserver(onSize)
    sizes.observe(inner)
    sizes.observe(outer)
    outer.addEventListener("scroll", onScroll, { passive: true })
    outer.addEventListener("wheel", onWheel, { passive: true })
    outer.addEventListener("touchmove", goesUp, { passive: true })
    outer.addEventListener("keydown", onKey)
    return () => {
      sizes.disconnect()
      outer.style.overflowAnchor = ""
      outer.removeEventListener("scroll", onScroll)
      outer.removeEventListener("wheel", onWheel)
      outer.removeEventListener("touchmove", goesUp)
      outer.removeEventListener("keydown", onKey)
    }
  }, [content, panel])
  return () => letGo.current()
}
