/** The house keeps its own rules, and every rule has been seen to fail: a guard that never failed is no guard. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, type House } from './helpers/tidy.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('the repository', () => {
  const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  const house: House = { paths, read: (path) => readFileSync(join(root, path), 'utf8') }

  test('has files to look at', () => {
    expect(paths).toContain('src/core/money.ts')
  })

  test('has a lock file that npm ci takes on every system: each optional package is in it', () => {
    const { packages } = JSON.parse(house.read('package-lock.json')) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> }
    const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)))
    const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}))
    expect(optional.length).toBeGreaterThan(0)
    expect(optional.filter((name) => !names.has(name))).toEqual([])
  })

  test('keeps every rule that a line or a file can break', () => {
    expect(faultsOf(house)).toEqual([])
  })
})

describe('each rule about a file can fail', () => {
  const sentence = '/** Says what it is for. */\n'
  test.each([
    ['src/core/a.ts', 'export const a = 1\n', 'begins with a comment'],
    ['sql/reconcile/10_a.sql', 'select 1;\n', 'begins with a comment'],
    ['scripts/a', '#!/bin/sh\nls\n', 'begins with a comment'],
    ['src/core/a.ts', sentence + '// TO' + 'DO: later\n', 'a decision or nothing'],
    ['src/core/a.ts', sentence + 'export const a = 1\n'.repeat(400), 'past 400 lines'],
    ['src/core/a.ts', sentence + "const a = '../../sha" + "red/design'\n", 'beside the repository'],
    ['test/core/a.test.ts', sentence + "const a = '/ro" + "ot/x'\n", 'a path of one machine'],
    ['README.md', 'see /wo' + 'rk/main\n', 'a path of one machine'],
    ['package-lock.json', '{"resol' + 'ved": "https://registry.np' + 'mjs.org/x"}\n', 'a package registry'],
    ['sql/reconcile/10_a.sql', '-- What: a step.\nselect no' + 'w();\n', 'the only today'],
    ['sql/findings/a.sql', '-- What: a finding.\nselect current_' + 'date;\n', 'the only today'],
    ['src/Core/Money.ts', sentence, 'kebab-case'],
    ['sql/migrations/0009_a.sql', '-- What: x.\ncreate ru' + 'le r;\n', 'Citus'],
  ])('%s (%#)', (path, text, message) => {
    const faults = faultsOf({ paths: [path], read: () => text })
    expect(faults.join('\n')).toContain(message)
  })

  test('and a file that keeps them has no faults', () => {
    expect(faultsOf({ paths: ['src/core/a.ts'], read: () => sentence + 'export const a = 1\n' })).toEqual([])
  })
})

describe('each ESLint rule of the house can fail, and says what to use instead', () => {
  const lint = new ESLint({ cwd: root })
  test.each([
    ['src/core/dates.ts', 'export const a = process.env.HOME', 'src/config.ts'],
    ['src/core/dates.ts', 'export const a = new Date()', 'Clock'],
    ['src/core/dates.ts', 'export const a = Date.now()', 'Clock'],
    ['src/core/dates.ts', "export const a = parseFloat('1.5')", 'money'],
    ['src/core/dates.ts', "export const a = Number('1.5')", 'money'],
    ['src/core/dates.ts', "export const a = +'1.5'", 'money'],
    ['src/core/dates.ts', 'export const a = (1.5).toFixed(0)', 'money.formatAmount'],
    ['src/core/dates.ts', 'export const a = Math.round(1.5)', 'money.splitEvenly'],
    ['src/core/dates.ts', "declare const sql: { raw(text: string): string }\nexport const a = sql.raw('select 1')", 'loadSqlFile'],
    ['src/core/dates.ts', 'export function a(): void { Promise.resolve(1) }', 'Promises must be awaited'],
    ['src/core/dates.ts', "export function a(b: 'x' | 'y'): number { switch (b) { case 'x': return 1 }\nreturn 2 }", 'Switch is not exhaustive'],
    ['src/core/dates.ts', 'export const a = 1 == (2 as number)', "Expected '==='"],
    ['src/core/dates.ts', 'export const a: any = 1', 'Unexpected any'],
  ])('%s: %s', async (filePath, code, message) => {
    const [result] = await lint.lintText(code, { filePath: join(root, filePath) })
    expect(result?.messages.map((one) => one.message).join('\n')).toContain(message)
  })

  test('the file that a rule names as the way out is free to use it', async () => {
    for (const [filePath, code] of [['src/config.ts', 'export const a = process.env'], ['src/core/clock.ts', 'export const a = Date.now()']] as const) {
      const [result] = await lint.lintText(code, { filePath: join(root, filePath) })
      expect(result?.messages).toEqual([])
    }
  })
})

describe('each rule about rooms can fail', () => {
  /** For each rule, files that break it; the first is the one that is blamed. */
  const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no-cycles': { 'src/core/cycle-a.ts': "import { b } from './cycle-b.ts'\nexport const a = b", 'src/core/cycle-b.ts': "import { a } from './cycle-a.ts'\nexport const b = a" },
    'no-orphans': { 'src/core/orphan.ts': 'export const a = 1' },
    'core-is-pure': { 'src/core/reads.ts': "import 'node:fs'" },
    'networks-are-arithmetic': { 'src/core/networks.ts': "import 'node:dgram'" },
    'only-money-imports-decimal': { 'src/core/other-money.ts': "import 'decimal.js'" },
    'only-db-imports-pg': { 'src/reports/raw.ts': "import 'pg'" },
    'only-queries-imports-kysely': { 'src/reports/builder.ts': "import 'kysely'" },
    'only-http-imports-hono': { 'src/cases/web.ts': "import 'hono'" },
    'only-entrance-imports-@hono-node-server': { 'src/reports/port.ts': "import '@hono/node-server'" },
    'only-jobs-imports-node-cron': { 'src/http/ticks.ts': "import 'node-cron'" },
    'only-jobs-imports-graphile-worker': { 'src/uploads/queues.ts': "import 'graphile-worker'" },
    'only-http-imports-@fastify-busboy': { 'src/uploads/forms.ts': "import '@fastify/busboy'" },
    'only-http-imports-prom-client': { 'src/jobs/figures.ts': "import 'prom-client'" },
    'only-entrance-imports-pino': { 'src/ingest/logs.ts': "import 'pino'" },
    'only-staff-imports-@node-rs-argon2': { 'src/http/hashes.ts': "import '@node-rs/argon2'" },
    'only-notices-imports-nodemailer': { 'src/uploads/mails.ts': "import 'nodemailer'" },
    'only-cli-imports-tus-js-client': { 'src/jobs/pieces.ts': "import 'tus-js-client'" },
    'only-staff-and-formats-imports-uqr': { 'src/http/scans.ts': "import 'uqr'" },
    'only-formats-imports-pdfkit': { 'src/http/papers.ts': "import 'pdfkit'" },
    'only-cli-imports-commander': { 'src/ingest/commands.ts': "import 'commander'" },
    'only-entrances-import-config': { 'src/http/settings.ts': "import '../config.ts'", 'src/config.ts': 'export const a = 1' },
    'only-entrances-import-http-and-jobs': { 'src/reports/page.ts': "import '../http/index.ts'", 'src/http/index.ts': 'export const a = 1' },
    'http-and-jobs-are-apart': { 'src/http/night.ts': "import '../jobs/index.ts'", 'src/jobs/index.ts': 'export const a = 1' },
    'stages-talk-through-tables': { 'src/reconcile/reads-files.ts': "import '../ingest/index.ts'", 'src/ingest/index.ts': 'export const a = 1' },
    'inner-rooms-know-no-outer-ones': { 'src/db/knows.ts': "import '../reports/index.ts'", 'src/reports/index.ts': 'export const a = 1' },
    'formats-know-no-database': { 'src/formats/stores.ts': "import '../db/index.ts'", 'src/db/index.ts': 'export const a = 1' },
    'signing-needs-nothing': { 'src/signing/asks.ts': "import '../db/index.ts'", 'src/db/index.ts': 'export const a = 1' },
    'db-knows-no-format': { 'src/db/parses.ts': "import '../formats/index.ts'", 'src/formats/index.ts': 'export const a = 1' },
    'formats-are-apart': { 'src/formats/csv/borrows.ts': "import '../xlsx/index.ts'", 'src/formats/xlsx/index.ts': 'export const a = 1' },
    'simulate-stands-alone': { 'src/simulate/peeks.ts': "import '../reconcile/index.ts'", 'src/reconcile/index.ts': 'export const a = 1' },
    'nobody-needs-simulate': { 'src/http/example.ts': "import '../simulate/index.ts'", 'src/simulate/index.ts': 'export const a = 1' },
    'through-the-door': { 'src/http/inside.ts': "import '../cases/inner.ts'", 'src/cases/inner.ts': 'export const a = 1' },
    'entrances-use-the-door': { 'src/main.ts': "import './cases/inner.ts'" },
    'product-needs-no-tests': { 'src/http/tested.ts': "import '../../test/thing.ts'", 'test/thing.ts': 'export const a = 1' },
    'no-unlisted-packages': { 'src/http/unlisted.ts': "import 'decimal.js-light-not-there'" },
    'no-development-packages': { 'src/http/development.ts': "import 'papaparse'" },
    resolvable: { 'src/http/misspelt.ts': "import './nowhere.ts'" },
  }
  let found: { rule: { name: string }; from: string }[] = []
  let directory = ''

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tantay-rooms-'))
    for (const files of Object.values(violations)) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true })
        writeFileSync(join(directory, path), text + '\n')
      }
    }
    for (const name of ['package.json', 'tsconfig.json']) writeFileSync(join(directory, name), readFileSync(join(root, name)))
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
    const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'), 'src', '--config', join(root, '.dependency-cruiser.js'), '--output-type', 'json'], {
      cwd: directory,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    })
    if (stdout === '') throw new Error(stderr)
    found = (JSON.parse(stdout) as { summary: { violations: typeof found } }).summary.violations
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test('every rule has a file that breaks it', async () => {
    const { default: rooms } = (await import(join(root, '.dependency-cruiser.js'))) as { default: { forbidden: { name: string }[] } }
    expect(Object.keys(violations).sort()).toEqual(rooms.forbidden.map(({ name }) => name).sort())
  })

  test.each(Object.entries(violations))('%s', (name, files) => {
    const [blamed] = Object.keys(files)
    expect(found.filter((violation) => violation.rule.name === name).map(({ from }) => from)).toContain(blamed)
  })
})
