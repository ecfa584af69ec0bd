// A reader at the page, as the journeys speak of one: opens it, writes programs, presses buttons, reads lanes and output.
// Everything is found by role and by the words on the screen. It also listens: a page that throws, logs an error or asks a
// stranger for something fails its journey (`expectQuiet`).
import { readFile } from "node:fs/promises"
import { type Download, expect, type FileChooser, type Locator, type Page } from "@playwright/test"

export type LanguageTitle = "Vibe" | "Jade" | "Ard"

export class Reader {
  readonly complaints: string[] = []
  readonly requests: string[] = []

  constructor(readonly page: Page) {
    page.on("pageerror", (error) => this.complaints.push(`threw ${error.message}`))
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`logged ${message.text()}`)
    })
    page.on("request", (request) => this.requests.push(request.url()))
    // The browser hands its file dialogs over only while somebody listens, and begins to a moment after they asked it to. So
    // somebody listens from the start, and no journey races with that moment.
    page.on("filechooser", (chooser) => this.chosenFile(chooser))
  }

  private chosenFile: (chooser: FileChooser) => void = () => {}

  /** Opens the page; without motion the example on load shows its finished run at once. */
  async open(path = "/", { motion = "reduce" }: { motion?: "reduce" | "no-preference" } = {}): Promise<void> {
    await this.page.emulateMedia({ reducedMotion: motion })
    await this.page.goto(path)
    await expect(this.code).toBeVisible()
    await expect(this.run.or(this.stop)).toBeVisible()
    await this.ready()
  }

  /** The page's keys come with its script, a moment after its first picture; from then on it says what it does. */
  async ready(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-page", /./)
  }

  get code(): Locator {
    return this.page.getByRole("region", { name: "Editor" }).getByRole("textbox")
  }

  /** The head of the page, or the bar at its foot on a phone. Looked up there: a flood of output has thousands of buttons of its own. */
  private get bar(): Locator {
    return this.page.locator("header, footer")
  }

  get run(): Locator {
    return this.bar.getByRole("button", { name: /^Run/ })
  }

  get stop(): Locator {
    return this.bar.getByRole("button", { name: /^Stop/ })
  }

  get output(): Locator {
    return this.page.getByRole("region", { name: "Output" })
  }

  get problems(): Locator {
    return this.page.getByRole("region", { name: "Problems" })
  }

  get tasks(): Locator {
    return this.page.getByRole("treegrid", { name: "Tasks" })
  }

  /** The row of a task, by the name in its label. */
  lane(name: string): Locator {
    return this.tasks.getByRole("row").filter({ has: this.page.getByText(name, { exact: true }) })
  }

  async choose(language: LanguageTitle): Promise<void> {
    await this.page.getByRole("combobox", { name: "Language" }).selectOption({ label: language })
  }

  async speed(label: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Speed" }).selectOption({ label })
  }

  /** Replaces the program, as pasting does (no brackets are closed behind the reader's back). */
  async write(program: string): Promise<void> {
    await this.code.click()
    await this.page.keyboard.press("ControlOrMeta+a")
    await this.page.keyboard.insertText(program)
  }

  /** Presses Run and waits for the end of the run and of its showing. */
  async runToEnd(): Promise<void> {
    await this.run.click()
    await expect(this.stop).toBeHidden({ timeout: 20_000 })
    await expect(this.run).toBeVisible()
  }

  /** Chooses the language and writes the program, which will run at once. */
  async prepare(language: LanguageTitle, program: string): Promise<void> {
    await this.choose(language)
    await this.speed("instant")
    await this.write(program)
  }

  /** Chooses the language, writes the program, runs it at once. */
  async try(language: LanguageTitle, program: string): Promise<void> {
    await this.prepare(language, program)
    await this.runToEnd()
  }

  /** Types a beginning and takes an entry of the completion that its keys open, by the beginning of its name. */
  async complete(beginning: string, label: string): Promise<void> {
    const entry = this.page.getByRole("listbox").getByRole("option", { name: new RegExp(`^${label}`) })
    await this.page.keyboard.type(beginning)
    await this.page.keyboard.press("Control+Space")
    await expect(entry.first()).toBeVisible()
    await entry.first().click()
    await expect(this.page.getByRole("listbox")).toBeHidden()
  }

  /** Opens the palette; its field. */
  async palette(): Promise<Locator> {
    await this.ready()
    await this.page.keyboard.press("ControlOrMeta+k")
    const words = this.page.getByRole("combobox", { name: "All commands" })
    await expect(words).toBeFocused()
    return words
  }

  /**
   * Runs a command out of the palette, by the beginning of its title. The palette chooses anew with every letter, so its
   * choice is waited for: Enter means this command and no other.
   */
  async command(title: string): Promise<void> {
    const words = await this.palette()
    await words.fill(title)
    const begins = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`)
    await expect(this.page.getByRole("option", { name: begins, selected: true })).toBeVisible()
    await words.press("Enter")
  }

  /** Opens a file of this machine, by its path, or one that is made up here. */
  async openFile(file: Parameters<FileChooser["setFiles"]>[0]): Promise<void> {
    const asked = new Promise<FileChooser>((resolve) => {
      this.chosenFile = resolve
    })
    await this.command("Open a file")
    await (await asked).setFiles(file)
  }

  /** The document as the page saves it into a file. */
  async savedText(): Promise<string> {
    return textOf(await this.downloads(() => this.command("Save as a file")))
  }

  /** The file that the page hands out when something is done. */
  async downloads(act: () => Promise<void>): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent("download"), act()])
    return download
  }

  /** Help while writing (closed brackets, completion, problems) comes a moment after the reader entered the editor. */
  async helped(editor: Locator = this.page.getByRole("region", { name: "Editor" })): Promise<void> {
    await expect(editor.locator(".cm-editor[data-help]")).toBeAttached()
  }

  expectQuiet(): void {
    expect(this.complaints).toEqual([])
    const strangers = this.requests.filter((url) => !url.startsWith(new URL(this.page.url()).origin) && !/^(blob|data|about):/.test(url))
    expect(strangers).toEqual([])
  }
}

export async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), "utf8")
}
