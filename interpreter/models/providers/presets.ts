// The providers that a reader can choose from: how each is spoken to, where it is, and what to do when a browser cannot
// reach it. A new one that speaks a known protocol is one entry here; the page's dialog and the command line list these.

export type Protocol = "openai" | "anthropic" | "google" | "browser"

export interface ProviderPreset {
  readonly id: string
  readonly title: string
  readonly protocol: Protocol
  readonly baseUrl: string
  /** A model to begin with; "" where the reader must choose. */
  readonly model: string
  /** `needed`: without a key nothing works; `optional`: some servers want one; `none`: nobody asks for one. */
  readonly key: "needed" | "optional" | "none"
  /** Runs on the reader's own machine or network. */
  readonly local: boolean
  /** Variable of the environment in which the command line looks for the key. */
  readonly keyVariable: string
  /** Where its page makes keys; "" for none. */
  readonly keysUrl: string
  /** Path under the base address that a test of the connection reads; answers only with a right key where keys are needed. */
  readonly testPath: string
  /** It can be held to a JSON schema. */
  readonly structured: boolean
  /** It counts tokens in a stream only if asked to. */
  readonly usageOption: boolean
  /** What to do when the browser is refused because of the page's origin (CORS). */
  readonly corsHelp: string
}

const cloud = { local: false, testPath: "/models", structured: true, usageOption: true, key: "needed" } as const
const ownMachine = {
  local: true,
  testPath: "/models",
  structured: true,
  usageOption: true,
  key: "none",
  keyVariable: "",
  keysUrl: "",
} as const
const cloudCors = (title: string) =>
  `${title} does not answer pages of this address. Check the address; a company proxy or an extension of the browser may also be in the way.`

export const PROVIDER_PRESETS: readonly ProviderPreset[] = [
  {
    ...cloud,
    id: "openai",
    title: "OpenAI",
    protocol: "openai",
    baseUrl: "https://api.openai.com/v1",
    model: "gpt-5-mini",
    keyVariable: "OPENAI_API_KEY",
    keysUrl: "https://platform.openai.com/api-keys",
    corsHelp: cloudCors("OpenAI"),
  },
  {
    ...cloud,
    id: "anthropic",
    title: "Anthropic",
    protocol: "anthropic",
    baseUrl: "https://api.anthropic.com/v1",
    model: "claude-haiku-4-5",
    keyVariable: "ANTHROPIC_API_KEY",
    keysUrl: "https://console.anthropic.com/settings/keys",
    corsHelp: "Anthropic answers pages only where the organisation allows it: look for browser access in its console.",
  },
  {
    ...cloud,
    id: "google",
    title: "Google Gemini",
    protocol: "google",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta",
    model: "gemini-2.5-flash",
    keyVariable: "GOOGLE_GENERATIVE_AI_API_KEY",
    keysUrl: "https://aistudio.google.com/apikey",
    corsHelp: cloudCors("Google"),
  },
  {
    ...cloud,
    id: "openrouter",
    title: "OpenRouter",
    protocol: "openai",
    baseUrl: "https://openrouter.ai/api/v1",
    model: "openai/gpt-5-mini",
    keyVariable: "OPENROUTER_API_KEY",
    keysUrl: "https://openrouter.ai/keys",
    // Its list of models is public and says nothing about the key.
    testPath: "/key",
    corsHelp: cloudCors("OpenRouter"),
  },
  {
    ...cloud,
    id: "mistral",
    title: "Mistral",
    protocol: "openai",
    baseUrl: "https://api.mistral.ai/v1",
    model: "mistral-small-latest",
    keyVariable: "MISTRAL_API_KEY",
    keysUrl: "https://console.mistral.ai/api-keys",
    usageOption: false,
    corsHelp: cloudCors("Mistral"),
  },
  {
    ...cloud,
    id: "groq",
    title: "Groq",
    protocol: "openai",
    baseUrl: "https://api.groq.com/openai/v1",
    model: "llama-3.3-70b-versatile",
    keyVariable: "GROQ_API_KEY",
    keysUrl: "https://console.groq.com/keys",
    structured: false,
    corsHelp: cloudCors("Groq"),
  },
  {
    ...ownMachine,
    id: "ollama",
    title: "Ollama",
    protocol: "openai",
    baseUrl: "http://localhost:11434/v1",
    model: "llama3.2",
    corsHelp: "Ollama refuses pages of other addresses. Start it with OLLAMA_ORIGINS set to this page's address (or *), then test again.",
  },
  {
    ...ownMachine,
    id: "lmstudio",
    title: "LM Studio",
    protocol: "openai",
    baseUrl: "http://localhost:1234/v1",
    model: "",
    corsHelp: "LM Studio refuses pages until CORS is on: the switch is in its developer tab, or run `lms server start --cors`.",
  },
  {
    ...ownMachine,
    id: "llamacpp",
    title: "llama.cpp server",
    protocol: "openai",
    baseUrl: "http://localhost:8080/v1",
    model: "default",
    key: "optional",
    corsHelp: "llama.cpp answers every page by default; something between it and this page does not.",
  },
  {
    ...ownMachine,
    id: "browser",
    title: "The browser's own model",
    protocol: "browser",
    baseUrl: "",
    model: "built-in",
    corsHelp: "",
  },
  {
    ...ownMachine,
    id: "custom",
    title: "Another OpenAI-compatible server",
    protocol: "openai",
    baseUrl: "",
    model: "",
    key: "optional",
    keyVariable: "COUNTERPOINT_API_KEY",
    structured: false,
    corsHelp: "The server must answer this page's address: it needs the header Access-Control-Allow-Origin, also for OPTIONS requests.",
  },
]

export function providerPreset(id: string): ProviderPreset | undefined {
  return PROVIDER_PRESETS.find((preset) => preset.id === id)
}
