// A trace printed for people: one line an event, with names and lines in place of numbers.
// Failing tests and `counterpoint` show traces so.
import { expect, test } from "vitest"
import { programOf } from "../source/text.ts"
import { TraceBuilder } from "./builder.ts"
import { printTrace } from "./print.ts"

test("a trace prints a line an event, with names, texts and lines of the source", () => {
  const b = new TraceBuilder()
  const site = b.site("main.vibe", 4, 7)
  const main = b.run(-1, "main", site)
  const child = b.spawn(main, "x", site)
  b.start(child)
    .suspend(main, "await", child, site, "x")
    .at(1500)
    .end(child, "ok", '"hi"')
    .wake(main, child)
    .print(main, "hi\n")
    .end(main)
    .endRun()
  expect(printTrace(b.trace(), programOf("vibe", "main.vibe", "one\ntwo\n"))).toBe(
    [
      '        0  -             run-begin  "vibe"',
      '        0  -             spawn  #0  "main"  @2',
      "        0  0 main        start",
      '        0  0 main        spawn  #1  "x"  @2',
      "        0  1 x           start",
      '        0  0 main        wait-name  "x"  @2',
      "        0  0 main        suspend  await  #1  @2",
      '     1500  1 x           end  ok  "\\"hi\\""',
      "     1500  0 main        ready  task 1",
      "     1500  0 main        resume",
      '     1500  0 main        print  "hi\\n"',
      '     1500  0 main        end  ok  ""',
      '     1500  -             run-end  done  ""',
      "",
    ].join("\n"),
  )
})
