/** The commands that work out and show results: run, findings, report. */
import type { Command } from 'commander'
import { dayNumber, parseBenefitPeriod, parseDay, Refusal } from '../core/index.ts'
import { publishAlongside } from '../jobs/index.ts'
import { linkPersons } from '../linkage/index.ts'
import { loadFindingTypes, parts, run, verifyIncremental, type PublishedRun } from '../reconcile/index.ts'
import { bridge, brokenBridge, eachFinding, findingTotals, outcomes, publishedRun, type BridgeCell, type OutcomeCell } from '../reports/index.ts'
import { grouped, printJson, say, table, timeZone, withDatabase, type Context } from './context.ts'
import { verifyAudit } from './audit.ts'
import { printDigest } from './digest.ts'
import { verifyEvidence, type EvidenceOptions } from './evidence.ts'
import { verifySheet } from './visits.ts'

/** Adds the commands to the program. */
export function addResultCommands(program: Command): void {
  program
    .command('run')
    .description('work out the result for one day from all sealed files, and publish it')
    .option('--as-of <date>', 'the day whose end is looked at, YYYY-MM-DD (default: today)')
    .option('--full', 'work out everybody anew; the result is the same')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const summary = await runAndSummarise(context, command.opts<{ asOf?: string; full?: boolean }>())
      if (context.isJson) printJson(summary)
      else printSummary(summary)
    }))

  program
    .command('verify')
    .description('proofs; a non-zero exit names the first thing wrong')
    .argument('<proof>', 'incremental: what is published is what a full run over the same files gives; bridge: every amount of it adds up; audit: nothing in the trail was changed; digest: the whole state as one number (SHA-256), to compare a restored copy by; sheet: a public sheet stands as it was signed; evidence: the minutes of a period stand, with their paper and files')
    .argument('[file]', 'sheet, evidence: the signed file (JSON); nothing else is needed')
    .option('--part <number>', `incremental: only the beneficiaries of one thirtieth of the units, 0 to ${parts - 1}, or "today" for the one whose turn it is`)
    .option('--key <key>', 'sheet, audit, evidence: the public key, or its short id, that must have signed it')
    .option('--pdf <file>', 'evidence: the PDF that was signed with the minutes')
    .option('--files <folder>', 'evidence: where the source files are; each must be there, byte for byte')
    .option('--recompute', 'evidence: take the files into a database of their own and compare bridge and classes')
    .option('--heads <folder>', 'audit, evidence: a copy of the signed heads (audit: default audit-heads of the data folder, and TANTAY_AUDIT_HEADS)')
    .action((proof: string, file: string | undefined, _, command: Command) => proof === 'sheet' ? verifySheet(file, command.opts<{ key?: string }>().key) : proof === 'evidence' ? verifyEvidence(file, command.opts<EvidenceOptions>()) : withDatabase(command.optsWithGlobals(), (context) => verify(context, proof, command.opts<{ part?: string; key?: string; heads?: string }>())))

  program
    .command('link')
    .description('compare everybody on the lists with everybody, for the same person under two ids; the next run reports the pairs')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const linkage = await linkPersons(context.database, { onProgress: showProgress })
      clearProgress()
      if (context.isJson) printJson(linkage)
      else process.stdout.write(`${grouped(`${linkage.persons}`)} people compared anew in ${linkage.seconds} s; ${grouped(`${linkage.pairs}`)} pairs may be one person.\n`)
    }))

  program
    .command('findings')
    .description('the findings of the published run, one line each')
    .option('--code <code>', 'only this code, for example paid_twice')
    .option('--period <month>', 'only this benefit period, YYYY-MM')
    .option('--unit <code>', 'only this administrative unit')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), (context) => printFindings(context, command.opts())))
}

/** What `tantay run --json` prints; the shape is the contract's section 7. */
export interface RunSummary extends Omit<PublishedRun, 'step_seconds'> {
  readonly bridge: readonly BridgeCell[]
  readonly outcomes: readonly (Omit<OutcomeCell, 'count'> & { readonly count: number })[]
  readonly findings: readonly { readonly code: string; readonly count: number; readonly amount_at_stake: string; readonly currency: string }[]
}

/** Runs for a day (none: today) and reads back what was published. */
export async function runAndSummarise({ database, clock, config }: Context, { asOf, full }: { readonly asOf?: string | undefined; readonly full?: boolean | undefined } = {}): Promise<RunSummary> {
  const [sealed] = await database.query<{ exists: boolean }>("select exists (select from source_file where file_id > 0 and status = 'sealed') as exists")
  if (sealed?.exists !== true) say('no file has been handed in yet: this run has nothing to look at')
  const day = parseDay(asOf ?? clock.today())
  if (day === null) throw new Refusal('usage', 'date_invalid', `--as-of ${asOf ?? ''} is not a day; write it as YYYY-MM-DD`)
  const linkage = await linkPersons(database, { mostLines: mostLinesLinkedInside, onProgress: showProgress })
  if (!linkage.is_linked) say(`${grouped(`${linkage.waiting_lines}`)} lines of new lists are compared for exact doubles only; tantay link compares them for near ones too`)
  const { step_seconds: steps, ...published } = await run(database, { asOf: day, timeZone, clock, isFull: full === true, onProgress: showProgress, alongside: publishAlongside, takeOverAfterSeconds: config.takeOverAfterSeconds })
  clearProgress()
  const slowest = [...steps].sort((first, second) => second.seconds - first.seconds).slice(0, 3)
  say(`published run ${published.run_id} (${published.mode}) as of ${day} in ${published.seconds} s (${slowest.map(({ step, seconds }) => `${step} ${seconds} s`).join(', ')})`)
  return { ...published, bridge: await bridge(database), outcomes: (await outcomes(database)).map(withNumber), findings: await findingTotals(database) }
}

async function verify(context: Context, proof: string, { part: asked, ...given }: { readonly part?: string; readonly key?: string; readonly heads?: string }): Promise<void> {
  const { config, database, clock, isJson } = context
  if (proof === 'audit') return verifyAudit(context, given)
  if (proof === 'bridge') {
    const wrong = await brokenBridge(database)
    if (wrong !== null) throw new Refusal('failure', 'bridge_open', `the published bridge does not close: ${wrong}`)
    say('the bridge closes in every scheme, month and currency')
    return
  }
  if (proof === 'digest') return printDigest(context)
  if (proof !== 'incremental') throw new Refusal('usage', 'proof_unknown', `there is no proof ${proof}; choose incremental, bridge, audit, digest, sheet or evidence`)
  const part = asked === undefined ? undefined : asked === 'today' ? dayNumber(clock.today()) % parts : /^\d{1,2}$/.test(asked) ? parseInt(asked, 10) : parts
  if (part !== undefined && part >= parts) throw new Refusal('usage', 'part_unknown', `--part ${asked ?? ''} is none of 0 to ${parts - 1}, nor "today"`)
  const proved = await verifyIncremental(database, { timeZone, takeOverAfterSeconds: config.takeOverAfterSeconds, ...(part === undefined ? {} : { part }) })
  if (isJson) printJson(proved)
  else say(`${proved.part === null ? 'everything' : `part ${proved.part} of ${parts}`} is what a full run gives: ${grouped(proved.compared)} rows compared in ${proved.seconds} s`)
}

export function printSummary({ as_of, outcomes: classes, findings }: RunSummary): void {
  const count = (rows: readonly { readonly count: number }[]): string => `${rows.reduce((sum, row) => sum + row.count, 0)}`
  const arrived = classes.filter((row) => row.class === 'paid' || row.class === 'paid_late')
  const due = classes.filter((row) => row.class !== 'not_due')
  process.stdout.write(`As of ${as_of}: ${grouped(count(arrived))} of ${grouped(count(due))} entitlements that are due were paid, in full and exactly.\n\n`)
  process.stdout.write(`${outcomeTable(classes)}\n\n`)
  process.stdout.write(`${table(['finding', 'count', 'amount at stake', ''], findings.map((row) => [row.code, grouped(`${row.count}`), grouped(row.amount_at_stake), row.currency]))}\n`)
}

async function printFindings({ database, isJson }: Context, filter: { readonly code?: string; readonly period?: string; readonly unit?: string }): Promise<void> {
  await requireRun(database)
  if (filter.code !== undefined) requireCode(filter.code)
  const period = filter.period === undefined ? undefined : parseBenefitPeriod(filter.period)
  if (period === null) throw new Refusal('usage', 'period_invalid', `--period ${filter.period ?? ''} is not a month; write it as YYYY-MM`)
  await eachFinding(database, { code: filter.code ?? null, benefit_period: period?.replace('-', '') ?? null, unit_code: filter.unit ?? null }, (finding) => {
    if (isJson) {
      printJson(finding)
      return
    }
    const rows = finding.source_rows.map(({ file_name, line }) => `${file_name}:${line}`).join(' ')
    process.stdout.write(`${[finding.code, finding.severity, finding.scheme ?? '-', finding.benefit_period ?? '-', finding.beneficiary_id ?? finding.subject, grouped(finding.amount_at_stake), rows].join('  ')}\n`)
  })
}

/** @throws Refusal `no_run` before the first run */
export async function requireRun(database: Context['database']): Promise<void> {
  if ((await publishedRun(database)) === null) throw new Refusal('notFound', 'no_run', `nothing has been published in ${database.description} yet; hand in files with tantay ingest, then: tantay run (the demo's data are in --data .tantay/demo)`)
}

function requireCode(code: string): void {
  const codes = loadFindingTypes().map((type) => type.code)
  if (!codes.includes(code)) throw new Refusal('usage', 'code_unknown', `there is no finding ${code}; choose one of ${codes.join(', ')}`)
}

/** Counts are numbers in what programs read; only amounts are strings. */
export function withNumber(row: OutcomeCell): Omit<OutcomeCell, 'count'> & { readonly count: number } {
  return { ...row, count: parseInt(row.count, 10) }
}

export function outcomeTable(rows: RunSummary['outcomes']): string {
  return table(['scheme', 'month', 'class', 'count', 'due', 'credited'], rows.map((row) => [row.scheme, row.benefit_period, row.class, grouped(`${row.count}`), grouped(row.due), grouped(row.credited)]))
}

/** Up to so many new lines of lists, a run scores them at once; a whole province waits for `tantay link` (D49). */
const mostLinesLinkedInside = 50_000

function showProgress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step}`)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}
