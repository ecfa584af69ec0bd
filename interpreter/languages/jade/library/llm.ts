// The model's own packages (SPEC 15.6, 15.9): `use llm` and `Grammar.new`.
import { typeError } from "../runtime/faults.ts"
import { Arr, Dict, Grammar } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

export const llm = entriesOf({ k: "package", name: "llm" }, [
  {
    signature: "set_max_tokens(count: int) -> nil",
    doc: "Limits the output of all later calls.",
    example: { code: "use llm\nprint(llm.set_max_tokens(64))", prints: ["nil"] },
    run(jade, [count], site) {
      if (Number(count) <= 0) throw typeError("llm.set_max_tokens() needs a positive int", site)
      jade.asking.maxTokens = Math.min(Number(count), 1_000_000_000)
      return null
    },
  },
  {
    signature: "count_tokens(text: str) -> int",
    doc: "How many tokens a text has.",
    example: { code: 'use llm\nprint(llm.count_tokens("twelve chars"))', prints: ["3"] },
    run: (jade, [text]) => jade.asking.tokensIn(String(text)),
  },
  {
    signature: "total_tokens() -> int",
    doc: "The same number as `__tokens__`.",
    example: { code: "use llm\nprint(llm.total_tokens() == __tokens__)", prints: ["true"] },
    run: (jade) => jade.tasks.tokens,
  },
  {
    signature: "model() -> str",
    doc: "The name of the model, as in `__model__`.",
    example: { code: "use llm\nprint(llm.model() == __model__)", prints: ["true"] },
    run: (jade) => jade.asking.model,
  },
  {
    signature: "profile() -> any",
    doc: "What is known of the model's ways of calling tools: nil, since nothing is.",
    example: { code: "use llm\nprint(llm.profile())", prints: ["nil"] },
    run: () => null,
  },
  {
    signature: "find_tool_call(text: str) -> any",
    doc: "The first tool call in a text, or nil; without a profile there is none.",
    example: { code: 'use llm\nprint(llm.find_tool_call("x"))', prints: ["nil"] },
    run: () => null,
  },
  {
    signature: "find_tool_calls(text: str) -> array",
    doc: "All tool calls in a text; without a profile there are none.",
    example: { code: 'use llm\nprint(llm.find_tool_calls("x"))', prints: ["[]"] },
    run: () => new Arr([]),
  },
  {
    signature: "tool_grammar() -> str",
    doc: "The grammar of tool calls; empty without a profile.",
    example: { code: "use llm\nprint(llm.tool_grammar().is_empty())", prints: ["true"] },
    run: () => "",
  },
  {
    signature: "keep_anchors(keep: bool) -> nil",
    doc: "Whether anchors of tool calls stay in replies; there are none without a profile.",
    example: { code: "use llm\nprint(llm.keep_anchors(true))", prints: ["nil"] },
    run: () => null,
  },
  {
    signature: "health() -> dict",
    doc: "How the model is: status, model, model_loaded, uptime_secs, protocol_version.",
    example: { code: 'use llm\nprint(llm.health()["status"])', prints: ["ok"] },
    run: (jade) =>
      Dict.of(
        new Map<string, unknown>([
          ["status", "ok"],
          ["model", jade.asking.model],
          ["model_loaded", true],
          ["uptime_secs", Math.floor(jade.kernel.nowUs / 1_000_000)],
          ["protocol_version", 1],
        ]),
      ),
  },
])

export const grammarPackage = entriesOf({ k: "package", name: "Grammar" }, [
  {
    signature: "new(pattern: str, anchor: any = nil, stop: any = nil) -> grammar",
    doc: "A constraint on a reply: the right side of a GBNF root rule or a full set of rules; `print` mutes from `anchor` to `stop`.",
    example: { code: 'let g = Grammar.new(\'"yes" | "no"\')\nprint(g)', prints: ["<grammar>"] },
    named: ["anchor", "stop"],
    run(_jade, [pattern, anchor, stop], _site, named) {
      const text = (value: unknown): string | null => (typeof value === "string" ? value : null)
      return new Grammar(String(pattern), text(named.get("anchor") ?? anchor), text(named.get("stop") ?? stop))
    },
  },
])
