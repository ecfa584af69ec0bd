// The places of a generic name (`$T`): the declaration that it belongs to has it for itself, a struct together with its impls
// (SPEC.md section 12). Read off the tree, since generic names are no symbols of the checker. Used by references and rename.
import type { SyntaxNode } from "@lezer/common"
import type { Program } from "../../../source/text.ts"
import type { Place } from "../../editing.ts"
import { parseModule } from "../syntax/parse.ts"

/** Where the generic name at an offset of the entry stands, without its `$`, and the other generic names beside it; null if there is none. */
export function genericNameAt(
  program: Program,
  offset: number,
): { readonly places: readonly Place[]; readonly others: ReadonlySet<string> } | null {
  const { path, text } = program.entry
  const { topNode } = parseModule(program.entry).tree
  const node = [topNode.resolveInner(offset, 1), topNode.resolveInner(offset, -1)].find((it) => it.name === "GenericName")
  if (!node) return null
  const name = text.slice(node.from, node.to)
  const places: Place[] = []
  const others = new Set<string>()
  for (const home of homesOf(node, topNode, text)) {
    for (const it of genericNamesIn(home)) {
      const written = text.slice(it.from, it.to)
      if (written === name) places.push({ file: path, from: it.from + 1, to: it.to })
      else others.add(written.slice(1))
    }
  }
  return { places, others }
}

/** The declarations that share a generic name: the one around it, or a struct and what implements it. */
function homesOf(node: SyntaxNode, top: SyntaxNode, text: string): SyntaxNode[] {
  let method: SyntaxNode | null = null
  let home = node
  for (let it = node; it.parent && !it.parent.type.isTop; it = it.parent) {
    if (it.parent.name === "ImplBody" || it.parent.name === "TraitBody") method = it
    home = it.parent
  }
  const owner = ownerOf(home, text)
  if (!owner) return [method ?? home]
  const struct = top.getChildren("StructDeclaration").find((it) => ownerOf(it, text) === owner)
  const name = text.slice(node.from, node.to)
  const isOfStruct = struct && genericNamesIn(struct).some((it) => text.slice(it.from, it.to) === name)
  if (!isOfStruct) return [method ?? home]
  return [struct, ...top.getChildren("ImplDeclaration").filter((it) => ownerOf(it, text) === owner)]
}

/** The type that a struct declares or an impl is about. */
function ownerOf(declaration: SyntaxNode, text: string): string | null {
  if (declaration.name === "StructDeclaration") {
    const name = declaration.getChild("TypeDefinition")
    return name && text.slice(name.from, name.to)
  }
  const names = declaration.name === "ImplDeclaration" ? declaration.getChildren("TypeName") : []
  const last = names[names.length - 1]
  return last ? text.slice(last.from, last.to) : null
}

function genericNamesIn(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  node.cursor().iterate((it) => {
    if (it.name === "GenericName") found.push(it.node)
  })
  return found
}
