/** Can people get at their money at all: accounts that ended before they were used, mandates and numbers that end, villages whose payday no agent can serve. */
import { money, type Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import { unitsOf } from './clock/units.ts'
import type { PublishedRun } from './overview.ts'

/** What stands in the way, by unit of today; counts are people of the month. */
export interface AccessRow {
  readonly unit_code: string
  readonly unit_name: string | null
  /** An account of theirs was closed before anything was credited to it. */
  readonly closed_unused_count: number
  readonly mandate_expired_count: number
  /** Within 30 days of the day of the run. */
  readonly mandate_expiring_count: number
  /** Listed under a number of nine digits, whose cards have ended. */
  readonly nine_digits_count: number
}

/** One village on one day of credits. */
export interface Payday {
  readonly unit_code: string
  readonly unit_name: string | null
  readonly village: string
  readonly credited_date: string
  readonly people_count: number
  readonly currency: string
  /** What was credited to people of the village that day. */
  readonly amount: Amount
  /** What one agent may hand out in a day. */
  readonly limit_amount: Amount
  readonly legal_basis: string | null
  /** To the commune's centre and to the next cash point, in km; null: not known. */
  readonly distance_km: string | null
  readonly cash_point_km: string | null
}

/** What stands in people's way in one place. */
export interface Access {
  readonly as_of: string
  readonly benefit_period: string
  readonly all: Omit<AccessRow, 'unit_code' | 'unit_name'>
  /** Units with anybody in the way of whom something stands, the one with most people first. */
  readonly rows: readonly AccessRow[]
  /** Beyond what an agent may hand out, the greatest excess first. */
  readonly paydays: readonly Payday[]
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { closed: file('accounts_closed_unused'), endings: file('access_endings'), paydays: file('village_paydays') }
/** A list of more villages than this is for a file, not for a page. */
const mostPaydays = 200
const counted = ['closed_unused_count', 'mandate_expired_count', 'mandate_expiring_count', 'nine_digits_count'] as const
type Counted = Record<(typeof counted)[number], number>

/** What stands in the way of the beneficiaries of a month, in a place or everywhere. */
export async function access(session: Session, run: PublishedRun, { benefitPeriod, unit }: { readonly benefitPeriod: string; readonly unit?: string }): Promise<Access> {
  const units = await unitsOf(session, run.as_of)
  const period = benefitPeriod.replace('-', '')
  const place = { unit_codes: unit === undefined ? null : units.within(unit) }
  const sums = new Map<string, Counted>()
  const all = nobody()
  const add = (code: string, field: keyof Counted, people: string): void => {
    const today = units.today(code)
    const sum = sums.get(today) ?? nobody()
    sums.set(today, sum)
    for (const one of [sum, all]) one[field] += Number.parseInt(people, 10)
  }
  for (const row of await rowsOf<{ unit_code: string; people: string }>(session, files.closed, { ...place, benefit_period: period, as_of: run.as_of })) add(row.unit_code, 'closed_unused_count', row.people)
  for (const row of await rowsOf<{ unit_code: string; cause: 'mandate_expired' | 'mandate_expiring' | 'nine_digits'; people: string }>(session, files.endings, { ...place, benefit_period: period })) add(row.unit_code, `${row.cause}_count`, row.people)
  const paydays = await rowsOf<Omit<Payday, 'unit_name' | 'people_count'> & { people: string }>(session, files.paydays, { ...place, from_period: period, to_period: period, row_limit: mostPaydays })
  const total = (counts: Counted): number => counted.reduce((sum, field) => sum + counts[field], 0)
  return {
    as_of: run.as_of,
    benefit_period: benefitPeriod,
    all,
    rows: [...sums].map(([code, counts]) => ({ unit_code: code, unit_name: units.name(code), ...counts })).sort((first, second) => total(second) - total(first) || (first.unit_code < second.unit_code ? -1 : 1)),
    paydays: paydays.map(({ people, ...row }) => ({ ...row, unit_name: units.name(units.today(row.unit_code)), people_count: Number.parseInt(people, 10), amount: money.amountFromDatabase(row.amount), limit_amount: money.amountFromDatabase(row.limit_amount) })),
  }
}

function nobody(): Counted {
  return { closed_unused_count: 0, mandate_expired_count: 0, mandate_expiring_count: 0, nine_digits_count: 0 }
}
