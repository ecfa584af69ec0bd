// What Vibe brings along, as data: core functions, the functions of its system modules, methods, members every value has,
// keys of a model. Each entry is read by the checker (which names exist), by completion, hover and signature help, and by
// the runtime (system.ts and lists.ts hold the bodies under the same names). SPEC 4.5, 4.6, 5, 8.1, 13.
// What readers are told of them, which no run needs, is in editing/catalogue-words.ts.

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
  /** What a model that is given it as a tool is told of it; functions that are no tools have theirs in editing/catalogue-words.ts. */
  readonly doc?: string
}

/** Functions that are there without import. */
export const CORE: readonly Builtin[] = [
  {
    name: "print",
    params: [{ name: "value", type: "any" }],
    returns: "",
  },
  {
    name: "env",
    params: [
      { name: "name", type: "text" },
      { name: "default", type: "text", optional: true },
    ],
    returns: "text",
  },
]

export interface SystemModule {
  readonly path: string
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
    tools: false,
    bundles: {},
    functions: [
      { name: "uuid", params: [], returns: "text" },
      { name: "now", params: [], returns: "number" },
      {
        name: "random",
        params: [
          { name: "min", type: "number", optional: true },
          { name: "max", type: "number", optional: true },
        ],
        returns: "number",
      },
      {
        name: "jsonParse",
        params: [{ name: "source", type: "text" }],
        returns: "json",
      },
      {
        name: "jsonStringify",
        params: [
          { name: "value", type: "any" },
          { name: "pretty", type: "boolean", optional: true },
        ],
        returns: "text",
      },
    ],
  },
  {
    path: "system/tools",
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
      { name: "readFile", params: [path], returns: "text", doc: "The text of a file of the document." },
      {
        name: "writeFile",
        params: [path, { name: "content", type: "text" }],
        returns: "text",
        doc: "Makes a file or replaces its text, for the rest of the run.",
      },
      {
        name: "appendFile",
        params: [path, { name: "content", type: "text" }],
        returns: "text",
        doc: "Adds text at the end of a file.",
      },
      {
        name: "fileExists",
        params: [path],
        returns: "boolean",
        doc: "Whether the document has that file.",
      },
      {
        name: "listDir",
        params: [path],
        returns: "text[]",
        doc: "Names of what is in a folder, folders with a slash at the end.",
      },
      {
        name: "edit",
        params: [path, { name: "oldText", type: "text" }, { name: "newText", type: "text" }],
        returns: "text",
        doc: "Replaces a text that occurs exactly once in a file.",
      },
      {
        name: "glob",
        params: [{ name: "pattern", type: "text" }],
        returns: "text[]",
        doc: "Paths that match a pattern with *, ** and ?.",
      },
      {
        name: "grep",
        params: [
          { name: "pattern", type: "text" },
          { name: "path", type: "text", optional: true },
        ],
        returns: "text[]",
        doc: "Lines that contain a text, as path:line: text.",
      },
      { name: "mkdir", params: [path], returns: "text", doc: "Makes a folder." },
      { name: "dirExists", params: [path], returns: "boolean", doc: "Whether there is such a folder." },
      {
        name: "bash",
        params: [{ name: "command", type: "text" }],
        returns: "text",
        doc: "Not available in the playground: using it is an error.",
      },
      {
        name: "runCode",
        params: [{ name: "code", type: "text" }],
        returns: "text",
        doc: "Not available in the playground: using it is an error.",
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
}

export const METHODS: readonly Method[] = [
  {
    on: "array",
    name: "len",
    params: [],
    returns: "number",
  },
  {
    on: "array",
    name: "push",
    params: [{ name: "element", type: "any" }],
    returns: "json",
  },
  { on: "array", name: "pop", params: [], returns: "any" },
  { on: "text", name: "len", params: [], returns: "number" },
  { on: "any", name: "toString", params: [], returns: "text" },
]

/** Members that every variable and call result has (SPEC 5.2). */
export const META = ["err", "errDetails", "toolCalls"] as const

/** What a model can be declared with (SPEC 8.1). */
export const MODEL_KEYS = ["name", "apiKey", "url", "provider", "maxRetriesOnError", "thinkingLevel", "tools"] as const

export const PROVIDERS: readonly string[] = ["anthropic", "openai", "google"]

/** A builtin's head as code. */
export function signatureOf(builtin: { readonly name: string; readonly params: readonly Parameter[]; readonly returns: string }): string {
  const params = builtin.params.map((param) => `${param.name}${param.optional ? "?" : ""}: ${param.type}`).join(", ")
  return `${builtin.name}(${params})${builtin.returns ? `: ${builtin.returns}` : ""}`
}
