// The lines of tasks that are not there yet: dotted, through the middle of their rows, over the canvas, which knows nothing of
// them. For the eye alone; the gutter's rows say the same in words.
import { Fragment } from "react"
import type { Row } from "./layout.ts"

export function ExpectedLines({
  rows,
  rowPx,
  striped,
}: {
  readonly rows: readonly Row[]
  readonly rowPx: number
  /** Nothing is drawn under them that paints the rows. */
  readonly striped: boolean
}) {
  return (
    <div aria-hidden="true" className="timeline-expected pointer-events-none absolute inset-y-0 right-0">
      {rows.map((row, i) =>
        row.kind === "expected" ? (
          <Fragment key={row.key}>
            {striped && <div className={i % 2 === 1 ? "bg-lane" : "bg-bg"} style={{ top: i * rowPx, height: rowPx }} />}
            <div className="border-t-2 border-dotted border-control" style={{ top: i * rowPx + rowPx / 2 - 1 }} />
          </Fragment>
        ) : null,
      )}
    </div>
  )
}
