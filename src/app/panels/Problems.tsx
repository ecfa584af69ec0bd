// What is wrong with the text, in a row under it: what was found, where, and a fix if one is known. Absent while all is well.
import { positionOf } from "../../../interpreter/source/diagnostic.ts"
import { programOf, withEdits } from "../../../interpreter/source/text.ts"
import { withEditor } from "../../editor/open-editor.ts"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { plural } from "../../ui/format.ts"

const MOST_SHOWN = 20

export function Problems() {
  const document = useApp((state) => state.document)
  const problems = useApp((state) => state.problems)
  if (problems.diagnostics.length === 0) return null
  const program = programOf(document.language, document.path, document.text, document.files)
  const late = problems.documentVersion !== document.version
  const errors = problems.diagnostics.filter((diagnostic) => diagnostic.severity === "error").length
  return (
    <section
      aria-label="Problems"
      className={`max-h-[104px] shrink-0 overflow-y-auto border-t border-hairline bg-lane ${late ? "opacity-60" : ""}`}
    >
      <ul className="m-0 list-none p-0" aria-label={plural(problems.diagnostics.length, "problem")}>
        {problems.diagnostics.slice(0, MOST_SHOWN).map((diagnostic) => {
          const { line, column } = positionOf(program, diagnostic)
          const own = diagnostic.file === document.path
          const place = own ? `${line}:${column}` : `${diagnostic.file}:${line}:${column}`
          return (
            <li key={`${diagnostic.from} ${diagnostic.kind} ${diagnostic.message}`} className="flex items-start gap-2 px-3 py-1">
              <span
                aria-hidden="true"
                className={`mt-1.5 h-2 w-2 shrink-0 ${diagnostic.severity === "error" ? "rounded-full bg-error" : "rounded-[2px] bg-retry"}`}
              />
              <button
                type="button"
                className="min-w-0 flex-1 text-left hover:underline"
                onClick={() => own && withEditor((editor) => editor.goTo(diagnostic.from, diagnostic.to))}
              >
                <span className="mr-2 text-chip text-muted">
                  <span className="sr-only">{diagnostic.severity}, line </span>
                  {place}
                </span>
                {diagnostic.message}
              </button>
              {own &&
                !late &&
                diagnostic.fixes?.slice(0, 1).map((fix) => (
                  <Button key={fix.title} onClick={() => actions.replaceText(withEdits(document.text, fix.edits))}>
                    {fix.title}
                  </Button>
                ))}
            </li>
          )
        })}
      </ul>
      {problems.diagnostics.length > MOST_SHOWN && (
        <p className="m-0 px-3 py-1 text-text-2">
          {plural(problems.diagnostics.length - MOST_SHOWN, "more problem")}, {plural(errors, "error")} in all.
        </p>
      )}
    </section>
  )
}
