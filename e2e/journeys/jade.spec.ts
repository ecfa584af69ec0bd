// Jade in the page: two tasks overlap where they are awaited late and queue up where they are awaited at once; the same program
// one at a time stands beside its real run; the console warns; an error crosses an await and is caught there; a slip is shown
// before anything runs, with the way to mend it.
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

const ASKING = `async fn capital(country) {
    prompt p = f"What is the capital of {country}?"
    return await ?p
}
`

test("Jade: two capitals overlap, one at a time they do not, and the difference is said", async ({ page }) => {
  const reader = new Reader(page)
  const time = page.getByRole("toolbar", { name: "Time" })
  await reader.open()
  await reader.try(
    "Jade",
    `${ASKING}let a = capital("France")
let b = capital("Germany")
print(await a)
print(await b)
`,
  )
  await expect(reader.output).toContainText("Paris")
  await expect(reader.output).toContainText("Berlin")
  await expect(time.getByText(/two calls overlapped/)).toBeVisible()

  await time.getByRole("button", { name: "One at a time" }).click()
  await expect(time.getByText(/one task at a time/)).toBeVisible()
  await expect(time.getByText(/^one at a time [\d.]+ m?s · overlapped [\d.]+ m?s, 1\.\d×$/)).toBeVisible()
  await expect(reader.output).toContainText("Paris")
  await expect(reader.output).toContainText("async functions run one at a time here")
  await expect(page.getByRole("button", { name: /The run before, behind this one/ })).toHaveAttribute("aria-pressed", "true")

  await time.getByRole("button", { name: "Overlapped" }).click()
  await expect(time.getByText(/two calls overlapped/)).toBeVisible()
  await expect(time.getByText(/^one at a time [\d.]+ m?s · overlapped/)).toBeVisible()
  await expect(reader.output).not.toContainText("async functions run one at a time here")
  reader.expectQuiet()
})

test("Jade: the console runs one at a time and warns; an error crosses an await there and is caught", async ({ page }) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.choose("Jade")
  await page.getByRole("tab", { name: "Console" }).click()
  const log = page.getByRole("log", { name: "Console" })
  const input = page.getByRole("textbox", { name: "Console input" })
  const entries = log.locator("code")
  const enter = async (text: string) => {
    const before = await entries.count()
    await input.fill(text)
    await input.press("Enter")
    await expect(entries).toHaveCount(before + 1)
    await expect(log.getByText("running …")).toBeHidden()
  }

  await enter(`${NAP.trimEnd()}`)
  await enter('let a = capital("France", 0.3)\nlet b = capital("Germany", 0.2)\nprint(await a)\nprint(await b)')
  await expect(log).toContainText("warning: async functions run one at a time here, at the call: nothing overlaps")
  await expect(log).toContainText("capital of Germany")
  await enter("time.monotonic()")
  await expect(log).toContainText("= 0.5")

  await enter('async fn bad() {\n    raise "the bakery is closed"\n}')
  await enter('let f = bad()\ntry {\n    await f\n} catch e {\n    print(f"caught: {e}")\n}')
  await expect(log).toContainText("caught: the bakery is closed")

  // An entry that may run and is suspicious says so beside what it gives.
  await enter("fn adder(n) {\n    return |x| x + n\n}")
  await expect(log).toContainText("Warning: line 2: undefined variable: a closure cannot see n")

  // A slip is named and adds nothing; an open bracket takes Enter as a new line; the arrow brings back what was typed.
  await enter("print(nobody)")
  await expect(log).toContainText("nobody is not declared")
  await input.pressSequentially("let list = [1,")
  await input.press("Enter")
  await input.pressSequentially("2]")
  await expect(input).toHaveValue("let list = [1,\n2]")
  await input.press("Enter")
  await enter("len(list)")
  await input.press("ArrowUp")
  await expect(input).toHaveValue("len(list)")

  // An entry without end is given up or ends by itself, and the console goes on with what was declared.
  await enter("while true {\n}")
  await enter("list")
  await expect(log).toContainText("= [1, 2]")
  await page.getByRole("button", { name: "Clear the console" }).click()
  await expect(entries).toHaveCount(0)
  reader.expectQuiet()
})

test("Jade: how often a reply that does not fit is asked for again is chosen on the page, and a link carries it", async ({
  page,
  context,
}) => {
  const reader = new Reader(page)
  await reader.open()
  await reader.try("Jade", 'prompt p = "How many?"\ntry {\n    print(?p |> int)\n} catch e {\n    print(e.message)\n}\n')
  const dialog = page.getByRole("dialog", { name: "Models" })
  const runAnew = async () => {
    await dialog.getByRole("button", { name: "Run with the simulated model" }).click()
    await expect(dialog).toBeHidden()
  }
  await page.getByRole("button", { name: "Models" }).click()
  await dialog.getByRole("textbox", { name: "Model script" }).fill('[{ "match": "", "reply": "a handful" }]')
  await dialog.getByRole("button", { name: "Use this script" }).click()
  await runAnew()
  await expect(reader.output).toContainText("after 4 attempt(s)")

  await page.getByRole("button", { name: "Models" }).click()
  const retries = dialog.getByRole("spinbutton", { name: "Retries of a reply that does not fit" })
  await expect(retries).toHaveValue("3")
  await retries.fill("1")
  await runAnew()
  await expect(reader.output).toContainText("after 2 attempt(s)")

  await page.keyboard.press("ControlOrMeta+s")
  await expect(page).toHaveURL(/#v1\./)
  const other = new Reader(await context.newPage())
  await other.open(page.url())
  await other.speed("instant")
  await other.runToEnd()
  await expect(other.output).toContainText("after 2 attempt(s)")
  reader.expectQuiet()
  other.expectQuiet()
})
