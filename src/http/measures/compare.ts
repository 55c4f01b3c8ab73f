/** What was due beside what was credited, as the evidence of an entitlement keeps the two. */
import { money, type Amount } from '../../core/index.ts'

/** The two amounts and their difference, on the side where it lies; null when there is none on that side. */
export interface Comparison {
  readonly due: Amount
  readonly credited: Amount
  readonly missing: Amount | null
  readonly excess: Amount | null
}

/** The comparison in some evidence; null when the evidence is not about an entitlement. */
export function compare(evidence: Readonly<Record<string, unknown>>): Comparison | null {
  const { due_amount: written, credited_amount: came } = evidence
  if (typeof written !== 'string' || typeof came !== 'string') return null
  const due = money.amountFromDatabase(written)
  const credited = money.amountFromDatabase(came)
  const side = money.compare(credited, due)
  return { due, credited, missing: side < 0 ? money.subtract(due, credited) : null, excess: side > 0 ? money.subtract(credited, due) : null }
}
