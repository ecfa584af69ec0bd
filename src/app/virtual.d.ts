// What vite-plugin-pwa gives the page.
declare module "virtual:pwa-register" {
  /** Registers the service worker; gives a way to take a newer version, which loads the page anew. */
  export function registerSW(options: {
    readonly immediate: boolean
    readonly onNeedRefresh: () => void
  }): (reloadPage?: boolean) => Promise<void>
}
