// What names mean in one function, closure or file, in the intermediate form: locals, globals as they are and as a closure took
// them along, structs, builtins (SPEC 5). Expressions build on it.
import { type Expr as Ir, type IrBuilder, type Variable as IrVariable, lit, op, read, set } from "../../../engine/ir.ts"
import type { FileModel, FunctionLike, Variable } from "../check/model.ts"
import type { Name, Node, SelfField } from "../syntax/ast.ts"
import type { ProgramLowering } from "./program.ts"

export abstract class NameLowering {
  protected readonly locals = new Map<Variable, IrVariable>()
  protected readonly builder: IrBuilder
  /** A file's own statements are being lowered, in their order; defaults of fields run whenever a literal needs them. */
  protected atTopLevel = false

  constructor(
    protected readonly program: ProgramLowering,
    protected readonly file: FileModel,
    /** The function or closure around; null for a file's top level and for defaults. */
    protected readonly fn: FunctionLike | null,
    /** Globals that a closure took along. */
    protected readonly captured: ReadonlyMap<Variable, IrVariable>,
  ) {
    this.builder = program.builder
  }

  protected site(node: Node): number {
    return this.program.sites.add(this.file.path, node.from, node.to)
  }

  protected name(at: Node, name: string): Ir {
    const binding = this.file.bindings.get(at)
    const site = this.site(at)
    switch (binding?.k) {
      case "local": {
        const variable = this.locals.get(binding.variable)
        return variable ? read(variable) : op("notCaptured", [lit(name)], site)
      }
      case "global":
        return this.globalValue(binding.variable, site)
      case "captured":
        return op("notCaptured", [lit(name)], site)
      case "struct":
        return op("structType", [lit(binding.struct.id)])
      case "session":
        return op("session", [lit(name)])
      case "builtin":
        return name === "nil" || name === "None" || name === "null" ? lit(null) : op("builtinValue", [lit(name)])
      default:
        return op("undefinedVariable", [lit(name)], site)
    }
  }

  private globalValue(variable: Variable, site: number): Ir {
    if (variable.constant) return op("fn", [lit(this.program.functionOf(variable.constant).id)])
    const global = read(this.program.global(variable))
    const own = this.captured.get(variable)
    if (own) return { k: "defined", value: read(own), name: "live", args: [global, lit(variable.name)], site }
    // At the top level the check has seen that the name was bound before, unless cells may fail or functions bind it later.
    const bound =
      this.fn === null &&
      this.program.cellStarts.length === 0 &&
      variable.functions.length === 0 &&
      !variable.madeInFunction &&
      this.atTopLevel
    return bound ? global : { k: "defined", value: global, name: "undefinedVariable", args: [lit(variable.name)], site }
  }

  /** What a closure that is made here takes along of a global. */
  protected captureValue(variable: Variable): Ir {
    const global = read(this.program.global(variable))
    const own = this.captured.get(variable)
    return op("captured", [own ? read(own) : global, global])
  }

  protected paramOf(name: Name): IrVariable | null {
    const binding = this.file.bindings.get(name)
    return binding?.k === "local" ? (this.locals.get(binding.variable) ?? null) : null
  }

  /** Gives a name its value. */
  protected bind(at: Node, value: Ir): Ir {
    const binding = this.file.bindings.get(at)
    if (binding?.k === "local") {
      const variable = this.locals.get(binding.variable)
      return variable ? set(variable, value) : value
    }
    if (binding?.k !== "global") return value
    return set(this.captured.get(binding.variable) ?? this.program.global(binding.variable), value)
  }

  protected selfValue(e: SelfField): Ir {
    return this.name(e, "self")
  }
}
