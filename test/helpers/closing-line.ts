/** A Vitest reporter whose one line says how many tests ran, so that a log can be read from its end. */
import type { Reporter, TestModule } from 'vitest/node'

export default class ClosingLine implements Reporter {
  /** Called by Vitest when all test files have ended; prints `N passed, N failed, N skipped`. */
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = 0
    let skipped = 0
    for (const module of modules) {
      // A file that cannot even be loaded has no tests to count, yet it is a failure.
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped += 1
      }
    }
    // After the default reporter's own summary, which is written when the process has nothing else to do.
    process.once('exit', () => {
      process.stdout.write(`\n${passed} passed, ${failed + unhandledErrors.length} failed, ${skipped} skipped\n`)
    })
  }
}
