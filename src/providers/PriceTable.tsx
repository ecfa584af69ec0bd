// What a million tokens cost, as a table that the reader can change: every model of our dated list, and rows of the reader's
// own. Kept on this device. The budget of a run and every cost on the page rest on it.
import { Plus, RotateCcw, X } from "lucide-react"
import { useId, useState } from "react"
import { PRICES_DATE, priceEntryFor, usd } from "../../interpreter/models/index.ts"
import { PROVIDER_PRESETS, providerPreset } from "../../interpreter/models/providers/index.ts"
import { Button } from "../ui/Button.tsx"
import { Select } from "../ui/Select.tsx"
import { Heading } from "./fields.tsx"
import { configuration, modelActions, useModels } from "./models.ts"
import { modelProblem, type OwnPrice, type PriceRow, priceRows, readPrice, withoutPrice, withPrice } from "./price-rows.ts"

const INPUT =
  "h-7 w-full min-w-0 rounded-control border bg-bg px-1.5 text-ui tabular-nums aria-invalid:border-error-text border-control placeholder:text-muted"

const setPrices = (prices: readonly OwnPrice[]) => modelActions.changeSettings({ prices })
const today = () => new Date().toISOString().slice(0, 10)

export function Prices() {
  const { prices, provider } = useModels((state) => state.settings)
  const model = configuration(provider)?.model ?? ""
  return (
    <>
      <Heading>Prices</Heading>
      {model !== "" && <PriceOfChosen provider={provider} model={model} own={prices} />}
      <details className="mt-1.5">
        <summary className="cursor-pointer">
          The price table of {PRICES_DATE}
          {prices.length > 0 && (
            <span className="text-text-2">, {prices.length === 1 ? "one price" : `${prices.length} prices`} of yours</span>
          )}
        </summary>
        <Table own={prices} chosen={{ provider, model }} />
      </details>
    </>
  )
}

function PriceOfChosen({ provider, model, own }: { readonly provider: string; readonly model: string; readonly own: readonly OwnPrice[] }) {
  const entry = priceEntryFor(provider, model, own)
  const mine = own.find((one) => one === entry)
  return (
    <p className="m-0">
      {model} of {titleOf(provider)}:{" "}
      {entry
        ? `${usd(entry.inUsd)} in, ${usd(entry.outUsd)} out for a million tokens (${mine ? `yours${mine.date && ` of ${mine.date}`}` : `list price of ${PRICES_DATE}`}).`
        : "nobody here knows the price. Without one a budget cannot be kept; add it to the table."}
    </p>
  )
}

function Table({
  own,
  chosen,
}: {
  readonly own: readonly OwnPrice[]
  readonly chosen: { readonly provider: string; readonly model: string }
}) {
  const rows = priceRows(own)
  // The reader's provider first; what costs nothing on the reader's own machine last.
  const rank = (provider: string) => (provider === chosen.provider ? 0 : providerPreset(provider)?.local ? 2 : 1)
  const providers = [...new Set(rows.map(({ provider }) => provider))].sort((a, b) => rank(a) - rank(b))
  return (
    <>
      <p className="m-0 mt-1 text-chip text-text-2">
        US dollars for a million tokens. Prices change: what you change stays on this device. A * stands for any ending; the entry that
        names a model most exactly counts.
      </p>
      <div className="mt-1.5 max-h-72 overflow-y-auto rounded-control border border-hairline">
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">Prices of models</caption>
          <colgroup>
            <col />
            <col className="w-[72px] sm:w-24" />
            <col className="w-[72px] sm:w-24" />
            <col className="w-9" />
          </colgroup>
          <thead>
            <tr className="text-left text-chip text-text-2">
              <th scope="col" className={`${HEAD} pl-2.5`}>
                model
              </th>
              <th scope="col" className={HEAD}>
                in
              </th>
              <th scope="col" className={HEAD}>
                out
              </th>
              <th scope="col" className={HEAD}>
                <span className="sr-only">change</span>
              </th>
            </tr>
          </thead>
          {providers.map((provider) => (
            <tbody key={provider}>
              <tr>
                <th scope="rowgroup" colSpan={4} className="bg-lane px-2.5 py-0.5 text-left text-chip font-semibold">
                  {titleOf(provider)}
                </th>
              </tr>
              {rows
                .filter((row) => row.provider === provider)
                .map((row) => (
                  <Row key={`${row.model} ${row.own} ${row.inUsd} ${row.outUsd}`} row={row} own={own} />
                ))}
            </tbody>
          ))}
        </table>
      </div>
      <NewRow key={`${chosen.provider} ${chosen.model} ${own.length}`} own={own} chosen={chosen} />
    </>
  )
}

const HEAD = "sticky top-0 z-10 border-b border-hairline bg-bg px-1 py-1 font-normal"

function Row({ row, own }: { readonly row: PriceRow; readonly own: readonly OwnPrice[] }) {
  const [problem, setProblem] = useState<{ readonly side: "inUsd" | "outUsd"; readonly sentence: string } | null>(null)
  const id = useId()
  const of = `${row.model} of ${titleOf(row.provider)}`
  const field = (side: "inUsd" | "outUsd", label: string) => (
    <td className="px-1 py-0.5">
      <input
        aria-label={`${label} price of ${of}`}
        className={INPUT}
        inputMode="decimal"
        autoComplete="off"
        defaultValue={String(row[side])}
        aria-invalid={problem?.side === side || undefined}
        aria-describedby={problem?.side === side ? id : undefined}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
        onBlur={(event) => {
          const price = readPrice(event.target.value)
          if (typeof price === "string") return setProblem({ side, sentence: price })
          if (problem?.side === side) setProblem(null)
          if (price === row[side]) return
          const { provider, model, inUsd, outUsd } = row
          setPrices(withPrice(own, { provider, model, inUsd, outUsd, [side]: price, date: today() }))
        }}
      />
    </td>
  )
  return (
    <>
      <tr>
        <th scope="row" className="px-2.5 py-0.5 text-left align-middle font-normal">
          <code className="break-all">{row.model}</code>
          {row.own && (
            <span className="ml-1.5 inline-block text-chip whitespace-nowrap text-text-2">yours{row.date && `, ${row.date}`}</span>
          )}
        </th>
        {field("inUsd", "in")}
        {field("outUsd", "out")}
        <td className="py-0.5 pr-1 text-right">
          {row.own && (
            <Button
              kind="quiet"
              square
              aria-label={row.listed ? `Back to the list price of ${of}` : `Remove the price of ${of}`}
              title={row.listed ? "Back to the list price" : "Remove"}
              onClick={() => setPrices(withoutPrice(own, row))}
            >
              {row.listed ? <RotateCcw aria-hidden="true" size={14} /> : <X aria-hidden="true" size={14} />}
            </Button>
          )}
        </td>
      </tr>
      {problem && (
        <tr>
          <td colSpan={4} className="px-2.5 pb-1">
            <p id={id} role="alert" ref={intoView} className="m-0 text-chip text-error-text">
              {problem.sentence}
            </p>
          </td>
        </tr>
      )}
    </>
  )
}

/** One more row; begins with the model that the reader chose, where the table does not know it. */
function NewRow({
  own,
  chosen,
}: {
  readonly own: readonly OwnPrice[]
  readonly chosen: { readonly provider: string; readonly model: string }
}) {
  const unknown = chosen.model !== "" && !priceEntryFor(chosen.provider, chosen.model, own)
  const [provider, setProvider] = useState(chosen.provider || "openai")
  const [model, setModel] = useState(unknown ? chosen.model : "")
  const [inUsd, setIn] = useState("")
  const [outUsd, setOut] = useState("")
  const [problem, setProblem] = useState<{ readonly at: "model" | "in" | "out"; readonly sentence: string } | null>(null)
  const id = useId()
  const add = () => {
    const named = modelProblem(model, provider, own)
    if (named) return setProblem({ at: "model", sentence: named })
    const incoming = readPrice(inUsd)
    if (typeof incoming === "string") return setProblem({ at: "in", sentence: incoming })
    const outgoing = readPrice(outUsd)
    if (typeof outgoing === "string") return setProblem({ at: "out", sentence: outgoing })
    setPrices(withPrice(own, { provider, model: model.trim(), inUsd: incoming, outUsd: outgoing, date: today() }))
  }
  const invalid = (at: "model" | "in" | "out") => (problem?.at === at ? ({ "aria-invalid": true, "aria-describedby": id } as const) : {})
  return (
    <form
      className="mt-2"
      aria-label="Another model's price"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <Select label="Provider of the new price" value={provider} onChoose={setProvider} className="max-sm:w-full">
          {PROVIDER_PRESETS.filter(({ local, id: preset }) => !local || preset === "custom").map(({ id: preset, title }) => (
            <option key={preset} value={preset}>
              {title}
            </option>
          ))}
        </Select>
        <input
          aria-label="Model of the new price"
          placeholder="model, or its beginning*"
          className={`${INPUT} flex-1 basis-32`}
          autoComplete="off"
          spellCheck={false}
          value={model}
          onChange={(event) => setModel(event.target.value)}
          {...invalid("model")}
        />
        <span className="flex items-center gap-1.5">
          {(
            [
              ["in", inUsd, setIn],
              ["out", outUsd, setOut],
            ] as const
          ).map(([field, usd, set]) => (
            <input
              key={field}
              aria-label={`${field} price of the new model`}
              placeholder={field}
              className={`${INPUT} !w-[72px]`}
              inputMode="decimal"
              autoComplete="off"
              value={usd}
              onChange={(event) => set(event.target.value)}
              {...invalid(field)}
            />
          ))}
          <Button type="submit">
            <Plus aria-hidden="true" size={14} />
            Add
          </Button>
        </span>
      </div>
      {problem && (
        <p id={id} role="alert" className="m-0 mt-0.5 text-chip text-error-text">
          {problem.sentence}
        </p>
      )}
    </form>
  )
}

/** The sentence stands below its row, which may be the last one in sight. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" })
}

function titleOf(provider: string): string {
  return providerPreset(provider)?.title ?? provider
}
