// The variables that a document's programs read: Vibe's `env`, Jade's `env.get`. Typed by the reader, kept with the document on this
// device, an input of every run; no link carries them. Names that the program asks for are there to be filled in. Loaded when
// it is first opened.
import { useId, useState } from "react"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { DialogFrame } from "../../ui/DialogFrame.tsx"

interface Row {
  readonly key: number
  readonly name: string
  readonly value: string
}

const INPUT = "h-7 w-full rounded-control border border-control bg-bg px-2 font-mono text-ui"
const MOST_ASKED = 40

export default function VariablesDialog({ onClose }: { readonly onClose: () => void }) {
  const { text, variables = {} } = useApp((state) => state.document)
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(variables, text))
  const change = (next: readonly Row[]) => {
    setRows(next)
    actions.typeVariables(variablesOf(next))
  }
  const add = () => setRows([...rows, { key: nextKey(rows), name: "", value: "" }])
  const twice = rows.find((row, i) => row.name.trim() !== "" && rows.findIndex((it) => it.name.trim() === row.name.trim()) !== i)
  return (
    <DialogFrame
      title="Variables"
      description="What env gives to this document’s programs. Kept with the document on this device (an export of everything holds it, a link never does). Keys of providers belong in Models: a program that asks for one gets a mark, never the key."
      size="top-[10dvh] max-h-[80dvh] w-[min(620px,94vw)] gap-4"
      onClose={onClose}
    >
      {rows.length === 0 && <p className="m-0 text-text-2">The program asks for none.</p>}
      {rows.length > 0 && (
        <ul className="m-0 flex list-none flex-col gap-2 p-0">
          {rows.map((row, i) => (
            <VariableRow
              key={row.key}
              row={row}
              onChange={(next) => change(rows.map((it) => (it.key === row.key ? next : it)))}
              onRemove={() => change(rows.filter((_, at) => at !== i))}
            />
          ))}
        </ul>
      )}
      {twice && (
        <p role="alert" className="m-0 text-error-text">
          {twice.name.trim()} is there twice: the first of them counts.
        </p>
      )}
      <div>
        <Button onClick={add}>Add a variable</Button>
      </div>
    </DialogFrame>
  )
}

function VariableRow({
  row,
  onChange,
  onRemove,
}: {
  readonly row: Row
  readonly onChange: (row: Row) => void
  readonly onRemove: () => void
}) {
  const id = useId()
  const called = row.name.trim() === "" ? "the new variable" : row.name.trim()
  return (
    <li className="flex flex-wrap items-end gap-2">
      <div className="min-w-[140px] flex-1">
        <label htmlFor={`${id}-name`} className="mb-0.5 block text-chip text-text-2">
          Name
        </label>
        <input
          id={`${id}-name`}
          className={INPUT}
          value={row.name}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...row, name: event.target.value })}
        />
      </div>
      <div className="min-w-[180px] flex-[2]">
        <label htmlFor={`${id}-value`} className="mb-0.5 block text-chip text-text-2">
          Value of {called}
        </label>
        <input
          id={`${id}-value`}
          className={INPUT}
          value={row.value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...row, value: event.target.value })}
        />
      </div>
      <Button kind="quiet" aria-label={`Remove ${called}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  )
}

/** What was typed, then the names that the program asks for and nobody typed a value for. */
function rowsOf(variables: Readonly<Record<string, string>>, text: string): Row[] {
  const asked = new Set(
    [...text.matchAll(/\benv\s*(?:\.\s*get\s*)?\(\s*["'`]([\w.-]{1,80})["'`]/g)].map((match) => match[1] ?? "").slice(0, MOST_ASKED),
  )
  for (const name of Object.keys(variables)) asked.delete(name)
  return [...Object.entries(variables), ...[...asked].map((name) => [name, ""] as const)].map(([name, value], key) => ({
    key,
    name,
    value,
  }))
}

const nextKey = (rows: readonly Row[]) => rows.reduce((most, row) => Math.max(most, row.key), -1) + 1

/** Rows without a name, and names without a value that nobody typed, are no variables yet. */
function variablesOf(rows: readonly Row[]): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const row of rows) {
    const name = row.name.trim()
    if (name !== "" && row.value !== "" && !Object.hasOwn(variables, name)) variables[name] = row.value
  }
  return variables
}
