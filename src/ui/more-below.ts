// Says on an element that scrolls whether there is more of it below what is shown (`data-more`): where the browser draws no
// scroll bar until somebody scrolls, a list that ends exactly at a line looks complete. Used by dialogs and the examples.

/** How it shows: a shadow along its lower edge, under its text. */
export const MORE_BELOW = "data-[more]:shadow-[inset_0_-14px_12px_-12px_rgb(0_0_0/0.3),var(--shadow)]"

/** Nearly at the end is at the end: browsers round. */
const NEAR_PX = 4

/** To be given to an element as its ref. */
export function markMoreBelow(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined
  const mark = () => {
    element.toggleAttribute("data-more", element.scrollTop + element.clientHeight < element.scrollHeight - NEAR_PX)
  }
  const sizes = new ResizeObserver(mark)
  const parts = new MutationObserver(mark)
  sizes.observe(element)
  parts.observe(element, { childList: true, subtree: true, attributeFilter: ["open", "hidden", "data-state"] })
  element.addEventListener("scroll", mark, { passive: true })
  mark()
  return () => {
    sizes.disconnect()
    parts.disconnect()
    element.removeEventListener("scroll", mark)
  }
}
