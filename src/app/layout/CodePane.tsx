// The code and what is wrong with it; a notebook in its place where one is open. On a desk and on a phone.
import { Suspense } from "react"
import { Editor } from "../../editor/Editor.tsx"
import { isNotebook } from "../../store/document.ts"
import { useApp } from "../../store/store.ts"
import { runCommand } from "../commands.ts"
import { late } from "../late.tsx"

const NotebookView = late(async () => {
  const { start } = await import("../../notebook/start.ts")
  start()
  return import("../../notebook/Notebook.tsx")
})
const Problems = late(async () => ({ default: (await import("../panels/Problems.tsx")).Problems }))

export function CodePane() {
  const notebook = useApp((state) => isNotebook(state.document.path))
  const problems = useApp((state) => state.problems.diagnostics.length > 0)
  if (notebook)
    return (
      <section id="editor" aria-label="Editor" data-region="editor" className="flex h-full min-h-0 flex-col">
        <Suspense fallback={null}>
          <NotebookView />
        </Suspense>
      </section>
    )
  return (
    <section id="editor" aria-label="Editor" data-region="editor" className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <Editor onWrite={() => runCommand("run")} />
      </div>
      {problems && (
        <Suspense fallback={null}>
          <Problems />
        </Suspense>
      )}
    </section>
  )
}
