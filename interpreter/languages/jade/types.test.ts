// Types are promises: what the check knows may make a program faster and may refuse it, never change what it does. Random
// programs against themselves with every literal hidden behind a function whose result nobody knows.
import fc from "fast-check"
import { expect, it } from "vitest"
import { show } from "../../conformance/runner.ts"
import { PLAIN_DIALS } from "../../models/script.ts"
import { inputsOf } from "../../session/defaults.ts"

type Wrap = (literal: string) => string
/** A piece of a program, by how its literals are written. */
type Piece = (wrap: Wrap, indent: string) => string

const NAMES = ["a", "b"]
const name = fc.constantFrom(...NAMES)
const value: fc.Arbitrary<Piece> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("1", "2", '"s"', "true", "nil", "[1, 2]").map(
      (it): Piece =>
        (wrap) =>
          wrap(it),
    ),
  },
  {
    weight: 1,
    arbitrary: name.map(
      (it): Piece =>
        () =>
          it,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("keep", "pick", "str"), name).map(
      ([fn, it]): Piece =>
        () =>
          `${fn}(${it})`,
    ),
  },
)
/** What can be seen of a variable: its value, and whether what was known of it still holds. */
const look: fc.Arbitrary<Piece> = fc.oneof(
  fc.constantFrom("==", "<", "+").map(
    (op): Piece =>
      (wrap) =>
        `print(a ${op} ${wrap("1")})`,
  ),
  fc.constant<Piece>(() => 'if b { print("b holds") }'),
  name.map(
    (it): Piece =>
      (wrap) =>
        `print((|p| p == ${it})(${wrap("1")}))`,
  ),
  name.map(
    (it): Piece =>
      (wrap) =>
        `print(${it}[${wrap("0")}])`,
  ),
)
const guarded = look.map(
  (it): Piece =>
    (wrap, indent) =>
      `try { ${it(wrap, indent)} } catch e { print("odd") }`,
)

const block =
  (body: readonly Piece[]): Piece =>
  (wrap, indent) =>
    `{\n${body.map((it) => `${indent}    ${it(wrap, `${indent}    `)}\n`).join("")}${indent}}`

const { statements } = fc.letrec<{ statement: Piece; statements: Piece[] }>((tie) => ({
  statements: fc.array(tie("statement"), { minLength: 1, maxLength: 3, depthIdentifier: "block" }),
  statement: fc.oneof(
    { maxDepth: 2, depthSize: "small", depthIdentifier: "block", withCrossShrink: true },
    fc.tuple(fc.constantFrom("", "let "), name, value).map(
      ([word, to, it]): Piece =>
        (wrap, indent) =>
          `${word}${to} = ${it(wrap, indent)}`,
    ),
    guarded,
    look,
    fc.tuple(tie("statements"), tie("statements")).map(
      ([body, other]): Piece =>
        (wrap, indent) =>
          `if keep(true) ${block(body)(wrap, indent)} else ${block(other)(wrap, indent)}`,
    ),
    fc
      .tuple(tie("statements"), tie("statements"), tie("statements"), fc.constantFrom("continue", "break", ""))
      .map(([first, inside, rest, leave]): Piece => {
        const left: Piece = (wrap, indent) => `if i == 1 ${block([...inside, () => leave || "print(i)"])(wrap, indent)}`
        return (wrap, indent) => `for i in [1, 2, 3] ${block([...first, left, ...rest])(wrap, indent)}`
      }),
    fc.tuple(tie("statements"), tie("statements"), tie("statements")).map(
      ([body, rest, arm]): Piece =>
        (wrap, indent) =>
          `try ${block([...body, () => "if keep(true) { raise nil }", ...rest])(wrap, indent)} catch e ${block(arm)(wrap, indent)}`,
    ),
  ),
}))

const HEAD = `fn hidden(v) { return v }
fn keep(v) { return v }
fn pick(v) {
    let own = 1
    if v != nil {
        own = v
    }
    return own
}
`

const programs = fc.tuple(fc.array(statements, { minLength: 1, maxLength: 2 }), fc.boolean()).map(([parts, inFunction]) => (wrap: Wrap) => {
  const starts = NAMES.map((it, i) => `let ${it} = ${wrap(["1", "true"][i] ?? "1")}`)
  const indent = inFunction ? "    " : ""
  const lines = [...starts, ...parts.flat().map((it) => it(wrap, indent)), "print([a, b])"].map((line) => `${indent}${line}\n`)
  return `${HEAD}${inFunction ? `fn work() {\n${lines.join("")}}\nwork()\n` : lines.join("")}`
})

async function shown(code: string) {
  const model = { rules: [], otherwise: "error" as const, dials: PLAIN_DIALS, live: false }
  const { stdout, error } = await show(inputsOf("jade", "main.jde", code, { model }))
  return { stdout, phase: error?.phase, kind: error?.kind, line: error?.line }
}

it("what the check knows changes nothing that a program does", async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const known = await shown(program((it) => it))
      if (known.phase === "check") return
      compared++
      expect(await shown(program((it) => `hidden(${it})`))).toEqual(known)
    }),
    { numRuns: 1_000 },
  )
  expect(compared).toBeGreaterThan(300)
})
