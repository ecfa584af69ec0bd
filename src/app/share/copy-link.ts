// Links as the reader takes them along: into the address bar and the clipboard.
import { linkTo } from "../../share/link.ts"
import { actions, app } from "../../store/store.ts"
import { plural } from "../../ui/format.ts"
import { isParticular, momentText, shownView } from "./shown.ts"

/** Puts a link to the program, or to the moment the reader looks at, in the address bar and copies it. */
export async function copyLink(): Promise<void> {
  const state = app.getState()
  const particular = isParticular(state)
  const hash = await linkTo(state.document, particular ? shownView(state) : null)
  history.replaceState(null, "", hash)
  const what = particular ? `this moment (${momentText(state)})` : "this program"
  try {
    await navigator.clipboard.writeText(location.href)
    actions.toast(`Link to ${what} copied, ${plural(location.href.length, "character")}.`)
  } catch {
    actions.toast(`The address bar now holds a link to ${what}.`)
  }
}

/** The link, and more in the dialog. */
export async function share(): Promise<void> {
  await copyLink()
  actions.openDialog("share")
}
