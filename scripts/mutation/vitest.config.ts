/** What Stryker runs for every mutant: tests of the rooms it changes that need no database, in one worker, with the same random numbers each time. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/core/*.test.ts', 'test/linkage/score.test.ts', 'test/formats/values.test.ts', 'test/ingest/status-rules.test.ts'],
    setupFiles: ['./scripts/mutation/same-dice.ts'],
    maxWorkers: 1,
    isolate: false,
    testTimeout: 10_000,
  },
})
