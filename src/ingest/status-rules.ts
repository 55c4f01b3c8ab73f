/** What a transaction status asks of its row: the instants it needs (contract, section 2) and a return within its credit (D4). */
import { money, type Amount, type ProblemCode } from '../core/index.ts'

/** What the columns of one payment row said, as far as these rules ask. */
export interface StatusFacts {
  /** The ISO code; empty when it could not be read. */
  readonly status: string
  readonly hasInstructedAt: boolean
  readonly hasCreditedAt: boolean
  readonly hasReturnedAt: boolean
  /** Null when nothing, or nothing readable, is written there. */
  readonly instructedAmount: Amount | null
  readonly creditedAmount: Amount | null
  readonly returnedAmount: Amount | null
}

/** A rule that the row breaks: the column that is in the wrong, and how. */
export interface StatusFault {
  readonly column: 'instructed_at' | 'credited_at' | 'returned_at' | 'returned_amount'
  readonly code: Extract<ProblemCode, 'status_date_missing' | 'return_exceeds_credit'>
}

const none: readonly StatusFault[] = []

/** The rules that a row breaks; none for nearly all rows. */
export function statusFaults(facts: StatusFacts): readonly StatusFault[] {
  switch (facts.status) {
    case 'PDNG':
    case 'ACSP':
      if (!facts.hasInstructedAt) return [...returnFaults(facts), { column: 'instructed_at', code: 'status_date_missing' }]
      break
    case 'ACSC':
    case 'ACCC':
      if (!facts.hasCreditedAt) return [...returnFaults(facts), { column: 'credited_at', code: 'status_date_missing' }]
      break
    case 'RTRN':
      if (!facts.hasReturnedAt) return [...returnFaults(facts), { column: 'returned_at', code: 'status_date_missing' }]
      break
  }
  return facts.returnedAmount === null ? none : returnFaults(facts)
}

function returnFaults(facts: StatusFacts): StatusFault[] {
  const credited = facts.creditedAmount ?? facts.instructedAmount
  if (facts.returnedAmount === null || credited === null) return []
  const difference = money.compare(facts.returnedAmount, credited)
  if (difference > 0) return [{ column: 'returned_amount', code: 'return_exceeds_credit' }]
  // What stayed credited needs the day on which it was credited.
  if (difference < 0 && facts.status === 'RTRN' && !facts.hasCreditedAt) return [{ column: 'credited_at', code: 'status_date_missing' }]
  return []
}

/** Whether a row of a statement moves money; its balances only say how much there was. */
export function isMovement(entryKind: string | null | undefined): boolean {
  return entryKind === 'credit' || entryKind === 'debit'
}
