// The few things of the host that the worker's loop needs, taken before `lockdown` removes them from every place where a
// program could find them: real time (for slices only, never for a run) and a turn of the event loop.

const realNow = globalThis.performance.now.bind(globalThis.performance)
const HostChannel = globalThis.MessageChannel

/** Milliseconds of real time since the worker began: says when a slice is over, never enters a run. */
export function realMs(): number {
  return realNow()
}

/** Lets every promise and every message that is due have its turn. Not `setTimeout`, which browsers clamp to 4 ms. */
export function hostTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new HostChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
