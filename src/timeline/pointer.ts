// The pointer on lanes, ruler and overview: hover, click, drag to select a range, pan, pinch, wheel, scrub. Attached to the
// elements by the timeline; everything it finds out goes to the stage, the stores, and the hover card.
import type { Marker } from "../store/marker.ts"
import { actions, app } from "../store/store.ts"
import { markerAt } from "./draw/ruler.ts"
import { type Hit, hitAt, onPlayhead, selectionOf } from "./hit-test.ts"
import { keyAtX } from "./scene.ts"
import { keyUnder, type Stage } from "./stage.ts"
import { changeView, markersOf, view } from "./view.ts"

const CLICK_PX = 4
const HOVER_MS = 120

export interface PointerReports {
  hover(hit: Hit | null, clientX: number, clientY: number): void
  /** A row's task was clicked. */
  picked(hit: Hit | undefined): void
}

/** Scrubs to where the pointer is; in steps to the time of that step. */
function scrubTo(stage: Stage, x: number): void {
  const { scene } = stage
  if (!scene) return
  const key = keyUnder(scene, x)
  actions.scrub(scene.axis.kind === "steps" ? scene.fold.usAtStep(Math.round(key)) : Math.round(key))
}

/** Wheel: Ctrl or pinch zooms at the pointer, Shift or sideways pans, else the lanes scroll by themselves. */
export function attachWheel(element: HTMLElement, stage: Stage, xOf: (clientX: number) => number): () => void {
  const onWheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      stage.viewport.zoomAt(xOf(event.clientX), Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.01))
      return
    }
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0
    if (sideways === 0) return
    event.preventDefault()
    stage.viewport.panBy(sideways)
  }
  element.addEventListener("wheel", onWheel, { passive: false })
  return () => element.removeEventListener("wheel", onWheel)
}

export function attachLanes(element: HTMLElement, stage: Stage, reports: PointerReports): () => void {
  const pointers = new Map<number, { x: number; y: number }>()
  let down: { x: number; y: number; id: number; mode: "range" | "pan" | "scrub"; moved: boolean; fromKey: number } | null = null
  let pinch: { distance: number; x: number } | null = null
  let hoverTimer = 0
  let open = false
  const place = (event: PointerEvent) => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const hide = () => {
    window.clearTimeout(hoverTimer)
    open = false
    reports.hover(null, 0, 0)
  }
  const leave = () => {
    hide()
    stage.pointedRow = -1
    actions.point({ kind: "none" })
    stage.mark()
  }
  const hover = (event: PointerEvent) => {
    const { scene } = stage
    if (!scene || event.pointerType === "touch") return
    const { x, y } = place(event)
    const hit = hitAt(scene, x, y)
    stage.pointedRow = hit?.row ?? -1
    actions.point(selectionOf(hit))
    element.style.cursor = onPlayhead(scene, x) ? "col-resize" : hit?.lane ? "pointer" : "default"
    stage.mark()
    window.clearTimeout(hoverTimer)
    if (!hit?.lane) {
      hide()
      return
    }
    const show = () => {
      open = true
      reports.hover(hit, event.clientX, event.clientY)
    }
    if (open) show()
    else hoverTimer = window.setTimeout(show, HOVER_MS)
  }
  const onDown = (event: PointerEvent) => {
    const { scene } = stage
    const { x, y } = place(event)
    pointers.set(event.pointerId, { x, y })
    hide()
    if (pointers.size === 2) {
      down = null
      stage.range = null
      const [a, b] = [...pointers.values()] as [{ x: number; y: number }, { x: number; y: number }]
      pinch = { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2 }
      return
    }
    if (!scene || (event.button !== 0 && event.button !== 1)) return
    const mode = event.button === 1 || event.pointerType === "touch" ? "pan" : onPlayhead(scene, x) ? "scrub" : "range"
    if (event.button === 1) event.preventDefault()
    down = { x, y, id: event.pointerId, mode, moved: false, fromKey: keyUnder(scene, x) }
    if (event.pointerType !== "touch") element.setPointerCapture(event.pointerId)
  }
  const onMove = (event: PointerEvent) => {
    const { scene } = stage
    const { x, y } = place(event)
    const before = pointers.get(event.pointerId)
    if (before) pointers.set(event.pointerId, { x, y })
    if (pinch && pointers.size === 2) {
      const [a, b] = [...pointers.values()] as [{ x: number; y: number }, { x: number; y: number }]
      const distance = Math.max(10, Math.hypot(a.x - b.x, a.y - b.y))
      const middle = (a.x + b.x) / 2
      stage.viewport.zoomAt(middle, pinch.distance / distance)
      stage.viewport.panBy(pinch.x - middle)
      pinch = { distance, x: middle }
      return
    }
    if (!down || !scene || !before) {
      hover(event)
      return
    }
    if (!down.moved && Math.abs(x - down.x) < CLICK_PX) return
    down.moved = true
    if (down.mode === "pan") stage.viewport.panBy(before.x - x)
    else if (down.mode === "scrub") scrubTo(stage, x)
    else {
      stage.range = { fromKey: down.fromKey, toKey: keyUnder(scene, x) }
      stage.mark()
    }
  }
  const onUp = (event: PointerEvent) => {
    const { scene } = stage
    pointers.delete(event.pointerId)
    if (pointers.size < 2) pinch = null
    if (!down || down.id !== event.pointerId) return
    const { x, y } = place(event)
    const { range } = stage
    const { moved } = down
    down = null
    stage.range = null
    stage.mark()
    if (event.type === "pointercancel" || !scene) return
    if (range && scene.axis.kind !== "steps") {
      const fromUs = Math.round(Math.min(range.fromKey, range.toKey))
      const toUs = Math.round(Math.max(range.fromKey, range.toKey))
      if (toUs > fromUs) actions.select({ kind: "span", fromUs, toUs })
      return
    }
    if (moved) return
    const hit = hitAt(scene, x, y)
    actions.select(selectionOf(hit))
    reports.picked(hit)
  }
  const stopListening = listen(element, {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: onUp,
    pointerleave: leave,
  })
  return () => {
    window.clearTimeout(hoverTimer)
    stopListening()
  }
}

/** The ruler: press and drag puts the playhead there. A click on a marker's flag goes to its moment and opens its note. Double
 * click fits the run. */
export function attachRuler(element: HTMLElement, stage: Stage): () => void {
  let dragging = false
  let marker: Marker | null = null
  let downX = 0
  const xIn = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left
  const under = (event: MouseEvent) => {
    const { scene, snapshot } = stage
    const markers = markersOf(view.getState(), snapshot.run?.id)
    return scene && markers.length > 0 ? markerAt(scene, markers, xIn(event)) : null
  }
  const point = (pointed: Marker | null) => {
    if (view.getState().pointedMarker === pointed) return
    element.style.cursor = pointed ? "pointer" : ""
    changeView({ pointedMarker: pointed })
  }
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    // A flag is looked for before the playhead moves: its own flag pushes notes aside.
    marker = under(event)
    downX = xIn(event)
    dragging = marker === null
    element.setPointerCapture(event.pointerId)
    if (dragging) scrubTo(stage, downX)
  }
  const onMove = (event: PointerEvent) => {
    if (marker && Math.abs(xIn(event) - downX) >= CLICK_PX) {
      marker = null
      dragging = true
    }
    if (dragging) scrubTo(stage, xIn(event))
    point(dragging || event.pointerType === "touch" ? null : under(event))
  }
  const onUp = () => {
    dragging = false
  }
  // Not before the click: what the browser focuses at a press would take the focus from the note.
  const onClick = () => {
    if (!marker) return
    actions.scrub(marker.us)
    changeView({ openMarker: marker, pointedMarker: null })
    marker = null
  }
  const onDouble = () => stage.viewport.show(null, true)
  return listen(element, {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: onUp,
    pointerleave: () => point(null),
    click: onClick,
    dblclick: onDouble,
  })
}

/** The overview: drag the window or one of its edges; press beside it to bring it there. */
export function attachOverview(element: HTMLElement, stage: Stage): () => void {
  let drag: { mode: "move" | "left" | "right"; x: number; from: number; to: number } | null = null
  const onDown = (event: PointerEvent) => {
    const { scene } = stage
    if (!scene || event.button !== 0) return
    const x = event.clientX - element.getBoundingClientRect().left
    const whole = stage.wholeScale(element.clientWidth)
    const left = whole.x(scene.scale.from)
    const right = whole.x(scene.scale.to)
    let { from, to } = scene.scale
    let mode: "move" | "left" | "right" = Math.abs(x - left) < 8 ? "left" : Math.abs(x - right) < 8 ? "right" : "move"
    if (mode === "move" && (x < left || x > right)) {
      const half = (to - from) / 2
      ;[from, to] = [whole.unit(x) - half, whole.unit(x) + half]
      stage.viewport.show({ from: Math.max(0, from), to: Math.max(0, from) + 2 * half }, false)
    } else if (mode === "move" && !stage.viewport.isZoomed) {
      // Nothing is zoomed yet: dragging draws the window.
      mode = "right"
      from = whole.unit(x)
      to = from
    }
    drag = { mode, x, from, to }
    element.setPointerCapture(event.pointerId)
  }
  const onMove = (event: PointerEvent) => {
    if (!drag) return
    const x = event.clientX - element.getBoundingClientRect().left
    const whole = stage.wholeScale(element.clientWidth)
    const by = whole.unit(x) - whole.unit(drag.x)
    const least = (whole.to - whole.from) / 500
    if (drag.mode === "move") {
      const from = Math.max(0, Math.min(drag.from + by, whole.to - (drag.to - drag.from)))
      stage.viewport.show({ from, to: from + drag.to - drag.from }, false)
    } else {
      const from = drag.mode === "left" ? drag.from + by : drag.from
      const to = drag.mode === "right" ? drag.to + by : drag.to
      const [low, high] = from < to ? [from, to] : [to, from]
      if (high - low > least) stage.viewport.show({ from: Math.max(0, low), to: high }, false)
    }
  }
  const onUp = () => {
    drag = null
  }
  const onDouble = () => stage.viewport.show(null, true)
  return listen(element, { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onUp, dblclick: onDouble })
}

/** The key in the middle of the screen, for zooming with buttons. */
export function middleOf(stage: Stage): number {
  const { scene } = stage
  if (!scene) return 0
  const playheadX = scene.scale.x(scene.axis.unitOf(scene.axis.key(app.getState().playback.atUs, scene.atStep)))
  return playheadX >= 0 && playheadX <= scene.widthPx ? playheadX : scene.scale.x(scene.axis.unitOf(keyAtX(scene, scene.widthPx / 2)))
}

type Listeners = { readonly [Type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Type]) => void }

/** Listens to these events of an element. Answers a way to stop. */
function listen(element: HTMLElement, listeners: Listeners): () => void {
  const listening = new AbortController()
  for (const [type, listener] of Object.entries(listeners)) {
    element.addEventListener(type, listener as EventListener, { signal: listening.signal })
  }
  return () => listening.abort()
}
