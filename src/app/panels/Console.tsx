// A console for the open document's language: entries run one behind the other as one program, each shows what it wrote,
// what it gives and what is wrong with it. Enter submits, Shift+Enter or an open bracket or operator goes on, arrows bring earlier ones back.
import { Eraser } from "lucide-react"
import { type KeyboardEvent, memo, useId, useLayoutEffect, useRef, useState } from "react"
import { clearConsole, entryGoesOn, stopEntry, submitEntry } from "../../client/console.ts"
import { type ConsoleEntry, isBusy, textBefore } from "../../store/console.ts"
import type { LanguageName } from "../../store/document.ts"
import { app, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"

const MOST_ROWS = 8

const ABOUT: Record<LanguageName, string> = {
  vibe: "Vibe, entry by entry. An entry sees those before it; tasks overlap within an entry.",
  jade: "Jade, entry by entry. Async functions run one at a time here, at the call: nothing overlaps.",
  ard: "Ard, entry by entry. An entry sees those before it; fibers overlap within an entry.",
}

export function Console() {
  const log = useApp((state) => state.console.log)
  const language = useApp((state) => state.document.language)
  const scroller = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added is the reason to scroll
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [log])
  return (
    <div className="flex h-full min-h-0 flex-col">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard */}
      <div ref={scroller} role="log" aria-label="Console" tabIndex={0} className="min-h-0 flex-1 overflow-auto px-3 py-2">
        <p className="m-0 mb-1 text-chip text-text-2">{ABOUT[language]} Simulated model, virtual time.</p>
        {log.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </div>
      <Prompt />
    </div>
  )
}

const TEXT = "m-0 font-mono text-ui break-words whitespace-pre-wrap"

const Entry = memo(function Entry({ entry }: { readonly entry: ConsoleEntry }) {
  const { text, result } = entry
  return (
    <div className="border-t border-hairline py-1 first-of-type:border-t-0">
      <pre className={`${TEXT} grid grid-cols-[14px_minmax(0,1fr)] text-text`}>
        <span aria-hidden="true" className="text-accent select-none">
          ›
        </span>
        <code>{text}</code>
      </pre>
      <div className="pl-[14px]">
        {result === null && <p className="m-0 text-chip text-text-2">running …</p>}
        {result && result.errors !== "" && <pre className={`${TEXT} text-error-text`}>{result.errors.replace(/\n$/, "")}</pre>}
        {result && result.output !== "" && <pre className={`${TEXT} text-text`}>{result.output.replace(/\n$/, "")}</pre>}
        {result?.echo != null && (
          <pre className={`${TEXT} text-text-2`}>
            <span aria-hidden="true">= </span>
            {result.echo}
          </pre>
        )}
        {result?.warnings.map(({ kind, message, line, column }) => (
          <p key={`${line}:${column} ${kind} ${message}`} className="m-0 break-words whitespace-pre-wrap text-text-2">
            <span aria-hidden="true" className="mr-1.5 inline-block h-2 w-2 rounded-[2px] bg-retry" />
            <span className="sr-only">Warning: </span>
            {line > 1 ? `line ${line}: ` : ""}
            {message}
          </p>
        ))}
        {result?.problems.map(({ kind, message, line, column }) => (
          <p key={`${line}:${column} ${kind} ${message}`} className="m-0 break-words whitespace-pre-wrap text-error-text">
            <span aria-hidden="true">✕ </span>
            {line > 1 ? `line ${line}: ` : ""}
            {kind}: {message}
          </p>
        ))}
      </div>
    </div>
  )
})

function Prompt() {
  const [text, setText] = useState("")
  const back = useRef(0)
  const busy = useApp((state) => isBusy(state.console))
  const empty = useApp((state) => state.console.log.length === 0)
  const id = useId()

  const submit = () => {
    if (!submitEntry(text.replace(/\s+$/, ""))) return
    setText("")
    back.current = 0
  }
  const recall = (by: 1 | -1): boolean => {
    const found = back.current + by < 0 ? null : textBefore(app.getState().console, back.current + by)
    if (found === null) return false
    back.current += by
    setText(found)
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    const { value, selectionStart, selectionEnd } = event.currentTarget
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      // The page's own key for Run stays the page's.
      if (event.ctrlKey || event.metaKey) return
      // An empty line ends an entry that seems to go on.
      if (selectionEnd === value.length && entryGoesOn(value) && !/\n\s*$/.test(value)) return
      event.preventDefault()
      submit()
    } else if (event.key === "ArrowUp" && !value.slice(0, selectionStart).includes("\n")) {
      if (recall(1)) event.preventDefault()
    } else if (event.key === "ArrowDown" && !value.slice(selectionEnd).includes("\n")) {
      if (recall(-1)) event.preventDefault()
    }
  }
  return (
    <div className="flex shrink-0 items-end gap-1.5 border-t border-hairline bg-lane px-3 py-1.5">
      <label htmlFor={id} className="sr-only">
        Console input
      </label>
      <textarea
        id={id}
        data-console-input=""
        value={text}
        rows={Math.min(MOST_ROWS, text.split("\n").length)}
        placeholder="Enter runs it"
        title="Enter runs it, Shift+Enter goes on in a new line"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => {
          back.current = 0
          setText(event.target.value)
        }}
        onKeyDown={onKeyDown}
        className="min-h-7 min-w-0 flex-1 resize-none rounded-control border border-control bg-bg px-2 py-1 font-mono text-ui leading-5 max-[699px]:min-h-10 max-[699px]:text-[16px]"
      />
      {busy ? (
        <Button kind="stop" className="max-[699px]:h-10" onClick={stopEntry}>
          Give up
        </Button>
      ) : (
        <Button className="max-[699px]:h-10" onClick={submit} disabled={text.trim() === ""}>
          Enter
        </Button>
      )}
      <Button
        kind="quiet"
        square
        aria-label="Clear the console"
        title="Clear the console and begin anew"
        disabled={empty}
        onClick={clearConsole}
      >
        <Eraser aria-hidden="true" size={15} />
      </Button>
    </div>
  )
}
