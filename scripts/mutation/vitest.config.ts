/** What Stryker runs for every mutant: tests of the rooms it changes that need no database, in one worker, with the same random numbers each time. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/formats/**/*.test.ts', 'test/ingest/status-rules.test.ts', 'test/reconcile/**/*.test.ts'],
    // Needs the database: what it says about keys is said again in test/core/identity.test.ts.
    exclude: ['test/formats/keys.test.ts'],
    setupFiles: ['./scripts/mutation/same-dice.ts'],
    maxWorkers: 1,
    isolate: false,
    testTimeout: 10_000,
  },
})
