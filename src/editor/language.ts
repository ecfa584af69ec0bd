// A language's editing (plain functions over texts and offsets) as CodeMirror's language: colours, indentation, folding,
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
import type { LanguageEditing } from "../../interpreter/languages/editing.ts"

export function languageSupport(name: string, editing: LanguageEditing): LanguageSupport {
  const data = defineLanguageFacet({
    commentTokens: { line: editing.lineComment, block: editing.blockComment },
    indentOnInput: editing.indentOnInput,
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
  })
  // The language data hangs on the tree's top node, as CodeMirror's own `LRLanguage` does it.
  const parser = editing.parser.configure({ props: [languageDataProp.add((type) => (type.isTop ? data : undefined))] })
  return new LanguageSupport(new Language(data, parser, [], name), [
    indentService.of((context, at) => {
      const { state } = context
      const broken = context.simulatedBreak
      if (broken !== null) {
        // Enter was pressed but the line does not exist yet: the language is asked about the text as it will be.
        const text = `${state.sliceDoc(0, broken)}\n${state.sliceDoc(broken)}`
        return editing.indent(editing.parser.parse(text), text, broken + 1, context.unit)
      }
      return editing.indent(syntaxTree(state), state.doc.toString(), state.doc.lineAt(at).from, context.unit)
    }),
    foldService.of((state, from, to) => editing.fold(syntaxTree(state), state.doc.toString(), from, to)),
  ])
}
