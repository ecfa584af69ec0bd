// Playwright's reporter for `npm test`: one line a journey as it ends, what went wrong under it. AGAIN: it failed, and is tried again.
export default class JourneyLines {
  onTestEnd(test, result) {
    const good = result.status === test.expectedStatus
    const word = good ? "ok  " : result.retry < test.retries ? "AGAIN" : "FAIL"
    console.log(`  ${word}  ${test.titlePath().slice(2).join(" › ")}  (${(result.duration / 1000).toFixed(1)} s)`)
    if (good) return
    for (const { message } of result.errors) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal are what is removed
      const plain = String(message).replace(/\u001b\[[0-9;]*m/g, "")
      for (const line of plain.split("\n").slice(0, 30)) console.log(`          ${line}`)
    }
  }

  onError({ message }) {
    console.log(`  FAIL  ${message}`)
  }

  printsToStdio() {
    return true
  }
}
