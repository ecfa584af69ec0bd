// Buttons: one primary a screen, quiet ones elsewhere. Looks only.
import type { ButtonHTMLAttributes, Ref } from "react"

type Kind = "primary" | "plain" | "quiet" | "stop"

const KINDS: Record<Kind, string> = {
  primary: "border border-transparent bg-accent text-on-accent font-semibold hover:brightness-110 active:brightness-95",
  stop: "bg-bg text-error-text font-semibold border border-current hover:bg-raised",
  plain: "bg-bg text-text border border-control hover:bg-raised",
  quiet: "text-text-2 hover:bg-raised hover:text-text aria-pressed:bg-raised aria-pressed:text-text",
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: Kind
  /** Square, for an icon alone; needs an `aria-label`. */
  readonly square?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ kind = "plain", square = false, className = "", ...rest }: ButtonProps) {
  const shape = square ? "w-7 justify-center" : "px-2.5"
  return (
    <button
      type="button"
      className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control text-ui whitespace-nowrap transition-[background-color,filter] duration-120 select-none disabled:cursor-not-allowed disabled:opacity-50 ${shape} ${KINDS[kind]} ${className}`}
      {...rest}
    />
  )
}

/** The keys of a command, shown beside its name. */
export function Keys({ keys, className = "" }: { readonly keys: string; readonly className?: string }) {
  return (
    <span aria-hidden="true" className={`font-sans text-tick ${className}`}>
      {keys}
    </span>
  )
}
