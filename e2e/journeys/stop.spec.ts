// Stop always works, and what cannot go on says why.
import { expect, type Page, test } from "@playwright/test"
import { type LanguageTitle, Reader } from "../reader.ts"

const ENDLESS: Record<LanguageTitle, string> = {
  Vibe: `let n = 0
print("begun")
while true { n = n + 1 }
`,
  Jade: `let n = 0
print("begun")
while true { n = n + 1 }
`,
  Ard: `use ard/io

fn main() {
  io::print("begun")
  mut n = 0
  while true {
    n =+ 1
  }
}
`,
}

/** Presses Stop and gives the milliseconds until it has worked. Timed in the page: this process and the browser share their
 * processors with the loop. */
const stop = (page: Page) =>
  page.evaluate(async () => {
    const named = (word: string) => [...document.querySelectorAll("button")].find((button) => button.textContent?.trim().startsWith(word))
    const begun = performance.now()
    named("Stop")?.click()
    while (named("Stop")) await new Promise((resolve) => setTimeout(resolve, 5))
    return performance.now() - begun
  })

for (const [language, program] of Object.entries(ENDLESS) as [LanguageTitle, string][]) {
  test(`${language}: an endless loop is stopped within half a second, and the page goes on`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.prepare(language, program)
    await reader.run.click()
    // It is in its loop, and the page answers while the worker computes.
    await expect(reader.output).toContainText("begun")
    await expect(reader.stop).toBeEnabled()
    const stopsInMs = async () => {
      const tookMs = await stop(page)
      await expect(reader.run).toBeVisible()
      return tookMs
    }
    // A machine that is busy with something else may hold one of them up.
    let tookMs = await stopsInMs()
    for (let again = 0; again < 2 && tookMs >= 500; again++) {
      await reader.run.click()
      await expect(reader.output).toContainText("begun")
      tookMs = await stopsInMs()
    }
    expect(tookMs).toBeLessThan(500)
    const next = language === "Ard" ? 'use ard/io\n\nfn main() {\n  io::print("still here")\n}\n' : 'print("still here")\n'
    await reader.write(next)
    await reader.runToEnd()
    await expect(reader.output).toContainText("still here")
    reader.expectQuiet()
  })
}

const RECURSION = /more than 10\s000 nested calls: is there a recursion without end\?/

const RUNAWAYS: { name: string; language: LanguageTitle; program: string; says: RegExp }[] = [
  {
    name: "endless recursion",
    language: "Vibe",
    program: "function f(n: number): number { return f(n + 1) }\nprint(f(0))\n",
    says: RECURSION,
  },
  {
    name: "endless recursion",
    language: "Jade",
    program: "fn f(n) { return f(n + 1) }\nprint(f(0))\n",
    says: RECURSION,
  },
  {
    name: "endless recursion",
    language: "Ard",
    program: "use ard/io\n\nfn f(n: Int) Int {\n  f(n + 1)\n}\n\nfn main() {\n  io::print(f(0).to_str())\n}\n",
    says: RECURSION,
  },
  {
    name: "a flood of output",
    language: "Jade",
    program: 'while true { print("a line that is rather long, printed again and again and again") }\n',
    says: /stopped after 10 MB of output/,
  },
  {
    name: "a million tasks",
    language: "Jade",
    program:
      "async fn f() { return 1 }\nlet all = []\nlet n = 0\nwhile n < 1000000 {\n    all.push(f())\n    n = n + 1\n}\nprint(await all[0])\n",
    says: /stopped at 100\s000 tasks/,
  },
]

for (const { name, language, program, says } of RUNAWAYS) {
  test(`${language}: ${name} ends with a clear message, the page answers`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.prepare(language, program)
    await reader.run.click()
    await expect(reader.stop).toBeHidden({ timeout: 45_000 })
    await expect(reader.output).toContainText(says)
    reader.expectQuiet()
  })
}
