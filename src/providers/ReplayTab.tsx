// Recordings: opening one, replaying it with its own times or squeezed, saving what the last real run recorded.
import { useRef } from "react"
import { programMark } from "../../interpreter/models/cassette.ts"
import { type Cassette, readCassette, writeCassette } from "../../interpreter/models/index.ts"
import { writeTrace } from "../../interpreter/trace/format.ts"
import { shownRun } from "../store/runs.ts"
import { app, useApp } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { Select } from "../ui/Select.tsx"
import { Heading, Notice } from "./fields.tsx"
import { modelActions, useModels } from "./models.ts"

const MAX_FILE_BYTES = 200_000_000

export function ReplayTab({ onRun }: { readonly onRun: () => void }) {
  const opened = useModels((state) => state.opened)
  const last = useModels((state) => state.last)
  const used = useModels((state) => state.used)
  const problem = useModels((state) => state.problem)
  const squeeze = useModels((state) => state.squeeze)
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <p className="m-0 text-text-2">
        A recording holds what real models answered, and when. Anyone can replay it without a key; it holds none.
      </p>
      <Heading>Replay</Heading>
      <input
        ref={picker}
        type="file"
        accept=".cassette,.json,application/json"
        aria-label="Recording to open"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ""
          if (file) void openFile(file)
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => picker.current?.click()}>Open a recording…</Button>
        {last && <Button onClick={() => modelActions.opened({ cassette: last, name: "the last run" })}>Replay the last run</Button>}
      </div>
      {problem && <Notice>{problem}</Notice>}
      {opened && (
        <div className="mt-2 rounded-control bg-lane px-2.5 py-2">
          <p className="m-0">
            <strong className="font-semibold">{opened.name}</strong>: {described(opened.cassette)}
          </p>
          <OtherProgram cassette={opened.cassette} />
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <Select label="Times of the replay" value={String(squeeze)} onChoose={(value) => modelActions.chooseSqueeze(Number(value))}>
              <option value="1">Recorded times</option>
              <option value="10">Ten times as fast</option>
              <option value="1000">A thousand times as fast</option>
            </Select>
            <Button kind="primary" onClick={onRun}>
              Replay this recording
            </Button>
            <Button kind="quiet" onClick={() => modelActions.opened(null)}>
              Close it
            </Button>
            {used && used.calls.length < opened.cassette.calls.length && (
              <Button onClick={() => save(used)}>
                Save only the {used.calls.length === 1 ? "call" : `${used.calls.length} calls`} that the last replay used
              </Button>
            )}
          </div>
        </div>
      )}
      <Heading>Record</Heading>
      {last ? (
        <div className="flex flex-wrap items-center gap-2">
          <span>The last run: {described(last)}</span>
          <Button onClick={() => save(last)}>Save the recording</Button>
        </div>
      ) : (
        <p className="m-0 text-text-2">Every run with a real model records itself. There has been none of this program yet.</p>
      )}
      <SaveTrace />
    </>
  )
}

/** What happened in the run that is shown, as a file that the command line and other pages of this kind read. */
function SaveTrace() {
  const run = useApp((state) => shownRun(state.runs))
  if (run?.state !== "ended" || run.trace.length === 0) return null
  return (
    <div className="mt-2">
      <Button onClick={() => download(new Blob([writeTrace(run.trace)]), "trace")}>Save the trace of the run on screen</Button>
    </div>
  )
}

function OtherProgram({ cassette }: { readonly cassette: Cassette }) {
  const document = useApp((state) => state.document)
  if (cassette.program.mark === programMark(document.path, document.text, document.files)) return null
  return (
    <p className="m-0 mt-1 text-text-2">
      It was made with{" "}
      {cassette.program.path === document.path ? "another version of this program" : `another program (${cassette.program.path})`}: calls
      whose request changed have no answer in it.
    </p>
  )
}

function described(cassette: Cassette): string {
  const { calls, recordedOn } = cassette
  const models = [...new Set(calls.flatMap((call) => (call.by ? [call.by.model] : [])))]
  const count = calls.length === 1 ? "1 call" : `${calls.length} calls`
  return `${count}${models.length > 0 ? ` to ${models.slice(0, 3).join(", ")}` : ""}${recordedOn ? `, recorded on ${recordedOn}` : ""}.`
}

async function openFile(file: File): Promise<void> {
  if (file.size > MAX_FILE_BYTES) {
    modelActions.opened(null, `“${file.name}” is too large to open.`)
    return
  }
  const read = readCassette(await file.text())
  if (read.ok) modelActions.opened({ cassette: read.cassette, name: file.name })
  else modelActions.opened(null, `${file.name}: ${read.sentence}`)
}

function save(cassette: Cassette): void {
  download(new Blob([writeCassette(cassette)], { type: "application/json" }), "cassette")
}

/** A file named after the open document. */
function download(content: Blob, ending: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(content)
  link.download = `${app
    .getState()
    .document.path.replace(/\.\w+$/, "")
    .replace(/[^\w-]+/g, "-")}.${ending}`
  link.click()
  URL.revokeObjectURL(link.href)
}
