// What the measurements do inside the page: act once a frame and see how long frames take. `installMeasures` is run in the
// page before its own scripts (it is sent there as text, so it uses nothing from outside); run.mjs and whole-page.mjs call it.

export function installMeasures() {
  const lanes = () => document.querySelector(".timeline-lanes")
  window.measures = {
    lanes,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    /** Durations of the tasks over 50 ms from now on; the browser reports no others. */
    longTasks() {
      const found = []
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) found.push(duration)
      }).observe({ entryTypes: ["longtask"] })
      return found
    },
    /** Turns the wheel over the middle of the lanes. */
    wheel(deltaX, deltaY, ctrlKey) {
      const box = lanes().getBoundingClientRect()
      lanes().dispatchEvent(
        new WheelEvent("wheel", {
          bubbles: true,
          cancelable: true,
          deltaX,
          deltaY,
          ctrlKey,
          clientX: box.left + box.width / 2,
          clientY: box.top + 40,
        }),
      )
    },
    /** Milliseconds from one frame to the next, and milliseconds of work in each: from its first script to after its paint. */
    async frames(count, act) {
      const intervals = []
      const work = []
      let last = await new Promise(requestAnimationFrame)
      for (let i = 0; i < count; i++) {
        const start = performance.now()
        act(i)
        const now = await new Promise(requestAnimationFrame)
        await new Promise((resolve) => {
          const channel = new MessageChannel()
          channel.port1.onmessage = resolve
          channel.port2.postMessage(0)
        })
        work.push(performance.now() - Math.max(start, now))
        intervals.push(now - last)
        last = now
      }
      const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]
      return { interval: at(intervals, 0.5), interval95: at(intervals, 0.95), work: at(work, 0.5), work95: at(work, 0.95) }
    },
  }
}

/** One line of a report for what `frames` gave in several runs. */
export function framesLine(deed, runs, median) {
  const of = (figure) => `${median(runs.map((run) => run[figure])).toFixed(1)} ms`
  return `  ${deed}: a frame every ${of("interval")}, 95 % within ${of("interval95")}; work ${of("work")}, 95 % ${of("work95")}`
}

/** Megabytes that a page's scripts hold, after collection. */
export async function memoryMbOf(page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send("HeapProfiler.collectGarbage")
  await devtools.send("Performance.enable")
  const { metrics } = await devtools.send("Performance.getMetrics")
  return metrics.find((metric) => metric.name === "JSHeapUsedSize").value / 1e6
}
