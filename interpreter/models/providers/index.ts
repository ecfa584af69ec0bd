// Real providers, for the page and the command line alone: never in the worker. What is here is small; the packages that speak
// the protocols are loaded with the first request (connection.ts).
export { addressProblem, configFrom, defaultConfig, isLoopback, type ModelRoute, type ProviderConfig } from "./config.ts"
export { type LiveCall, LiveHost, type LiveHostOptions } from "./live-host.ts"
export { PROVIDER_PRESETS, type ProviderPreset, providerPreset } from "./presets.ts"
export { answererFor, type LiveSettings } from "./routes.ts"
export { scrubbed } from "./scrub.ts"
export { type ConnectionReport, type ConnectionState, testConnection } from "./test-connection.ts"
