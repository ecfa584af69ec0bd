// A choice of one, drawn as a chip. The browser's own list: reachable by every keyboard, finger and screen reader, and no bytes.
import { ChevronDown } from "lucide-react"
import type { SelectHTMLAttributes } from "react"

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> {
  readonly label: string
  readonly value: string
  readonly onChoose: (value: string) => void
}

export function Select({ label, value, onChoose, className = "", children, ...rest }: SelectProps) {
  return (
    <span className={`relative inline-flex shrink-0 items-center ${className}`}>
      <select
        aria-label={label}
        title={label}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="h-7 w-full appearance-none rounded-control border border-control bg-bg py-0 pr-6 pl-2.5 text-ui hover:bg-raised"
        {...rest}
      >
        {children}
      </select>
      <ChevronDown aria-hidden="true" size={14} className="pointer-events-none absolute right-1.5 text-text-2" />
    </span>
  )
}
