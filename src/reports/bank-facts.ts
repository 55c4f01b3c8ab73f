/** What is counted of each bank, before anything is said of it: payments, days to the credit, reports, clocks. */
import { countryOffsetMinutes, survival } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { clockCounts, type ClockCount, type ClockFilter } from './clock/queries.ts'
import { StratumCounts } from './clock/statistics.ts'
import type { Units } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'
import { placeOf } from './time-to-cash.ts'

/** Credits within so many days of the instruction are in time. */
const promptDays = 1

/** So many payments of a bank were rejected or sent back for a reason, or (`all`) given to it. Counts are digits. */
export interface PaymentCount {
  readonly creditor_agent: string
  readonly result: 'all' | 'rejected' | 'returned'
  /** Null: it gave none. */
  readonly reason_code: string | null
  readonly payments: string
}

/** So many payments of a bank took so many days from the instruction to the credit. */
export interface TransferCount {
  readonly creditor_agent: string
  readonly days: number
  readonly count: string
}

/** Days from the instruction to the credit. */
export interface TransferSpan {
  readonly count: number
  /** Decimal; null, with the next two: nothing is known. */
  readonly mean_days: string | null
  readonly median_days: number | null
  readonly p90_days: number | null
  /** Credited on the day of the instruction or the next. */
  readonly prompt_count: number
}

/** Of every bank that was given a payment or is named by a clock. */
export interface BankFacts {
  /** Six digits each, in their order. */
  readonly agents: readonly string[]
  readonly payments: readonly PaymentCount[]
  readonly transfers: readonly TransferCount[]
  /** Until which day each has reported withdrawals; absent: never. */
  readonly through: ReadonlyMap<string, string>
  readonly clocks: ReadonlyMap<string, readonly ClockCount[]>
}

/** What to look at. */
export interface BankFilter {
  readonly fromPeriod?: string
  readonly toPeriod?: string
  /** Then times alone are told: payments and reports are the whole bank's, and no reader of less than the country sees them all. */
  readonly unit?: string
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { payments: file('bank_payments'), transfers: file('bank_transfers'), reports: file('bank_reports') }

/** The counts as the session may see them. */
export async function bankFacts(session: Session, run: PublishedRun, units: Units, { fromPeriod, toPeriod, unit }: BankFilter = {}): Promise<BankFacts> {
  const months = { from_period: fromPeriod?.replace('-', '') ?? null, to_period: toPeriod?.replace('-', '') ?? null }
  const payments = unit !== undefined ? [] : await rowsOf<PaymentCount>(session, files.payments, { ...months, as_of: run.as_of, offset_minutes: countryOffsetMinutes })
  const transfers = await rowsOf<TransferCount>(session, files.transfers, { ...months, unit_codes: unit === undefined ? null : units.within(unit) })
  const through = new Map((unit !== undefined ? [] : await rowsOf<{ creditor_agent: string; reported_through_date: string }>(session, files.reports, { as_of: run.as_of })).map((row) => [row.creditor_agent, row.reported_through_date]))
  const limits: ClockFilter = { ...(fromPeriod === undefined ? {} : { fromPeriod }), ...(toPeriod === undefined ? {} : { toPeriod }), ...(unit === undefined ? {} : { place: placeOf(unit, units) }) }
  const clocks = Map.groupBy((await clockCounts(session, ['bank'], limits)).filter(({ key: [agent] }) => typeof agent === 'string'), ({ key: [agent] }) => agent ?? '')
  const agents = [...new Set([...payments.map((row) => row.creditor_agent), ...clocks.keys()])].sort()
  return { agents, payments, transfers, through, clocks }
}

/** Clocks as one stratum. */
export function stratumOf(counts: readonly ClockCount[]): StratumCounts {
  const stratum = new StratumCounts()
  for (const count of counts) stratum.add(count)
  return stratum
}

/** Why payments were rejected or sent back, the most frequent reason first. */
export function reasonsOf(rows: readonly PaymentCount[]): { readonly code: string | null; readonly count: number }[] {
  const counts = new Map<string | null, number>()
  for (const { result, reason_code: code, payments } of rows) if (result !== 'all') counts.set(code, (counts.get(code) ?? 0) + Number.parseInt(payments, 10))
  return [...counts].map(([code, count]) => ({ code, count })).sort((first, second) => second.count - first.count || ((first.code ?? '~') < (second.code ?? '~') ? -1 : 1))
}

/** Mean, median, nine of ten and prompt credits of a table of days; rows of one day may repeat. */
export function spanOf(rows: readonly Pick<TransferCount, 'days' | 'count'>[]): TransferSpan {
  const counted = rows.map(({ days, count }) => ({ days, count: Number.parseInt(count, 10) })).sort((first, second) => first.days - second.days)
  const count = counted.reduce((sum, row) => sum + row.count, 0)
  const total = counted.reduce((sum, row) => sum + row.days * row.count, 0)
  const dayOf = (tenths: number): number | null => {
    let below = 0
    return counted.find((row) => (below += row.count) * 10 >= count * tenths)?.days ?? null
  }
  return {
    count,
    mean_days: count === 0 ? null : survival.decimalOfRatio({ numerator: BigInt(total), denominator: BigInt(count) }),
    median_days: dayOf(5),
    p90_days: dayOf(9),
    prompt_count: counted.reduce((sum, row) => sum + (row.days <= promptDays ? row.count : 0), 0),
  }
}
