// While typing: mistakes are marked where they are, and the last good run stays on screen.
import { expect, test } from "@playwright/test"
import { type LanguageTitle, Reader } from "../reader.ts"

const BROKEN: Record<LanguageTitle, { good: string; bad: string; line: number }> = {
  Vibe: { good: 'print("fine")\n', bad: 'print("fine")\nlet x = (1 + \n', line: 2 },
  Jade: { good: 'print("fine")\n', bad: 'print("fine")\nlet x = 1 + * 2\n', line: 2 },
  Ard: {
    good: 'use ard/io\n\nfn main() {\n  io::print("fine")\n}\n',
    bad: "use ard/io\n\nfn main() {\n  io::print(missing)\n}\n",
    line: 4,
  },
}

for (const [language, { good, bad, line }] of Object.entries(BROKEN) as [LanguageTitle, (typeof BROKEN)[LanguageTitle]][]) {
  test(`${language}: a mistake is marked while typing, and goes when it is mended`, async ({ page }) => {
    const reader = new Reader(page)
    await reader.open()
    await reader.try(language, good)
    await expect(reader.output).toContainText("fine")
    await reader.write(bad)
    await expect(reader.problems).toBeVisible()
    await expect(reader.problems.getByRole("listitem").first()).toContainText(new RegExp(`line ${line}:|${line}:\\d+`))
    // The last good run is still there, and says that it is from before.
    await expect(reader.output).toContainText("fine")
    await expect(page.getByText("from before your edit").first()).toBeVisible()
    await reader.write(good)
    await expect(reader.problems).toBeHidden()
    reader.expectQuiet()
  })
}

test("a program with a mistake does not run, and says why", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Vibe")
  await reader.write('const a = 1\nconst a = 2\nprint("{nobody}")\n')
  await expect(reader.problems).toBeVisible()
  // The problems were on the screen before: the press of Run is answered all the same.
  await reader.run.click()
  await expect(page.getByText("Did not run: the text has problems.").first()).toBeVisible()
  await expect(reader.problems).toBeVisible()
  await expect(reader.run).toBeVisible()
  reader.expectQuiet()
})

test("a fault names its line and its message", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Jade", 'print("before")\nlet a = [1, 2]\nprint(a[7])\nprint("never")\n')
  await expect(reader.output).toContainText("before")
  await expect(reader.output).not.toContainText("never")
  await expect(page.getByText(/index/i).first()).toBeVisible()
  reader.expectQuiet()
})
