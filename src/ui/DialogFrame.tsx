// What every dialog of the page has: the veil behind it, a title, a way to close it, and a body that scrolls when it is
// higher than the window. Looks and roles alone: who opens it decides when it is there.
import { Dialog } from "radix-ui"
import type { ReactNode } from "react"
import { Button } from "./Button.tsx"
import { MORE_BELOW, markMoreBelow } from "./more-below.ts"

/** On a phone everything that is pressed is as high as a thumb wants it. */
export const TOUCH =
  "max-[699px]:[&_button]:min-h-11 max-[699px]:[&_select]:min-h-11 max-[699px]:[&_input:not([type=checkbox],[type=radio])]:min-h-11 max-[699px]:[&_summary]:py-3 max-[699px]:[&_label:has([type=checkbox],[type=radio])]:py-2"

export interface DialogFrameProps {
  readonly title: string
  /** A sentence under the title, read out with it. */
  readonly description?: ReactNode
  /** The same at the end of the dialog, in place of the sentence under the title. */
  readonly footnote?: ReactNode
  /** Classes for its size: how wide, how far from the top, how high at most, the gap between its parts. */
  readonly size: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function DialogFrame({ title, description, footnote, size, onClose, children }: DialogFrameProps) {
  // Without a description the dialog must not point at one.
  const described = description === undefined && footnote === undefined ? { "aria-describedby": undefined } : {}
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.4)]" />
        <Dialog.Content
          {...described}
          ref={markMoreBelow}
          className={`fixed left-1/2 z-50 flex -translate-x-1/2 flex-col overflow-y-auto rounded-card bg-bg p-5 text-text shadow-float ${MORE_BELOW} ${TOUCH} ${size}`}
        >
          <div className="flex items-baseline gap-3">
            <Dialog.Title className="m-0 text-title font-semibold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button kind="quiet" className="ml-auto">
                Close
              </Button>
            </Dialog.Close>
          </div>
          {description !== undefined && <Dialog.Description className="m-0 text-text-2">{description}</Dialog.Description>}
          {children}
          {footnote !== undefined && <Dialog.Description className="m-0 text-text-2">{footnote}</Dialog.Description>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
