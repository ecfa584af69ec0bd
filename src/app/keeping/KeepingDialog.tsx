// What is kept on this device: versions of the open document with their differences and a way back, the other documents,
// and everything as one file, out and in. Loaded when it is first opened.
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { DialogFrame } from "../../ui/DialogFrame.tsx"
import { formatCount, plural } from "../../ui/format.ts"
import { type Draft, forgetDraft, listDrafts, openDraft } from "./drafts.ts"
import { exportEverything, importEverything } from "./everything.ts"
import { type LineChange, lineChanges } from "./lines.ts"
import { keepNow, type Version, versionsOf } from "./versions.ts"

const HEADING = "m-0 text-[15px] font-semibold"
/** More lines than this are not read by anybody; the version is restored or not. */
const MOST_LINES = 2000

const timeOf = (atMs: number) => new Date(atMs).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" })

export default function KeepingDialog({ onClose }: { readonly onClose: () => void }) {
  const open = useApp((state) => state.document)
  return (
    <DialogFrame
      title="Kept on this device"
      description="Documents you changed, and their versions of the last two weeks, are kept in this browser and nowhere else."
      size="top-[6dvh] max-h-[88dvh] w-[min(860px,94vw)] gap-5"
      onClose={onClose}
    >
      <Versions key={open.id} documentId={open.id} title={open.title} text={open.text} onRestored={onClose} />
      <Documents openId={open.id} onOpened={onClose} />
      <Everything />
    </DialogFrame>
  )
}

function Versions({
  documentId,
  title,
  text,
  onRestored,
}: {
  readonly documentId: string
  readonly title: string
  readonly text: string
  readonly onRestored: () => void
}) {
  const [versions, setVersions] = useState<readonly Version[] | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  useEffect(() => {
    let wanted = true
    void versionsOf(documentId).then((found) => wanted && setVersions(found))
    return () => {
      wanted = false
    }
  }, [documentId])
  const version = versions?.find(({ savedAtMs }) => savedAtMs === chosen)
  const restore = async (to: Version) => {
    await keepNow()
    actions.replaceText(to.document.text)
    actions.toast("The version is back. What was here is a version now.")
    onRestored()
  }
  return (
    <section aria-labelledby="keeping-versions" className="flex flex-col gap-2">
      <h3 id="keeping-versions" className={HEADING}>
        Versions of {title === "" ? "this document" : title}
      </h3>
      {versions?.length === 0 && <p className="m-0 text-text-2">There are none: the first is kept when you change the document.</p>}
      {versions && versions.length > 0 && (
        <div className="flex flex-col gap-3 min-[700px]:flex-row">
          <ul className="m-0 flex max-h-72 shrink-0 list-none flex-col gap-1 overflow-y-auto p-0.5 min-[700px]:w-52">
            {versions.map(({ savedAtMs }) => (
              <li key={savedAtMs}>
                <Button
                  kind="quiet"
                  aria-pressed={savedAtMs === chosen}
                  className="w-full justify-start"
                  onClick={() => setChosen(savedAtMs)}
                >
                  {timeOf(savedAtMs)}
                </Button>
              </li>
            ))}
          </ul>
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            {version ? (
              <>
                <Differences before={version.document.text} now={text} />
                <div>
                  <Button kind="primary" disabled={version.document.text === text} onClick={() => void restore(version)}>
                    Restore this version
                  </Button>
                </div>
              </>
            ) : (
              <p className="m-0 text-text-2">Choose a version to see what has changed since.</p>
            )}
          </div>
        </div>
      )}
    </section>
  )
}

const SIGNS: Record<LineChange["kind"], { readonly sign: string; readonly name: string; readonly look: string }> = {
  same: { sign: " ", name: "", look: "text-text-2" },
  gone: { sign: "−", name: "gone: ", look: "bg-raised text-error-text" },
  new: { sign: "+", name: "new: ", look: "bg-raised text-ok-text" },
}

/** What became of a version: its lines that are gone, the new ones, and a few around them. */
function Differences({ before, now }: { readonly before: string; readonly now: string }) {
  const changes = useMemo(() => lineChanges(before, now), [before, now])
  const shown = useMemo(() => aroundChanges(changes), [changes])
  const gone = changes.filter(({ kind }) => kind === "gone").length
  const added = changes.filter(({ kind }) => kind === "new").length
  if (gone + added === 0) return <p className="m-0 text-text-2">This is the text as it is now.</p>
  return (
    <>
      <p className="m-0 text-text-2">
        Since then: {plural(added, "new line")}, {plural(gone, "line")} gone.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section aria-label="What has changed since" tabIndex={0} className="max-h-64 overflow-auto rounded-control border border-hairline">
        <ol className="m-0 w-max min-w-full list-none p-0 font-mono text-chip">
          {shown.map(({ at, change }) =>
            change === null ? (
              <li key={at} className="px-2 text-muted">
                ⋯
              </li>
            ) : (
              <li key={at} className={`px-2 whitespace-pre ${SIGNS[change.kind].look}`}>
                <span aria-hidden="true">{SIGNS[change.kind].sign} </span>
                <span className="sr-only">{SIGNS[change.kind].name}</span>
                {change.text}
              </li>
            ),
          )}
        </ol>
      </section>
    </>
  )
}

const AROUND = 2

function aroundChanges(changes: readonly LineChange[]): { readonly at: number; readonly change: LineChange | null }[] {
  const near = new Set<number>()
  changes.forEach(({ kind }, at) => {
    if (kind !== "same") for (let i = at - AROUND; i <= at + AROUND; i++) near.add(i)
  })
  const shown: { at: number; change: LineChange | null }[] = []
  for (const [at, change] of changes.entries()) {
    if (shown.length >= MOST_LINES) break
    if (near.has(at)) shown.push({ at, change })
    else if (shown[shown.length - 1]?.change !== null) shown.push({ at, change: null })
  }
  return shown
}

function Documents({ openId, onOpened }: { readonly openId: string; readonly onOpened: () => void }) {
  const [drafts, setDrafts] = useState<readonly Draft[]>([])
  /** Asked about once before it is gone. */
  const [doomed, setDoomed] = useState<string | null>(null)
  const read = useCallback(() => void listDrafts().then(setDrafts), [])
  useEffect(read, [read])
  const others = drafts.filter(({ key }) => key !== openId)
  return (
    <section aria-labelledby="keeping-documents" className="flex flex-col gap-2">
      <h3 id="keeping-documents" className={HEADING}>
        Other documents
      </h3>
      {others.length === 0 && <p className="m-0 text-text-2">There are none.</p>}
      <ul className="m-0 flex max-h-56 list-none flex-col gap-1 overflow-y-auto p-0.5">
        {others.map((draft) => (
          <li key={draft.key} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1 truncate">
              {draft.document.title === "" ? draft.document.path : draft.document.title}{" "}
              <span className="text-text-2">
                {timeOf(draft.savedAtMs)}, {formatCount(draft.document.text.length)} characters
              </span>
            </span>
            <Button
              onClick={() => {
                openDraft(draft)
                onOpened()
              }}
            >
              Open
            </Button>
            <Button
              kind="quiet"
              onClick={() => {
                if (doomed !== draft.key) setDoomed(draft.key)
                else void forgetDraft(draft.key).then(read, () => actions.toast("It could not be removed."))
              }}
            >
              {doomed === draft.key ? "Remove for ever" : "Remove"}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Everything() {
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState("")
  const [usedBytes, setUsedBytes] = useState<number | null>(null)
  useEffect(() => {
    void navigator.storage?.estimate?.().then(
      ({ usage }) => setUsedBytes(usage ?? null),
      () => {},
    )
  }, [])
  return (
    <section aria-labelledby="keeping-everything" className="flex flex-col gap-2">
      <h3 id="keeping-everything" className={HEADING}>
        Everything
      </h3>
      <p className="m-0 text-text-2">
        One file with all documents, versions, recordings and settings, never with keys.
        {usedBytes !== null && ` This page uses ${(usedBytes / 1_000_000).toFixed(1)} MB here.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void exportEverything()}>Export everything</Button>
        <Button onClick={() => input.current?.click()}>Import an export</Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label="Export to import"
          className="hidden"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ""
            if (file) void importEverything(file).then(setSaid)
          }}
        />
      </div>
      <p role="status" className="m-0">
        {said}
      </p>
    </section>
  )
}
