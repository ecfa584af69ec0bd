// Fields of the models dialog. Looks only; every one has its label as text.
import { type InputHTMLAttributes, type ReactNode, useId } from "react"

const INPUT = "h-7 w-full rounded-control border border-control bg-bg px-2 text-ui"

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  readonly label: string
  readonly onText: (text: string) => void
  /** A few words below. */
  readonly hint?: string
}

export function Field({ label, hint, onText, className = "", ...rest }: FieldProps) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-0.5 block text-chip text-text-2">
        {label}
      </label>
      <input
        id={id}
        className={INPUT}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onText(event.target.value)}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="m-0 mt-0.5 text-chip text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}

/** A number that takes effect when it is one from `min` to `max`. */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  onNumber,
  hint,
  className,
}: {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onNumber: (value: number) => void
  readonly hint?: string
  readonly className?: string
}) {
  return (
    <Field
      // A new value from elsewhere (a preset) begins a new field; typing does not.
      key={`${label} ${value}`}
      label={label}
      type="number"
      min={min}
      max={max}
      step={step}
      defaultValue={value}
      {...(hint ? { hint } : {})}
      {...(className ? { className } : {})}
      onText={() => {}}
      onBlur={(event) => {
        const number = event.target.valueAsNumber
        if (number >= min && number <= max && number !== value) onNumber(number)
        else event.target.value = String(value)
      }}
    />
  )
}

export function Check({
  label,
  checked,
  onCheck,
}: {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onCheck: (checked: boolean) => void
}) {
  return (
    <label className="flex items-start gap-2 py-0.5">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onCheck(event.target.checked)}
        className="mt-0.5 size-4 accent-accent"
      />
      <span>{label}</span>
    </label>
  )
}

export function Heading({ children }: { readonly children: ReactNode }) {
  return <h3 className="m-0 mt-4 mb-1.5 text-ui font-semibold">{children}</h3>
}

/** A sentence with its advice: what happened, and what to do. */
export function Notice({ good = false, children }: { readonly good?: boolean; readonly children: ReactNode }) {
  return (
    <p role="status" className={`m-0 mt-2 rounded-control bg-lane px-2.5 py-1.5 ${good ? "text-ok-text" : "text-error-text"}`}>
      {children}
    </p>
  )
}
