// Two panes with a splitter between them: dragged with any pointer, moved by arrows (Shift: further), Home and End, set back
// by a double click or Enter. The panes stay the same elements whatever the direction. Looks and keys only.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from "react"

export interface SplitProps {
  /** What the splitter moves: "Width of the editor". */
  readonly label: string
  /** Beside each other, or one over the other. */
  readonly direction: "row" | "column"
  /** Part of the first pane at first and after a reset, from 0 to 1. */
  readonly usual: number
  /** Neither pane gets smaller, as long as there is room for both. */
  readonly firstLeastPx: number
  readonly secondLeastPx: number
  readonly first: ReactNode
  readonly second: ReactNode
}

const STEP = 0.02
const LONG_STEP = 0.1

/** The share within what both panes need at least; the middle where there is no room for both. */
export function boundedShare(share: number, roomPx: number, firstLeastPx: number, secondLeastPx: number): number {
  const least = firstLeastPx / roomPx
  const most = 1 - secondLeastPx / roomPx
  return least > most ? firstLeastPx / (firstLeastPx + secondLeastPx) : Math.min(most, Math.max(least, share))
}

export function Split({ label, direction, usual, firstLeastPx, secondLeastPx, first, second }: SplitProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [dragging, setDragging] = useState(false)
  const row = direction === "row"
  const share = chosen ?? usual

  const room = () => {
    const rect = box.current?.getBoundingClientRect()
    return rect ? { from: row ? rect.left : rect.top, px: Math.max(1, (row ? rect.width : rect.height) - 1) } : { from: 0, px: 1 }
  }
  const choose = (to: number) => setChosen(boundedShare(to, room().px, firstLeastPx, secondLeastPx))
  const onPointerMove = (event: PointerEvent) => {
    if (!dragging) return
    const { from, px } = room()
    choose(((row ? event.clientX : event.clientY) - from) / px)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.shiftKey ? LONG_STEP : STEP
    const now = boundedShare(share, room().px, firstLeastPx, secondLeastPx)
    const [less, more] = row ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"]
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === less) choose(now - by)
    else if (event.key === more) choose(now + by)
    else if (event.key === "Home") choose(0)
    else if (event.key === "End") choose(1)
    else if (event.key === "Enter") setChosen(null)
    else return
    event.preventDefault()
  }

  return (
    <div ref={box} className={`flex h-full min-h-0 min-w-0 ${row ? "flex-row" : "flex-col"}`}>
      <div
        id={id}
        className="shrink-0 overflow-hidden"
        style={{
          [row ? "width" : "height"]:
            `clamp(min(${firstLeastPx}px, 50%), calc((100% - 1px) * ${share}), max(50%, 100% - ${secondLeastPx + 1}px))`,
        }}
      >
        {first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be focused and moved; this is the pattern of a window splitter */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={row ? "vertical" : "horizontal"}
        aria-controls={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        onDoubleClick={() => setChosen(null)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDragging(true)
        }}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => setDragging(false)}
        className={`relative z-10 shrink-0 touch-none transition-colors duration-120 before:absolute hover:bg-accent ${dragging ? "bg-accent" : "bg-hairline"} ${
          row
            ? "w-px cursor-col-resize before:inset-y-0 before:-left-1 before:w-2"
            : "h-px cursor-row-resize before:inset-x-0 before:-top-1 before:h-2"
        }`}
      />
      <div className="min-h-0 min-w-0 flex-1 overflow-hidden">{second}</div>
    </div>
  )
}
