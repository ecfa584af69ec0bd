// Links that people meet: broken, cut and newer ones say so and show what can be read, and nothing runs in
// their place.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const PROGRAM = Array.from({ length: 40 }, (_, i) => `let name${i} = ${i * 7919}`).join("\n")

/** The address of a program of the reader's own. */
async function linkOf(reader: Reader, program: string): Promise<string> {
  await reader.open()
  await reader.write(program)
  await reader.page.keyboard.press("ControlOrMeta+s")
  await expect(reader.page).toHaveURL(/#v1\./)
  return reader.page.url()
}

test("a link that is cut shows what can be read of its program, says what is wrong, and runs nothing", async ({ page, context }) => {
  const url = await linkOf(new Reader(page), PROGRAM)
  const other = new Reader(await context.newPage())
  await other.open(url.slice(0, -60))
  const notice = other.page.getByRole("alert", { name: "Link" })
  await expect(notice).toContainText("This link is damaged")
  await expect(notice).toContainText("What can be read of its program is shown.")
  await expect(other.code).toContainText("let name3 = 23757")
  await expect(other.run).toBeVisible()
  await expect(other.lane("main")).toHaveAccessibleName(/not run yet/)
  await notice.getByRole("button", { name: "Close" }).click()
  await expect(notice).toBeHidden()
  await other.runToEnd()
  other.expectQuiet()
})

test("a link that is pasted over the address of an open page opens there, and so does what is kept of a damaged one", async ({
  page,
  context,
}) => {
  const url = await linkOf(new Reader(page), PROGRAM)
  const other = new Reader(await context.newPage())
  await other.open()
  await other.choose("Ard")
  await expect(other.code).toContainText("fn main()")
  // Only the part behind the # differs: the browser loads nothing by itself.
  await other.page.goto(`/${new URL(url).hash}`)
  await expect(other.code).toContainText("let name3 = 23757")
  await other.ready()
  await expect(other.lane("main")).toHaveAccessibleName(/not run yet/)
  await other.page.goto(`/${new URL(url).hash.slice(0, -60)}`)
  await expect(other.page.getByRole("alert", { name: "Link" })).toContainText("This link is damaged")
  await expect(other.code).toContainText("let name3 = 23757")
  await other.ready()
  other.expectQuiet()
})

test("a link of a newer version, and one to an example that is not there, do not start the show in their place", async ({ page }) => {
  const reader = new Reader(page)
  for (const [address, words] of [
    ["/#v9.abc", "made with a newer version of the page"],
    ["/#example.nonsense", "There is no example named “nonsense”."],
  ] as const) {
    await page.goto("about:blank")
    await reader.open(address, { motion: "no-preference" })
    await expect(page.getByRole("alert", { name: "Link" })).toContainText(words)
    await expect(reader.run).toBeVisible()
    await expect(reader.output).toContainText("What the program prints appears here")
  }
  reader.expectQuiet()
})
