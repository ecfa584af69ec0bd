// The gallery as a menu: examples of each language with a sentence each, and the reader's own texts of the last days.
import { DropdownMenu } from "radix-ui"
import { type ReactNode, useEffect, useState } from "react"
import { LANGUAGES } from "../../../interpreter/languages/index.ts"
import { TOPICS } from "../../notebook/gallery/index.ts"
import { useApp } from "../../store/store.ts"
import { MORE_BELOW, markMoreBelow } from "../../ui/more-below.ts"
import { runCommand } from "../commands.ts"
import { openExample } from "../deeds.ts"
import { openGallery } from "../document/files.ts"
import { type Draft, listDrafts, openDraft } from "../keeping/drafts.ts"
import { examplesOf } from "./index.ts"

const ITEM =
  "flex cursor-pointer flex-col gap-0.5 rounded-control px-3 py-1.5 outline-none select-none data-[highlighted]:bg-raised data-[highlighted]:outline-2 data-[highlighted]:-outline-offset-2 data-[highlighted]:outline-focus"

/** Not a menu within the menu: a phone has no room for one beside this. */
const LANGUAGE_OF_TOPIC =
  "flex h-7 cursor-pointer items-center rounded-control border border-control px-2.5 outline-none select-none data-[highlighted]:bg-raised data-[highlighted]:outline-2 data-[highlighted]:outline-focus max-[699px]:h-11 max-[699px]:px-4"

const LABEL = "px-3 pt-2 pb-1 text-chip font-semibold text-muted"

/** The others are in the dialog of everything that is kept. */
const MOST_SHOWN = 12

export default function ExamplesMenu({
  label,
  name,
  onClose,
}: {
  readonly label: ReactNode
  readonly name: string
  readonly onClose: () => void
}) {
  const open = useApp((state) => state.document.exampleId)
  const [drafts, setDrafts] = useState<readonly Draft[]>([])
  useEffect(() => {
    void listDrafts().then(setDrafts)
  }, [])
  return (
    <DropdownMenu.Root defaultOpen modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenu.Trigger
        aria-label={`Examples, open: ${name}`}
        className="inline-flex h-7 min-w-0 items-center gap-1.5 rounded-control bg-raised px-2.5 text-ui whitespace-nowrap"
      >
        {label}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.querySelector("header")}>
        <DropdownMenu.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          // Longer than the page it scrolls, by the keyboard too.
          tabIndex={0}
          ref={markMoreBelow}
          className={`${MORE_BELOW} z-50 grid max-h-[var(--radix-dropdown-menu-content-available-height)] w-[min(420px,94vw)] items-start gap-x-2 overflow-y-auto rounded-card border border-hairline bg-bg p-1.5 shadow-float min-[860px]:w-[840px] min-[860px]:grid-cols-2`}
        >
          <div>
            {LANGUAGES.map((language) => (
              <DropdownMenu.Group key={language.id}>
                <DropdownMenu.Label className={LABEL}>{language.title}</DropdownMenu.Label>
                {examplesOf(language.id).map((example) => (
                  <DropdownMenu.Item key={example.id} className={ITEM} onSelect={() => openExample(example.id)}>
                    <span className={example.id === open ? "font-semibold text-accent" : "font-semibold"}>{example.title}</span>
                    <span className="text-chip text-text-2">{example.about}</span>
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Group>
            ))}
          </div>
          <DropdownMenu.Group>
            <DropdownMenu.Label className={LABEL}>Notebooks by topic</DropdownMenu.Label>
            {TOPICS.map((topic) => (
              <DropdownMenu.Group
                key={topic.id}
                className="flex flex-col gap-0.5 px-3 py-1.5 min-[860px]:grid min-[860px]:grid-cols-[1fr_auto] min-[860px]:gap-x-3"
              >
                <span className="font-semibold">{topic.title}</span>
                <span className="text-chip text-text-2">{topic.about}</span>
                <span className="flex gap-1.5 pt-1 min-[860px]:col-start-2 min-[860px]:row-span-2 min-[860px]:row-start-1 min-[860px]:self-center min-[860px]:pt-0">
                  {LANGUAGES.map((language) => (
                    <DropdownMenu.Item
                      key={language.id}
                      aria-label={`${topic.title}, in ${language.title}`}
                      textValue={topic.title}
                      className={LANGUAGE_OF_TOPIC}
                      onSelect={() => void openGallery(`${topic.id}-${language.id}`)}
                    >
                      {language.title}
                    </DropdownMenu.Item>
                  ))}
                </span>
              </DropdownMenu.Group>
            ))}
          </DropdownMenu.Group>
          <DropdownMenu.Group className="mt-1.5 grid border-t border-hairline min-[860px]:col-span-2 min-[860px]:grid-cols-2 min-[860px]:gap-x-2">
            <DropdownMenu.Label className={`${LABEL} min-[860px]:col-span-2`}>Yours, on this device</DropdownMenu.Label>
            {drafts.slice(0, MOST_SHOWN).map((draft) => (
              <DropdownMenu.Item key={draft.key} className={ITEM} onSelect={() => openDraft(draft)}>
                <span className="truncate font-semibold">{draft.document.title}</span>
                <span className="truncate font-mono text-chip text-text-2">{draft.document.text.trim().split("\n", 1)[0]}</span>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Item className={ITEM} onSelect={() => runCommand("versions")}>
              <span className="font-semibold">Versions, export, import</span>
              <span className="text-chip text-text-2">Everything that is kept: compare and restore, or take it along as one file.</span>
            </DropdownMenu.Item>
          </DropdownMenu.Group>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
