// What the page asks the worker beside the run: what is wrong with a text, the steps of a run, the state at one of them,
// cells as one program, the value of a console's entry. Of each kind only the newest question is open: an older one is
// answered with null at once, and its late answer, told by its id, is dropped here. Used by `client.ts` alone;
// `validate.ts` has checked what arrives.
import type { Composition } from "../../interpreter/session/document/notebook.ts"
import type { Evaluation } from "../../interpreter/session/evaluation.ts"
import type { Inspection, StepIndex } from "../../interpreter/session/step-index.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import type { FromWorker, ToWorker } from "../../interpreter/worker/protocol.ts"
import type { SandboxPort } from "./port.ts"

/** What an answer of each type holds, where it holds one. */
export interface Answers {
  readonly diagnosed: readonly Diagnostic[]
  readonly indexed: StepIndex
  readonly inspected: Inspection
  readonly composed: Composition
  readonly evaluated: Evaluation
}

interface OpenQuestion {
  readonly id: number
  /** Takes the answer to this question's type, or null. */
  readonly answer: (found: Answers[keyof Answers] | null) => void
}

export class Questions {
  private lastId = 0
  private readonly open = new Map<keyof Answers, OpenQuestion>()

  /** Sends the question; null where there is no sandbox, a newer one of its type comes first, or nobody will answer. */
  ask<Type extends keyof Answers>(type: Type, port: SandboxPort | null, message: (id: number) => ToWorker): Promise<Answers[Type] | null> {
    this.settle(type, null)
    if (!port) return Promise.resolve(null)
    const id = ++this.lastId
    return new Promise((answer) => {
      this.open.set(type, { id, answer: answer as OpenQuestion["answer"] })
      port.post(message(id))
    })
  }

  /** The id of the open question of a type; 0 if there is none. */
  idOf(type: keyof Answers): number {
    return this.open.get(type)?.id ?? 0
  }

  /** Takes a message that answers a question, in time or late; false for any other message. */
  take(message: FromWorker): boolean {
    switch (message.type) {
      case "diagnosed":
        this.answered("diagnosed", message.id, message.diagnostics)
        return true
      case "indexed":
        this.answered("indexed", message.id, message.index)
        return true
      case "inspected":
        this.answered("inspected", message.id, message.inspection)
        return true
      case "composed":
        this.answered("composed", message.id, message.composition)
        return true
      case "evaluated":
        this.answered("evaluated", message.id, message.evaluation)
        return true
      default:
        return false
    }
  }

  /** The sandbox is gone: nobody will answer. */
  dropAll(): void {
    for (const type of [...this.open.keys()]) this.settle(type, null)
  }

  private answered<Type extends keyof Answers>(type: Type, id: number, found: Answers[Type] | null): void {
    if (id === this.idOf(type)) this.settle(type, found)
  }

  private settle<Type extends keyof Answers>(type: Type, found: Answers[Type] | null): void {
    const question = this.open.get(type)
    this.open.delete(type)
    question?.answer(found)
  }
}
