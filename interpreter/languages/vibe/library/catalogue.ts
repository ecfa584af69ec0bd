// What Vibe brings along, as data: core functions, the functions of its system modules, methods, members every value has,
// keys of a model, words. Each entry is read by the checker (which names exist), by completion, hover and signature help,
// and by the runtime (library/system-*.ts and members.ts hold the bodies under the same names). SPEC 4.5, 4.6, 5, 8.1, 13.

export interface Parameter {
  readonly name: string
  readonly type: string
  /** May be left out. */
  readonly optional?: boolean
}

export interface Builtin {
  readonly name: string
  readonly params: readonly Parameter[]
  /** A type word, or "" for nothing. */
  readonly returns: string
  readonly doc: string
  readonly example: string
}

/** Functions that are there without import. */
export const CORE: readonly Builtin[] = [
  {
    name: "print",
    params: [{ name: "value", type: "any" }],
    returns: "",
    doc: "Writes one value to the output. A pending value is waited for; objects and arrays are laid out over lines.",
    example: 'print("total: {n}")',
  },
  {
    name: "env",
    params: [
      { name: "name", type: "text" },
      { name: "default", type: "text", optional: true },
    ],
    returns: "text",
    doc: "A variable that the reader typed for this document; the default (or an empty text) where there is none.",
    example: 'env("REGION", "eu")',
  },
]

export interface SystemModule {
  readonly path: string
  readonly doc: string
  readonly functions: readonly Builtin[]
  /** Functions that a model may be given as tools as well. */
  readonly tools: boolean
  /** Named lists of tools. */
  readonly bundles: Readonly<Record<string, readonly string[]>>
}

const path: Parameter = { name: "path", type: "text" }

export const SYSTEM_MODULES: readonly SystemModule[] = [
  {
    path: "system/utils",
    doc: "Small things every program needs: ids, time, random numbers, JSON.",
    tools: false,
    bundles: {},
    functions: [
      { name: "uuid", params: [], returns: "text", doc: "A new random id (version 4), drawn from the run's seed.", example: "uuid()" },
      { name: "now", params: [], returns: "number", doc: "Milliseconds since 1970 on the run's virtual clock.", example: "now()" },
      {
        name: "random",
        params: [
          { name: "min", type: "number", optional: true },
          { name: "max", type: "number", optional: true },
        ],
        returns: "number",
        doc: "A random number from 0 up to 1, or a whole number from min to max, both included. Drawn from the run's seed.",
        example: "random(1, 6)",
      },
      {
        name: "jsonParse",
        params: [{ name: "source", type: "text" }],
        returns: "json",
        doc: "The value that a JSON text stands for.",
        example: 'jsonParse("[1, 2]")',
      },
      {
        name: "jsonStringify",
        params: [
          { name: "value", type: "any" },
          { name: "pretty", type: "boolean", optional: true },
        ],
        returns: "text",
        doc: "A value as JSON text; with pretty = true over several lines.",
        example: "jsonStringify({ a: 1 })",
      },
    ],
  },
  {
    path: "system/tools",
    doc: "Files of the document (kept in memory), as functions and as tools for models.",
    tools: true,
    bundles: {
      allTools: [
        "readFile",
        "writeFile",
        "appendFile",
        "fileExists",
        "listDir",
        "edit",
        "glob",
        "grep",
        "mkdir",
        "dirExists",
        "bash",
        "runCode",
      ],
      readonlyTools: ["readFile", "fileExists", "listDir", "glob", "grep", "dirExists"],
      safeTools: ["readFile", "writeFile", "appendFile", "fileExists", "listDir", "edit", "glob", "grep", "mkdir", "dirExists"],
    },
    functions: [
      { name: "readFile", params: [path], returns: "text", doc: "The text of a file of the document.", example: 'readFile("notes.txt")' },
      {
        name: "writeFile",
        params: [path, { name: "content", type: "text" }],
        returns: "text",
        doc: "Makes a file or replaces its text, for the rest of the run.",
        example: 'writeFile("out.txt", "done")',
      },
      {
        name: "appendFile",
        params: [path, { name: "content", type: "text" }],
        returns: "text",
        doc: "Adds text at the end of a file.",
        example: 'appendFile("log.txt", "one line")',
      },
      {
        name: "fileExists",
        params: [path],
        returns: "boolean",
        doc: "Whether the document has that file.",
        example: 'fileExists("a.txt")',
      },
      {
        name: "listDir",
        params: [path],
        returns: "text[]",
        doc: "Names of what is in a folder, folders with a slash at the end.",
        example: 'listDir(".")',
      },
      {
        name: "edit",
        params: [path, { name: "oldText", type: "text" }, { name: "newText", type: "text" }],
        returns: "text",
        doc: "Replaces a text that occurs exactly once in a file.",
        example: 'edit("a.txt", "old", "new")',
      },
      {
        name: "glob",
        params: [{ name: "pattern", type: "text" }],
        returns: "text[]",
        doc: "Paths that match a pattern with *, ** and ?.",
        example: 'glob("**/*.txt")',
      },
      {
        name: "grep",
        params: [
          { name: "pattern", type: "text" },
          { name: "path", type: "text", optional: true },
        ],
        returns: "text[]",
        doc: "Lines that contain a text, as path:line: text.",
        example: 'grep("TODO", ".")',
      },
      { name: "mkdir", params: [path], returns: "text", doc: "Makes a folder.", example: 'mkdir("out")' },
      { name: "dirExists", params: [path], returns: "boolean", doc: "Whether there is such a folder.", example: 'dirExists("out")' },
      {
        name: "bash",
        params: [{ name: "command", type: "text" }],
        returns: "text",
        doc: "Not available in the playground: using it is an error.",
        example: 'bash("ls")',
      },
      {
        name: "runCode",
        params: [{ name: "code", type: "text" }],
        returns: "text",
        doc: "Not available in the playground: using it is an error.",
        example: 'runCode("1 + 1")',
      },
    ],
  },
]

export function systemModule(path: string): SystemModule | undefined {
  return SYSTEM_MODULES.find((module) => module.path === path)
}

export interface Method {
  readonly on: "array" | "text" | "any"
  readonly name: string
  readonly params: readonly Parameter[]
  readonly returns: string
  readonly doc: string
}

export const METHODS: readonly Method[] = [
  {
    on: "array",
    name: "len",
    params: [],
    returns: "number",
    doc: "How many elements there are; pending ones count, and nothing is waited for.",
  },
  {
    on: "array",
    name: "push",
    params: [{ name: "element", type: "any" }],
    returns: "json",
    doc: "Adds an element in place and gives the array. A pending variable is stored without waiting: its value takes the place later.",
  },
  { on: "array", name: "pop", params: [], returns: "any", doc: "Removes the last element and gives it; an empty array is an error." },
  { on: "text", name: "len", params: [], returns: "number", doc: "Length in UTF-16 units." },
  { on: "any", name: "toString", params: [], returns: "text", doc: "The value as text; objects and arrays as JSON." },
]

/** Members that every variable and call result has (SPEC 5.2). */
export const META: readonly { readonly name: string; readonly type: string; readonly doc: string }[] = [
  { name: "err", type: "boolean", doc: "Whether the value is an error value: a failed async operation, or a throw." },
  { name: "errDetails", type: "json", doc: "null, or { message, type, location: { line, column, file } } of an error value." },
  {
    name: "toolCalls",
    type: "json[]",
    doc: "The tools that the model ran for this value: { toolName, args, result, err, errDetails, duration }.",
  },
]

export interface ModelKey {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly doc: string
  readonly snippet: string
}

export const MODEL_KEYS: readonly ModelKey[] = [
  { name: "name", type: "text", required: true, doc: "The model's name, as its provider calls it.", snippet: 'name: "${}"' },
  { name: "apiKey", type: "text", required: false, doc: "The key; from the settings where left out.", snippet: 'apiKey: env("${KEY}")' },
  {
    name: "url",
    type: "text",
    required: false,
    doc: "Base address of the provider; shown, never called by itself.",
    snippet: 'url: "${}"',
  },
  {
    name: "provider",
    type: "text",
    required: false,
    doc: '"openai", "anthropic" or "google"; else told from the url.',
    snippet: 'provider: "${openai}"',
  },
  {
    name: "maxRetriesOnError",
    type: "number",
    required: false,
    doc: "How often a request is tried again after 429, 5xx or a dead network; 3 where left out.",
    snippet: "maxRetriesOnError: ${3}",
  },
  {
    name: "thinkingLevel",
    type: "text",
    required: false,
    doc: "How hard the model should think, where the provider can.",
    snippet: 'thinkingLevel: "${medium}"',
  },
  { name: "tools", type: "tool[]", required: false, doc: "Tools the model may ask for.", snippet: "tools: [${}]" },
]

export const PROVIDERS: readonly string[] = ["anthropic", "openai", "google"]

export const TYPE_DOCS: Readonly<Record<string, string>> = {
  text: "A text.",
  number: "A finite number.",
  boolean: "true or false.",
  json: "An object; a text is read as JSON.",
  prompt: "A text that is a prompt: {x} in its literal stays a reference, !{x} puts the value in.",
  model: "A model; constants and parameters only.",
}

/** A builtin's head as code. */
export function signatureOf(builtin: { readonly name: string; readonly params: readonly Parameter[]; readonly returns: string }): string {
  const params = builtin.params.map((param) => `${param.name}${param.optional ? "?" : ""}: ${param.type}`).join(", ")
  return `${builtin.name}(${params})${builtin.returns ? `: ${builtin.returns}` : ""}`
}
