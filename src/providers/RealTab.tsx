// Real models: providers with their keys, a test of the connection, the names of the program's models, prices and the budget.
import { useMemo, useState } from "react"
import {
  addressProblem,
  type ConnectionReport,
  PROVIDER_PRESETS,
  type ProviderConfig,
  type ProviderPreset,
  providerPreset,
  testConnection,
} from "../../interpreter/models/providers/index.ts"
import { shownRun } from "../store/runs.ts"
import { useApp } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { Select } from "../ui/Select.tsx"
import { Check, Field, Heading, Notice, NumberField } from "./fields.tsx"
import { isRemembered, keyOf } from "./keys.ts"
import { configuration, modelActions, offersRealModels, useModels } from "./models.ts"
import { namedModels } from "./named-models.ts"
import { Prices } from "./PriceTable.tsx"

export function RealTab({ onRun }: { readonly onRun: () => void }) {
  const chosen = useModels((state) => state.settings.provider)
  const [shown, setShown] = useState(chosen || "openai")
  if (!offersRealModels)
    return (
      <p className="m-0">This page is shown inside another page, so it asks no real models. Open it in a tab of its own to use a key.</p>
    )
  return (
    <>
      <p className="m-0 text-text-2">
        Your key goes from this browser to the provider and nowhere else. Programs never see it, and no link, file or recording holds it.
      </p>
      <Heading>Provider</Heading>
      <Select label="Provider" value={shown} onChoose={setShown}>
        {PROVIDER_PRESETS.map(({ id, title, local }) => (
          <option key={id} value={id}>
            {title}
            {local && id !== "custom" ? " (on this machine)" : ""}
          </option>
        ))}
      </Select>
      <Provider key={shown} id={shown} onRun={onRun} />
      <Budget />
      <Names />
      <Prices />
    </>
  )
}

function Provider({ id, onRun }: { readonly id: string; readonly onRun: () => void }) {
  const preset = providerPreset(id)
  // Read anew with every change of the settings.
  useModels((state) => state.settings.providers)
  const isDefault = useModels((state) => state.settings.provider === id)
  const config = configuration(id)
  const report = useModels((state) => state.tests[id])
  if (!preset || !config) return null
  const models = typeof report === "object" ? report.models : []
  const change = (part: Partial<ProviderConfig>) => modelActions.configure(id, part)
  return (
    <fieldset className="m-0 mt-2 rounded-control border border-hairline p-3 pt-2">
      <legend className="sr-only">{preset.title}</legend>
      {preset.key !== "none" && <Key preset={preset} />}
      <div className="mt-2 grid gap-2 sm:grid-cols-2">
        {preset.protocol !== "browser" && <Address key={config.baseUrl} config={config} onAddress={(baseUrl) => change({ baseUrl })} />}
        <Field
          key={`model ${config.model}`}
          label="Model"
          defaultValue={config.model}
          list={`models-of-${id}`}
          onText={() => {}}
          onBlur={(event) => event.target.value.trim() !== config.model && change({ model: event.target.value.trim() })}
          {...(models.length > 0 ? { hint: `${models.length} models in its list` } : {})}
        />
        <datalist id={`models-of-${id}`}>
          {models.map((model) => (
            <option key={model} value={model} />
          ))}
        </datalist>
      </div>
      <details className="mt-2">
        <summary className="cursor-pointer">Limits</summary>
        <div className="mt-2 grid grid-cols-2 items-start gap-2 sm:grid-cols-3">
          <NumberField
            label="In flight at once"
            value={config.maxInFlight}
            min={1}
            max={100}
            onNumber={(maxInFlight) => change({ maxInFlight })}
          />
          <NumberField
            label="Requests a minute"
            hint={config.requestsPerMinute === 0 ? "0: any number" : ""}
            value={config.requestsPerMinute}
            min={0}
            max={10_000}
            onNumber={(requestsPerMinute) => change({ requestsPerMinute })}
          />
          <NumberField
            label="Tokens a minute"
            hint={config.tokensPerMinute === 0 ? "0: any number" : "in and out, est. until an answer is there"}
            value={config.tokensPerMinute}
            min={0}
            max={100_000_000}
            onNumber={(tokensPerMinute) => change({ tokensPerMinute })}
          />
          <NumberField
            label="Tokens an answer"
            value={config.maxTokensOut}
            min={16}
            max={200_000}
            onNumber={(maxTokensOut) => change({ maxTokensOut })}
          />
          <NumberField label="Timeout, s" value={config.timeoutS} min={1} max={3600} onNumber={(timeoutS) => change({ timeoutS })} />
        </div>
        <Check
          label="Ask for lists and records in the provider's structured form"
          checked={config.structured}
          onCheck={(structured) => change({ structured })}
        />
      </details>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button
          disabled={report === "testing"}
          onClick={() => {
            modelActions.tested(id, "testing")
            void testConnection(config, keyOf(id)).then((result) => modelActions.tested(id, result))
          }}
        >
          {report === "testing" ? "Testing…" : "Test the connection"}
        </Button>
        <Button
          kind="primary"
          disabled={config.model === "" || (config.baseUrl === "" && preset.protocol !== "browser")}
          onClick={() => {
            modelActions.configure(id, {})
            modelActions.changeSettings({ provider: id })
            modelActions.choose("live")
            onRun()
          }}
        >
          Run with {preset.title}
        </Button>
        {isDefault && (
          <Button kind="quiet" onClick={() => modelActions.remove(id)}>
            Forget {preset.title}
          </Button>
        )}
      </div>
      {typeof report === "object" && <TestResult report={report} />}
    </fieldset>
  )
}

function TestResult({ report }: { readonly report: ConnectionReport }) {
  return (
    <Notice good={report.state === "ok"}>
      {report.sentence} {report.advice}
    </Notice>
  )
}

function Address({ config, onAddress }: { readonly config: ProviderConfig; readonly onAddress: (address: string) => void }) {
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <div>
      <Field
        label="Address"
        type="url"
        inputMode="url"
        defaultValue={config.baseUrl}
        placeholder="https://…/v1"
        onText={() => setProblem(null)}
        onBlur={(event) => {
          const address = event.target.value.trim()
          if (address === config.baseUrl) return
          const wrong = addressProblem(address)
          setProblem(wrong)
          if (!wrong) onAddress(address)
        }}
      />
      {problem && <p className="m-0 mt-0.5 text-chip text-error-text">{problem}</p>}
    </div>
  )
}

/** The field never shows the key that is kept, only that there is one. */
function Key({ preset }: { readonly preset: ProviderPreset }) {
  const keyed = useModels((state) => state.keyed.includes(preset.id))
  const [remember, setRemember] = useState(() => isRemembered(preset.id))
  return (
    <>
      <Field
        key={`key ${keyed}`}
        label={preset.key === "optional" ? "Key, where it wants one" : "Key"}
        type="password"
        placeholder={keyed ? "A key is set; type another to replace it" : "Paste it here"}
        onText={() => {}}
        onBlur={(event) => {
          if (event.target.value.trim() !== "") modelActions.enterKey(preset.id, event.target.value, remember)
          event.target.value = ""
        }}
        hint={
          keyed
            ? remember
              ? "Remembered on this device."
              : "In memory until this page is closed."
            : "Kept in memory until this page is closed."
        }
      />
      <Check
        label={
          <>
            Remember on this device <span className="text-text-2">(anyone who can use this browser profile can use it, and read it)</span>
          </>
        }
        checked={remember}
        onCheck={(checked) => {
          setRemember(checked)
          if (keyed) modelActions.enterKey(preset.id, keyOf(preset.id), checked)
        }}
      />
      {preset.keysUrl && (
        <a href={preset.keysUrl} target="_blank" rel="noreferrer" className="text-accent">
          Where {preset.title} makes keys
        </a>
      )}
    </>
  )
}

function Budget() {
  const { budgetUsd, reuse } = useModels((state) => state.settings)
  return (
    <>
      <Heading>Budget</Heading>
      <Check
        label="Stop a run before it has cost more than"
        checked={budgetUsd !== null}
        onCheck={(checked) => modelActions.changeSettings({ budgetUsd: checked ? 0.25 : null })}
      />
      {budgetUsd !== null && (
        <NumberField
          className="w-40"
          label="US dollars a run"
          value={budgetUsd}
          min={0.001}
          max={10_000}
          step={0.05}
          onNumber={(dollars) => modelActions.changeSettings({ budgetUsd: dollars })}
        />
      )}
      <Check
        label="Use answers again that this document already received; ask only what changed"
        checked={reuse}
        onCheck={(checked) => modelActions.changeSettings({ reuse: checked })}
      />
    </>
  )
}

/** The names that programs give their models, and who answers them. */
function Names() {
  const { routes, providers } = useModels((state) => state.settings)
  const [name, setName] = useState("")
  const run = useApp((state) => shownRun(state.runs))
  const unmapped = useMemo(
    () => (run?.state === "ended" ? namedModels(run.trace).filter((named) => !routes.some((route) => route.name === named.name)) : []),
    [run, routes],
  )
  const add = (added: string) =>
    modelActions.changeSettings({ routes: [...routes, { name: added, provider: providers[0]?.id ?? "", model: "" }] })
  return (
    <>
      <Heading>Names in programs</Heading>
      <p className="m-0 text-text-2">
        A program names models and providers; you say who answers. Without an entry here, the provider above does. A program's own address
        and key are never used.
      </p>
      {routes.map((route) => (
        <div key={route.name} className="mt-1 flex flex-wrap items-end gap-2">
          <code className="py-1">{route.name}</code>
          <Select
            label={`Provider for ${route.name}`}
            value={route.provider}
            onChoose={(provider) =>
              modelActions.changeSettings({ routes: routes.map((one) => (one === route ? { ...one, provider } : one)) })
            }
          >
            {providers.map(({ id }) => (
              <option key={id} value={id}>
                {providerPreset(id)?.title}
              </option>
            ))}
          </Select>
          <Field
            className="w-56"
            label={`Model for ${route.name}`}
            defaultValue={route.model}
            placeholder="as set above"
            onText={() => {}}
            onBlur={(event) => {
              const model = event.target.value.trim()
              modelActions.changeSettings({ routes: routes.map((one) => (one === route ? { ...one, model } : one)) })
            }}
          />
          <Button kind="quiet" onClick={() => modelActions.changeSettings({ routes: routes.filter((one) => one !== route) })}>
            Remove
          </Button>
        </div>
      ))}
      {unmapped.length > 0 && (
        <ul className="m-0 mt-1 list-none p-0">
          {unmapped.map((named) => (
            <li key={named.name} className="flex flex-wrap items-center gap-2">
              <span>
                The last run asked for <code>{named.name}</code>
                {named.provider && <> of {named.provider}</>}
                {named.url && (
                  <>
                    {" "}
                    at <code>{named.url}</code> (not used)
                  </>
                )}
                .
              </span>
              <Button kind="quiet" disabled={providers.length === 0} onClick={() => add(named.name)}>
                Say who answers
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-1 flex items-end gap-2">
        <Field className="w-56" label="Name in the program" value={name} onText={setName} placeholder="fast" />
        <Button
          disabled={name.trim() === "" || providers.length === 0 || routes.some((route) => route.name === name.trim())}
          onClick={() => {
            add(name.trim())
            setName("")
          }}
        >
          Add
        </Button>
      </div>
    </>
  )
}
