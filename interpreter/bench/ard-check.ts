// `npm run bench`: how long Ard's parser and checker take for a text that was just typed. A program of the wished length is
// glued together from one that uses most of the language; every round has a text of its own, so nothing is remembered.
import { checkProgram } from "../languages/ard/check/index.ts"
import { programOf } from "../source/text.ts"

const PART = `
struct Order# {
  id: Int,
  lines: [Str],
  note: Str?,
}

enum State# { open, packed, sent }

type Outcome# = Int | Str

impl Order# {
  fn mut add(line: Str) { @lines.push(line) }
  fn size() Int { @lines.size() }
  fn label(loud: Bool) Str {
    let mark = if loud { "!" } else { "." }
    "order {@id} of {@size()} lines{mark}"
  }
}

impl Str::ToString for Order# {
  fn to_str() Str { @label(false) }
}

fn next#(state: State#) State# {
  match state {
    State#::open => State#::packed,
    State#::packed => State#::sent,
    State#::sent => State#::sent,
  }
}

fn find#(orders: [Order#], id: Int) Order#!Str {
  for order in orders {
    if order.id == id and not order.lines.size() == 0 {
      io::print("found {order}")
    }
  }
  match orders.size() > id {
    true => Result::ok(orders.at(id)),
    false => Result::err("no order {id}"),
  }
}

fn price#(id: Int) Outcome#!Str {
  let order = try find#([Order#{id: id, lines: ["a", "b"]}], id)
  mut total = 0
  for line, index in order.lines {
    total =+ line.size() * (index + 1) % 7
  }
  match total {
    0 => Result::err("nothing to pay"),
    1..9 => Result::ok("small"),
    _ => Result::ok(total),
  }
}

fn ship#(count: Int) {
  mut fibers: [async::Fiber] = []
  for i in 1..count {
    fibers.push(async::start(fn() {
      async::sleep(10)
      match price#(3) {
        ok(outcome) => match outcome {
          Int(n) => io::print(n),
          Str(text) => io::print(text),
        },
        err(message) => io::print("failed: {message}"),
      }
    }))
  }
  async::join(fibers)
  let doubled = List::map([1, 2, 3], fn(n) { n * 2 })
  io::print(doubled.size())
}
`

/** A program of about that many lines without a diagnostic. */
export function ardProgram(lines: number): string {
  const perPart = PART.split("\n").length - 1
  const parts = Array.from({ length: Math.max(1, Math.round(lines / perPart)) }, (_, index) => PART.replaceAll("#", `${index}`))
  return `use ard/async\nuse ard/io\n${parts.join("")}\nfn main() {\n  ship0(3)\n}\n`
}

/** Prints the median of parsing and checking 500 and 5,000 lines, and the first time in this process. */
export function benchArdCheck(print: (line: string) => void, rounds = 15): void {
  for (const lines of [500, 5000]) {
    const text = ardProgram(lines)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const program = programOf("ard", "bench.ard", `${text}// ${round}\n`)
      const begin = performance.now()
      const { diagnostics } = checkProgram(program)
      times.push(performance.now() - begin)
      if (diagnostics.length) throw new Error(`the benchmark's program is wrong: ${diagnostics[0]?.message}`)
    }
    const first = times[0] ?? 0
    times.sort((a, b) => a - b)
    const median = times[rounds >> 1] ?? 0
    print(`ard: parse and check ${text.split("\n").length} lines: ${median.toFixed(1)} ms median, ${first.toFixed(1)} ms the first time`)
  }
}
