// Tabs: one tab stop, arrows move between them, the panel is named by its tab. Looks and keys only; the owner keeps the choice.
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react"

export interface TabsProps<Name extends string> {
  readonly label: string
  readonly tabs: readonly { readonly name: Name; readonly title: string; readonly badge?: ReactNode }[]
  readonly chosen: Name
  readonly onChoose: (name: Name) => void
  /** Stands at the other end of the row. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly wide?: boolean
}

export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, aside, children, wide = false }: TabsProps<Name>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.name === chosen)
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: tabs.length - 1 - at }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    onChoose(next.name)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.name}"]`)?.focus()
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className={`flex shrink-0 items-center gap-2 border-b border-hairline bg-lane px-2 ${wide ? "h-11" : "h-9"}`}>
        <div
          ref={list}
          role="tablist"
          aria-label={label}
          className={`flex h-full items-stretch ${wide ? "flex-1" : ""}`}
          onKeyDown={onKeyDown}
        >
          {tabs.map((tab) => {
            const on = tab.name === chosen
            return (
              <button
                key={tab.name}
                type="button"
                role="tab"
                id={`${id}-${tab.name}`}
                data-tab={tab.name}
                aria-selected={on}
                aria-controls={on ? `${id}-panel` : undefined}
                tabIndex={on ? 0 : -1}
                onClick={() => onChoose(tab.name)}
                className={`relative inline-flex items-center justify-center gap-1.5 px-3 text-ui focus-visible:-outline-offset-2 ${wide ? "flex-1" : ""} ${
                  on
                    ? "font-semibold text-text after:absolute after:inset-x-2 after:bottom-0 after:border-b-2 after:border-accent"
                    : "text-text-2 hover:text-text"
                }`}
              >
                {tab.title}
                {tab.badge}
              </button>
            )
          })}
        </div>
        {aside !== undefined && <div className="ml-auto flex min-w-0 items-center gap-2">{aside}</div>}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${chosen}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reachable by the keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
      >
        {children}
      </div>
    </div>
  )
}
