/** The reports about people's work on cases: who still waits and how long, and who works through how many in time. */
import { addMonths, dayOfPeriod, Refusal } from '../core/index.ts'
import { ageing, publishedRun, unitsOf, workload, type WorkloadRow } from '../reports/index.ts'
import type { Context } from './context.ts'
import type { Made, ReportOptions } from './reports.ts'

/** Without a period, the work of this month and the two before. */
const monthsBefore = 2

/** Open cases by how many working days they have waited, by unit or province. */
export async function ageingReport({ database, clock }: Context, { by, unit }: ReportOptions): Promise<Made> {
  const { units, placeOf, unitCodes } = await placeAsked(database, 'ageing', by, unit)
  const rows = await ageing(database, units, placeOf, { today: clock.today(), unitCodes })
  return { rows, people: (row) => (row as { case_count: number }).case_count }
}

/** What was found, received and answered, and how much of it in time, by unit or province; first the row of all. */
export async function workloadReport({ database, clock }: Context, { by, unit, period }: ReportOptions): Promise<Made> {
  const { units, placeOf, unitCodes } = await placeAsked(database, 'workload', by, unit)
  const today = clock.today()
  const days = period === null ? { fromDate: `${addMonths(today.slice(0, 7), -monthsBefore)}-01`, toDate: today } : { fromDate: `${period}-01`, toDate: dayOfPeriod(period, 31) }
  const { all, rows } = await workload(database, units, placeOf, { ...days, today, unitCodes })
  const said = (of: string, { due_count: due, on_time_count: onTime, ...row }: WorkloadRow): object => ({ of, from_date: days.fromDate, to_date: days.toDate, ...row, on_time: { numerator: onTime, denominator: due } })
  return { rows: [said('all', all), ...rows.map((row) => said(by[0] ?? 'unit', row))] }
}

async function placeAsked(database: Context['database'], name: string, by: ReportOptions['by'], unit: string | null) {
  const run = await publishedRun(database)
  if (run === null) throw new Refusal('notFound', 'no_run', 'nothing has been published yet; hand in files with tantay ingest, then: tantay run')
  const [level = 'unit'] = by
  if (level !== 'unit' && level !== 'province') throw new Refusal('usage', 'stratum_unknown', `--by ${level} is nothing that ${name} tells apart; choose unit, province`)
  const units = await unitsOf(database, run.as_of)
  return { units, placeOf: (code: string) => (level === 'province' ? units.province(code) : units.today(code)), unitCodes: unit === null ? null : units.within(unit) }
}
