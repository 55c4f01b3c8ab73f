/** Everything that continuous integration runs, in the order of what fails fastest; ends at the first failure and says what fixes it. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** One step: what it makes sure of, the program, and what to do when it fails. */
interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly fix: string
}

const steps: readonly Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'], fix: 'npm run types shows them again' },
  { name: 'rooms', command: ['depcruise', 'src', '--config', '.dependency-cruiser.js', '--output-type', 'err-long'], fix: 'move the import as the message says, then npm run rooms' },
  { name: 'lint', command: ['eslint', '.'], fix: 'npm run lint -- --fix mends what can be mended' },
  { name: 'sql', command: ['node', 'scripts/lint-sql.ts'], fix: 'do as the line says, then npm run lint-sql' },
  { name: 'scan', command: ['node', 'scripts/scan.ts'], fix: 'do as the line says, then npm run scan' },
  { name: 'unused', command: ['knip', '--no-progress'], fix: 'delete what nothing uses, then npm run unused' },
  // Last, so that the line that says how many tests ran ends the output.
  { name: 'tests', command: ['vitest', 'run', ...process.argv.slice(2)], fix: 'npm test -- <file> runs one; a stale golden file: npm run dump-schema, npm run generate-types' },
]

for (const { name, command, fix } of steps) {
  const since = performance.now()
  process.stderr.write(`check: ${name} …\n`)
  const [program, ...values] = command
  const { status } = spawnSync(program, values, { stdio: 'inherit', cwd: fileURLToPath(new URL('..', import.meta.url)) })
  if (status !== 0) {
    process.stderr.write(`check: ${name} failed. To fix: ${fix}\n`)
    process.exit(1)
  }
  process.stderr.write(`check: ${name} ok (${Math.ceil((performance.now() - since) / 1000)} s)\n`)
}
