// A language's colours and layout (plain functions over texts and offsets) as CodeMirror's language: colours, indentation, folding,
// comments. What helps while writing (completion, hover …) is in `assist.ts` and comes later.
import {
  defineLanguageFacet,
  foldService,
  indentService,
  Language,
  LanguageSupport,
  languageDataProp,
  syntaxTree,
} from "@codemirror/language"
import type { LanguageColours } from "../../interpreter/languages/editing.ts"

export function languageSupport(name: string, colours: LanguageColours): LanguageSupport {
  const data = defineLanguageFacet({
    commentTokens: { line: colours.lineComment, block: colours.blockComment },
    indentOnInput: colours.indentOnInput,
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
  })
  // The language data hangs on the tree's top node, as CodeMirror's own `LRLanguage` does it.
  const parser = colours.parser.configure({ props: [languageDataProp.add((type) => (type.isTop ? data : undefined))] })
  return new LanguageSupport(new Language(data, parser, [], name), [
    indentService.of((context, at) => {
      const { state } = context
      const broken = context.simulatedBreak
      if (broken !== null) {
        // Enter was pressed but the line does not exist yet: the language is asked about the text as it will be. Between two
        // brackets the closing one gets a line of its own.
        const apart = context.textAfterPos(broken) === "" ? "\n" : ""
        const text = `${state.sliceDoc(0, broken)}\n${apart}${state.sliceDoc(broken)}`
        return colours.indent(colours.parser.parse(text), text, broken + 1, context.unit)
      }
      return colours.indent(syntaxTree(state), state.doc.toString(), state.doc.lineAt(at).from, context.unit)
    }),
    foldService.of((state, from, to) => colours.fold(syntaxTree(state), state.doc.toString(), from, to)),
  ])
}
