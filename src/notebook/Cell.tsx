// A cell (or a file) of a notebook: its code in an editor of its own, what it wrote under it, and what can be done with it.
// The editor is made when the cell comes near the screen, so that long documents open at once.
import { ChevronDown, ChevronRight, ChevronUp, Play, Trash2 } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import type { CellSegment, FileSegment } from "../../interpreter/session/document/markdown.ts"
import { SourceFile } from "../../interpreter/source/text.ts"
import { CodeEditor } from "../editor/code-editor.ts"
import { actions } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { formatTime } from "../ui/format.ts"
import { Add } from "./Add.tsx"
import { type Block, codeEdited, filesOf, foldToggled, mergedWithNext, movedBy, removed, splitAt } from "./model.ts"
import { runTo } from "./run.ts"
import { changeNotebook, notebooks, useNotebook } from "./state.ts"

export function Cell({ block, segment }: { readonly block: Block; readonly segment: CellSegment | FileSegment }) {
  const { id } = block
  const editor = useRef<CodeEditor | null>(null)
  const title = segment.kind === "file" ? segment.path : segment.language
  const place = useNotebook(
    (open) => open?.notebook.blocks.filter((other) => other.segment.kind === "cell").findIndex((other) => other.id === id) ?? -1,
  )
  const name = segment.kind === "file" ? `File ${segment.path}` : `Cell ${place + 1}, ${segment.language}`
  const split = () => {
    const offset = editor.current?.view.state.selection.main.head
    if (offset !== undefined) changeNotebook((notebook) => splitAt(notebook, id, offset), id)
  }
  return (
    <section aria-label={name} data-block={id} className="my-2">
      <div className="rounded-card border border-hairline">
        <header className="flex flex-wrap items-center gap-1 border-b border-hairline bg-lane px-1 py-0.5">
          <Button
            kind="quiet"
            square
            aria-label={block.folded ? "Unfold" : "Fold"}
            aria-expanded={!block.folded}
            onClick={() => changeNotebook((notebook) => foldToggled(notebook, id))}
          >
            {block.folded ? <ChevronRight aria-hidden="true" size={14} /> : <ChevronDown aria-hidden="true" size={14} />}
          </Button>
          {segment.kind === "cell" && (
            <Button kind="quiet" onClick={() => void runTo(id)} title="Runs this language's cells from the top to here">
              <Play aria-hidden="true" size={12} /> Run to here
            </Button>
          )}
          <span className="font-mono text-chip text-muted">{title}</span>
          <span className="ml-auto flex items-center gap-0.5">
            {segment.kind === "cell" && (
              <>
                <Button kind="quiet" onClick={split} title="Cuts the cell in two at the cursor">
                  Split
                </Button>
                <Button
                  kind="quiet"
                  onClick={() => changeNotebook((notebook) => mergedWithNext(notebook, id), id)}
                  title="Joins it with the next cell"
                >
                  Merge
                </Button>
              </>
            )}
            <Button kind="quiet" square aria-label="Move up" onClick={() => changeNotebook((notebook) => movedBy(notebook, id, -1), id)}>
              <ChevronUp aria-hidden="true" size={14} />
            </Button>
            <Button kind="quiet" square aria-label="Move down" onClick={() => changeNotebook((notebook) => movedBy(notebook, id, 1), id)}>
              <ChevronDown aria-hidden="true" size={14} />
            </Button>
            <Button kind="quiet" square aria-label="Delete" onClick={() => changeNotebook((notebook) => removed(notebook, id))}>
              <Trash2 aria-hidden="true" size={13} />
            </Button>
          </span>
        </header>
        {!block.folded && <Code id={id} segment={segment} name={name} onEditor={(made) => (editor.current = made)} />}
      </div>
      {segment.kind === "cell" && <Result id={id} code={segment.code} place={place + 1} />}
      <Add after={id} language={segment.language} />
    </section>
  )
}

function Code({
  id,
  segment,
  name,
  onEditor,
}: {
  readonly id: string
  readonly segment: CellSegment | FileSegment
  readonly name: string
  readonly onEditor: (editor: CodeEditor | null) => void
}) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<CodeEditor | null>(null)
  const [near, setNear] = useState(false)
  const { language, code } = segment

  useEffect(() => {
    if (!host.current || near) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && setNear(true), {
      rootMargin: "400px",
    })
    observer.observe(host.current)
    return () => observer.disconnect()
  }, [near])

  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is made once; later texts come through the effect below
  useEffect(() => {
    if (!host.current || !near) return
    host.current.replaceChildren()
    const made = new CodeEditor(host.current, code, name, {
      edited: (text) => changeNotebook((notebook) => codeEdited(notebook, id, text), id),
      pickedLine: () => {},
      brokeAt: () => {},
      say: (text) => actions.toast(text),
      path: () => `cell.${language}`,
      files: () => {
        const open = notebooks.getState().open
        return open ? filesOf(open.notebook, language) : {}
      },
    })
    editor.current = made
    onEditor(made)
    void made.speak(language)
    return () => {
      made.destroy()
      editor.current = null
      onEditor(null)
    }
  }, [near, language])

  // Undo, merge and the like change the code from outside.
  useEffect(() => editor.current?.replace(code, false), [code])

  return (
    <div ref={host} className="[&_.cm-content]:pb-2.5! [&_.cm-content]:pt-1.5! [&>.cm-editor]:max-h-[60vh]">
      <pre className="m-0 overflow-x-auto p-3 font-mono text-[13px]">{code}</pre>
    </div>
  )
}

function Result({ id, code, place }: { readonly id: string; readonly code: string; readonly place: number }) {
  const result = useNotebook((open) => open?.results[id])
  if (!result) return null
  const { output, diagnostics, stale } = result
  if (diagnostics.length > 0) {
    const source = new SourceFile("cell", code)
    return (
      <div role="status" aria-label={`Problems of cell ${place}`}>
        <ul className="m-0 list-none px-3 py-1 text-chip text-error-text">
          {diagnostics.slice(0, 5).map((diagnostic) => (
            <li key={`${diagnostic.from} ${diagnostic.message}`}>
              line {source.lineAt(diagnostic.from)}: {diagnostic.message}
            </li>
          ))}
          <li className="text-text-2">Other cells run without this one.</li>
        </ul>
      </div>
    )
  }
  if (output.beginUs < 0 && output.text === "" && output.errors === "") return null
  return (
    <section aria-label={`Output of cell ${place}`} className={`px-3 py-1 ${stale ? "opacity-50" : ""}`}>
      {output.text !== "" && (
        <pre className="m-0 max-h-80 overflow-auto font-mono text-[12px] whitespace-pre-wrap text-text">
          {output.text.replace(/\n$/, "")}
        </pre>
      )}
      {output.errors !== "" && (
        <pre className="m-0 font-mono text-[12px] whitespace-pre-wrap text-error-text">{output.errors.replace(/\n$/, "")}</pre>
      )}
      <p className="m-0 text-chip text-muted">
        {stale
          ? "from before your edit"
          : output.endUs >= 0
            ? output.endUs > output.beginUs
              ? `took ${formatTime(output.endUs - output.beginUs)} of virtual time`
              : "took no time"
            : "running"}
      </p>
    </section>
  )
}
