// The reader's markers as buttons, for the keyboard and for ears: each puts the playhead where it stands. What the eye sees of
// them are the flags that the painter draws; a button shows itself while it has the focus. Beside the flag that is pointed at,
// its whole note; beside the one that is open, a field to write it. Loaded with the first marker.
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react"
import { useStore } from "zustand"
import { counted } from "../../interpreter/trace/units.ts"
import { type Marker, MOST_NOTE_LENGTH, noteFrom, sameMoment } from "../store/marker.ts"
import { shownRun } from "../store/runs.ts"
import { actions, app } from "../store/store.ts"
import { type Controls, momentWords } from "./controls.ts"
import { type Scene, xOf } from "./scene.ts"
import { changeView, toggleMarker, view, writeNote } from "./view.ts"

/** Between a card and the edges of the window, in pixels. */
const MARGIN_PX = 8

export default function Markers({
  markers,
  scene,
  controls,
}: {
  readonly markers: readonly Marker[]
  readonly scene: Scene
  readonly controls: Controls
}) {
  const { openMarker, pointedMarker } = useStore(view)
  const open = openMarker && markers.find((marker) => sameMoment(marker, openMarker))
  const pointed = pointedMarker && markers.find((marker) => sameMoment(marker, pointedMarker))
  const go = (marker: Marker) => {
    actions.scrub(marker.us)
    controls.stage.viewport.reveal(scene.axis.key(marker.us, marker.step))
  }
  const onKeyDown = (event: KeyboardEvent, marker: Marker) => {
    const { ctrlKey, metaKey, altKey, key } = event
    if (ctrlKey || metaKey || altKey) return
    if (key === "F2" || (key.toLowerCase() === "n" && app.getState().settings.singleKeys)) {
      go(marker)
      changeView({ openMarker: marker })
    } else if (key === "Delete") {
      takeAway(scene, marker)
      controls.focus()
    } else return
    event.preventDefault()
  }
  return (
    <>
      <ul aria-label="Markers" className="m-0 list-none p-0">
        {markers.map((marker) => (
          <li key={`${marker.us} ${marker.step}`}>
            <button
              type="button"
              aria-keyshortcuts="F2 Delete"
              className="sr-only rounded-control border border-control bg-bg px-1.5 text-tick text-text focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-10 focus:max-w-[calc(100%-8px)] focus:truncate"
              onClick={() => go(marker)}
              onKeyDown={(event) => onKeyDown(event, marker)}
            >
              Marker at {momentWords(scene, marker)}
              {marker.note && (
                <>
                  {": "}
                  <bdi>{marker.note}</bdi>
                </>
              )}
            </button>
          </li>
        ))}
      </ul>
      {open && <NoteCard key={`${open.us} ${open.step}`} marker={open} scene={scene} controls={controls} />}
      {pointed && !open && <PointedNote marker={pointed} scene={scene} controls={controls} />}
    </>
  )
}

function takeAway(scene: Scene, marker: Marker): void {
  const run = shownRun(app.getState().runs)
  if (!run || toggleMarker(run.id, marker, run.inputs)) return
  actions.announce(`No marker at ${momentWords(scene, marker)} any more`)
}

/** Keeps a card of the top layer under its marker's flag, above it where there is no room below. */
function useBeside(card: RefObject<HTMLElement | null>, marker: Marker, { stage }: Controls): void {
  useLayoutEffect(() => {
    const { current } = card
    const ruler = current?.parentElement
    if (!current || !ruler) return
    // Over everything, and placed in the window: the timeline is a container, which would clip it and place it within.
    current.showPopover()
    const place = (scene: Scene | null) => {
      if (!scene) return
      const box = ruler.getBoundingClientRect()
      const x = box.left + Math.max(0, Math.min(scene.widthPx, xOf(scene, marker.us, marker.step)))
      const { offsetWidth, offsetHeight } = current
      const below = box.bottom + 4
      current.style.left = `${Math.round(Math.max(MARGIN_PX, Math.min(innerWidth - offsetWidth - MARGIN_PX, x - 12)))}px`
      current.style.top = `${Math.round(below + offsetHeight + MARGIN_PX <= innerHeight ? below : Math.max(MARGIN_PX, box.top - 4 - offsetHeight))}px`
    }
    place(stage.scene)
    stage.followers.add(place)
    return () => {
      stage.followers.delete(place)
    }
  }, [card, marker, stage])
}

const CARD = "fixed inset-auto m-0 rounded-card border border-hairline bg-bg text-chip text-text shadow-float"

function PointedNote({ marker, scene, controls }: { readonly marker: Marker; readonly scene: Scene; readonly controls: Controls }) {
  const card = useRef<HTMLDivElement>(null)
  useBeside(card, marker, controls)
  return (
    <div ref={card} role="presentation" popover="manual" className={`${CARD} pointer-events-none max-w-[320px] px-2.5 py-1.5`}>
      <span className="font-semibold">{momentWords(scene, marker)}</span>{" "}
      <bdi className={`break-words ${marker.note ? "" : "text-text-2"}`}>{marker.note ?? "no note yet; a click opens it"}</bdi>
    </div>
  )
}

/** The note of a marker, to be written. Leaving the card keeps what is in it; Escape leaves the note as it was. */
function NoteCard({ marker, scene, controls }: { readonly marker: Marker; readonly scene: Scene; readonly controls: Controls }) {
  const card = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(marker.note ?? "")
  const [from] = useState(() => document.activeElement)
  const hint = useId()
  const closed = useRef(false)
  useBeside(card, marker, controls)
  useEffect(() => {
    // Where a finger came here, the keyboard would cover what it looks at: the field waits to be touched.
    if (matchMedia("(pointer: coarse)").matches) card.current?.focus({ preventScroll: true })
    else field.current?.focus({ preventScroll: true })
  }, [])
  const words = momentWords(scene, marker)
  const tooMany = [...text].length - MOST_NOTE_LENGTH

  const close = (keep: boolean, back: boolean) => {
    if (closed.current) return
    closed.current = true
    const run = shownRun(app.getState().runs)
    const note = noteFrom(text)
    if (keep && run && note !== (marker.note ?? "")) {
      writeNote(run.id, marker, note)
      actions.announce(note === "" ? `No note at ${words} any more` : `Note at ${words}: ${note}`)
    }
    changeView({ openMarker: null })
    if (!back) return
    if (from instanceof HTMLElement && from !== document.body && from.isConnected) from.focus({ preventScroll: true })
    else controls.focus()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    close(true, true)
  }
  return (
    <div
      ref={card}
      role="dialog"
      aria-label={`Marker at ${words}`}
      popover="manual"
      tabIndex={-1}
      className={`${CARD} w-[min(360px,calc(100vw-16px))] p-2.5`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && document.hasFocus()) close(true, false)
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        event.stopPropagation()
        close(false, true)
      }}
    >
      <form onSubmit={onSubmit}>
        <label className="flex flex-col gap-1">
          <span>
            Note at <b className="font-semibold">{words}</b>
          </span>
          <input
            ref={field}
            value={text}
            dir="auto"
            autoComplete="off"
            aria-describedby={hint}
            className="h-7 w-full rounded-control border border-control bg-lane px-2 text-ui text-text max-[699px]:h-11 max-[699px]:text-[16px]"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p id={hint} role={tooMany > 0 ? "status" : undefined} className={`m-0 mt-1 ${tooMany > 0 ? "text-error-text" : "text-muted"}`}>
          {tooMany > 0
            ? `A note has at most ${MOST_NOTE_LENGTH} characters: the last ${counted(tooMany, "character")} will not be kept.`
            : "Enter keeps it, Escape leaves it as it was. Links carry it."}
        </p>
        <div className="mt-2 flex justify-between gap-2">
          <button
            type="button"
            className={SMALL}
            onClick={() => {
              takeAway(scene, marker)
              close(false, true)
            }}
          >
            Remove marker
          </button>
          <button type="submit" className={SMALL}>
            Keep
          </button>
        </div>
      </form>
    </div>
  )
}

const SMALL = "h-6 rounded-control border border-control px-2 text-chip hover:bg-raised max-[699px]:h-11 max-[699px]:px-3"
