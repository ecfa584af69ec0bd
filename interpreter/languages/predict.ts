// The tasks a text will start as far as its syntax tells: what the timeline shows before a run. Each language walks its tree
// (`editing/predict.ts`) and notes here what it finds; this keeps the bounds, so that no text, however large, broken or
// recursive, takes long. A guess about the future, never a promise: a branch may not be taken, a loop may start many.
import type { SyntaxNode, Tree } from "@lezer/common"

export interface PredictedTask {
  /** As the run names it. */
  readonly name: string
  /** The place of the task that starts it in the list; -1 for the program's first task, which is not in the list. */
  readonly parent: number
  /** The 1-based line that starts it. */
  readonly line: number
}

/** Gives the tasks of one file, each behind the one that starts it. Never throws. */
export type PredictTasks = (text: string) => readonly PredictedTask[]

/** More than a screen of rows says nothing more. */
const MOST_TASKS = 30
/** Calls of functions followed inside each other, */
const MOST_DEPTH = 12
/** and nodes looked at in all. */
const MOST_NODES = 20_000

/** What is known where a node stands. */
export interface Around {
  /** The task that runs it. */
  readonly task: number
  /** The functions whose calls led here, outermost first. */
  readonly inside: readonly SyntaxNode[]
}

export class Prediction {
  readonly tasks: PredictedTask[] = []
  private readonly later: (() => void)[] = []
  private nodes = 0
  private line = 1
  private counted = 0

  /** `visit` looks at one node and says whether what is in it is to be looked at too. */
  constructor(
    readonly tree: Tree,
    readonly text: string,
    private readonly visit: (node: SyntaxNode, around: Around) => boolean,
  ) {}

  of(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to)
  }

  /** Looks at what is in a node, in the order of the text. */
  inside(node: SyntaxNode, around: Around): void {
    for (let child = node.firstChild; child && this.goesOn; child = child.nextSibling) {
      this.nodes++
      if (this.visit(child, around)) this.inside(child, around)
    }
  }

  /** A task begins at `node`. What its function does is looked at by `body`: at once where tasks run as soon as they start. */
  start(name: string, node: SyntaxNode, around: Around, body: (around: Around) => void, atOnce: boolean): void {
    if (!this.goesOn || name === "") return
    this.tasks.push({ name, parent: around.task, line: this.lineOf(node.from) })
    const own = { task: this.tasks.length - 1, inside: around.inside }
    if (atOnce) body(own)
    else this.later.push(() => body(own))
  }

  /** What a function does, looked at where it is called; one that calls itself is followed once. */
  called(fn: SyntaxNode | undefined, around: Around): void {
    if (!fn || around.inside.length >= MOST_DEPTH) return
    if (around.inside.some((other) => other.from === fn.from)) return
    const body = fn.getChild("Block")
    if (body) this.inside(body, { task: around.task, inside: [...around.inside, fn] })
  }

  /** The list, once all that was put off is looked at. */
  done(): readonly PredictedTask[] {
    for (let next = this.later.shift(); next && this.goesOn; next = this.later.shift()) next()
    return this.tasks
  }

  private get goesOn(): boolean {
    return this.tasks.length < MOST_TASKS && this.nodes < MOST_NODES
  }

  private lineOf(at: number): number {
    if (at < this.counted) {
      this.line = 1
      this.counted = 0
    }
    for (; this.counted < at; this.counted++) if (this.text.charCodeAt(this.counted) === 10) this.line++
    return this.line
  }
}

/** The functions of a text by name; of two with one name the first. */
export function functionsIn(tree: Tree, text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>()
  let nodes = 0
  tree.iterate({
    enter: (ref) => {
      if (++nodes > MOST_NODES) return false
      if (!wanted.has(ref.name)) return undefined
      const name = ref.node.getChild("VariableDefinition")
      const key = name ? text.slice(name.from, name.to) : ""
      if (key !== "" && !found.has(key)) found.set(key, ref.node)
      return undefined
    },
  })
  return found
}
