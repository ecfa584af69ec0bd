// The clock that stamps live answers: virtual microseconds that pass as real time does while a provider is being asked.
// Whoever asks (the page, the command line) owns one a run; it gives the machine's milliseconds, the interpreter has no
// clock of its own. While nothing is asked, virtual time is the kernel's alone and this clock rests.

export class LiveClock {
  private readonly open = new Set<number>()
  private virtualUs = 0
  private realMs = 0

  constructor(private readonly nowMs: () => number) {}

  /** Nothing is being asked: virtual time need not wait for the machine's. */
  get resting(): boolean {
    return this.open.size === 0
  }

  /** A call leaves at `atUs` of the run's clock. */
  asked(call: number, atUs: number): void {
    if (this.resting || atUs > this.nowUs) {
      this.virtualUs = atUs
      this.realMs = this.nowMs()
    }
    this.open.add(call)
  }

  answered(call: number): void {
    this.open.delete(call)
  }

  /** Virtual microseconds, a whole number; meaningful while something is being asked. */
  get nowUs(): number {
    return Math.floor(this.virtualUs + Math.max(0, this.nowMs() - this.realMs) * 1000)
  }
}
