// Builds and serves one of the small pages of the tests (not the product's page) with the product's own sandbox plugin.
import { join } from "node:path"
import { build, type PluginOption, preview } from "vite"
import { sandbox } from "../src/sandbox/vite-plugin.ts"

export const project = join(import.meta.dirname, "..")

/** `html`: path in the project. `worker`: the worker's entry, the product's by default. `more`: what else the page is built with. */
export async function serve(
  html: string,
  worker?: string,
  more: readonly PluginOption[] = [],
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const outDir = join(project, ".cache/test-pages", html.replace(/\W+/g, "-"))
  await build({
    root: project,
    configFile: false,
    logLevel: "error",
    base: "./",
    publicDir: false,
    plugins: [sandbox(worker), ...more],
    build: { outDir, emptyOutDir: true, target: "es2023", rolldownOptions: { input: join(project, html) } },
  })
  const served = await preview({
    root: project,
    configFile: false,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 4700 },
  })
  return { address: `${served.resolvedUrls?.local[0]}${html}`, close: () => served.close() }
}
