// Links a compiled program with a run (languages/language.ts, `Runtime`): makes the values behind the tables of lower/unit.ts
// and says how values and failures are shown.
import { Fault } from "../../../engine/fault.ts"
import { tooManyCalls } from "../../../kernel/limits.ts"
import type { Coroutine } from "../../../kernel/task.ts"
import type { Host } from "../../host.ts"
import type { CompiledUnit, LinkedProgram, Runtime } from "../../language.ts"
import { globals } from "../library/index.ts"
import type { JadeUnit } from "../lower/unit.ts"
import { Jade } from "./jade.ts"
import { plainJson } from "./json.ts"
import { operationsOf } from "./operations.ts"
import { echoForm, previewForm, printForm } from "./print.ts"
import { Fn, StructType } from "./values.ts"

const MAX_PREVIEW = 200

export function createRuntime(host: Host, unit: CompiledUnit): Runtime {
  const extra = unit.extra as JadeUnit
  const jade = new Jade(host, extra.names, globals, extra.modules)
  host.machine.depthFailure = (site) =>
    new Fault("RecursionLimitExceeded", `recursion limit exceeded: ${tooManyCalls(host.kernel.limits.depth)}`, site)
  return {
    operations: operationsOf(jade),

    main(link: LinkedProgram): Coroutine {
      jade.globals = link.newGlobals()
      for (const row of extra.functions) jade.fns.set(row.id, new Fn(row.name, row.async, row.params, row.required, link.fn(row.id)))
      makeStructs(jade, extra, link)
      return jade.body(link.fn(extra.main)(jade.globals))
    },

    preview: (value) => previewForm(value, MAX_PREVIEW),

    faultOf(failure) {
      if (!(failure instanceof Fault)) return new Fault("AsyncPanic", "internal fault of the interpreter", -1)
      const file = jade.importedFile(failure.site)
      if (file === null || failure.payload !== undefined) return failure
      return new Fault("InFile", `${jade.asking.placedMessage(failure)} (${failure.kind})`, failure.site)
    },

    deadlock: (message) => new Fault("Deadlock", message, jade.tasks.topWaitsAt),

    valueOf(value) {
      if (value === undefined) return null
      if (!host.options.sequential) return { json: plainJson(value), printed: printForm(value) }
      return value === null ? null : { json: plainJson(value), printed: echoForm(value) }
    },
  }
}

function makeStructs(jade: Jade, extra: JadeUnit, link: LinkedProgram): void {
  const lineages = extra.structs.map(() => new Set<StructType>())
  extra.structs.forEach((row, i) => {
    const fields = row.fields.map(({ name, prompt, initial }) => ({ name, prompt, initial: initial < 0 ? null : link.fn(initial) }))
    const methods = new Map<string, Fn>()
    for (const [name, id] of row.methods) {
      const fn = jade.fns.get(id)
      if (fn) methods.set(name, fn)
    }
    const slots = new Map(fields.map((field, at) => [field.name, at] as const))
    const decorate = row.decorate < 0 ? null : link.fn(row.decorate)
    jade.structs.push(new StructType(row.name, fields, slots, methods, lineages[i] ?? new Set(), decorate, row.routeField, row.hints))
  })
  extra.structs.forEach((row, i) => {
    for (const id of row.lineage) {
      const type = jade.structs[id]
      if (type) lineages[i]?.add(type)
    }
  })
}
