/** What banks report of first withdrawals, from one month's plan: soon, late, not yet, twice, without a reference, or not at all. */
import type { Row } from './types.ts'
import { type Day, dayText, instantOf, localDay } from './values.ts'
import type { Report } from './world-payments.ts'
import type { Month } from './world-plans.ts'

/** Rows for every credit of the month that has a reference and an account. */
export function withdrawalsOf(plan: Month, reports: Report[]): Report[] {
  const credits = reports.filter(({ row }) => row['credited_at'] && row['creditor_account'] && !['', 'NOTPROVIDED', 'NONREF'].includes(row['end_to_end_id'] ?? ''))
  const perReference = [...new Map(credits.map((report) => [report.row['end_to_end_id'], report])).values()]
  return perReference.flatMap(({ row }) => rowsOf(plan, row))
}

function rowsOf(plan: Month, payment: Row): Report[] {
  const credited = localDay(instantOf(payment['credited_at'] ?? ''))
  const base: Row = { creditor_agent: payment['creditor_agent'] ?? '', account_number: payment['creditor_account'] ?? '', end_to_end_id: payment['end_to_end_id'] ?? '' }
  const through = (day: Day): Row => ({ ...base, reported_through_date: dayText(day) })
  const taken = (day: Day, seen: Day): Row => ({ ...through(seen), first_withdrawal_at: `${dayText(day)}T10:00:00`, withdrawal_channel: 'atm', withdrawn_amount: '50' })
  const early = (row: Row): Report => ({ row, file: plan.file })
  const late = (row: Row): Report => ({ row, file: plan.laterFile })
  switch (plan.withdrawal) {
    case 'not_reported':
      return []
    case 'soon':
      return [early(taken(credited + 2, credited + 10))]
    case 'same_day':
      return [early(taken(credited, credited + 1))]
    case 'not_yet':
      return [early(through(credited + 7 * plan.list))]
    case 'not_yet_for_long':
      return [early(through(credited + ([29, 30, 45][plan.list] ?? 45)))]
    case 'not_yet_then_taken':
      return [early(through(credited + 31)), late(taken(credited + 33, credited + 40))]
    case 'not_yet_twice':
      return [early(through(credited + 5)), late(through(credited + 31))]
    case 'much_later':
      return [late(taken(credited + 50, credited + 60))]
    case 'unnamed':
      return [early({ ...taken(credited + 1, credited + 40), end_to_end_id: '' })]
  }
}
