// What "Explain this moment" said, over the timeline until it is closed; the same was said to screen readers. Loaded when it is
// first asked for.
import { X } from "lucide-react"
import { changeView } from "./view.ts"

export default function Explanation({ text }: { readonly text: string }) {
  return (
    <div className="absolute right-3 bottom-3 z-20 flex max-h-[calc(100%-12px)] max-w-[min(560px,calc(100%-24px))] items-start gap-2 overflow-y-auto rounded-card border border-hairline bg-bg py-2 pr-2 pl-3 shadow-float">
      <p className="m-0 min-w-0 text-ui break-words text-text">{text}</p>
      <button
        type="button"
        aria-label="Close the explanation"
        className="flex h-6 w-6 shrink-0 items-center justify-center rounded-control text-text-2 hover:bg-raised"
        onClick={() => changeView({ explanation: "" })}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  )
}
