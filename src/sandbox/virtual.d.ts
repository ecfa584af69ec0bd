// What vite-plugin.ts gives the page.
declare module "virtual:worker-source" {
  import type { FrameOrder } from "./frame.ts"

  /** The document for the sandbox's frame. */
  export const frame: string
  /** What the frame starts the worker with. */
  export const order: FrameOrder
  /** Parts of the worker that come when first needed, by name. */
  export const chunks: Readonly<Record<string, { readonly imports: readonly string[]; readonly text: () => Promise<string> }>>
  /** For each of them, the names of all it needs, itself last. */
  export const closures: Readonly<Record<string, readonly string[]>>
}
