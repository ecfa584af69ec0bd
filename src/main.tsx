// The page's entry. The document and its language's colours are there before React draws, so that the static first paint is
// replaced by the same picture.
import { createRoot } from "react-dom/client"
import { languageEntry } from "../interpreter/languages/index.ts"
import { App } from "./app/App.tsx"
import { openFirst, watch } from "./app/boot.ts"
import { Failure } from "./app/late.tsx"
import { app } from "./store/store.ts"

async function start(): Promise<void> {
  const colours = languageEntry("vibe")?.loadColours()
  await openFirst()
  const { language } = app.getState().document
  await (language === "vibe" ? colours : languageEntry(language)?.loadColours())?.catch(() => {})
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
