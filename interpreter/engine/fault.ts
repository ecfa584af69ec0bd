// A fault: what went wrong in a program while it ran. A value, not a JavaScript Error (capturing a host stack costs 15
// times as much and host texts may not enter a trace). Thrown through the frames of a task; languages turn it into what
// their own `catch` shows, and the session into the outcome of the run.

export class Fault {
  constructor(
    /** The error's name in its language's catalogue. */
    readonly kind: string,
    readonly message: string,
    /** Site of the operation that failed; -1 if there is none. */
    readonly site: number,
    /** What the language raised, where that is a value of the program. */
    readonly payload: unknown = undefined,
  ) {}
}
