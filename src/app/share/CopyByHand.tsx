// A text that the browser would not copy, selected in a field: one key copies it. Opens over whatever dialog is open.
import { Dialog } from "radix-ui"
import { useRef } from "react"
import { actions, useApp } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"

export default function CopyByHand() {
  const byHand = useApp((state) => state.shell.byHand)
  const field = useRef<HTMLTextAreaElement>(null)
  if (!byHand) return null
  const { what, text } = byHand
  const close = () => actions.offerByHand(null)
  const key = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘C" : "Ctrl+C"
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-[60] bg-[rgb(0_0_0/0.4)]" />
        <Dialog.Content
          className="fixed top-[16dvh] left-1/2 z-[61] flex max-h-[72dvh] w-[min(560px,94vw)] -translate-x-1/2 flex-col gap-2 rounded-card bg-bg p-5 text-text shadow-float"
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            field.current?.focus()
            field.current?.select()
          }}
        >
          <Dialog.Title className="m-0 text-title font-semibold">Copy {what} by hand</Dialog.Title>
          <Dialog.Description className="m-0 text-text-2">
            {navigator.clipboard
              ? "The browser did not allow this page to copy."
              : "This page was opened over plain http, where browsers do not let a page copy."}{" "}
            Everything is selected: press {key}, or choose Copy in the menu of the selection.
          </Dialog.Description>
          <textarea
            ref={field}
            readOnly
            aria-label={`Text of ${what}`}
            value={text}
            rows={Math.min(12, Math.max(3, text.split("\n").length))}
            onFocus={(event) => event.target.select()}
            className="min-h-16 w-full resize-none rounded-control border border-control bg-bg p-2 font-mono text-chip break-all"
          />
          <div className="flex justify-end">
            <Button kind="primary" onClick={close}>
              Done
            </Button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
