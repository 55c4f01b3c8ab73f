/** The command `report`: what the published run says, one report a name, as a table for people or as JSON, CSV, a workbook or a page. */
import type { Command } from 'commander'
import { languages, parseBenefitPeriod, Refusal, smallestPublished, strata, type Language, type Stratum } from '../core/index.ts'
import { csvFile, workbookFile } from '../formats/index.ts'
import { bridge, outcomes, type BridgeCell } from '../reports/index.ts'
import { proposalsReport } from './corrections.ts'
import { grouped, printJson, table, withDatabase, type Context } from './context.ts'
import { banksReport, coverageReport, dataQualityReport, timeToCashReport } from './measures.ts'
import { outcomeTable, requireRun, withNumber } from './results.ts'
import { monthlyReport, settlementReport } from './settlement.ts'
import { conflictsReport, exemptionsReport, outreachReport, publicReport } from './visits.ts'
import { ageingReport, workloadReport } from './work.ts'

/** What somebody wants to know of a report. */
export interface ReportOptions {
  readonly by: readonly Stratum[]
  /** `YYYY-MM`; null: as the report chooses. */
  readonly period: string | null
  readonly scheme: string | null
  readonly unit: string | null
  /** The payment organisation, as the sender of its files is named. */
  readonly source: string | null
  readonly language: Language
}

/** A report made: rows of one shape, the same as a table of text, and as a page where it has one of its own. */
export interface Made {
  /** One JSON object a line; decimals and amounts are strings, counts are numbers. */
  readonly rows: readonly object[]
  /** Fields that hold a map of varying keys: one column in a file. */
  readonly maps?: readonly string[]
  /** The same for spreadsheets and terminals, where a row holds no lists; without it the rows as they are. */
  readonly flat?: readonly object[]
  /** What people see on a terminal; without it the rows as they are. */
  readonly asText?: () => string
  /** Of how many people a row speaks: what is shared never says anything of fewer than five. Without it no row speaks of few. */
  readonly people?: (row: object) => number
  /** The whole document, on its own: no other file is needed to read or print it. */
  readonly asPage?: () => Promise<string>
}

interface Report {
  readonly description: string
  /** At most so many strata at once; 0: none. */
  readonly mostStrata: 0 | 1 | 2
  readonly make: (context: Context, options: ReportOptions) => Promise<Made>
}

const reports: Readonly<Record<string, Report>> = {
  bridge: {
    description: 'what was due and what came, by scheme and month, to the last unit',
    mostStrata: 0,
    make: async ({ database }) => {
      const rows = await bridge(database)
      return { rows, maps: ['shortfall'], asText: () => bridgeTable(rows) }
    },
  },
  outcomes: {
    description: 'how many entitlements are in each class',
    mostStrata: 0,
    make: async ({ database }) => {
      const rows = (await outcomes(database)).map(withNumber)
      return { rows, asText: () => outcomeTable(rows) }
    },
  },
  'time-to-cash': { description: 'how long until people hold the money, --by one or two strata', mostStrata: 2, make: timeToCashReport },
  coverage: { description: 'who can be reached through an account, --by province, unit or village', mostStrata: 1, make: coverageReport },
  'data-quality': { description: 'whether the lists are correct, sufficient, clean and live, --by province or unit', mostStrata: 1, make: dataQualityReport },
  banks: { description: 'how fast each bank credits, what it sends back and why, and how long its customers wait', mostStrata: 0, make: banksReport },
  ageing: { description: 'open cases by how many working days people have waited, --by unit or province', mostStrata: 1, make: ageingReport },
  workload: { description: 'what was found, received and answered, and how much of it in time, --by unit or province, --period the month of the work', mostStrata: 1, make: workloadReport },
  outreach: { description: 'whom a mobile team should see, --unit CODE, --by village or unit', mostStrata: 1, make: outreachReport },
  'visit-conflicts': { description: 'results of visits that contradict each other, or lists, banks and the register', mostStrata: 0, make: conflictsReport },
  exemptions: { description: 'who need not have an account, why, and until when', mostStrata: 0, make: exemptionsReport },
  'supplementary-payments': { description: 'what did not arrive and can be paid now; as json also what is left out, and why', mostStrata: 0, make: proposalsReport('supplementary') },
  recoveries: { description: 'what was paid twice, over, or to the wrong person or account', mostStrata: 0, make: proposalsReport('recovery') },
  'account-fixes': { description: 'accounts that have to be put right, and what to ask of which bank', mostStrata: 0, make: proposalsReport('account_fix') },
  'carried-over': { description: 'lines for the next list: what cannot be paid now, and arrears, each with its month', mostStrata: 0, make: proposalsReport('carried_over') },
  settlement: { description: 'how each payment organisation stands with the payer, --source ORGANISATION --period YYYY-MM', mostStrata: 0, make: settlementReport },
  monthly: { description: 'who received, who did not and is carried over, and the money left, --period YYYY-MM, --unit CODE', mostStrata: 0, make: monthlyReport },
  public: { description: 'the indicator sheet to be published, --unit CODE --period YYYY-MM; json is signed (tantay verify sheet)', mostStrata: 0, make: publicReport },
}
const audiences = ['inside', 'sharing'] as const
const formats = ['json', 'csv', 'xlsx', 'html'] as const

/** Adds the command to the program. */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description(`a report of the published run:\n${Object.entries(reports).map(([name, { description }]) => `  ${name}: ${description}`).join('\n')}`)
    .argument('<name>', Object.keys(reports).join(', '))
    .option('--by <strata>', `one or two of ${strata.join(', ')}, with a comma between`)
    .option('--period <month>', 'only this benefit period, YYYY-MM')
    .option('--scheme <code>', 'only this scheme')
    .option('--unit <code>', 'only this administrative unit, with everything in it')
    .option('--source <organisation>', 'settlement: only this payment organisation')
    .option('--language <code>', `of an html page: ${languages.join(', ')}`, 'vi')
    .option('--for <audience>', `${audiences.join(' or ')}: what is shared leaves out rows of fewer than ${smallestPublished} people (default: inside for json and on a terminal, sharing for files)`)
    .option('--format <format>', `${formats.join(', ')} (default: a table for people)`)
    .action((name: string, _, command: Command) => withDatabase(command.optsWithGlobals(), (context) => printReport(context, name, command.opts())))
}

interface Asked {
  readonly by?: string
  readonly period?: string
  readonly scheme?: string
  readonly unit?: string
  readonly source?: string
  readonly language: string
  readonly format?: string
  readonly for?: string
}

async function printReport(context: Context, name: string, asked: Asked): Promise<void> {
  const report = Object.hasOwn(reports, name) ? reports[name] : undefined
  if (report === undefined) throw new Refusal('usage', 'report_unknown', `there is no report ${name}; choose ${Object.keys(reports).join(', ')}`)
  const format = formats.find((one) => one === asked.format)
  if (asked.format !== undefined && format === undefined) throw new Refusal('usage', 'format_unknown', `--format ${asked.format} is not known here; choose ${formats.join(', ')}`)
  const audience = audiences.find((one) => one === asked.for)
  if (asked.for !== undefined && audience === undefined) throw new Refusal('usage', 'audience_unknown', `--for ${asked.for} is not known here; choose ${audiences.join(' or ')}`)
  const options = optionsOf(name, report, asked)
  await requireRun(context.database)
  const made = await report.make(context, options)
  const shown = format === 'json' || (context.isJson && format === undefined) ? made : { ...made, rows: made.flat ?? made.rows }
  const rows = (audience ?? (format === 'csv' || format === 'xlsx' ? 'sharing' : 'inside')) === 'sharing' ? withoutFew(shown) : shown.rows
  if (format === 'html') {
    if (made.asPage === undefined) throw new Refusal('usage', 'format_unknown', `the report ${name} has no page of its own; choose json, csv or xlsx`)
    // A page shows true counts, and its pictures cannot leave out a row.
    if (audience === 'sharing' && made.people !== undefined) throw new Refusal('usage', 'format_unknown', `the page of ${name} is for the office itself; share json, csv or xlsx, or the public sheet`)
    process.stdout.write(await made.asPage())
  } else if (context.isJson || format === 'json') rows.forEach(printJson)
  else if (format === undefined && made.asText !== undefined) process.stdout.write(`${made.asText()}\n`)
  else if (format === undefined) process.stdout.write(`${asTable(rows, made.maps)}\n`)
  else for await (const piece of format === 'csv' ? csvFile(fileOf(name, rows, made.maps), 'programs') : workbookFile(fileOf(name, rows, made.maps))) process.stdout.write(piece)
}

function optionsOf(name: string, report: Report, { by, period, scheme, unit, source, language }: Asked): ReportOptions {
  const named = by === undefined ? [] : by.split(',').map((one) => one.trim())
  const wrong = named.find((one) => !strata.includes(one as Stratum))
  if (wrong !== undefined) throw new Refusal('usage', 'stratum_unknown', `--by ${wrong} is none of ${strata.join(', ')}`)
  if (named.length > report.mostStrata) throw new Refusal('usage', 'strata_too_many', `${name} is told apart by ${report.mostStrata === 0 ? 'nothing' : `at most ${report.mostStrata}`} with --by`)
  if (new Set(named).size < named.length) throw new Refusal('usage', 'strata_too_many', `--by names ${named[0] ?? ''} twice`)
  const month = period === undefined ? null : parseBenefitPeriod(period)
  if (period !== undefined && month === null) throw new Refusal('usage', 'period_invalid', `--period ${period} is not a month; write it as YYYY-MM`)
  const known = languages.find((one) => one === language)
  if (known === undefined) throw new Refusal('usage', 'language_unknown', `--language ${language} is none of ${languages.join(', ')}`)
  return { by: named as Stratum[], period: month, scheme: scheme ?? null, unit: unit ?? null, source: source ?? null, language: known }
}

/** Rows of few people keep what they are about and lose what they say. */
function withoutFew({ rows, people }: Made): readonly object[] {
  return people === undefined ? rows : rows.map((row) => (people(row) >= smallestPublished ? row : Object.fromEntries(Object.entries(row).map(([field, value]) => [field, typeof value === 'string' || value === null ? value : field === 'n' ? `<${smallestPublished}` : null]))))
}

/** Columns are the fields of all rows, in the order in which they first come. */
function fileOf(name: string, given: readonly object[], maps: readonly string[] = []): Parameters<typeof csvFile>[0] {
  const rows = given.map((row) => flat(row, maps))
  const fields = fieldsOf(rows)
  return { name, columns: fields.map((title) => ({ title, isNumber: rows.every((row) => ['number', 'undefined'].includes(typeof (row)[title])) })), rows: rows.map((row) => fields.map((field) => textOf((row)[field]))) }
}

function asTable(given: readonly object[], maps: readonly string[] = []): string {
  const rows = given.map((row) => flat(row, maps))
  const fields = fieldsOf(rows)
  return table(fields, rows.map((row) => fields.map((field) => textOf((row)[field]))))
}

/** What stands inside a field becomes a field of its own: `median.days`; maps stay whole. */
function flat(row: object, maps: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).flatMap(([field, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !maps.includes(field) ? Object.entries(flat(value, maps)).map(([inner, one]): [string, unknown] => [`${field}.${inner}`, one]) : [[field, value] as [string, unknown]]))
}

function fieldsOf(rows: readonly object[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}

function bridgeTable(rows: readonly BridgeCell[]): string {
  const missing = (row: BridgeCell): string => Object.entries(row.shortfall).map(([name, amount]) => `${name} ${grouped(amount)}`).join(', ')
  return table(
    ['scheme', 'month', '', 'due', 'arrived', 'carried out', 'over', 'twice', 'unmatched', 'missing'],
    rows.map((row) => [row.scheme ?? '-', row.benefit_period ?? '-', row.currency, ...[row.due, row.to_due, row.carried_out, row.excess_over, row.excess_twice, row.unmatched].map(grouped), missing(row)]),
  )
}
