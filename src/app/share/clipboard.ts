// The one way into the clipboard, for every button that copies. Where the browser has none (a page over plain http) or refuses,
// the text is offered in a dialog, selected, to be copied by hand.
import { actions } from "../../store/store.ts"

/** Copies `text`. `what` it is in the middle of a sentence ("the link"); `said`: what is told when it is in the clipboard. */
export async function copyText(text: string, what: string, said: string): Promise<void> {
  if (await copied(text)) actions.toast(said)
  else actions.offerByHand({ what, text })
}

/** Whether the text is in the clipboard now. Never throws: over plain http there is not even an object to ask. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
