/** The reports of time to cash, coverage, quality of the lists and the banks, as rows for programs and for people. */
import { Refusal, survival, type Stratum } from '../core/index.ts'
import { banks, currentPeriod, coverage, dataQuality, needsOf, publishedRun, timeToCash, type CoverageCounts, type PublishedRun, type StrataTest, type TimeToCashGroup } from '../reports/index.ts'
import type { Context } from './context.ts'
import type { Made, ReportOptions } from './reports.ts'

/** Everybody together, then each stratum: what became of their credits and how fast. */
export async function timeToCashReport({ database }: Context, options: ReportOptions): Promise<Made> {
  const { by, period, scheme, unit } = options
  const run = await published(database)
  const months = period === null ? {} : { fromPeriod: period, toPeriod: period }
  const answer = await timeToCash(database, run, by, { ...months, ...(scheme === null ? {} : { scheme }), ...(unit === null ? {} : { unit }) })
  return { rows: [timeRow(by, answer.everybody, answer.test), ...answer.groups.map((group) => timeRow(by, group, null))], people: (row) => (row as { n: number }).n, asPage: () => pageOf(database, '/time-to-cash', options) }
}

/** Coverage of the month asked for, or of now: the whole, then each province, commune or village. */
export async function coverageReport({ database }: Context, options: ReportOptions): Promise<Made> {
  const { by, period, scheme, unit } = options
  const run = await published(database)
  const level = levelOf('coverage', by, ['province', 'unit', 'village'])
  const answer = await coverage(database, run, level, { benefitPeriod: period ?? (await periodNow(database)), ...(scheme === null ? {} : { scheme }), ...(unit === null ? {} : { unit }) })
  const share = (counts: CoverageCounts): object => ({ ...counts, coverage: { numerator: counts.usable_count, denominator: counts.covered_count, share: ratio(counts.usable_count, counts.covered_count) } })
  return {
    rows: [{ of: 'all', benefit_period: answer.benefit_period, unit_code: null, unit_name: null, village: null, ...share(answer.all) }, ...answer.rows.map((row) => ({ of: level, benefit_period: answer.benefit_period, unit_code: row.unit_code, unit_name: row.unit_name, village: row.village, ...share(row) }))],
    people: (row) => (row as CoverageCounts).active_count,
    asPage: () => pageOf(database, '/coverage', options),
  }
}

/** The four scores of the month asked for, or of now: of the whole, then of each unit. */
export async function dataQualityReport({ database }: Context, options: ReportOptions): Promise<Made> {
  const { by, period, unit } = options
  const run = await published(database)
  const level = levelOf('data-quality', by, ['province', 'unit'])
  const answer = await dataQuality(database, run, { benefitPeriod: period ?? (await periodNow(database)), by: level, ...(unit === null ? {} : { unit }) })
  const scores = ({ scores: given, ...rest }: (typeof answer)['all']): object => ({ people_count: rest.people_count, ...Object.fromEntries(Object.entries(given).map(([quality, { good_count: good, of_count: of }]) => [quality, { numerator: good, denominator: of, share: of === null ? null : ratio(good, of), remainder: of === null ? null : of - good }])), faults: rest.faults })
  return {
    rows: [{ of: 'all', benefit_period: answer.benefit_period, unit_code: null, unit_name: null, ...scores(answer.all) }, ...answer.rows.map((row) => ({ of: level, benefit_period: answer.benefit_period, unit_code: row.unit_code, unit_name: row.unit_name, ...scores(row) }))],
    maps: ['faults'],
    people: (row) => (row as { people_count: number }).people_count,
    asPage: () => pageOf(database, '/data-quality', options),
  }
}

/** Each bank, the one with most payments first. */
export async function banksReport({ database }: Context, options: ReportOptions): Promise<Made> {
  const { period, unit } = options
  const run = await published(database)
  const rows = await banks(database, run, { ...(period === null ? {} : { fromPeriod: period, toPeriod: period }), ...(unit === null ? {} : { unit }) })
  return {
    rows: rows.map(({ statistics, within_7_days: compared, ...row }) => ({ ...row, time_to_cash: timesOf(statistics), ...differenceOf(compared) })),
    people: (row) => (row as { payment_count: number | null; transfer: { count: number } }).payment_count ?? (row as { transfer: { count: number } }).transfer.count,
    asPage: () => pageOf(database, '/banks', options),
  }
}

async function published(database: Context['database']): Promise<PublishedRun> {
  const run = await publishedRun(database)
  if (run === null) throw new Refusal('notFound', 'no_run', 'nothing has been published yet; hand in files with tantay ingest, then: tantay run')
  return run
}

async function periodNow(database: Context['database']): Promise<string> {
  const newest = await currentPeriod(database)
  if (newest === null) throw new Refusal('notFound', 'no_month', 'nothing has been credited to an account yet, so there is no month to look at; name one with --period')
  return newest
}

/** The level that rows are for; units when none is named. */
function levelOf<L extends Stratum>(name: string, by: readonly Stratum[], levels: readonly L[]): L | 'unit' {
  const [asked] = by
  if (asked === undefined) return 'unit'
  const level = levels.find((one) => one === asked)
  if (level === undefined) throw new Refusal('usage', 'stratum_unknown', `--by ${asked} is nothing that ${name} tells apart; choose ${levels.join(', ')}`)
  return level
}

/** The bands of contract 6 under their names; the tables keep the lower bound. */
const bands: Partial<Record<Stratum, Readonly<Record<string, string>>>> = {
  age: { 0: '<15', 15: '15-59', 60: '60-69', 70: '70-79', 80: '80+' },
  distance: { 0: '<5 km', 5: '5-10 km', 10: '10-20 km', 20: '20+ km' },
}

/** `of` names what is told apart, or `all`. */
function timeRow(by: readonly Stratum[], { values, names, statistics, within_7_days: compared }: TimeToCashGroup, test: StrataTest | null): object {
  const told = values.length === 0 ? [] : by
  return {
    of: told.length === 0 ? 'all' : told.join(','),
    ...Object.fromEntries(told.map((stratum, place) => [stratum, valueOf(stratum, values[place] ?? null)])),
    ...(names.some((name) => name !== null) ? { name: names.filter((name) => name !== null).join(' · ') } : {}),
    ...timesOf(statistics),
    ...differenceOf(compared),
    ...(test === null ? {} : { log_rank: { chi_square: test.log_rank.chiSquare, degrees_of_freedom: test.log_rank.degreesOfFreedom, p: test.log_rank.p }, widest_difference_of_mean_days: test.widest_difference === null ? null : { days: test.widest_difference.days, lower: test.widest_difference.lower, upper: test.widest_difference.upper } }),
  }
}

/** A stratum's value for programs; a need that names an illness is not said, to the office neither. */
function valueOf(stratum: Stratum, value: string | null): string | null {
  if (stratum === 'need' && value !== null && needsOf(value).length === 0) return 'health'
  return bands[stratum]?.[value ?? ''] ?? value
}

/** Contract 6, a stratum: counts, shares with their intervals, quantiles and mean days. */
function timesOf(statistics: TimeToCashGroup['statistics']): object {
  const quantile = ({ days, lower, upper }: TimeToCashGroup['statistics']['median']): object => ({ days: days ?? 'not reached', lower: lower ?? 'not reached', upper: upper ?? 'not reached' })
  return {
    credited: statistics.credited_count,
    n: statistics.count,
    events: statistics.withdrawn_count,
    censored: statistics.censored_count,
    competing: { returned: statistics.returned_count, closed: statistics.closed_count, died: statistics.died_count },
    not_reported: statistics.not_reported_count,
    share_within: Object.fromEntries(statistics.shares.map(({ within_days: days, share }) => [`${days}`, share === null ? 'not reached' : { share: share.share, lower: share.lower, upper: share.upper, at_risk: share.atRisk }])),
    median: quantile(statistics.median),
    p90: quantile(statistics.p90),
    rmst_30: statistics.restricted_mean === null ? 'not reached' : { days: statistics.restricted_mean.days, standard_error: statistics.restricted_mean.standardError },
    mean_days: Object.fromEntries(Object.entries(statistics.stages).map(([stage, { mean_days: days, count }]) => [stage, { days, of: count }])),
  }
}

/** Whether the share within 7 days is another than that of all together, by more than chance. */
function differenceOf(compared: TimeToCashGroup['within_7_days']): object {
  return compared === null ? {} : { within_7_days_differs: { is_different: compared.isDifferent, direction: compared.direction, p: compared.p, adjusted_p: compared.adjusted } }
}

/** A share of counts with twelve digits; null of nobody. */
function ratio(part: number, whole: number): string | null {
  return whole === 0 ? null : survival.decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(whole) })
}

/** The page of the server with the same question, as one file. */
async function pageOf(database: Context['database'], path: string, { by: [first, second], period, scheme, unit, language }: ReportOptions): Promise<string> {
  const asked = Object.entries({ by: first, and: second, period, scheme, unit }).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  // Pages are loaded by those who ask for one: no other command waits for a web server to be read.
  const { savedPage } = await import('../http/index.ts')
  return savedPage(database, `${path}?${new URLSearchParams(asked).toString()}`, language)
}
