/** The commands that set up and serve: migrate, serve, demo; and simulate, which makes something to serve. */
import type { Command } from 'commander'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, type Config } from '../config.ts'
import { addMonths, exitCodes, parseBenefitPeriod, Refusal, sha256Of, systemClock } from '../core/index.ts'
import { isSpread, migrate, openDatabase, requireCurrentSchema, spread, type Spread } from '../db/index.ts'
import { fewestBeneficiaries, liveMonths, monthsKnown, simulate, type MonthsOptions } from '../simulate/index.ts'
import { listFiles, voidFile } from '../ingest/index.ts'
import { configOf, printJson, say, table, type Context, type GlobalOptions } from './context.ts'
import { handInAtCounter, splitOffBank } from './demo-bank.ts'
import { makeSamplePeople } from './demo-people.ts'
import { takeIn } from './files.ts'
import { printSummary, runAndSummarise } from './results.ts'

/** Adds the commands to the program. */
export function addServerCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the schema of this version')
    .option('--citus', 'spread the tables over the workers of a Citus coordinator (docs/scale.md); later migrations follow by themselves')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { readonly citus?: boolean }>()
      const config = configOf(options)
      const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDirectory: config.dataDirectory, onProgress: say })
      try {
        const applied = await migrate(database, systemClock.now())
        const placed = options.citus === true || (await isSpread(database)) ? await spread(database) : null
        if (options.json === true) printJson({ applied, ...(placed === null ? {} : { citus: placed }) })
        else process.stdout.write((applied.length === 0 ? 'the schema is current\n' : `applied ${applied.join(', ')}\n`) + (placed === null ? '' : sayPlaced(placed)))
      } finally {
        await database.close()
      }
    })

  program
    .command('serve')
    .description('serve the web pages (HOST, PORT) until SIGTERM')
    .action((_, command: Command) => serve(command.optsWithGlobals()))

  program
    .command('simulate')
    .description('invent a province: its files with planted faults, and truth.json')
    .option('--beneficiaries <n>', 'how many people', '20000')
    .option('--seed <seed>', 'the same seed gives the same bytes', '1')
    .requiredOption('--out <folder>', 'where the files go')
    .option('--months <n>', 'live through so many months instead: each banking day\'s files in a folder of its own, and nights.ndjson: what was done with which file, and the sums that each night must find')
    .option('--from <month>', 'with --months: the first of them, from 2026-01 on, none after 2027-12', '2026-01')
    .option('--nights <n>', '2: also the files of the next banking day, in night-2 of the folder, with the truth after them', '1')
    .action(async (_, command: Command) => {
      const { beneficiaries, seed, out, nights, months, from } = command.opts<{ beneficiaries: string; seed: string; out: string; nights: string; months?: string; from: string }>()
      if (months !== undefined) {
        simulateMonths({ beneficiaries: wholeNumber(beneficiaries), seed, out, months: parseInt(months, 10), from })
        return
      }
      if (nights !== '1' && nights !== '2') throw new Refusal('usage', 'nights_invalid', `--nights takes 1 or 2, not ${nights}`)
      const { files, truth, secondNight } = await simulate({ beneficiaries: wholeNumber(beneficiaries), seed, out, nights: nights === '2' ? 2 : 1, statements: true, onProgress: progress('people invented') })
      const written = [{ files, truth }, ...(secondNight === null ? [] : [secondNight])]
      if (command.optsWithGlobals<GlobalOptions>().json === true) {
        const [first, second] = written.map((night) => ({ files: night.files, truth: night.truth.path, as_of: night.truth.as_of }))
        printJson({ ...first, ...(second === undefined ? {} : { second_night: second }) })
      } else for (const night of written) process.stdout.write(`${night.files.map(({ path, isRefused = false }) => `${path}${isRefused ? '  (to be refused)' : ''}`).join('\n')}\n${night.truth.path}\nLook at it as of ${night.truth.as_of}.\n`)
    })

  program
    .command('demo')
    .description('from nothing to a served page: an invented province, taken in, worked out, shown')
    .option('--beneficiaries <n>', 'how many people', '100000')
    .option('--no-serve', 'end after the summary')
    .action((_, command: Command) => demo(command))
}

function sayPlaced({ distributed, reference, workers }: Spread): string {
  if (distributed.length + reference.length === 0) return `every table is in its place on ${workers} nodes\n`
  return `split by person over ${workers} nodes: ${distributed.join(', ') || 'nothing new'}\ncopied to every node: ${reference.join(', ') || 'nothing new'}\n`
}

/** Always its own embedded database in a folder of its own: invented people never meet real ones. */
async function demo(command: Command): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>()
  const { beneficiaries, serve: isServed } = command.opts<{ beneficiaries: string; serve: boolean }>()
  const data = options.data ?? join(loadConfig().dataDirectory, 'demo')
  const out = join(data, 'province')
  const config = { ...loadConfig({ dataDirectory: data }), databaseUrl: null }
  if (isServed) await (await import('../main.ts')).requireFreePort(config)
  const count = wholeNumber(beneficiaries)
  const database = await openDatabase({ databaseUrl: null, dataDirectory: config.dataDirectory, onProgress: say })
  try {
    await requireCurrentSchema(database, systemClock.now(), false)
    await requireOnlyDemos(database, data)
    say(`inventing a province of ${count} beneficiaries`)
    const { files: simulated, truth } = await simulate({ beneficiaries: count, seed: '1', out, statements: true, onProgress: progress('people invented') })
    // The file that contradicts itself is left out: a refusal cannot be voided when a demo of another size takes over.
    const files = simulated.filter(({ isRefused }) => isRefused !== true)
    const context = { config, clock: systemClock, database, owner: database, isJson: options.json === true }
    say('taking in its files')
    const split = await splitOffBank(files.map(({ path }) => path))
    const payer = join(out, 'tai-khoan-chi-tra.csv')
    writeFileSync(payer, demoPayer)
    await voidEarlierStatements(context, split.otherPaths)
    const receipts = await takeIn(context, [payer, ...split.otherPaths], { source: demoSource })
    const refused = receipts.find(({ status }) => status === 'refused')
    if (refused !== undefined) throw new Refusal('fileRefused', 'demo_file_refused', `${refused.file_name} was refused: ${refused.refusal?.detail ?? ''}`)
    await voidEarlierDemos(context, [...receipts.map(({ file_id: id }) => id), ...(await handInAtCounter(context, split))])
    const summary = await runAndSummarise(context, { asOf: truth.as_of })
    if (context.isJson) printJson(summary)
    else printSummary(summary)
    say(`\nLook closer:  ./scripts/tantay --data ${data} findings --code paid_twice\nThe files:    ${out}`)
    const people = await makeSamplePeople(context)
    const logIns = table(['user', 'password', 'who'], people.map(({ person, password }) => [person.userName, password, person.displayName]))
    const note = `Sign in as one of these; the passwords are this machine's own and shown only here:\n${logIns}`
    if (isServed) await serveUntilStopped(config, { isDemo: true, note })
    else say(`\n${note}`)
  } finally {
    await database.close()
  }
}

/** Who the files of a demo come from: what tells them from anybody's own. */
const demoSource = 'demo'
/** From which invented account the demo's payer pays, and what may be kept back of a month. */
const demoPayer = 'debtor_name,debtor_agent,debtor_account,cash_agent,offset_percent,applies_from,legal_basis\nKho bạc tỉnh (mẫu),970405,0000000000001,970405,20,2025-01-01,Dữ liệu mẫu\n'

async function requireOnlyDemos(database: Context['database'], folder: string): Promise<void> {
  const sealed = (await listFiles(database)).filter(({ status }) => status === 'sealed')
  // What was handed in at the counter of a demo is a demo's too.
  const isTaken = sealed.length > 0 && sealed.every(({ source }) => source !== demoSource)
  if (isTaken) throw new Refusal('usage', 'demo_folder_taken', `${folder} holds files that are no demo's, and invented people never meet real ones; name another folder with --data`)
}

/** The statements of two provinces say different things of one account on one day, which refuses the second: the first go before it comes. */
async function voidEarlierStatements({ database, clock }: Context, coming: readonly string[]): Promise<void> {
  const known = new Set<string | null>(coming.map((path) => sha256Of(readFileSync(path))))
  for (const { file_id: id, kind, status, sha256 } of await listFiles(database)) {
    if (status === 'sealed' && kind === 'account_statement' && !known.has(sha256)) await voidFile(database, id, 'another demo took its place', clock)
  }
}

/** A demo of another size is another province: one folder never shows two of them together. */
async function voidEarlierDemos({ database, clock }: Context, current: readonly (string | null)[]): Promise<void> {
  for (const { file_id: id, status } of await listFiles(database)) {
    if (status === 'sealed' && !current.includes(id)) await voidFile(database, id, 'another demo took its place', clock)
  }
}

async function serve(options: GlobalOptions): Promise<void> {
  await serveUntilStopped(configOf(options))
}

/** Serves until SIGTERM or SIGINT, then ends in order. */
async function serveUntilStopped(config: Config, { isDemo = false, note = null }: { readonly isDemo?: boolean; readonly note?: string | null } = {}): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => { resolve() })
  })
  // Only here: a command that serves nobody does not wait for half of the program to be read.
  const { startServer } = await import('../main.ts')
  const server = await startServer(config, { isDemo })
  say(`\nTận Tay: ${server.url}   (Ctrl+C ends it)${note === null ? '' : `\n\n${note}`}`)
  await stopped
  await server.stop()
  // Work that did not end in time was handed back; it must not keep the process.
  setTimeout(() => process.exit(process.exitCode ?? exitCodes.ok), 2000).unref()
}

function wholeNumber(text: string): number {
  const number = parseInt(text, 10)
  if (!/^\d+$/.test(text) || number < fewestBeneficiaries) throw new Refusal('usage', 'number_invalid', `--beneficiaries ${text}: write a whole number of at least ${fewestBeneficiaries}`)
  return number
}

/** Progress on stderr where a person watches: `done of total`. */
function progress(what: string): (done: number, total: number) => void {
  return (done, total) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${total} ${what}${done === total ? '\n' : ''}`)
  }
}

/** Writes the months' files and, one line a night, what was done with them and what is expected. */
function simulateMonths(options: MonthsOptions): void {
  const [least, most] = monthsKnown
  if (parseBenefitPeriod(options.from) !== options.from || !(options.months >= 1) || options.from < least || addMonths(options.from, options.months - 1) > most) throw new Refusal('usage', 'months_invalid', `--months and --from: at least one month, none before ${least} or after ${most}`)
  const path = join(options.out, 'nights.ndjson')
  mkdirSync(options.out, { recursive: true })
  writeFileSync(path, '')
  let lived = { nights: 0, deeds: 0 }
  for (const { asOf, deeds, expected } of liveMonths(options)) {
    const done = deeds.map(({ does, letter: { kind, path: file, sender, rowCount: rows } }) => ({ does, file, kind, source: sender, rows }))
    appendFileSync(path, `${JSON.stringify({ as_of: asOf, files: done, expected })}\n`)
    lived = { nights: lived.nights + 1, deeds: lived.deeds + deeds.length }
  }
  process.stdout.write(`${path}: ${lived.nights} nights, ${lived.deeds} files handed in, withdrawn or sent again\n`)
}
