// The builtins of one run: functions of the core and of system modules, called by name or taken as values and as tools of
// models. What they are is in catalogue.ts, what those of the modules do in system.ts.
import { Fault } from "../../../engine/fault.ts"
import { type Frame, GeneratorObject } from "../../../engine/machine.ts"
import { systemModule } from "./catalogue.ts"
import type { Room } from "./room.ts"
import { type SystemBody, SystemProblem, systemBodies } from "./system.ts"
import { plainText, printed } from "./texts.ts"
import { ErrorValue, FunctionValue, KeyMark, payload, ToolValue } from "./values.ts"

export class Builtins {
  private readonly bodies: ReturnType<typeof systemBodies>
  private readonly values = new Map<string, FunctionValue>()
  private readonly tools = new Map<string, ToolValue>()
  private readonly keyMarks = new Map<string, KeyMark>()

  constructor(private readonly room: Room) {
    this.bodies = systemBodies(room)
  }

  /** The tool made of the builtin of that name, if the program has named it as a value or in a bundle. */
  toolNamed(name: string): ToolValue | undefined {
    return this.tools.get(name)
  }

  /** The function as a value; the functions of a module of tools become tools with it. */
  builtin(module: string, name: string): FunctionValue {
    const key = `${module} ${name}`
    let value = this.values.get(key)
    if (!value) {
      // Called as a value it is told no site: it is the call that the task has just made.
      const { machine } = this.room.host
      const run = (args: unknown[]): Frame => this.calling(module, name, args, machine.at)
      value = new FunctionValue(name, function* (_globals, ...args): Frame {
        return yield run(args)
      })
      this.values.set(key, value)
      if (systemModule(module)?.tools) this.systemTool(name)
    }
    return value
  }

  /** The tool that a model gets for a function of system/tools. */
  systemTool(name: string): ToolValue {
    let tool = this.tools.get(name)
    if (!tool) {
      const builtin = systemModule("system/tools")?.functions.find((it) => it.name === name)
      const run = (args: unknown[]): unknown => this.callSystem("system/tools", name, args, -1)
      const params = (builtin?.params ?? []).map((param) => ({ name: param.name, type: param.type, doc: "" }))
      tool = new ToolValue(name, builtin?.doc ?? "", params, function* (_globals, ...args): Frame {
        const value = run(args)
        if (value instanceof ErrorValue) throw new Fault(value.type, value.message, -1, value.message)
        return value
      })
      this.tools.set(name, tool)
    }
    return tool
  }

  /** Calls a builtin of the core (module "") or of a system module; waits first where an argument holds what is not there yet. */
  callBuiltin(module: string, name: string, args: unknown[], site: number): unknown {
    const { room } = this
    if (args.some((arg) => room.holesIn(arg))) return this.callLater(module, name, args, site)
    if (module !== "") return this.callSystem(module, name, args, site)
    if (name === "print") {
      room.kernel.print(`${printed(args.length > 0 ? payload(args[0]) : null, site)}\n`, site)
      return null
    }
    // The only other function of the core is env.
    const [key, otherwise] = args
    const variables = room.host.options.variables
    const wanted = plainText(payload(key) ?? "", site)
    if (Object.hasOwn(variables, wanted)) return variables[wanted] ?? ""
    return room.host.options.keyNames.includes(wanted) ? this.keyMark(wanted) : (payload(otherwise) ?? "")
  }

  /** One mark for each name: reading it twice gives equal values. */
  private keyMark(name: string): KeyMark {
    let mark = this.keyMarks.get(name)
    if (!mark) {
      mark = new KeyMark(name)
      this.keyMarks.set(name, mark)
    }
    return mark
  }

  /** The same as a frame of its own, for calls that something else runs. */
  *calling(module: string, name: string, args: unknown[], site: number): Frame {
    const result = this.callBuiltin(module, name, args, site)
    return result instanceof GeneratorObject ? yield result : result
  }

  private *callLater(module: string, name: string, args: unknown[], site: number): Frame {
    yield this.room.settleDeep(args, site)
    return this.callBuiltin(module, name, args, site)
  }

  private callSystem(module: string, name: string, args: readonly unknown[], site: number): unknown {
    const body: SystemBody | undefined = this.bodies[module]?.[name]
    if (!body) throw new Fault("ReferenceError", `ReferenceError: '${name}' is not defined`, site)
    try {
      return body(args.map(payload), site)
    } catch (problem) {
      if (!(problem instanceof SystemProblem)) throw problem
      throw new Fault("TsBlockError", `Error in imported function '${name}': ${problem.message}`, site, problem.message)
    }
  }
}
