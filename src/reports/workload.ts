/** Who works through how many cases, and whether in time: what the deadlines allowed against what it took. */
import { countryOffsetMinutes, money, type Amount } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session } from '../db/index.ts'
import type { Units } from './clock/units.ts'

/** Which days, and where; today is the day that deadlines are held against. */
export interface WorkloadFilter {
  readonly fromDate: string
  readonly toDate: string
  readonly today: string
  /** Null: everywhere. */
  readonly unitCodes: readonly string[] | null
}

/** The work in one place. */
export interface WorkloadRow {
  /** Of today; null: cases that belong to no unit, and the row of all. */
  readonly unit_code: string | null
  readonly unit_name: string | null
  /** Cases opened in these days. */
  readonly found_count: number
  readonly received_count: number
  readonly answered_count: number
  /** Closed by themselves: the next result found nothing any more. */
  readonly gone_count: number
  /** Cases whose deadline fell into these days, and of them those answered by then. */
  readonly due_count: number
  readonly on_time_count: number
  /** Working days from the opening to the answer, and to the deadline: half take or may take no longer; null: nothing was answered. */
  readonly median_days: number | null
  readonly median_allowed_days: number | null
  /** Open today. */
  readonly open_count: number
  readonly overdue_count: number
  /** By currency, in alphabetical order. */
  readonly open: readonly { readonly currency: string; readonly amount: Amount }[]
  readonly overdue: readonly { readonly currency: string; readonly amount: Amount }[]
}

/** The work everywhere asked for, and place by place. */
export interface Workload {
  readonly all: WorkloadRow
  /** Those with most overdue first, then those with most open. */
  readonly rows: readonly WorkloadRow[]
}

/** Answers by their deadline, by the month the deadline fell into. */
export interface WorkloadMonth {
  /** `YYYY-MM` */
  readonly month: string
  readonly due_count: number
  readonly on_time_count: number
}

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { counts: file('workload'), days: file('workload_days'), months: file('workload_months') }

const counted = ['found_count', 'received_count', 'answered_count', 'gone_count', 'due_count', 'on_time_count', 'open_count', 'overdue_count'] as const
type Counted = Record<(typeof counted)[number], number>
type CountRow = Record<(typeof counted)[number], string> & { unit_code: string | null; currency: string; open_amount: string; overdue_amount: string }

interface Place extends Counted {
  readonly code: string | null
  readonly open: Map<string, Amount>
  readonly overdue: Map<string, Amount>
  readonly days: Map<number, number>
  readonly allowedDays: Map<number, number>
}

/** The work on cases; `placeOf` says to which place of today a code of any time belongs. */
export async function workload(session: Session, units: Units, placeOf: (code: string) => string, { fromDate, toDate, today, unitCodes }: WorkloadFilter): Promise<Workload> {
  const places = new Map<string | null, Place>()
  const all = nowhere(null)
  const placesOf = (code: string | null): Place[] => {
    const now = code === null ? null : placeOf(code)
    const place = places.get(now) ?? nowhere(now)
    places.set(now, place)
    return [place, all]
  }
  for (const row of await rowsOf<CountRow>(session, files.counts, { from_date: fromDate, to_date: toDate, today, offset_minutes: countryOffsetMinutes, unit_codes: unitCodes })) {
    for (const place of placesOf(row.unit_code)) {
      for (const name of counted) place[name] += Number.parseInt(row[name], 10)
      for (const [sums, amount] of [[place.open, row.open_amount], [place.overdue, row.overdue_amount]] as const) sums.set(row.currency, money.add(sums.get(row.currency) ?? money.zero, money.amountFromDatabase(amount)))
    }
  }
  for (const row of await rowsOf<{ unit_code: string | null; days: number; allowed_days: number; cases: string }>(session, files.days, { from_date: fromDate, to_date: toDate, unit_codes: unitCodes })) {
    for (const place of placesOf(row.unit_code)) {
      const cases = Number.parseInt(row.cases, 10)
      place.days.set(row.days, (place.days.get(row.days) ?? 0) + cases)
      place.allowedDays.set(row.allowed_days, (place.allowedDays.get(row.allowed_days) ?? 0) + cases)
    }
  }
  const rows = [...places.values()].map((place) => rowOf(place, units))
  return { all: rowOf(all, units), rows: rows.sort((first, second) => second.overdue_count - first.overdue_count || second.open_count - first.open_count || ((first.unit_code ?? '\uffff') < (second.unit_code ?? '\uffff') ? -1 : 1)) }
}

/** Month by month since a day, the oldest first. */
export async function workloadByMonth(session: Session, { fromDate, today, unitCodes }: Omit<WorkloadFilter, 'toDate'>): Promise<WorkloadMonth[]> {
  const rows = await rowsOf<{ month: string; due_count: string; on_time_count: string }>(session, files.months, { from_date: fromDate, today, unit_codes: unitCodes })
  return rows.map((row) => ({ month: row.month, due_count: Number.parseInt(row.due_count, 10), on_time_count: Number.parseInt(row.on_time_count, 10) }))
}

function nowhere(code: string | null): Place {
  return { code, ...(Object.fromEntries(counted.map((name) => [name, 0])) as Counted), open: new Map(), overdue: new Map(), days: new Map(), allowedDays: new Map() }
}

function rowOf({ code, open, overdue, days, allowedDays, ...counts }: Place, units: Units): WorkloadRow {
  return { unit_code: code, unit_name: code === null ? null : units.name(code), ...counts, median_days: medianOf(days), median_allowed_days: medianOf(allowedDays), open: sumsOf(open), overdue: sumsOf(overdue) }
}

/** The least number of days that half of the cases, or more, did not exceed. */
function medianOf(counts: ReadonlyMap<number, number>): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  let below = 0
  for (const [days, count] of [...counts].sort(([first], [second]) => first - second)) {
    below += count
    if (below * 2 >= total) return days
  }
  return null
}

function sumsOf(sums: ReadonlyMap<string, Amount>): WorkloadRow['open'] {
  return [...sums].filter(([, amount]) => money.compare(amount, money.zero) !== 0).sort(([first], [second]) => (first < second ? -1 : 1)).map(([currency, amount]) => ({ currency, amount }))
}
