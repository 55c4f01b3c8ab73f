/** How long people have waited whose cases are still open, and how much money waits with them. */
import { money, type Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import type { Units } from './clock/units.ts'

/** The least working days of each band (D140); a band ends before the next begins. */
export const ageBands = [0, 6, 11, 21, 61] as const
export type AgeBand = (typeof ageBands)[number]

/** Open cases of one place that have waited as long. */
export interface AgeingRow {
  /** Of today; null: cases that belong to no unit. */
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly band: AgeBand
  readonly currency: string
  readonly case_count: number
  /** Of them past their deadline. */
  readonly overdue_count: number
  readonly amount: Amount
  /** Since when the first and the last of them wait: what finds them in the queue. */
  readonly first_date: string
  readonly last_date: string
}

const ageingFile = loadSqlFile(new URL('../../sql/reports/ageing.sql', import.meta.url))

/** The open cases of some units (null: of all) by place, band and currency, in that order. `placeOf` says to which place a code belongs. */
export async function ageing(session: Session, units: Units, placeOf: (code: string) => string, { today, unitCodes }: { readonly today: string; readonly unitCodes: readonly string[] | null }): Promise<AgeingRow[]> {
  const rows = await rowsOf<{ unit_code: string | null; band: AgeBand; currency: string; cases: string; amount: string; overdue: string; first_date: string; last_date: string }>(session, ageingFile, { today, unit_codes: unitCodes })
  const sums = new Map<string, AgeingRow>()
  for (const row of rows) {
    const code = row.unit_code === null ? null : placeOf(row.unit_code)
    const key = JSON.stringify([code, row.band, row.currency])
    const before = sums.get(key)
    sums.set(key, {
      unit_code: code, unit_name: code === null ? null : units.name(code), band: row.band, currency: row.currency,
      case_count: (before?.case_count ?? 0) + Number.parseInt(row.cases, 10),
      overdue_count: (before?.overdue_count ?? 0) + Number.parseInt(row.overdue, 10),
      amount: money.add(before?.amount ?? money.zero, money.amountFromDatabase(row.amount)),
      first_date: before === undefined || row.first_date < before.first_date ? row.first_date : before.first_date,
      last_date: before === undefined || row.last_date > before.last_date ? row.last_date : before.last_date,
    })
  }
  return [...sums.values()].sort((first, second) => compareText(first.unit_code ?? '\uffff', second.unit_code ?? '\uffff') || first.band - second.band || compareText(first.currency, second.currency))
}

function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0
}
