// What each form of the timeline means: a small picture, drawn by the same code as the lanes, and a few words. Opens from the
// timeline's tools; the manual shows the same.
import { X } from "lucide-react"
import { useEffect, useRef } from "react"
import { foldOf } from "../../interpreter/trace/fold.ts"
import { TIME_AXIS } from "./axis.ts"
import { drawLane } from "./draw/lane.ts"
import { flushLayers, makeLayers } from "./draw/layers.ts"
import { FORMS, galleryAnswers, galleryTrace } from "./gallery.ts"
import { rowsOf } from "./layout.ts"
import { readPalette } from "./palette.ts"
import type { Scene } from "./scene.ts"
import { Scale } from "./time-scale.ts"

const WIDTH_PX = 108
const HEIGHT_PX = 28

export function Legend({ onClose }: { readonly onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => close.current?.focus(), [])
  useEffect(() => {
    const canvases = box.current?.querySelectorAll("canvas") ?? []
    const fold = foldOf(galleryTrace())
    const draw = () => {
      for (const [i, canvas] of [...canvases].entries()) {
        const form = FORMS[i]
        if (form) drawForm(canvas, fold, form)
      }
    }
    draw()
    // Samples have the colours of the page, which may become others while they are looked at.
    const colours = new AbortController()
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
      matchMedia(query).addEventListener("change", draw, { signal: colours.signal })
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] })
    return () => {
      colours.abort()
      theme.disconnect()
    }
  }, [])
  return (
    <div
      ref={box}
      role="dialog"
      aria-label="Legend of the timeline"
      className="absolute top-[34px] right-2 z-30 max-h-[calc(100%-42px)] w-[min(640px,calc(100%-16px))] overflow-y-auto rounded-card border border-hairline bg-bg p-3 text-chip text-text shadow-float"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="mb-1 flex items-center justify-between">
        <h2 className="m-0 text-ui font-semibold">What the forms mean</h2>
        <button
          ref={close}
          type="button"
          aria-label="Close the legend"
          className="flex h-6 w-6 items-center justify-center rounded-control text-text-2 hover:bg-raised"
          onClick={onClose}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      <ul className="m-0 grid list-none grid-cols-1 gap-x-4 gap-y-0.5 p-0 sm:grid-cols-2">
        {FORMS.map((form) => (
          <li key={form.words} className="flex items-center gap-2.5">
            <span aria-hidden="true" className="shrink-0">
              <canvas style={{ width: WIDTH_PX, height: HEIGHT_PX }} className="block" />
            </span>
            <span>{form.words}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function drawForm(canvas: HTMLCanvasElement, fold: ReturnType<typeof foldOf>, form: (typeof FORMS)[number]): void {
  const ctx = canvas.getContext("2d")
  const lane = fold.lanes.find((candidate) => candidate.label === form.lane)
  if (!ctx || !lane) return
  canvas.width = Math.round(WIDTH_PX * devicePixelRatio)
  canvas.height = Math.round(HEIGHT_PX * devicePixelRatio)
  ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
  const scale = new Scale(form.fromMs * 1000, form.toMs * 1000, WIDTH_PX)
  const edgeUs = fold.totals.virtualUs
  const rows = rowsOf(fold.lanes, { count: fold.lanes.length, opened: new Map(), filter: "" })
  const row = rows.findIndex((candidate) => candidate.kind === "lane" && candidate.task === lane.task)
  const scene: Scene = {
    fold,
    rows,
    rowByTask: new Map([[lane.task, row]]),
    metrics: { rowPx: HEIGHT_PX, barPx: 20 },
    scrollTop: row * HEIGHT_PX,
    widthPx: WIDTH_PX,
    heightPx: HEIGHT_PX,
    axis: TIME_AXIS,
    scale,
    edgeUs,
    edgeStep: fold.folded - 1,
    edgeKey: edgeUs,
    atUs: edgeUs,
    atStep: fold.folded - 1,
    live: false,
    palette: readPalette(canvas, ctx, devicePixelRatio),
    answers: galleryAnswers(fold.spans),
    fromKey: scale.unit(0),
    toKey: scale.to,
  }
  const layers = makeLayers()
  drawLane(scene, lane, row, layers)
  flushLayers(ctx, layers)
}
