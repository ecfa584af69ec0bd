// What a file declares (SPEC 5, 11): its globals, functions, imports and struct types, collected before any name is looked
// up, because functions and structs may be named above their declaration. Fills the file's model for resolve.ts.
import { packages, SESSION_VARIABLES } from "../library/index.ts"
import {
  childExpressions,
  type Expr,
  type FunctionStmt,
  type Name,
  type Stmt,
  type StructStmt,
  statementBlocks,
  statementExpressions,
  type UseStmt,
} from "../syntax/ast.ts"
import type { FileModel, FunctionLike, Import, Report, StructModel, Variable } from "./model.ts"

/** Declares everything in a file whose modules have been resolved; its struct types get ids from `firstStruct` on. */
export function declareFile(file: FileModel, firstStruct: number, report: Report): StructModel[] {
  return new Declarer(file, report, firstStruct).declareFile()
}

/** The file's global of that name; `at` defines it if there is none. */
export function globalOf(file: FileModel, name: string, at: Name): Variable {
  let variable = file.globals.get(name)
  if (!variable) {
    variable = newVariable(name, "global", null, file)
    variable.definitions.push(at)
    file.globals.set(name, variable)
  }
  return variable
}

/** A session variable that the file declares no variable of its own for: assigning it has no effect (SPEC 15.8). */
export function isSession(file: FileModel, name: string): boolean {
  return SESSION_VARIABLES.has(name) && !file.globals.has(name)
}

export function newVariable(name: string, scope: Variable["scope"], owner: FunctionLike | null, file: FileModel): Variable {
  return {
    name,
    scope,
    owner,
    file,
    definitions: [],
    references: [],
    functions: [],
    imported: null,
    writes: 0,
    writtenInFunction: false,
    madeInFunction: false,
    indexed: false,
    constant: null,
    type: null,
  }
}

class Declarer {
  private readonly structs: StructModel[] = []

  constructor(
    private readonly file: FileModel,
    private readonly report: Report,
    private readonly firstStruct: number,
  ) {}

  declareFile(): StructModel[] {
    this.declareIn(this.file.parsed.ast?.body ?? [], true)
    return this.structs
  }

  private declareIn(body: readonly Stmt[], top: boolean): void {
    for (const s of body) {
      this.declareTypesOfClosures(s)
      switch (s.k) {
        case "let":
          this.defineGlobal(s.name)
          break
        case "fn":
          this.declareFunction(s, top)
          break
        case "for":
          this.defineGlobal(s.name)
          break
        case "try":
          for (const arm of s.arms) this.defineGlobal(arm.name)
          break
        case "assign":
          if (s.target.k === "name" && !isSession(this.file, s.target.name))
            globalOf(this.file, s.target.name, { text: s.target.name, from: s.target.from, to: s.target.to }).writes++
          break
        case "use":
          this.declareUse(s)
          break
        case "structDef":
          this.declareStruct(s)
          break
        case "extend":
          for (const method of s.methods) this.declareWritten(method)
          break
        case "interface":
          this.file.interfaces.set(s.name.text, s)
          break
      }
      for (const block of statementBlocks(s)) this.declareIn(block.body, false)
    }
  }

  private declareFunction(s: FunctionStmt, top: boolean): void {
    const variable = this.defineGlobal(s.name)
    variable.functions.push(s)
    if (top && s.decorators.length === 0) variable.constant = s
    else variable.writes++
    this.declareWritten(s)
  }

  /** Globals that come into being by an assignment inside a function, where no local of that name is declared above it. */
  private declareWritten(fn: FunctionStmt): void {
    const visit = (body: readonly Stmt[], around: ReadonlySet<string>, more: readonly string[] = []): void => {
      const own = new Set([...around, ...more])
      for (const s of body) {
        if (s.k === "let") own.add(s.name.text)
        if (s.k === "assign" && s.target.k === "name" && !own.has(s.target.name) && !isSession(this.file, s.target.name)) {
          const { name, from, to } = s.target
          globalOf(this.file, name, { text: name, from, to }).madeInFunction = true
        }
        if (s.k === "try") {
          visit(s.body.body, own)
          for (const arm of s.arms) visit(arm.body.body, own, [arm.name.text])
        } else for (const block of statementBlocks(s)) visit(block.body, own, s.k === "for" ? [s.name.text] : [])
      }
    }
    visit(fn.body.body, new Set(fn.params.map((param) => param.name.text)))
    this.declareTypes(fn.body.body)
  }

  /** Types are the file's, also where they are declared inside a function or a closure. */
  private declareTypes(body: readonly Stmt[]): void {
    for (const s of body) {
      if (s.k === "structDef") this.declareStruct(s)
      if (s.k === "interface") this.file.interfaces.set(s.name.text, s)
      this.declareTypesOfClosures(s)
      for (const block of statementBlocks(s)) this.declareTypes(block.body)
    }
  }

  private declareTypesOfClosures(s: Stmt): void {
    const visit = (e: Expr): void => {
      if (e.k === "closure") {
        if (e.body.k === "block") this.declareTypes(e.body.body)
        else visit(e.body)
      }
      for (const child of childExpressions(e)) visit(child)
    }
    for (const e of statementExpressions(s)) visit(e)
  }

  private declareUse(s: UseStmt): void {
    const target = this.file.uses.get(s)
    const last = s.path[s.path.length - 1]
    if (s.names) for (const name of s.names) this.declareMember(target, name)
    else if (last && !s.quoted && !s.alias) {
      const variable = this.defineGlobal(last)
      if (target) variable.imported = target
    }
  }

  private declareMember(target: Import | undefined, name: Name): void {
    if (target?.k === "user") {
      const struct = target.file.structs.get(name.text)
      if (struct) {
        this.file.structs.set(name.text, struct)
        struct.references.push(name)
        return
      }
      if (target.file.parsed.ast && !target.file.globals.has(name.text)) {
        this.report.add(this.file, "UndefinedVariable", name, `module ${target.file.path} has no ${name.text}`)
      }
    }
    if (target?.k === "std" && !packages.get(target.name)?.has(name.text)) {
      this.report.add(this.file, "UndefinedVariable", name, `module ${target.name} has no ${name.text}`)
    }
    const variable = this.defineGlobal(name)
    if (target) variable.imported = { k: "member", of: target, name: name.text }
  }

  private declareStruct(s: StructStmt): void {
    const struct: StructModel = {
      id: this.firstStruct + this.structs.length,
      name: s.name,
      file: this.file,
      stmt: s,
      parents: [],
      fields: [],
      methods: new Map(),
      extensions: [],
      references: [],
    }
    this.structs.push(struct)
    this.file.structs.set(s.name.text, struct)
  }

  private defineGlobal(name: Name): Variable {
    const variable = globalOf(this.file, name.text, name)
    if (!variable.definitions.includes(name)) variable.definitions.push(name)
    variable.writes++
    this.file.bindings.set(name, { k: "global", variable })
    return variable
  }
}
