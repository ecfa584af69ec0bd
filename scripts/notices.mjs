// A Vite plugin that puts `third-party-notices.txt` beside the built page: name, version, licence and licence text of every
// package that went into it, the sandbox's worker included. Fails the build for a package without a licence.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** Licences that may go into what we ship, as their texts are all we owe. */
const FREE = /^\(?(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|Unlicense|CC0-1\.0|BlueOak-1\.0\.0)\b/

/** What goes into the service worker, which is built beside the bundle. */
const KEEPER = ["core", "precaching", "routing"].map((part) => join(import.meta.dirname, `../node_modules/workbox-${part}/package.json`))

export function notices() {
  let workerFiles = async () => []
  return {
    name: "counterpoint:notices",
    apply: "build",
    configResolved(config) {
      const api = config.plugins.find((plugin) => plugin.name === "counterpoint:sandbox")?.api
      if (api) workerFiles = api.workerFiles
    },
    async generateBundle(_options, bundle) {
      const files = [...(await workerFiles()), ...KEEPER]
      for (const part of Object.values(bundle)) if (part.type === "chunk") files.push(...part.moduleIds)
      const source = noticesOf(files)
      this.emitFile({ type: "asset", fileName: "third-party-notices.txt", source })
    },
  }
}

/** The notices for the packages that these files belong to. Throws for a package that states no free licence. */
export function noticesOf(files) {
  const folders = new Set()
  for (const file of files) {
    const match = /^(?:\0)?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)
    if (match) folders.add(match[1])
  }
  const entries = []
  for (const folder of folders) {
    if (!existsSync(join(folder, "package.json"))) continue
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    if (!FREE.test(String(license))) throw new Error(`${name} ${version} states the licence '${license}': may we ship it?`)
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
      .sort()
    const text = texts.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n")
    entries.push({ title: `${name} ${version} (${license})`, text: text || "The package ships no licence text." })
  }
  entries.sort((a, b) => (a.title < b.title ? -1 : 1))
  const head = "Counterpoint is built with the packages below. Their licences ask that these texts come along.\n"
  return [head, ...entries.map(({ title, text }) => `${"=".repeat(80)}\n${title}\n${"=".repeat(80)}\n\n${text}\n`)].join("\n")
}
