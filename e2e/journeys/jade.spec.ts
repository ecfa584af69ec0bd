// Jade in the page: two tasks overlap where they are awaited late and queue up where they are awaited at once; an error
// crosses an await and is caught there; a slip is shown before anything runs, with the way to mend it.
import { expect, test } from "@playwright/test"
import { Reader } from "../reader.ts"

const NAP = `use std::time
async fn capital(country, seconds) {
    time.sleep(seconds)
    return "capital of " + country
}
`

test("Jade: called first and awaited later, two tasks overlap; awaited at once they do not", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try(
    "Jade",
    `${NAP}let a = capital("France", 0.3)
let b = capital("Germany", 0.2)
print(await a)
print(await b)
print(f"took {time.monotonic()} s")
`,
  )
  await expect(reader.output).toContainText("capital of France")
  await expect(reader.output).toContainText("took 0.3 s")
  await expect(reader.lane("capital")).toBeVisible()
  await expect(reader.lane("capital #2")).toBeVisible()
  await expect(page.getByText("one after another 500 ms")).toBeVisible()

  await reader.write(`${NAP}let a = await capital("France", 0.3)
let b = await capital("Germany", 0.2)
print(f"took {time.monotonic()} s")
`)
  await reader.runToEnd()
  await expect(reader.output).toContainText("took 0.5 s")
  reader.expectQuiet()
})

test("Jade: an error crosses an await and is caught, a second await is refused by name", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try(
    "Jade",
    `struct Closed { shop }
async fn visit(shop) {
    raise Closed { shop: shop }
}
let f = visit("bakery")
print("on the way")
try {
    await f
} catch Closed e {
    print(f"the {e.shop} is closed")
}
await f
`,
  )
  await expect(reader.output).toContainText("on the way")
  await expect(reader.output).toContainText("the bakery is closed")
  await expect(page.getByText(/DoubleAwait/).first()).toBeVisible()
  reader.expectQuiet()
})

test("Jade: a slip is a problem before the run", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Jade")
  await reader.write("let total = 1\nprint(totl)\n")
  await expect(page.getByText(/totl is not declared. Did you mean total/).first()).toBeVisible()
  reader.expectQuiet()
})
