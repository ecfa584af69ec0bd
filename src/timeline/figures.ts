// What is counted from the shown run and kept until the run has grown: its critical path, what its answers cost. For the
// painter and for those who tell it in words.
import { criticalPath, type PathPiece } from "../../interpreter/trace/critical-path.ts"
import { type AnsweredCall, type Money, moneyOf, NO_MONEY } from "../../interpreter/trace/money.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"
import { type RunRecord, shownRun } from "../store/runs.ts"
import { app } from "../store/store.ts"
import { sameList } from "./same.ts"
import type { Scene } from "./scene.ts"
import { view } from "./view.ts"

const NO_ANSWERS: ReadonlyMap<number, AnsweredCall> = new Map()

export class Figures {
  private path: readonly PathPiece[] = []
  private pathKey: readonly unknown[] = []
  private money: Money = NO_MONEY
  private moneyKey: readonly unknown[] = []
  /** What was known of a run's answers when it was the newest: it is still shown while the next one begins. */
  private readonly answers = new WeakMap<Trace, ReadonlyMap<number, AnsweredCall>>()

  /** What is known of the calls of a run that real models answered. */
  answersOf(run: RunRecord): ReadonlyMap<number, AnsweredCall> {
    const { answers } = view.getState()
    if (answers.size > 0 && run === app.getState().runs.current) this.answers.set(run.trace, answers)
    return this.answers.get(run.trace) ?? NO_ANSWERS
  }

  /** Money over the shown run; none, and nothing to look for, where nobody real was or is asked. */
  moneyOf(scene: Scene): Money {
    const run = shownRun(app.getState().runs)
    if (!run?.inputs.model.live && !run?.inputs.cassette) return NO_MONEY
    const key = [scene.fold, scene.fold.spans.version, scene.answers]
    if (!sameList(key, this.moneyKey)) {
      this.money = moneyOf(scene.fold.spans.calls.values(), scene.answers)
      this.moneyKey = key
    }
    return this.money
  }

  pathOf(scene: Scene): readonly PathPiece[] {
    const key = [scene.fold, scene.fold.folded]
    if (!sameList(key, this.pathKey)) {
      this.path = criticalPath(scene.fold.spans)
      this.pathKey = key
    }
    return this.path
  }
}
