// The page on this device: kept whole by a service worker once it is idle, so that it opens without a network. A newer version
// waits until the reader agrees: nothing changes under somebody's hands. Fetched late; a page in a frame keeps nothing.
import { registerSW } from "virtual:pwa-register"
import { actions } from "../store/store.ts"

let update: ((reload?: boolean) => Promise<void>) | null = null

/** Keeps the page from now on. Called once; does nothing where the browser has no service workers. */
export function keepPage(): void {
  if (!("serviceWorker" in navigator)) return
  update = registerSW({ immediate: true, onNeedRefresh: () => actions.offerUpdate(true) })
}

/** Takes the newer version: the page is loaded anew, the document comes back as it was kept. */
export function takeUpdate(): void {
  actions.offerUpdate(false)
  void update?.(true)
}
