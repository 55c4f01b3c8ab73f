/** A Vitest reporter whose last line says how many tests ran, so that a log can be read from its end; before it, which were skipped and why. */
import type { Reporter, TestModule } from 'vitest/node'

export default class ClosingLine implements Reporter {
  /** Called by Vitest when all test files have ended; prints `N passed, N failed, N skipped`. */
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = 0
    let skipped = 0
    const skippedIn = new Map<string, number>()
    for (const module of modules) {
      // A file that cannot even be loaded has no tests to count, yet it is a failure.
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else {
          skipped += 1
          skippedIn.set(module.relativeModuleId, (skippedIn.get(module.relativeModuleId) ?? 0) + 1)
        }
      }
    }
    // After the default reporter's own summary, which is written when the process has nothing else to do.
    process.once('exit', () => {
      // Every condition in the tests is one of these two: whether the server is a Citus coordinator, and whether root runs them.
      if (skipped > 0) process.stdout.write(`\nskipped, since they need another server (a Citus cluster or a plain one: TANTAY_TEST_DATABASE_URL) or another user (root): ${[...skippedIn].map(([file, count]) => `${count} in ${file}`).join(', ')}\n`)
      process.stdout.write(`\n${passed} passed, ${failed + unhandledErrors.length} failed, ${skipped} skipped\n`)
    })
  }
}
