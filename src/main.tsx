// The page's entry. The document is there before React draws, so that the static first paint is replaced by the same picture.
import { createRoot } from "react-dom/client"
import { App } from "./app/App.tsx"
import { openFirst, watch } from "./app/boot.ts"
import { Failure } from "./app/late.tsx"
import { readyLayout } from "./app/layout/layouts.tsx"

async function start(): Promise<void> {
  await Promise.all([openFirst(), readyLayout()])
  const root = document.getElementById("root")
  if (!root) throw new Error("index.html has no #root")
  createRoot(root).render(
    <Failure>
      <App />
    </Failure>,
  )
  requestAnimationFrame(watch)
}

start().catch((problem: unknown) => {
  // The static first paint stays; it says what is wrong instead of seeming to wait.
  const note = document.createElement("p")
  note.className = "first-paint-problem"
  note.setAttribute("role", "alert")
  note.textContent = `The page could not start: ${problem instanceof Error ? problem.message : String(problem)}. Reload it to try again.`
  document.body.append(note)
})
