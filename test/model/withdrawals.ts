/** What the banks report of a payment's first withdrawal, as it was known on D (contract 5 `not_withdrawn`, contract 6). */
import type { Payment } from './payments.ts'
import type { ModelFile } from './types.ts'
import { type Day, dayOf, groupBy, instantOf, localDay } from './values.ts'

/** What one row of a withdrawal report says of a payment. */
export type Report = {
  /** The day of the first withdrawal; null: none by `through`. */
  day: Day | null
  /** The report's own last day, and never after D. */
  through: Day
}

/** The reports that name a payment; none: it is not reported, which is not the same as not withdrawn. */
export type Withdrawals = (payment: Payment) => Report[]

export function readWithdrawals(files: ModelFile[], asOf: Day): Withdrawals {
  const rows = files.filter(({ kind }) => kind === 'withdrawal').flatMap((file) => file.rows)
  const perPayment = groupBy(rows, (row) => `${row['creditor_agent'] ?? ''}|${row['end_to_end_id'] ?? ''}`)
  return ({ agent, endToEndId }) => {
    if (endToEndId === '') return []
    return (perPayment.get(`${agent}|${endToEndId}`) ?? []).map((row) => {
      const day = row['first_withdrawal_at'] ? localDay(instantOf(row['first_withdrawal_at'])) : null
      return { day: day !== null && day <= asOf ? day : null, through: Math.min(dayOf(row['reported_through_date'] ?? ''), asOf) }
    })
  }
}
