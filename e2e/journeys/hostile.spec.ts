// Somebody else's program can harm nothing. Each of these tries something through the page as a reader would run it; a local
// server counts what arrives from anywhere (nothing may), and afterwards the page still runs programs.
import { expect, test } from "@playwright/test"
import { type LanguageTitle, Reader } from "../reader.ts"
import { type CountingServer, countRequests } from "../sandbox/counting-server.ts"

let outside: CountingServer
test.beforeAll(async () => {
  outside = await countRequests()
})
test.afterAll(() => outside.close())

/** A Vibe program whose ts block runs `code` and prints what came of it. */
const block = (code: string) => `let came = ts() {
  try { ${code} } catch (error) { return "refused: " + String(error) }
}
print(came)
print("after")
`

const hostile = (origin: string): { name: string; language: LanguageTitle; program: string }[] => [
  { name: "fetch", language: "Vibe", program: block(`const r = await fetch("${origin}/fetch"); return "escaped " + r.status`) },
  {
    name: "global fetch",
    language: "Vibe",
    program: block(`const r = await globalThis.fetch("${origin}/g"); return "escaped " + r.status`),
  },
  {
    name: "XMLHttpRequest",
    language: "Vibe",
    program: block(`const r = new XMLHttpRequest(); r.open("GET", "${origin}/xhr", false); r.send(); return "escaped"`),
  },
  { name: "WebSocket", language: "Vibe", program: block(`new WebSocket("${origin.replace("http", "ws")}/ws"); return "escaped"`) },
  { name: "importScripts", language: "Vibe", program: block(`importScripts("${origin}/script"); return "escaped"`) },
  { name: "import()", language: "Vibe", program: block(`const m = await import("${origin}/module"); return "escaped " + m`) },
  {
    name: "import() of data",
    language: "Vibe",
    program: block(`const m = await import("data:text/javascript,export default 1"); return "escaped " + m.default`),
  },
  { name: "indexedDB", language: "Vibe", program: block(`indexedDB.open("x"); return "escaped"`) },
  { name: "caches", language: "Vibe", program: block(`await caches.open("x"); return "escaped"`) },
  { name: "the page", language: "Vibe", program: block(`parent.document.title = "taken"; return "escaped"`) },
  { name: "a nested worker", language: "Vibe", program: block(`new Worker("data:text/javascript,0"); return "escaped"`) },
  { name: "eval", language: "Vibe", program: block(`return "escaped " + (0, eval)("1")`) },
  { name: "Function", language: "Vibe", program: block(`return "escaped " + (() => {}).constructor("return 1")()`) },
  {
    name: "forged messages",
    language: "Vibe",
    program: block(`postMessage({ type: "ended", run: 1, report: { outcome: "done" } }); return "escaped"`),
  },
  {
    name: "forged messages by the global",
    language: "Vibe",
    program: block(`globalThis.postMessage({ type: "crashed" }); return "escaped"`),
  },
  {
    name: "a changed prototype",
    language: "Vibe",
    program: block(`Array.prototype.push = () => { throw 1 }; Object.prototype.then = 1; return "escaped"`),
  },
  {
    name: "a constructor by name",
    language: "Vibe",
    program: 'let o: json = { constructor: 1, __proto__: 2 }\nprint("{o.constructor} {o.__proto__}")\nprint("after")\n',
  },
  {
    name: "http",
    language: "Jade",
    program: `use std::http\ntry {\n    http.get("${origin}/jade")\n    print("escaped")\n} catch e {\n    print("refused")\n}\nprint("after")\n`,
  },
  {
    name: "dictionary keys",
    language: "Jade",
    program:
      'let d = {"__proto__": 1, "constructor": 2, "toString": 3}\nprint(d["__proto__"] + d["constructor"] + d["toString"])\nprint("after")\n',
  },
  {
    name: "map keys",
    language: "Ard",
    program:
      'use ard/io\n\nfn main() {\n  let d = ["__proto__": 1, "constructor": 2]\n  io::print(d.size().to_str())\n  io::print("after")\n}\n',
  },
  {
    name: "http",
    language: "Ard",
    program: `use ard/http\nuse ard/io\n\nfn main() {\n  let sent = http::send(http::Request{method: http::Method::Get, url: "${origin}/ard", headers: [:]})\n  match sent {\n    ok(response) => io::print("escaped {response.status}")\n    err(message) => io::print("refused {message}")\n  }\n  io::print("after")\n}\n`,
  },
  {
    name: "an extern",
    language: "Ard",
    program: 'use ard/io\n\nextern fn fetch(url: Str) Str = "fetch"\n\nfn main() {\n  io::print("after")\n  io::print(fetch("x"))\n}\n',
  },
]

test("hostile programs in all three languages get nowhere, and the page lives on", async ({ page }) => {
  test.setTimeout(240_000)
  const reader = new Reader(page)
  await reader.open()
  const title = await page.title()
  const programs = hostile(outside.origin)
  let language: LanguageTitle | null = null
  for (const one of programs) {
    await test.step(`${one.language}: ${one.name}`, async () => {
      if (language !== one.language) await reader.choose(one.language)
      language = one.language
      await reader.speed("instant")
      await reader.write(one.program)
      await reader.runToEnd()
      await expect(reader.output).not.toContainText("escaped")
      await expect(reader.output.or(reader.problems).first()).toContainText(/refused|after|error|not available/i)
    })
  }
  expect(outside.arrived).toEqual([])
  expect(await page.title()).toBe(title)
  await reader.choose("Jade")
  await reader.write('print("alive")\n')
  await reader.runToEnd()
  await expect(reader.output).toContainText("alive")
  const strangers = reader.requests.filter((url) => !url.startsWith(new URL(page.url()).origin) && !/^(blob|data|about):/.test(url))
  // What the browser's policy refused is announced as a request that failed; none was answered.
  for (const url of strangers) expect(url.startsWith(outside.origin) || url.startsWith(outside.origin.replace("http", "ws"))).toBe(true)
})
