// What bounds the calls of a document, whoever answers: how many run at once, and in Jade how often a reply that does not fit is
// asked for again. Options of a run; a notebook's front matter, where it names one, counts instead.
import { DEFAULT_RETRIES, MOST_RETRIES } from "../../interpreter/models/retries.ts"
import { isNotebook } from "../store/document.ts"
import { actions, useApp } from "../store/store.ts"
import { Heading, NumberField } from "./fields.tsx"

const MOST_PARALLEL = 10_000

export function Bounds() {
  const { language, path, maxParallel, maxRetries = DEFAULT_RETRIES } = useApp((state) => state.document)
  const notebook = isNotebook(path)
  return (
    <section aria-label="Bounds of a run" className="mt-4 border-t border-hairline">
      <Heading>Bounds of a run</Heading>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <NumberField
          label="At most in flight"
          value={maxParallel}
          min={0}
          max={MOST_PARALLEL}
          hint="0: as many as the language allows."
          onNumber={(number) => actions.chooseBounds({ maxParallel: Math.floor(number) })}
        />
        {(notebook || language === "jade") && (
          <NumberField
            label="Retries of a reply that does not fit (Jade)"
            value={maxRetries}
            min={0}
            max={MOST_RETRIES}
            hint={`${DEFAULT_RETRIES} unless chosen; 0: the first reply counts.`}
            onNumber={(number) => actions.chooseBounds({ maxRetries: Math.floor(number) })}
          />
        )}
      </div>
      {notebook && (
        <p className="m-0 mt-1.5 text-chip text-muted">
          <code>maxParallel</code> and <code>maxRetries</code> of the front matter count instead, where it has them.
        </p>
      )}
    </section>
  )
}
