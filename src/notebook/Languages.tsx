// The languages of the open notebook's cells, beside its kind in the page's head.
import { languageEntry } from "../../interpreter/languages/index.ts"
import { languagesOf } from "./model.ts"
import { useNotebook } from "./state.ts"

export default function Languages() {
  // A text, so that edits which change nothing here draw nothing here.
  const titles = useNotebook((open) =>
    open
      ? languagesOf(open.notebook)
          .map((id) => languageEntry(id)?.title)
          .join(", ")
      : "",
  )
  return (
    <span className="text-chip whitespace-nowrap text-muted max-[1040px]:hidden">
      <span className="sr-only">Its cells: </span>
      {titles === "" ? "no cells" : titles}
    </span>
  )
}
