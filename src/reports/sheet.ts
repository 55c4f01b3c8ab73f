/** The public indicator sheet of a unit and a month: counts and shares that name nobody, with everything hidden that would tell of a few (D112). */
import { isShareSafe, isSmall, smallestPublished, suppressSmall, type CountTable, type PublishedTable } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { unitsOf } from './clock/units.ts'
import { coverage } from './coverage.ts'
import type { PublishedRun } from './overview.ts'
import { timeToCash } from './time-to-cash.ts'

/** How entitlements came out, in the order of the sheet. */
export const sheetOutcomes = ['in_time', 'late', 'too_much', 'waiting', 'not_arrived'] as const
/** What people have: a usable account, an exemption, or neither. */
export const sheetCoverage = ['usable', 'exempt', 'without'] as const

/** A table of counts as it is published; null: hidden. */
export interface SheetTable {
  /** Codes of the rows: schemes, or units. */
  readonly rows: readonly string[]
  /** Names of units; null where none is known, and for schemes. */
  readonly row_names: readonly (string | null)[]
  readonly columns: readonly string[]
  readonly cells: PublishedTable['cells']
  readonly row_totals: PublishedTable['rowTotals']
  readonly column_totals: PublishedTable['columnTotals']
  readonly total: number | null
}

/** A share with its 95 % interval, in thousandths, rounded down; hidden, or not observed that long: null. */
export interface SheetShare {
  readonly within_days: number
  readonly per_mille: number | null
  readonly lower_per_mille: number | null
  readonly upper_per_mille: number | null
}

/** What is published. Every number is a whole one, so that there is one way only to write it. */
export interface PublicSheet {
  readonly format: 'tantay-public-sheet'
  readonly version: 1
  readonly unit_code: string
  readonly unit_name: string | null
  /** `YYYY-MM`. */
  readonly benefit_period: string
  /** The day whose end the numbers show. */
  readonly as_of: string
  readonly run_id: string
  /** The instant at which the sheet was made, UTC. */
  readonly made_at: string
  /** Counts from 1 up to this, not included, are hidden, and others that would give them away. */
  readonly hidden_below: number
  /** Entitlements by scheme. */
  readonly outcomes: SheetTable
  /** Beneficiaries by unit. */
  readonly coverage: SheetTable
  readonly time_to_cash: {
    /** Credits whose withdrawal some bank reports on; null: hidden. */
    readonly count: number | null
    readonly within: readonly SheetShare[]
    /** Days until half, and nine of ten, have withdrawn; null: not reached, or hidden. */
    readonly median_days: string | null
    readonly p90_days: string | null
  }
}

const outcomesFile = loadSqlFile(new URL('../../sql/reports/public_outcomes.sql', import.meta.url))
const everyTotal = { rowTotals: true, columnTotals: true, total: true } as const

/** The sheet of a unit with all that lies in it; `madeAt` is the instant that it is dated by. */
export async function publicSheet(session: Session, run: PublishedRun, question: { readonly unitCode: string; readonly benefitPeriod: string }, madeAt: string): Promise<PublicSheet> {
  const { unitCode, benefitPeriod } = question
  const units = await unitsOf(session, run.as_of)
  const counted = await rowsOf<{ scheme: string; outcome: string; count: string }>(session, outcomesFile, { benefit_period: benefitPeriod.replace('-', ''), unit_codes: units.within(unitCode) })
  const schemes = [...new Set(counted.map(({ scheme }) => scheme))]
  const outcomes = schemes.map((scheme) => sheetOutcomes.map((outcome) => parseInt(counted.find((row) => row.scheme === scheme && row.outcome === outcome)?.count ?? '0', 10)))
  const covered = (await coverage(session, run, 'unit', { benefitPeriod, unit: unitCode })).rows
  const places = [...covered].sort((one, other) => (one.unit_code < other.unit_code ? -1 : 1))
  return {
    format: 'tantay-public-sheet',
    version: 1,
    unit_code: unitCode,
    unit_name: units.name(unitCode),
    benefit_period: benefitPeriod,
    as_of: run.as_of,
    run_id: run.run_id,
    made_at: madeAt,
    hidden_below: smallestPublished,
    outcomes: tableOf(schemes, schemes.map(() => null), sheetOutcomes, outcomes),
    coverage: tableOf(places.map((row) => row.unit_code), places.map((row) => row.unit_name), sheetCoverage, places.map((row) => [row.usable_count, row.exempt_count, row.without_count])),
    time_to_cash: await timeOf(session, run, unitCode, benefitPeriod),
  }
}

/** Which part of how many a column is: of itself and another column, or of everything; null where a total that it takes is hidden, or only a few are left over. */
export function shareOfColumn({ column_totals: totals, columns, total }: SheetTable, column: string, rest: string | null): { readonly part: number; readonly whole: number } | null {
  const part = totals[columns.indexOf(column)] ?? null
  const other = rest === null ? 0 : (totals[columns.indexOf(rest)] ?? null)
  if (part === null || other === null || (rest === null && total === null)) return null
  const whole = rest === null ? (total ?? 0) : part + other
  return whole > 0 && isShareSafe(part, whole) ? { part, whole } : null
}

function tableOf(rows: readonly string[], names: readonly (string | null)[], columns: readonly string[], cells: CountTable['cells']): SheetTable {
  const published = suppressSmall({ cells, printed: everyTotal })
  return { rows, row_names: names, columns, cells: published.cells, row_totals: published.rowTotals, column_totals: cells.length === 0 ? columns.map(() => 0) : published.columnTotals, total: published.total }
}

async function timeOf(session: Session, run: PublishedRun, unitCode: string, benefitPeriod: string): Promise<PublicSheet['time_to_cash']> {
  const { statistics } = (await timeToCash(session, run, [], { unit: unitCode, fromPeriod: benefitPeriod, toPeriod: benefitPeriod })).everybody
  const { count, shares, median, p90 } = statistics
  const known = shares.map(({ within_days: days, share }) => ({ days, share, part: share === null ? null : partOf(share.share, count) }))
  const shown = safeSteps(known.map(({ part }) => part), count)
  const isHidden = isSmall(count)
  return {
    count: isHidden ? null : count,
    within: known.map(({ days, share }, place) => {
      const isShown = shown[place] === true && share !== null
      return { within_days: days, per_mille: isShown ? perMille(share.share) : null, lower_per_mille: isShown ? perMille(share.lower) : null, upper_per_mille: isShown ? perMille(share.upper) : null }
    }),
    // A median rests on half of all, a ninth decile on a tenth of them: of few, both name somebody.
    median_days: count < 2 * smallestPublished ? null : daysText(median.days),
    p90_days: count < 10 * smallestPublished ? null : daysText(p90.days),
  }
}

/** Which of some growing parts of a whole may be told: never two between which only a few lie, nor one that leaves only a few. */
export function safeSteps(parts: readonly (number | null)[], whole: number): boolean[] {
  const shown = parts.map(() => false)
  let last = 0
  for (const [place, part] of parts.entries()) {
    if (part === null || isSmall(part - last) || !isShareSafe(part, whole)) continue
    shown[place] = true
    last = part
  }
  return shown
}

/** A quantile may lie between two days. */
function daysText(days: number | null): string | null {
  return days === null ? null : `${days}`
}

/** A share of a count as a whole number of people, the nearest. */
function partOf(share: string, whole: number): number {
  return parseInt(((scaled(share) * BigInt(whole) + half) / scale).toString(), 10)
}

const digits = 15
const scale = 10n ** BigInt(digits)
const half = scale / 2n

function scaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'))
}

function perMille(decimal: string | null): number | null {
  return decimal === null ? null : parseInt(((scaled(decimal) * 1000n) / scale).toString(), 10)
}
