// A cell (or a file) of a notebook: its code in an editor of its own, what it wrote under it, and what can be done with it.
// The editor is made when the cell comes near the screen, so that long documents open at once.
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Combine, Play, Scissors, Trash2 } from "lucide-react"
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react"
import { LANGUAGES } from "../../interpreter/languages/index.ts"
import type { CellLanguage, CellSegment, FileSegment } from "../../interpreter/session/document/markdown.ts"
import type { NotebookText } from "../editor/assist.ts"
import { CodeEditor } from "../editor/code-editor.ts"
import { actions, useApp } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { Select } from "../ui/Select.tsx"
import { Add } from "./Add.tsx"
import { chooseLanguage, moveCell, nameProblem, removeBlock, renameFile, splitCell } from "./cell-deeds.ts"
import { pickCellLine } from "./cell-marks.ts"
import { enteredEditor, focusCell, isWanted, registerEditor } from "./editors.ts"
import { type Block, cellNumbers, codeEdited, codesEdited, filesOf, foldToggled, isOverruled, mergedWithNext } from "./model.ts"
import { Result } from "./Result.tsx"
import { pathOf, runTo } from "./run.ts"
import { cellActions, cellsWith, changeNotebook, codesBefore, history, notebooks, typingBurst, useNotebook } from "./state.ts"

/** Tools stand back until a reader who has a pointer comes near; without one they are always there. */
const TOOLS =
  "ml-auto flex items-center gap-0.5 transition-opacity duration-120 [@media(hover:hover)]:opacity-0 group-hover/cell:opacity-100 group-focus-within/cell:opacity-100"

export function Cell({ block, segment }: { readonly block: Block; readonly segment: CellSegment | FileSegment }) {
  const { id } = block
  const place = useNotebook((open) => (open ? cellNumbers(open.notebook).get(id) : undefined)) ?? 0
  const name = segment.kind === "file" ? `File ${segment.path}` : `Cell ${place}, ${segment.language}`
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.shiftKey || event.ctrlKey || event.metaKey || segment.kind !== "cell") return
    if (!(event.target instanceof Element && event.target.closest(".cm-content"))) return
    event.preventDefault()
    event.stopPropagation()
    void runTo(id)
  }
  return (
    <section aria-label={name} data-block={id} className="group/cell mt-2" onKeyDownCapture={onKeyDown}>
      <div className="overflow-hidden rounded-card border border-hairline focus-within:border-control">
        <header className="flex items-center gap-1 rounded-t-card bg-lane px-1 py-0.5">
          <Button
            kind="quiet"
            square
            aria-label={block.folded ? "Unfold" : "Fold"}
            aria-expanded={!block.folded}
            onClick={() => changeNotebook((notebook) => foldToggled(notebook, id))}
          >
            {block.folded ? <ChevronRight aria-hidden="true" size={14} /> : <ChevronDown aria-hidden="true" size={14} />}
          </Button>
          {segment.kind === "cell" ? (
            <>
              <Button
                kind="quiet"
                onClick={() => void runTo(id)}
                title={`Runs the ${segment.language} cells from the top to here (Shift+Enter in the cell)`}
              >
                <Play aria-hidden="true" size={12} />
                <span>
                  Run<span className="max-[699px]:sr-only"> to here</span>
                </span>
              </Button>
              <span className="min-w-0 truncate text-chip text-muted">
                <span className="max-[699px]:sr-only">cell </span>
                {place}
              </span>
              <CellLanguageSelect id={id} place={place} language={segment.language} />
            </>
          ) : (
            <FileName id={id} file={segment} />
          )}
          <Tools id={id} isCell={segment.kind === "cell"} place={place} />
        </header>
        {block.folded ? (
          <p className="m-0 truncate border-t border-hairline px-3 py-1 font-mono text-chip text-muted">
            {segment.code.trim().split("\n", 1)[0] || "empty"}
          </p>
        ) : (
          <Code id={id} segment={segment} name={name} />
        )}
      </div>
      {segment.kind === "file" && <Overruled id={id} path={segment.path} />}
      {segment.kind === "cell" && <Result id={id} segment={segment} place={place} />}
      <Add after={id} language={segment.language} />
    </section>
  )
}

/** Looks like the words beside it until the pointer or the focus comes. */
const AS_WORDS = { borderColor: "transparent", background: "transparent", fontFamily: "var(--font-mono)", fontSize: 12 }

function CellLanguageSelect({ id, place, language }: { readonly id: string; readonly place: number; readonly language: CellLanguage }) {
  return (
    <Select
      label={`Cell ${place} is written in`}
      value={language}
      style={AS_WORDS}
      onChoose={(chosen) => chooseLanguage(id, chosen as CellLanguage)}
    >
      {LANGUAGES.map(({ id: value }) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </Select>
  )
}

/** The name of a file, which a press makes a field: Enter or leaving it gives the new name, Escape keeps the old one. */
function FileName({ id, file }: { readonly id: string; readonly file: FileSegment }) {
  const [typed, setTyped] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const given = useRef(false)
  const problem = typed === null ? null : nameProblem(typed.trim(), file.language)
  const close = () => {
    given.current = true
    setTyped(null)
    requestAnimationFrame(() => button.current?.focus())
  }
  if (typed === null)
    return (
      <Button
        ref={button}
        kind="quiet"
        className="min-w-0 shrink!"
        aria-label={`Rename file ${file.path}`}
        title="Rename this file"
        onClick={() => {
          given.current = false
          setTyped(file.path)
        }}
      >
        <span className="truncate text-chip text-muted">
          file <span className="font-mono text-text-2">{file.path}</span>
        </span>
      </Button>
    )
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked for it
        autoFocus
        aria-label={`New name of file ${file.path}`}
        aria-invalid={problem !== null}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        className="h-7 w-[min(26ch,100%)] rounded-control border border-control bg-bg px-2 font-mono text-chip focus-visible:-outline-offset-2"
        onFocus={(event) => event.target.setSelectionRange(0, file.path.lastIndexOf("."))}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (given.current) return
          if (problem === null) renameFile(id, file, typed.trim())
          setTyped(null)
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") close()
          else if (event.key === "Enter" && problem === null) {
            renameFile(id, file, typed.trim())
            close()
          }
        }}
      />
      {problem !== null && (
        <span role="alert" className="text-chip text-error-text">
          {problem}
        </span>
      )}
    </span>
  )
}

/** Two files of one name: which of them counts is said at the other one. */
function Overruled({ id, path }: { readonly id: string; readonly path: string }) {
  const overruled = useNotebook((open) => open !== null && isOverruled(open.notebook, id))
  if (!overruled) return null
  return (
    <p role="status" className="m-0 px-3 pt-1 text-chip text-error-text">
      A later file is called <span className="font-mono">{path}</span> too, and that one counts.
    </p>
  )
}

function Tools({ id, isCell, place }: { readonly id: string; readonly isCell: boolean; readonly place: number }) {
  const mergeable = useNotebook((open) => open !== null && mergedWithNext(open.notebook, id) !== open.notebook)
  const what = isCell ? `cell ${place}` : "this file"
  const move = (event: MouseEvent<HTMLButtonElement>, by: 1 | -1) => {
    const button = event.currentTarget
    moveCell(id, by, () => button)
  }
  return (
    <span className={TOOLS}>
      {isCell && (
        <>
          <Tool label={`Split ${what} at the cursor`} onClick={() => splitCell(id)}>
            <Scissors aria-hidden="true" size={13} />
          </Tool>
          <Tool
            label={`Merge ${what} with the next`}
            disabled={!mergeable}
            onClick={() => changeNotebook((notebook) => mergedWithNext(notebook, id))}
          >
            <Combine aria-hidden="true" size={13} />
          </Tool>
        </>
      )}
      <Tool label={`Move ${what} up`} onClick={(event) => move(event, -1)}>
        <ArrowUp aria-hidden="true" size={13} />
      </Tool>
      <Tool label={`Move ${what} down`} onClick={(event) => move(event, 1)}>
        <ArrowDown aria-hidden="true" size={13} />
      </Tool>
      <Tool label={`Delete ${what}`} onClick={() => removeBlock(id)}>
        <Trash2 aria-hidden="true" size={13} />
      </Tool>
    </span>
  )
}

function Tool({
  label,
  disabled = false,
  onClick,
  children,
}: {
  readonly label: string
  readonly disabled?: boolean
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void
  readonly children: ReactNode
}) {
  return (
    <Button kind="quiet" square aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  )
}

/** What a new name given in a cell concerns. */
function wholeOf(id: string, language: CellLanguage): NotebookText {
  const open = notebooks.getState().open
  return {
    cells: open ? cellsWith(open, id, language) : [],
    own: id,
    write: (cells, files) => changeNotebook((notebook) => codesEdited(notebook, cells, files)),
  }
}

function Code({ id, segment, name }: { readonly id: string; readonly segment: CellSegment | FileSegment; readonly name: string }) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<CodeEditor | null>(null)
  const [near, setNear] = useState(() => isWanted(id))
  const { kind, language, code } = segment
  const findings = useNotebook((open) => open?.findings[id])

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
    const made: CodeEditor = new CodeEditor(host.current, code, name, {
      edited: (text) => changeNotebook((notebook) => codeEdited(notebook, id, text, typingBurst())),
      pickedLine: (line) => pickCellLine(id, line),
      brokeAt: (lines) => cellActions.broke(id, lines),
      say: (text) => actions.toast(text),
      entered: () => enteredEditor(made),
      history,
      path: () => pathOf(language),
      files: () => {
        const open = notebooks.getState().open
        return open ? filesOf(open.notebook, language) : {}
      },
      before: () => {
        const open = notebooks.getState().open
        return open ? codesBefore(open, id, language) : []
      },
      ...(kind === "cell" && { whole: () => wholeOf(id, language) }),
    })
    editor.current = made
    made.setBreakpoints(notebooks.getState().open?.breakpoints[id] ?? [])
    registerEditor(id, made)
    void made.speak(language)
    return () => {
      registerEditor(id, null)
      made.destroy()
      editor.current = null
    }
  }, [near, language])

  const vimKeys = useApp((state) => state.settings.vimKeys)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each editor that is made is told
  useEffect(() => void editor.current?.setVim(vimKeys, () => void runTo(id)), [vimKeys, near, language, id])

  // Undo, merge and the like change the code from outside.
  useEffect(() => editor.current?.replace(code, false), [code])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each editor that is made is told
  useEffect(() => {
    if (findings) editor.current?.show(pathOf(language), findings.code, findings.diagnostics)
  }, [findings, near, language])

  return (
    <div ref={host} className="border-t border-hairline [&_.cm-content]:pb-2.5! [&_.cm-content]:pt-1.5! [&>.cm-editor]:max-h-[60vh]">
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        className="m-0 block w-full cursor-text overflow-x-auto p-3 text-left font-mono text-[13px] whitespace-pre"
        onClick={() => focusCell(id)}
      >
        {code}
      </button>
    </div>
  )
}
