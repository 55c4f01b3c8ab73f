/** The banks beside one another: how fast they credit, what they send back and why, how long their customers wait, and whether a difference may be chance. */
import { countryOffsetMinutes, survival } from '../core/index.ts'
import { loadSqlFile, type Session } from '../db/index.ts'
import { clockCounts, type ClockFilter } from './clock/queries.ts'
import { comparisonsOf, StratumCounts, type StratumStatistics } from './clock/statistics.ts'
import { unitsOf } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'
import { bankNames } from './queries.ts'
import { rowsOf } from './rows.ts'
import { placeOf } from './time-to-cash.ts'

/** Credits within so many days of the instruction are in time. */
const promptDays = 1

/** One bank. Counts are numbers, decimals strings. */
export interface BankRow {
  /** Six digits. */
  readonly creditor_agent: string
  readonly bank_name: string | null
  /** Payments it was given by the day of the run, each once; null, and no reasons, where a unit was asked for: a payment has no place of its own. */
  readonly payment_count: number | null
  readonly rejected_count: number | null
  readonly returned_count: number | null
  /** Why, the most frequent first; code null: it gave none. */
  readonly reasons: readonly { readonly code: string | null; readonly count: number }[]
  /** From the instruction to the credit. */
  readonly transfer: {
    readonly count: number
    readonly mean_days: string | null
    readonly median_days: number | null
    readonly p90_days: number | null
    /** Credited on the day of the instruction or the next. */
    readonly prompt_count: number
    /** Its share of prompt credits against what banks have in common; null where nothing is known. */
    readonly comparison: survival.Comparison | null
  }
  /** Until which day it has reported withdrawals; null: never, or a unit was asked for. */
  readonly reported_through_date: string | null
  /** How long its customers take to withdraw. */
  readonly statistics: StratumStatistics
  /** Withdrawn within 7 days, against what banks have in common. */
  readonly within_7_days: survival.Comparison | null
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

/** Every bank that was given a payment or named by a clock, the one with most payments first. */
export async function banks(session: Session, run: PublishedRun, { fromPeriod, toPeriod, unit }: BankFilter = {}): Promise<BankRow[]> {
  const units = await unitsOf(session, run.as_of)
  const months = { from_period: fromPeriod?.replace('-', '') ?? null, to_period: toPeriod?.replace('-', '') ?? null }
  const payments = unit !== undefined ? [] : await rowsOf<{ creditor_agent: string; result: 'all' | 'rejected' | 'returned'; reason_code: string | null; payments: string }>(session, files.payments, { ...months, as_of: run.as_of, offset_minutes: countryOffsetMinutes })
  const transfers = await rowsOf<{ creditor_agent: string; days: number; count: string }>(session, files.transfers, { ...months, unit_codes: unit === undefined ? null : units.within(unit) })
  const through = new Map((unit !== undefined ? [] : await rowsOf<{ creditor_agent: string; reported_through_date: string }>(session, files.reports, { as_of: run.as_of })).map((row) => [row.creditor_agent, row.reported_through_date]))
  const limits: ClockFilter = { ...(fromPeriod === undefined ? {} : { fromPeriod }), ...(toPeriod === undefined ? {} : { toPeriod }), ...(unit === undefined ? {} : { place: placeOf(unit, units) }) }
  const clocks = new Map<string, StratumCounts>()
  for (const count of await clockCounts(session, ['bank'], limits)) {
    const [agent] = count.key
    if (agent === null || agent === undefined) continue
    const counts = clocks.get(agent) ?? new StratumCounts()
    clocks.set(agent, counts)
    counts.add(count)
  }
  const agents = [...new Set([...payments.map((row) => row.creditor_agent), ...clocks.keys()])].sort()
  const names = await bankNames(session, agents)
  const counts = agents.map((agent) => clocks.get(agent) ?? new StratumCounts())
  const withinSeven = comparisonsOf(counts, 7)
  const spans = agents.map((agent) => spanOf(transfers.filter((row) => row.creditor_agent === agent)))
  const prompt = survival.compareUnits(spans.map((span) => ({ part: span.prompt_count, whole: span.count })))
  return agents
    .map((agent, place): BankRow => {
      const own = payments.filter((row) => row.creditor_agent === agent)
      const sum = (result: string): number | null => unit !== undefined ? null : own.filter((row) => row.result === result).reduce((total, row) => total + Number.parseInt(row.payments, 10), 0)
      const span = spans[place] ?? spanOf([])
      return {
        creditor_agent: agent,
        bank_name: names.get(agent) ?? null,
        payment_count: sum('all'),
        rejected_count: sum('rejected'),
        returned_count: sum('returned'),
        reasons: reasonsOf(own),
        transfer: { ...span, comparison: span.count === 0 ? null : (prompt.units[place] ?? null) },
        reported_through_date: through.get(agent) ?? null,
        statistics: (counts[place] ?? new StratumCounts()).statistics(),
        within_7_days: withinSeven.units[place] ?? null,
      }
    })
    .sort((first, second) => (second.payment_count ?? second.transfer.count) - (first.payment_count ?? first.transfer.count) || (first.creditor_agent < second.creditor_agent ? -1 : 1))
}

function reasonsOf(rows: readonly { readonly result: string; readonly reason_code: string | null; readonly payments: string }[]): BankRow['reasons'] {
  const counts = new Map<string | null, number>()
  for (const { result, reason_code: code, payments } of rows) if (result !== 'all') counts.set(code, (counts.get(code) ?? 0) + Number.parseInt(payments, 10))
  return [...counts].map(([code, count]) => ({ code, count })).sort((first, second) => second.count - first.count || ((first.code ?? '~') < (second.code ?? '~') ? -1 : 1))
}

/** Mean, median, nine of ten and prompt credits of a table of days, in the order of days. */
function spanOf(rows: readonly { readonly days: number; readonly count: string }[]): Omit<BankRow['transfer'], 'comparison'> {
  const counted = rows.map(({ days, count }) => ({ days, count: Number.parseInt(count, 10) }))
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
