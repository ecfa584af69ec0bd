// Unit tests: `NAME.test.ts` beside the code they speak of. Browser journeys are Playwright's (e2e/).
// A test that needs a document says so itself: `// @vitest-environment happy-dom` in its first line.
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["interpreter/**/*.test.ts", "src/**/*.test.{ts,tsx}", "scripts/**/*.test.{ts,mjs}"],
    environment: "node",
    restoreMocks: true,
    // Against tests that hang. A machine may be short of time, so how long one takes says nothing.
    testTimeout: 60_000,
  },
})
