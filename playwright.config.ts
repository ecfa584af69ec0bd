// Browser journeys against the built page. `npm test` builds it and installs a browser where there is none; run by hand,
// `npx playwright test` builds a stale page by itself. One journey at a time: they share the machine with a model of time.
import { defineConfig } from "@playwright/test"
import { findBrowser } from "./scripts/browser.mjs"

const port = Number(process.env.COUNTERPOINT_TEST_PORT ?? 4179)

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // A machine that is short of time for a while may cost a journey of `npm test` a try, and another, which is said; a third is a failure.
  retries: process.env.COUNTERPOINT_TEST_REPORT ? 2 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.COUNTERPOINT_TEST_REPORT
    ? [["./scripts/journey-lines.mjs"], ["json", { outputFile: process.env.COUNTERPOINT_TEST_REPORT }]]
    : [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findBrowser() ?? undefined,
      args: [
        // Chromium refuses to run as root with its own sandbox, which is not the one tested here.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `node scripts/start.mjs --port ${port} --exact-port`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 120_000,
    stdout: "ignore",
    stderr: "pipe",
  },
})
