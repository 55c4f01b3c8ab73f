/** How long parsers are fuzzed: `TANTAY_FUZZ` times as many trials as the test run has by itself, for hours on request. */

/** Settings of fast-check for `trials` trials; `TANTAY_SEED` repeats a run. */
export function fuzzing(trials: number): { numRuns: number; seed?: number } {
  const factor = parseInt(process.env['TANTAY_FUZZ'] ?? '1', 10)
  const seed = process.env['TANTAY_SEED']
  return { numRuns: trials * factor, ...(seed !== undefined && { seed: parseInt(seed, 10) }) }
}
