// Links as the reader takes them along: into the address bar and the clipboard.
import { linkTo } from "../../share/link.ts"
import { isNotebook } from "../../store/document.ts"
import { actions, app } from "../../store/store.ts"
import { plural } from "../../ui/format.ts"
import { copied } from "./clipboard.ts"
import { isParticular, momentText, shownView } from "./shown.ts"

/** Puts a link to the program, or to the moment the reader looks at, in the address bar and copies it, or offers it by hand. */
export async function copyLink(): Promise<void> {
  if (!(await linkCopied())) actions.offerByHand({ what: "the link", text: location.href })
}

async function linkCopied(): Promise<boolean> {
  const state = app.getState()
  const particular = isParticular(state)
  const hash = await linkTo(state.document, particular ? shownView(state) : null)
  history.replaceState(null, "", hash)
  const what = particular ? `this moment (${momentText(state)})` : isNotebook(state.document.path) ? "this notebook" : "this program"
  const done = await copied(location.href)
  actions.toast(
    done
      ? `Link to ${what} copied, ${plural(location.href.length, "character")}.`
      : `The browser did not allow copying; the address bar now holds a link to ${what}.`,
  )
  return done
}

/** The link, and more in the dialog, which shows it to be copied by hand as well. */
export async function share(): Promise<void> {
  await linkCopied()
  actions.openDialog("share")
}
