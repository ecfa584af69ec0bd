// `npm run -s counterpoint -- …`: builds the command line when its sources changed, then runs it.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "./install.mjs"
import { builtForNode } from "./node-build.mjs"

if (!existsSync(join(root, "node_modules", "vite"))) {
  console.error("counterpoint: the dependencies are not installed; run `npm install` (or `npm start`, which does) first")
  process.exit(2)
}
const bundle = await builtForNode("cli", "interpreter/cli/main.ts")
const { main } = await import(pathToFileURL(bundle).href)
process.exitCode = await main(process.argv.slice(2), bundle)
